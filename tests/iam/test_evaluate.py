"""The order of evaluation: what binds, what denies, what grants, what limits."""

from typing import Any

import pytest

from ecrpolicy import iam
from ecrpolicy.iam import Kind, PolicySet
from tests.iam.builders import (
    FEDERATED,
    FOREIGN_ROOT,
    FOREIGN_USER,
    HERE,
    NOTHING,
    PULL,
    REPOSITORY,
    ROLE,
    ROOT,
    SERVICE,
    SESSION,
    THERE,
    USER,
    boundary,
    decide,
    endpoint,
    identity,
    outcome,
    policy,
    rcp,
    registry,
    repository,
    request,
    scp,
    session,
    statement,
)

NO_SCP = ((scp(**NOTHING),),)
DENYING_RCP = ((rcp(),),)


# What binds


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (request(USER), "IMPLICIT_DENY scp"),
        (request(ROOT), "IMPLICIT_DENY scp"),
        (request(SERVICE), "ALLOW repository"),
        (request(None), "ALLOW repository"),
        (request(SESSION, service_linked_role=True), "ALLOW repository"),
        (request(USER, principal_in_management_account=True), "ALLOW repository"),
        (request(USER, resource_in_management_account=True), "IMPLICIT_DENY scp"),
    ],
)
def test_whom_scps_bind(asked: iam.Request, expected: str) -> None:
    assert outcome(asked, resource=(repository("*"),), scps=NO_SCP) == expected


def test_every_level_of_scps_must_allow() -> None:
    given = {"identity": (identity(),)}
    assert outcome(request(), **given, scps=((scp(**NOTHING), scp()), (scp(),))) == "ALLOW identity"
    assert outcome(request(), **given, scps=((scp(),), ())) == "IMPLICIT_DENY scp"
    assert outcome(request(), **given, scps=((scp(),), (scp(), scp("Deny")))) == "EXPLICIT_DENY scp"


@pytest.mark.parametrize(
    ("asked", "is_bound"),
    [
        (request(USER), True),
        (request(SERVICE), True),
        (request(None), True),
        (request(SESSION, service_linked_role=True), False),
        (request(USER, resource_in_management_account=True), False),
        (request(USER, principal_in_management_account=True), True),
    ],
)
def test_whom_rcps_bind(asked: iam.Request, is_bound: bool) -> None:
    expected = "EXPLICIT_DENY rcp" if is_bound else "ALLOW repository"
    assert outcome(asked, resource=(repository("*"),), rcps=DENYING_RCP) == expected


def test_rcps_need_not_allow() -> None:
    assert outcome(request(), identity=(identity(),), rcps=((), ())) == "ALLOW identity"


@pytest.mark.parametrize("principal", [ROOT, SERVICE, None])
def test_boundary_and_session_policies_do_not_bind(principal: str | None) -> None:
    given = {"boundary": boundary("Deny"), "session": (session("Deny"),)}
    allowing = repository("*")
    assert outcome(request(principal), resource=(allowing,), **given) == "ALLOW repository"


@pytest.mark.parametrize("principal", [SERVICE, None])
def test_services_and_anonymous_callers_have_no_identity_policies(principal: str | None) -> None:
    assert outcome(request(principal), identity=(identity(),)) == "IMPLICIT_DENY"
    given = {"identity": (identity("Deny"),), "resource": (repository("*"),)}
    assert outcome(request(principal), **given) == "ALLOW repository"


# Explicit denials and the endpoint


@pytest.mark.parametrize(
    ("place", "denying"),
    [
        ("identity", (identity(), identity("Deny"))),
        ("boundary", boundary("Deny")),
        ("session", (session("Deny"),)),
        ("endpoint", endpoint("Deny")),
    ],
)
def test_a_deny_anywhere_denies(place: str, denying: Any) -> None:
    given: dict[str, Any] = {"identity": (identity(),), place: denying}
    assert outcome(request(), **given) == f"EXPLICIT_DENY {place}"


@pytest.mark.parametrize(
    "denying", [repository({"AWS": HERE}, "Deny"), registry({"AWS": ROOT}, "Deny")]
)
def test_a_deny_of_a_resource_policy_denies(denying: iam.Policy) -> None:
    found = outcome(request(), identity=(identity(),), resource=(denying,))
    assert found == f"EXPLICIT_DENY {denying.kind}"


def test_all_types_that_deny_are_told() -> None:
    found = outcome(request(), identity=(identity("Deny"),), boundary=boundary("Deny"))
    assert found == "EXPLICIT_DENY identity boundary"


def test_the_endpoint_policy_must_allow() -> None:
    given = {"identity": (identity(),)}
    assert outcome(request(), **given, endpoint=endpoint()) == "ALLOW identity"
    assert outcome(request(), **given, endpoint=endpoint(**NOTHING)) == "IMPLICIT_DENY endpoint"
    other = endpoint(Principal={"AWS": THERE})
    assert outcome(request(), **given, endpoint=other) == "IMPLICIT_DENY endpoint"


# One account


_LIMITS = {"boundary": boundary(**NOTHING), "session": (session(**NOTHING),)}


@pytest.mark.parametrize(
    ("asked", "named", "expected"),
    [
        (request(USER), USER, "ALLOW repository"),
        (request(FEDERATED, user=USER), USER, "IMPLICIT_DENY boundary session"),
        (request(SESSION), ROLE, "IMPLICIT_DENY boundary session"),
        (request(SESSION), SESSION, "ALLOW repository"),
        (request(FEDERATED), FEDERATED, "ALLOW repository"),
        (request(SESSION), "*", "ALLOW repository"),
        (request(SESSION), HERE, "IMPLICIT_DENY"),
        (request(SESSION), ROOT, "IMPLICIT_DENY"),
    ],
)
def test_what_limits_a_grant_by_what_it_names(
    asked: iam.Request, named: str, expected: str
) -> None:
    allowing = repository({"AWS": named})
    assert outcome(asked, resource=(allowing,), **_LIMITS) == expected


def test_an_account_only_delegates() -> None:
    by_account = repository({"AWS": HERE})
    assert outcome(request(), resource=(by_account,)) == "IMPLICIT_DENY"
    assert outcome(request(), resource=(by_account,), identity=(identity(),)) == "ALLOW identity"


def test_identity_grants_are_limited() -> None:
    given = {"identity": (identity(**NOTHING), identity())}
    assert outcome(request(), **given) == "ALLOW identity"
    assert outcome(request(), **given, boundary=boundary(**NOTHING)) == "IMPLICIT_DENY boundary"
    limited = (session(**NOTHING),)
    assert outcome(request(SESSION), **given, session=limited) == "IMPLICIT_DENY session"
    unite = (session(**NOTHING), session())
    assert outcome(request(SESSION), **given, session=unite) == "ALLOW identity"


def test_both_grants_are_told() -> None:
    given = {"identity": (identity(),), "resource": (repository({"AWS": USER}), registry("*"))}
    assert outcome(request(), **given) == "ALLOW identity repository registry"


def test_the_root_user_needs_no_policy() -> None:
    assert outcome(request(ROOT)) == "ALLOW"
    assert outcome(request(ROOT), resource=(repository({"AWS": HERE}),)) == "ALLOW"


def test_a_federated_user_has_nothing_without_a_session_policy() -> None:
    asked = request(FEDERATED, user=USER)
    assert outcome(asked, identity=(identity(),)) == "IMPLICIT_DENY"
    assert outcome(asked, identity=(identity(),), session=(session(),)) == "ALLOW identity"


# Two accounts


def test_both_sides_must_allow() -> None:
    asked = request(FOREIGN_USER)
    by_account = repository({"AWS": THERE})
    assert outcome(asked, identity=(identity(),)) == "IMPLICIT_DENY"
    assert outcome(asked, resource=(by_account,)) == "IMPLICIT_DENY"
    given = {"identity": (identity(),), "resource": (by_account,)}
    assert outcome(asked, **given) == "ALLOW identity repository"
    assert outcome(asked, **given, boundary=boundary(**NOTHING)) == "IMPLICIT_DENY boundary"


def test_the_session_is_limited_across_accounts_whatever_is_named() -> None:
    foreign = f"arn:aws:sts::{THERE}:assumed-role/r/s"
    given = {"identity": (identity(),), "resource": (repository({"AWS": foreign}),)}
    limited = (session(**NOTHING),)
    assert outcome(request(foreign), **given, session=limited) == "IMPLICIT_DENY session"


def test_the_root_user_of_another_account_needs_the_resource_alone() -> None:
    by_account = repository({"AWS": THERE})
    assert outcome(request(FOREIGN_ROOT), resource=(by_account,)) == "ALLOW repository"
    assert outcome(request(FOREIGN_ROOT)) == "IMPLICIT_DENY"


def test_the_account_of_the_resource_can_be_given() -> None:
    asked = request(action="ecr:DescribeRegistry", resource=None, resource_account=THERE)
    assert outcome(asked, identity=(identity(),)) == "IMPLICIT_DENY"


# What is special about ECR


@pytest.mark.parametrize("action", ["ecr:GetAuthorizationToken", "ecr:createPullThroughCacheRule"])
def test_some_actions_are_granted_by_identities_alone(action: str) -> None:
    asked = request(action=action)
    other = policy(Kind.RESOURCE, statement(Principal="*"))
    given = (repository("*"), registry("*"), other)
    assert outcome(asked, resource=given) == "IMPLICIT_DENY"
    denying = (registry("*", "Deny"),)
    assert outcome(asked, identity=(identity(),), resource=denying) == "ALLOW identity"


@pytest.mark.parametrize(
    ("action", "scope", "expected"),
    [
        ("ecr:ReplicateImage", "V1", "ALLOW registry"),
        ("ecr:batchimportupstreamimage", "V1", "ALLOW registry"),
        ("ecr:CreateRepository", "V1", "ALLOW registry"),
        (PULL, "V1", "IMPLICIT_DENY"),
        (PULL, "V2", "ALLOW registry"),
        ("ecr:ReplicateImage", "V2", "ALLOW registry"),
    ],
)
def test_the_scope_of_the_registry_policy(action: str, scope: Any, expected: str) -> None:
    given = (registry({"AWS": USER}),)
    assert outcome(request(action=action), resource=given, registry_scope=scope) == expected


def test_a_registry_policy_is_about_ecr() -> None:
    asked = request(action="kms:Decrypt")
    assert outcome(asked, resource=(registry("*", Action="*"),)) == "IMPLICIT_DENY"


@pytest.mark.parametrize("resource", [None, REPOSITORY.replace("repository/", "other/")])
def test_a_repository_policy_is_about_a_repository(resource: str | None) -> None:
    asked = request(action="ecr:DescribeRegistry", resource=resource)
    assert outcome(asked, resource=(repository("*"),)) == "IMPLICIT_DENY"


def test_other_services_evaluate() -> None:
    asked = request(FOREIGN_USER, "kms:Decrypt", resource=f"arn:aws:kms:us-east-1:{HERE}:key/1")
    key = policy(Kind.RESOURCE, statement(Action="kms:*", Principal={"AWS": THERE}, Resource="*"))
    given = {"identity": (identity(Action="kms:*"),), "resource": (key,)}
    assert outcome(asked, **given) == "ALLOW identity resource"


# The set


@pytest.mark.parametrize(
    "given",
    [
        {"identity": (repository("*"),)},
        {"resource": (identity(),)},
        {"scps": ((identity(),),)},
        {"rcps": ((scp(),),)},
        {"endpoint": identity()},
        {"registry_scope": "V3"},
    ],
)
def test_a_policy_in_the_wrong_place_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="`"):
        PolicySet(**given)


def test_a_decision_is_as_true_as_it_allows() -> None:
    assert decide(request(), identity=(identity(),))
    assert not decide(request())


def test_many_actions_can_be_asked() -> None:
    policies = PolicySet(identity=(identity(Action="a:x*"),))
    for number in range(1500):
        asked = request(action=f"a:{'x' if number % 2 else 'y'}{number}")
        assert iam.authorize(asked, policies).allowed is bool(number % 2)


# What is told beside the effect: which types decide, and which is missing


def test_grants_of_several_statements_add_up() -> None:
    """A grant without limits is not lost to a limited one that stands behind it."""
    both = policy(
        Kind.REPOSITORY,
        statement(Principal={"AWS": SESSION}),
        statement(Principal={"AWS": ROLE}),
    )
    for allowing in (both, repository({"AWS": [SESSION, ROLE]})):
        assert outcome(request(SESSION), resource=(allowing,), **_LIMITS) == "ALLOW repository"


def test_a_name_without_limits_counts_beside_one_with() -> None:
    asked = request(FEDERATED, user=USER)
    allowing = repository({"AWS": [FEDERATED, USER]})
    assert outcome(asked, resource=(allowing,), **_LIMITS) == "ALLOW repository"


def test_all_types_that_grant_within_limits_are_told() -> None:
    resource = (repository({"AWS": ROLE}), registry({"AWS": ROLE}))
    assert outcome(request(SESSION), resource=resource) == "ALLOW repository registry"
    found = outcome(request(SESSION), resource=resource, identity=(identity(),))
    assert found == "ALLOW identity repository registry"


def test_all_types_that_delegate_to_another_account_are_told() -> None:
    resource = (repository({"AWS": THERE}), registry({"AWS": THERE}))
    found = outcome(request(FOREIGN_USER), resource=resource, identity=(identity(),))
    assert found == "ALLOW identity repository registry"


@pytest.mark.parametrize(
    "allowing",
    [
        policy(Kind.REPOSITORY, statement(Principal={"AWS": THERE}), statement(Principal="*")),
        policy(Kind.REPOSITORY, statement(Principal={"AWS": HERE}), statement(Principal="*")),
    ],
)
def test_a_statement_that_adds_nothing_does_not_hide_the_next(allowing: iam.Policy) -> None:
    assert outcome(request(), resource=(allowing,)) == "ALLOW repository"


def test_a_denial_of_others_does_not_hide_the_next() -> None:
    denying = policy(
        Kind.REPOSITORY,
        statement("Deny", Principal={"AWS": THERE}),
        statement("Deny", Principal={"AWS": HERE}),
    )
    found = outcome(request(), identity=(identity(),), resource=(denying,))
    assert found == "EXPLICIT_DENY repository"


def test_a_grant_of_another_resource_does_not_hide_the_next() -> None:
    other = f"{REPOSITORY}/other"
    both = (statement(Principal="*", Resource=each) for each in (other, REPOSITORY))
    assert outcome(request(), resource=(policy(Kind.REGISTRY, *both),)) == "ALLOW registry"


def test_a_statement_without_principal_grants_nothing_and_denies_everybody() -> None:
    """`parse` refuses it in a resource policy; one that is put together by hand may have it."""
    granting, denying = (
        iam.Policy(
            Kind.REPOSITORY, policy(Kind.IDENTITY, statement(effect, Resource="*")).statements
        )
        for effect in ("Allow", "Deny")
    )
    given = {"identity": (identity(),)}
    assert outcome(request(FOREIGN_USER), **given, resource=(granting,)) == "IMPLICIT_DENY"
    assert outcome(request(), **given, resource=(denying,)) == "EXPLICIT_DENY repository"


def test_grants_among_many_are_found_by_the_resource() -> None:
    """Those of registry policies, which name repositories."""
    others = [f"{REPOSITORY[:-8]}other/{number}" for number in range(20)]
    many = policy(
        Kind.REGISTRY,
        *(statement(Principal="*", Resource=other) for other in (*others, REPOSITORY)),
    )
    assert outcome(request(), resource=(many,)) == "ALLOW registry"
    elsewhere = request(resource=REPOSITORY + "2")
    assert outcome(elsewhere, resource=(many,)) == "IMPLICIT_DENY"


@pytest.mark.parametrize(
    ("asked", "given", "missing"),
    [
        (request(USER), {}, Kind.IDENTITY),
        (request(FEDERATED), {}, Kind.SESSION),
        (request(FEDERATED), {"session": (session(),)}, Kind.IDENTITY),
        (request(FOREIGN_USER), {}, Kind.RESOURCE),
        (request(SERVICE), {}, Kind.RESOURCE),
        (request(None), {}, Kind.RESOURCE),
        (request(FOREIGN_USER), {"resource": (repository({"AWS": THERE}),)}, Kind.IDENTITY),
        (
            request(FEDERATED.replace(HERE, THERE)),
            {"resource": (repository({"AWS": THERE}),)},
            Kind.SESSION,
        ),
        (
            request(FEDERATED.replace(HERE, THERE)),
            {"resource": (repository({"AWS": THERE}),), "session": (session(),)},
            Kind.IDENTITY,
        ),
        (request(USER), {"boundary": boundary(**NOTHING), "identity": (identity(),)}, None),
        (request(USER), {"identity": (identity(),)}, None),
    ],
)
def test_which_type_is_missing_is_told(
    asked: iam.Request, given: dict[str, Any], missing: Kind | None
) -> None:
    assert decide(asked, **given).missing is missing


def test_boundaries_and_sessions_limit_alone_and_together() -> None:
    given = {"identity": (identity(),)}
    asked = request(SESSION)
    shut_boundary, shut_session = boundary(**NOTHING), (session(**NOTHING),)
    assert outcome(asked, **given, session=shut_session) == "IMPLICIT_DENY session"
    assert outcome(asked, **given, boundary=shut_boundary) == "IMPLICIT_DENY boundary"
    both = outcome(asked, **given, boundary=shut_boundary, session=shut_session)
    assert both == "IMPLICIT_DENY boundary session"
    opened = outcome(asked, **given, boundary=boundary(), session=(session(),))
    assert opened == "ALLOW identity"
