"""Who may do what in a registry, and what the answers hang on."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import iam
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.iam import GranteeKind, InvalidRequest, Verdict, operations
from ecrpolicy.iam.actions import AccessLevel
from ecrpolicy.snapshot import Registry, Repository
from tests.iam import accounts
from tests.iam.accounts import (
    ACCOUNT,
    ALICE,
    AUDITOR,
    BOB,
    CAROL,
    CI,
    CI_SESSION,
    DAVE,
    DEPLOYER,
    PARTNER,
    REPLICATION,
    allow,
    deny,
    people,
    registry,
    storefront,
    user,
)

PULL = "ecr:BatchGetImage"
USER = f"arn:aws:iam::{ACCOUNT}:user/u"
WAREHOUSE = "777788889999"
SCANNER = f"arn:aws:iam::{WAREHOUSE}:role/scanner"
FROM_OFFICE = {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
FROM_ENDPOINT = {"StringEquals": {"aws:SourceVpce": "vpce-1"}}
NOT_FROM_ENDPOINT = {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}


def _ask(
    *statements: accounts.Json, action: str = PULL, where: Registry | None = None, **context: Any
) -> iam.Answer:
    """What becomes of a user with these statements."""
    repository = "web" if where is None else where.repositories[0].name
    return iam.authorize_in(
        where or registry(), user(*statements), USER, action, repository, context.get("context", {})
    )


def _ways(answer: iam.Answer) -> list[list[str]]:
    return [[each.condition.key for each in way if each.condition] for way in answer.ways]


def _texts(answer: iam.Answer | iam.WhoCan | iam.WhatCan) -> str:
    return "\n".join(map(str, answer.assumes))


# One answer.


@pytest.mark.parametrize(
    ("principal", "action", "repository", "verdict"),
    [
        (ALICE, PULL, "storefront/web", Verdict.YES),
        (ALICE, "ecr:DeleteRepository", "storefront/web", Verdict.NO),
        (ALICE, "ecr:GetAuthorizationToken", None, Verdict.YES),
        (BOB, PULL, "billing/ledger", Verdict.DEPENDS),
        (BOB, PULL, "storefront/worker", Verdict.NO),
        (CAROL, "ecr:PutImage", "billing/ledger", Verdict.YES),
        (CAROL, "ecr:DeleteRepository", "billing/ledger", Verdict.NO),
        (CAROL, "ecr:DeleteRepositoryPolicy", "billing/ledger", Verdict.NO),
        (DAVE, PULL, "billing/ledger", Verdict.DEPENDS),
        (CI, "ecr:PutImage", "storefront/worker", Verdict.YES),
        (CI_SESSION, "ecr:PutImage", "storefront/worker", Verdict.YES),
        (CI_SESSION, "ecr:PutImage", "billing/ledger", Verdict.NO),
        (REPLICATION, "ecr:ReplicateImage", "storefront/new", Verdict.YES),
        (DEPLOYER, PULL, "storefront/web", Verdict.YES),
        (DEPLOYER, PULL, "storefront/worker", Verdict.NO),
        (DEPLOYER, "ecr:GetAuthorizationToken", None, Verdict.YES),
        (AUDITOR, PULL, "storefront/web", Verdict.NO),
        (f"arn:aws:iam::{ACCOUNT}:root", "ecr:DeleteRepository", "storefront/web", Verdict.YES),
        (
            f"arn:aws:iam::{ACCOUNT}:root",
            "ecr:DeleteRepositoryPolicy",
            "storefront/web",
            Verdict.NO,
        ),
        (SCANNER, PULL, "storefront/web", Verdict.DEPENDS),
        (f"arn:aws:iam::{WAREHOUSE}:root", "ecr:ReplicateImage", "mirror/a", Verdict.YES),
        (f"arn:aws:iam::{WAREHOUSE}:root", "ecr:ReplicateImage", "other", Verdict.NO),
        ("codebuild.amazonaws.com", PULL, "storefront/web", Verdict.DEPENDS),
        ("ecs.amazonaws.com", PULL, "storefront/web", Verdict.NO),
        (None, PULL, "storefront/worker", Verdict.NO),
    ],
)
def test_the_storefront(
    principal: str | None, action: str, repository: str | None, verdict: Verdict
) -> None:
    answer = iam.authorize_in(storefront(), people(), principal, action, repository)
    assert answer.verdict is verdict
    assert bool(answer) is (verdict is Verdict.YES)


def test_the_request_holds_what_is_known() -> None:
    answer = iam.authorize_in(storefront(), people(), CI_SESSION, PULL, "storefront/web")
    values = answer.request.values
    assert values["aws:principalarn"] == (CI,)
    assert values["aws:userid"] == ("AROACI00000000000001:build-7",)
    assert values["aws:principaltag/team"] == ("storefront",)
    assert values["ecr:resourcetag/environment"] == ("prod",)
    assert values["aws:resourceaccount"] == (ACCOUNT,)
    assert answer.request.resource == (
        f"arn:aws:ecr:eu-central-1:{ACCOUNT}:repository/storefront/web"
    )


def test_a_condition_on_a_known_key_is_no_question() -> None:
    mine = {"StringEquals": {"aws:ResourceTag/team": "a"}}
    tagged = registry(tags={"team": "a"})
    assert _ask(allow("ecr:*", condition=mine), where=tagged).verdict is Verdict.YES
    assert _ask(allow("ecr:*", condition=mine)).verdict is Verdict.NO


def test_the_tag_example_of_the_guide() -> None:
    production = {"StringEquals": {"ecr:ResourceTag/environment": "prod"}}
    statements = allow("ecr:*"), deny("ecr:*", condition=production)
    assert _ask(*statements, where=registry(tags={"environment": "prod"})).verdict is Verdict.NO
    assert _ask(*statements, where=registry(tags={"environment": "dev"})).verdict is Verdict.YES
    assert _ask(*statements).verdict is Verdict.YES


# Conditions on keys that are not known.


def test_an_allow_under_a_condition_depends_on_it() -> None:
    answer = _ask(allow(PULL, condition=FROM_OFFICE, Sid="Office"))
    assert answer.verdict is Verdict.DEPENDS
    [found] = answer.conditions
    assert found.condition is not None
    assert (found.policy, found.statement, found.sid) == (
        "policy `inline` of user `u`",
        1,
        "Office",
    )
    assert (found.condition.operator.text, found.condition.key) == ("IpAddress", "aws:SourceIp")
    assert found.condition.values == ("203.0.113.0/24",)
    assert str(found) == (
        "statement 1 `Office` of the policy `inline` of user `u` allows where `IpAddress` on "
        "`aws:SourceIp` has `203.0.113.0/24`"
    )
    assert "the context key `aws:SourceIp` is not known; give it in the context" in _texts(answer)


def test_a_deny_under_a_condition_does_too() -> None:
    for condition in (FROM_OFFICE, NOT_FROM_ENDPOINT):
        answer = _ask(allow("ecr:*"), deny(PULL, condition=condition))
        assert answer.verdict is Verdict.DEPENDS
        assert [each.effect for each in answer.conditions] == [iam.StatementEffect.DENY]


def test_what_is_allowed_anyhow_does_not_depend() -> None:
    answer = _ask(allow(PULL), allow(PULL, condition=FROM_OFFICE))
    assert (answer.verdict, answer.ways) == (Verdict.YES, ())


def test_what_is_denied_anyhow_does_not_either() -> None:
    answer = _ask(allow(PULL, condition=FROM_OFFICE), deny("ecr:Batch*"))
    assert (answer.verdict, answer.ways, answer.assumes) == (Verdict.NO, (), ())


def test_a_key_that_is_given_settles_it() -> None:
    statement = allow(PULL, condition=FROM_OFFICE)
    inside, outside = {"aws:SourceIp": "203.0.113.9"}, {"AWS:sourceip": "198.51.100.1"}
    assert _ask(statement, context=inside).verdict is Verdict.YES
    assert _ask(statement, context=outside).verdict is Verdict.NO


def test_an_empty_list_says_that_the_request_has_no_such_key() -> None:
    denied = deny(PULL, condition=NOT_FROM_ENDPOINT)
    assert _ask(allow(PULL), denied, context={"aws:SourceVpce": []}).verdict is Verdict.NO
    allowed = allow(PULL, condition=FROM_OFFICE)
    assert _ask(allowed, context={"aws:SourceIp": []}).verdict is Verdict.NO


def test_conditions_that_are_known_to_hold_are_not_told() -> None:
    known = {"StringEquals": {"aws:username": "u"}, "ForAllValues:Null": {"a:b": "false"}}
    answer = _ask(allow(PULL, condition={**known, **FROM_OFFICE}))
    assert _ways(answer) == [["aws:SourceIp"]]
    assert _ask(allow(PULL, condition=known)).verdict is Verdict.YES


def test_one_of_several_ways_is_enough() -> None:
    answer = _ask(
        allow(PULL, condition=FROM_OFFICE),
        allow(PULL, condition=FROM_ENDPOINT),
        deny(PULL, condition={"Bool": {"aws:SecureTransport": "false"}}),
        allow("ecr:PutImage", condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}}),
    )
    assert sorted(_ways(answer)) == [
        ["aws:SourceIp", "aws:SecureTransport"],
        ["aws:SourceVpce", "aws:SecureTransport"],
    ]


def test_a_way_that_needs_less_does_not_hide_the_others() -> None:
    """Either the endpoint, or the office together with a boundary's condition."""
    boundary = "arn:aws:iam::111122223333:policy/boundary"
    limit = accounts.policy(allow("*", condition={"Bool": {"aws:SecureTransport": "true"}}))
    document = {
        "UserDetailList": [
            {
                "Arn": USER,
                "UserPolicyList": [
                    {
                        "PolicyName": "p",
                        "PolicyDocument": accounts.policy(allow(PULL, condition=FROM_OFFICE)),
                    }
                ],
                "PermissionsBoundary": {"PermissionsBoundaryArn": boundary},
            }
        ],
        "Policies": [
            {
                "Arn": boundary,
                "PolicyVersionList": [{"Document": limit, "IsDefaultVersion": True}],
            }
        ],
    }
    shared = accounts.policy(allow(PULL, Principal={"AWS": USER}, condition=FROM_ENDPOINT))
    answer = iam.authorize_in(registry(shared), iam.Identities.parse(document), USER, PULL, "web")
    assert sorted(map(sorted, _ways(answer))) == [
        ["aws:SecureTransport", "aws:SourceIp"],
        ["aws:SourceVpce"],
    ]


def test_a_variable_with_a_known_value_stays_beside_one_without() -> None:
    of_all = f"arn:aws:ecr:us-east-1:{ACCOUNT}:repository/"

    def ask(own: str, known: list[str]) -> iam.Answer:
        resources = [f"{of_all}other", of_all + own]
        return _ask(allow(PULL, Resource=resources), context={"c:d": known})

    [found] = ask("${a:b}e${c:d}", ["b"]).conditions
    assert found.keys == ("a:b",)
    assert ask("${a:b}e${c:d}", ["c"]).verdict is Verdict.NO
    assert ask("${a:b}e${c:d, 'b'}", []).verdict is Verdict.DEPENDS
    assert ask("${a:b}e${c:d, 'c'}", []).verdict is Verdict.NO


def test_a_variable_without_a_known_value_is_a_condition_too() -> None:
    own = f"arn:aws:ecr:us-east-1:{ACCOUNT}:repository/${{aws:FederatedProvider}}"
    answer = _ask(allow(PULL, Resource=own))
    assert answer.verdict is Verdict.DEPENDS
    [found] = answer.conditions
    assert (found.condition, found.keys) == (None, ("aws:federatedprovider",))
    assert "what `aws:federatedprovider` makes of its resource" in str(found)
    assert _ask(allow(PULL, Resource=f"{own}/b")).verdict is Verdict.NO
    equal = {"StringEquals": {"aws:PrincipalAccount": "${aws:FederatedProvider}"}}
    [found] = _ask(allow(PULL, condition=equal)).conditions
    assert found.keys == ("aws:PrincipalAccount", "aws:federatedprovider")


@pytest.mark.parametrize(
    "key",
    [
        "aws:SourceArn",
        "aws:RequestTag/team",
        "aws:TagKeys",
        "aws:ResourceTag/team",
        "aws:PrincipalTag/team",
        "aws:PrincipalServiceName",
        "ecr:AccountSetting",
    ],
)
def test_keys_that_a_users_pull_never_has_are_known_to_be_missing(key: str) -> None:
    answer = _ask(allow(PULL, condition={"StringEquals": {key: "x"}}))
    assert answer.verdict is Verdict.NO


def test_a_session_may_bring_tags_of_its_own() -> None:
    tagged = {"StringEquals": {"aws:PrincipalTag/site": "hq"}}
    pulls = accounts.policy(allow(PULL, Principal={"AWS": CI}, condition=tagged))
    answer = iam.authorize_in(
        Registry(ACCOUNT, "eu-central-1", repositories=registry(pulls).repositories),
        people(),
        CI_SESSION,
        PULL,
        "web",
    )
    assert _ways(answer) == [["aws:PrincipalTag/site"]]


def test_the_tags_of_a_role_are_taken_for_those_of_its_sessions() -> None:
    ask = iam.authorize_in
    answer = ask(storefront(), people(), CI, "ecr:PutImage", "storefront/web")
    assert "no tag of its own for `aws:PrincipalTag/team`" in _texts(answer)
    context = {"aws:PrincipalTag/team": "billing"}
    moved = ask(storefront(), people(), CI, "ecr:PutImage", "billing/ledger", context)
    assert moved.allowed
    assert "of its own" not in _texts(moved)


_KEYS = ("aws:SourceIp", "aws:SourceVpce", "aws:CurrentTime")
_OPERATORS = (
    "StringEquals",
    "StringNotEquals",
    "StringLikeIfExists",
    "Null",
    "ForAnyValue:StringLike",
)
_conditions = st.dictionaries(
    st.sampled_from(_OPERATORS),
    st.dictionaries(st.sampled_from(_KEYS), st.sampled_from(["a", "true", "false"]), min_size=1),
    max_size=2,
)
_statements = st.builds(
    lambda is_allow, action, condition: (allow if is_allow else deny)(action, condition=condition),
    st.sampled_from([True, True, False]),
    st.sampled_from([PULL, "ecr:*", "ecr:PutImage"]),
    _conditions,
)
_contexts = st.fixed_dictionaries(
    {key: st.sampled_from([[], "a", "b", ["a", "b"]]) for key in _KEYS}
)


@given(st.lists(_statements, min_size=1, max_size=4), _statements, st.lists(_contexts, max_size=8))
def test_a_verdict_holds_whatever_the_unknown_keys_are(
    statements: list[accounts.Json], shared: accounts.Json, contexts: list[dict[str, Any]]
) -> None:
    """A yes is never taken back by a context, and a no never becomes a yes."""
    del shared["Resource"]
    where = registry(accounts.policy({**shared, "Principal": {"AWS": USER}}))
    answer = _ask(*statements, where=where)
    settled = [_ask(*statements, where=where, context=context) for context in contexts]
    assert Verdict.DEPENDS not in {each.verdict for each in settled}
    if answer.verdict is not Verdict.DEPENDS:
        assert {each.verdict for each in settled} <= {answer.verdict}
    for each in settled:
        assert each.allowed is each.decision.allowed


# Policies that are not held.


def test_identities_of_an_unknown_account_are_no_yes() -> None:
    answer = iam.authorize_in(storefront(), people("storefront"), DEPLOYER, PULL, "storefront/web")
    assert answer.verdict is Verdict.DEPENDS
    assert (
        f"the identity-based policies of `{DEPLOYER}` are not known; give "
        f"`aws iam get-account-authorization-details` of the account `{PARTNER}`"
    ) in _texts(answer)


def test_a_missing_policy_could_deny() -> None:
    missing = [{"PolicyName": "x", "PolicyArn": f"arn:aws:iam::{ACCOUNT}:policy/x"}]
    identities = user(allow("ecr:*"), AttachedManagedPolicies=missing)
    answer = iam.authorize_in(registry(), identities, USER, PULL, "web")
    assert answer.verdict is Verdict.DEPENDS
    assert f"the policy `arn:aws:iam::{ACCOUNT}:policy/x` of `{USER}` is not in the" in _texts(
        answer
    )


def test_a_missing_boundary_could_limit() -> None:
    boundary = {"PermissionsBoundaryArn": f"arn:aws:iam::{ACCOUNT}:policy/limit"}
    identities = user(allow("ecr:*"), PermissionsBoundary=boundary)
    answer = iam.authorize_in(registry(), identities, USER, PULL, "web")
    assert answer.verdict is Verdict.DEPENDS
    assert "the permissions boundary `" in _texts(answer)
    nothing = user(PermissionsBoundary=boundary)
    assert iam.authorize_in(registry(), nothing, USER, PULL, "web").verdict is Verdict.NO


def test_all_that_is_missing_is_told() -> None:
    identities = user(
        allow("ecr:*"),
        GroupList=["ghosts"],
        PermissionsBoundary={"PermissionsBoundaryArn": f"arn:aws:iam::{ACCOUNT}:policy/limit"},
    )
    text = _texts(iam.authorize_in(registry(), identities, USER, PULL, "web"))
    details = "is not in the document; give `aws iam get-account-authorization-details` with the"
    assert f"the group `ghosts` of `{USER}` {details} group in it" in text
    limit = f"`arn:aws:iam::{ACCOUNT}:policy/limit` of `{USER}`"
    assert f"the permissions boundary {limit} {details} permissions boundary in it" in text


def test_a_yes_says_which_limits_were_not_given() -> None:
    answer = iam.authorize_in(storefront(), people(), DEPLOYER, PULL, "storefront/web")
    assert answer.verdict is Verdict.YES
    text = _texts(answer)
    assert f"the service control policies of the account `{PARTNER}` were not given" in text
    assert "the resource control policies" not in text
    assert f"no session policy of `{DEPLOYER}` was given" in text
    assert "no VPC endpoint policy was given" in text


def test_the_version_of_a_policy_from_the_package_is_told() -> None:
    answer = iam.authorize_in(storefront(), people(), ALICE, PULL, "storefront/web")
    assert "is not in the document, and taken as version v3 of 2019-12-10" in _texts(answer)


def test_session_and_endpoint_policies_can_be_given() -> None:
    session = iam.parse(accounts.policy(allow(PULL)), kind=iam.Kind.SESSION)
    endpoint = iam.parse(
        accounts.policy(allow("*", Principal="*", Resource="*")), kind=iam.Kind.ENDPOINT
    )
    answers = [
        iam.authorize_in(
            storefront(),
            people(),
            CI,
            action,
            "storefront/web",
            session=[session],
            endpoint=endpoint,
        )
        for action in (PULL, "ecr:PutImage")
    ]
    assert [each.verdict for each in answers] == [Verdict.DEPENDS, Verdict.NO]
    assert "no session policy" not in _texts(answers[0])
    assert "endpoint" not in _texts(answers[0])


def test_a_level_without_policies_allows_nothing() -> None:
    held = {"UserDetailList": [{"Arn": USER}], "ServiceControlPolicies": [[]]}
    shared = accounts.policy(allow(PULL, Principal={"AWS": USER}))
    answer = iam.authorize_in(registry(shared), iam.Identities.parse(held), USER, PULL, "web")
    assert answer.verdict is Verdict.NO
    managing = iam.Identities.parse({**held, "ManagementAccount": True})
    assert iam.authorize_in(registry(shared), managing, USER, PULL, "web").allowed


# Repositories that are created with tags.


def test_creating_with_tags_needs_to_tag() -> None:
    tags = {"aws:RequestTag/environment": "dev", "aws:TagKeys": ["environment"]}
    creates = allow("ecr:CreateRepository")
    answer = _ask(creates, action="ecr:CreateRepository", context=tags)
    assert answer.verdict is Verdict.NO
    [tagging] = answer.further
    assert tagging.request.action == "ecr:TagResource"
    assert _ask(creates, action="ecr:CreateRepository").verdict is Verdict.YES
    both = creates, allow("ecr:TagResource")
    assert _ask(*both, action="ecr:CreateRepository", context=tags).verdict is Verdict.YES


@pytest.mark.parametrize(
    ("context", "verdict"),
    [
        ({"aws:RequestTag/environment": "dev", "aws:TagKeys": ["environment"]}, Verdict.YES),
        ({"aws:RequestTag/environment": "prod", "aws:TagKeys": ["environment"]}, Verdict.NO),
        ({}, Verdict.DEPENDS),
        ({"aws:TagKeys": []}, Verdict.NO),
    ],
)
def test_the_example_of_the_guide_about_tags_on_creation(
    context: dict[str, Any], verdict: Verdict
) -> None:
    where = storefront()
    answer = iam.authorize_in(
        where, people(), ALICE, "ecr:CreateRepository", "storefront/new", context
    )
    assert answer.verdict is verdict


# Requests that are none.


@pytest.mark.parametrize(
    ("principal", "action", "repository", "message"),
    [
        (f"arn:aws:iam::{ACCOUNT}:user/alicia", PULL, "storefront/web", "has no `arn:aws:iam::"),
        (
            f"arn:aws:sts::{ACCOUNT}:assumed-role/nobody/x",
            PULL,
            "storefront/web",
            "has no `arn:aws",
        ),
        (ALICE, PULL, "storefront/wbe", "the registry has no repository `storefront/wbe`"),
        (ALICE, PULL, None, "`ecr:BatchGetImage` is about a repository, and none is given"),
        (ALICE, "pull", "storefront/web", "`pull` is no action"),
        ("alice", PULL, "storefront/web", "`alice` is no caller"),
    ],
)
def test_who_or_what_does_not_exist_is_refused(
    principal: str, action: str, repository: str | None, message: str
) -> None:
    with pytest.raises(InvalidRequest, match=r".") as caught:
        iam.authorize_in(storefront(), people(), principal, action, repository)
    assert message in caught.value.findings[0].message
    assert caught.value.findings[0].help


def test_the_nearest_name_is_proposed() -> None:
    with pytest.raises(InvalidRequest) as caught:
        iam.authorize_in(storefront(), people(), ALICE[:-1], PULL, "storefront/web")
    assert caught.value.findings[0].help == f"it has `{ALICE}`"


def test_a_repository_policy_that_is_none_is_told() -> None:
    with pytest.raises(InvalidPolicy) as caught:
        iam.authorize_in(registry({"Statement": 1}), user(), USER, PULL, "web")
    assert caught.value.findings[0].location.file == "policy of the repository `web`"


# Operations.


def test_an_operation_lists_each_missing_action() -> None:
    ask = iam.authorize_operation_in
    pushes = ask(storefront(), people(), CI_SESSION, operations.PUSH, "storefront/web")
    assert pushes.allowed
    pulls = ask(storefront(), people(), CI_SESSION, operations.PULL, "storefront/worker")
    assert pulls.verdict is Verdict.NO
    assert pulls.missing == ("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")
    assert (bool(pushes), bool(pulls)) == (True, False)
    assert "no session policy" in "\n".join(map(str, pulls.assumes))


def test_a_partner_pulls() -> None:
    found = iam.authorize_operation_in(
        storefront(), people(), DEPLOYER, operations.PULL, "storefront/web"
    )
    assert found.allowed


def test_the_source_of_a_replication_creates_repositories() -> None:
    source = f"arn:aws:iam::{WAREHOUSE}:root"
    ask = iam.authorize_operation_in
    found = ask(storefront(), people(), source, operations.REPLICATE_IN, "mirror/new")
    assert [each.request.action for each in found.answers] == [
        "ecr:ReplicateImage",
        "ecr:CreateRepository",
    ]
    assert found.allowed


def test_an_import_reads_from_a_repository_that_it_creates() -> None:
    found = iam.authorize_operation_in(
        storefront(), people(), CAROL, operations.PULL_THROUGH_CACHE, "quay/new"
    )
    assert found.allowed
    assert len(found.answers) == 5


# Who can?


def _grantees(found: iam.WhoCan) -> list[tuple[GranteeKind, str, Verdict]]:
    return [(each.kind, each.name, each.answer.verdict) for each in found.grantees]


def test_who_can_pull_from_the_web() -> None:
    found = iam.who_can(storefront(), people(), PULL, "storefront/web")
    yes, depends = Verdict.YES, Verdict.DEPENDS
    assert _grantees(found) == [
        (GranteeKind.ROOT, f"arn:aws:iam::{ACCOUNT}:root", yes),
        (GranteeKind.ROOT, f"arn:aws:iam::{PARTNER}:root", yes),
        (GranteeKind.USER, ALICE, yes),
        (GranteeKind.USER, BOB, depends),
        (GranteeKind.USER, CAROL, yes),
        (GranteeKind.USER, DAVE, depends),
        (GranteeKind.ROLE, CI, depends),
        (GranteeKind.ROLE, REPLICATION, depends),
        (GranteeKind.ROLE, DEPLOYER, yes),
        (GranteeKind.ROLE, SCANNER, depends),
        (GranteeKind.ACCOUNT, WAREHOUSE, depends),
        (GranteeKind.SERVICE, "codebuild.amazonaws.com", depends),
        (GranteeKind.EVERYBODY, "*", depends),
    ]
    assert len(found.certain) + len(found.depending) == len(found.grantees)
    assert str(found.grantees[-1]) == "everybody"
    assert str(found.grantees[2]) == f"user {ALICE}"


def test_each_says_what_it_depends_on() -> None:
    found = iam.who_can(storefront(), people(), PULL, "storefront/web")
    keys = {
        each.name: [key for one in each.answer.conditions for key in one.keys]
        for each in found.depending
    }
    assert keys == {
        BOB: ["aws:PrincipalOrgID"],
        DAVE: [],
        CI: ["aws:PrincipalOrgID"],
        REPLICATION: ["aws:PrincipalOrgID"],
        SCANNER: [],
        WAREHOUSE: ["aws:PrincipalOrgID"],
        "codebuild.amazonaws.com": ["aws:SourceAccount"],
        "*": ["aws:PrincipalOrgID"],
    }


def test_accounts_that_are_not_held_are_told_by_name() -> None:
    found = iam.who_can(storefront(), iam.Identities(), PULL, "storefront/web")
    assert _grantees(found) == [
        (GranteeKind.ROOT, f"arn:aws:iam::{ACCOUNT}:root", Verdict.YES),
        (GranteeKind.ROLE, SCANNER, Verdict.DEPENDS),
        (GranteeKind.ACCOUNT, ACCOUNT, Verdict.DEPENDS),
        (GranteeKind.ACCOUNT, PARTNER, Verdict.DEPENDS),
        (GranteeKind.ACCOUNT, WAREHOUSE, Verdict.DEPENDS),
        (GranteeKind.SERVICE, "codebuild.amazonaws.com", Verdict.DEPENDS),
        (GranteeKind.EVERYBODY, "*", Verdict.DEPENDS),
    ]
    assert f"the identity-based policies of the callers of the account `{PARTNER}`" in _texts(found)


def test_a_condition_on_the_caller_is_open_for_a_whole_account() -> None:
    only = {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{PARTNER}:role/deploy*"}}
    shared = accounts.policy(allow(PULL, Principal={"AWS": PARTNER}, condition=only))
    found = iam.who_can(registry(shared), user(), PULL, "web")
    [account] = [each for each in found.grantees if each.kind is GranteeKind.ACCOUNT]
    assert _ways(account.answer) == [["aws:PrincipalArn"]]


def test_the_public_is_told() -> None:
    shared = accounts.policy(allow(PULL, Principal="*"))
    found = iam.who_can(registry(shared), user(), PULL, "web")
    assert _grantees(found)[-1] == (GranteeKind.EVERYBODY, "*", Verdict.YES)
    but = accounts.policy(
        {"Effect": "Allow", "Action": PULL, "NotPrincipal": {"AWS": PARTNER}},
    )
    found = iam.who_can(registry(but), user(), PULL, "web")
    assert _grantees(found)[-1][0] is GranteeKind.EVERYBODY


def test_everybody_is_not_the_anonymous_caller_alone() -> None:
    mine = {"StringEquals": {"aws:PrincipalAccount": PARTNER}}
    shared = accounts.policy(allow(PULL, Principal="*", condition=mine))
    found = iam.who_can(registry(shared), user(), PULL, "web")
    assert _ways(found.grantees[-1].answer) == [["aws:PrincipalAccount"]]


def test_an_exception_that_may_hold_denies_or_does_not() -> None:
    but = {"Effect": "Deny", "Action": PULL, "NotPrincipal": {"AWS": USER}}
    shared = accounts.policy({**but, "Condition": NOT_FROM_ENDPOINT})
    identities = user(allow(PULL), name="v")
    ask = iam.authorize_in
    answer = ask(registry(shared), identities, USER.replace("user/u", "user/v"), PULL, "web")
    assert (answer.verdict, _ways(answer)) == (Verdict.DEPENDS, [["aws:SourceVpce"]])


def test_an_exception_does_not_help_a_caller_with_a_permissions_boundary() -> None:
    """IAM User Guide, "AWS JSON policy elements: NotPrincipal": it is denied although listed."""
    boundary = f"arn:aws:iam::{ACCOUNT}:policy/boundary"
    version = {"Document": accounts.policy(allow("*")), "IsDefaultVersion": True}
    inline = {"PolicyName": "p", "PolicyDocument": accounts.policy(allow(PULL))}
    held = {"Arn": USER, "UserPolicyList": [inline]}
    but = {"Effect": "Deny", "Action": PULL, "NotPrincipal": {"AWS": [ACCOUNT, USER]}}
    shared = registry(accounts.policy({**but, "Condition": NOT_FROM_ENDPOINT}))

    def ask(**limits: accounts.Json) -> iam.Answer:
        identities = iam.Identities.parse(
            {
                "UserDetailList": [{**held, **limits}],
                "Policies": [{"Arn": boundary, "PolicyVersionList": [version]}],
            }
        )
        return iam.authorize_in(shared, identities, USER, PULL, "web")

    assert ask().verdict is Verdict.YES
    answer = ask(PermissionsBoundary={"PermissionsBoundaryArn": boundary})
    assert (answer.verdict, _ways(answer)) == (Verdict.DEPENDS, [["aws:SourceVpce"]])


def test_the_tags_of_a_stranger_are_not_known() -> None:
    tagged = {"StringEquals": {"aws:PrincipalTag/team": "web"}}
    shared = accounts.policy(allow(PULL, Principal={"AWS": SCANNER}, condition=tagged))
    answer = iam.authorize_in(registry(shared), user(), SCANNER, PULL, "web")
    assert (answer.verdict, _ways(answer)) == (Verdict.DEPENDS, [["aws:PrincipalTag/team"]])


def test_an_action_that_nobody_knows_may_be_about_the_registry() -> None:
    answer = iam.authorize_in(registry(), user(allow("ecr:*")), USER, "ecr:NotYetThere")
    assert (answer.verdict, answer.request.resource) == (Verdict.YES, None)


def test_who_is_held_and_named_is_told_once() -> None:
    gone = f"arn:aws:sts::{ACCOUNT}:assumed-role/gone/jane"
    provider = {"Federated": "cognito-identity.amazonaws.com"}
    shared = accounts.policy(allow(PULL, Principal={"AWS": [USER, gone], **provider}))
    found = iam.who_can(registry(shared), user(), PULL, "web")
    assert _grantees(found) == [
        (GranteeKind.ROOT, f"arn:aws:iam::{ACCOUNT}:root", Verdict.YES),
        (GranteeKind.USER, USER, Verdict.YES),
    ]


def test_sessions_and_federated_users_that_are_named_are_told() -> None:
    session = f"arn:aws:sts::{WAREHOUSE}:assumed-role/ops/jane"
    federated = f"arn:aws:sts::{ACCOUNT}:federated-user/jane"
    shared = accounts.policy(allow(PULL, Principal={"AWS": [session, federated, CI_SESSION]}))
    found = iam.who_can(registry(shared), people(), PULL, "web")
    kinds = {each.name: (each.kind, each.answer.verdict) for each in found.grantees}
    assert kinds[session] == (GranteeKind.SESSION, Verdict.DEPENDS)
    assert kinds[federated] == (GranteeKind.FEDERATED, Verdict.DEPENDS)
    assert kinds[CI_SESSION] == (GranteeKind.SESSION, Verdict.YES)


def test_a_token_is_granted_by_identities_alone() -> None:
    found = iam.who_can(storefront(), people(), "ecr:GetAuthorizationToken")
    assert found.resource is None
    names = {each.name for each in found.certain}
    assert {ALICE, CAROL, CI, DEPLOYER} <= names
    assert BOB not in names
    assert {each.kind for each in found.grantees} <= {
        GranteeKind.ROOT,
        GranteeKind.USER,
        GranteeKind.ROLE,
    }


# What can?


def test_what_a_power_user_can() -> None:
    found = iam.what_can(storefront(), people(), ALICE)
    assert set(found.repositories) == {"storefront/web", "storefront/worker", "billing/ledger"}
    levels = found.repositories["billing/ledger"]
    assert list(levels) == [
        AccessLevel.LIST,
        AccessLevel.READ,
        AccessLevel.TAGGING,
        AccessLevel.WRITE,
    ]
    tagging = {each.request.action: each.verdict for each in levels[AccessLevel.TAGGING]}
    assert tagging == {"ecr:TagResource": Verdict.DEPENDS}
    written = {each.request.action for each in levels[AccessLevel.WRITE] if each.allowed}
    assert written == {
        "ecr:CompleteLayerUpload",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
    }
    assert [each.request.action for each in found.registry[AccessLevel.READ]] == [
        "ecr:GetAuthorizationToken"
    ]
    assert "taken as version" in _texts(found)


def test_what_a_stranger_can() -> None:
    found = iam.what_can(storefront(), people(), AUDITOR)
    assert found.registry == {}
    assert set(found.repositories["storefront/worker"]) == set()


def test_what_a_service_can() -> None:
    found = iam.what_can(storefront(), people(), "codebuild.amazonaws.com")
    [(level, answers)] = found.repositories["storefront/web"].items()
    assert level is AccessLevel.READ
    assert [each.verdict for each in answers] == [Verdict.DEPENDS, Verdict.DEPENDS]


def test_who_can_and_what_can_agree() -> None:
    where, who = storefront(), people()
    able = {
        each.name: each.answer.verdict
        for each in iam.who_can(where, who, PULL, "storefront/web").grantees
    }
    for identity in who:
        answers = iam.what_can(where, who, identity.arn).repositories["storefront/web"]
        verdicts = [
            each.verdict
            for each in answers.get(AccessLevel.READ, ())
            if each.request.action == PULL
        ]
        assert verdicts == ([able[identity.arn]] if identity.arn in able else [])


# What the registry does not tell.

UNTOLD = Registry(ACCOUNT, "us-east-1", repositories=(Repository("web"),))
NO_POLICY = "the policy of the repository `web` was not given"
NO_REGISTRY_POLICY = "the policy of the registry was not given"
NO_TAGS = "the tags of the repository `web` were not given"


def test_a_yes_says_what_was_not_told() -> None:
    answer = _ask(allow(PULL), where=UNTOLD)
    assert answer.verdict is Verdict.YES
    said = _texts(answer)
    assert NO_POLICY in said
    assert "aws ecr get-repository-policy" in said
    assert NO_REGISTRY_POLICY in said
    assert "aws ecr get-registry-policy" in said
    assert NO_TAGS not in said


def test_a_no_says_so_where_it_could_be_a_yes() -> None:
    answer = _ask(where=UNTOLD)
    assert answer.verdict is Verdict.NO
    assert NO_POLICY in _texts(answer)
    assert _ask(deny(PULL), where=UNTOLD).assumes == ()


@pytest.mark.parametrize("denies", [False, True])
def test_tags_that_were_not_told_are_assumed_where_they_are_asked_for(denies: bool) -> None:
    tagged = {"StringEquals": {"ecr:ResourceTag/team": "a"}}
    statements = (
        [allow(PULL), deny(PULL, condition=tagged)] if denies else [allow(PULL, condition=tagged)]
    )
    answer = _ask(*statements, where=UNTOLD)
    assert answer.verdict is (Verdict.YES if denies else Verdict.NO)
    assert NO_TAGS in _texts(answer)
    assert "aws ecr list-tags-for-resource" in _texts(answer)


ANYTHING = json.dumps(accounts.policy(allow("ecr:*", Principal={"AWS": USER}, Resource="*")))
NOTHING = ANYTHING.replace("Allow", "Deny")
NO_SCOPE = "the scope of the registry policy was not given: it is taken to be V2"


def _under(policy: str, action: str, *statements: accounts.Json, **about: Any) -> iam.Answer:
    home = Registry(
        *(ACCOUNT, "us-east-1"),
        repositories=(Repository("web", policy="", resource_tags={}),),
        policy=policy,
        **about,
    )
    return _ask(*statements, action=action, where=home)


def test_a_scope_that_was_not_told_is_assumed_where_it_could_turn_the_answer() -> None:
    """Scope V1 is about three actions; pulling is none of them, and creating is."""
    for answer, verdict in (
        (_under(ANYTHING, PULL), Verdict.YES),
        (_under(NOTHING, PULL, allow(PULL)), Verdict.NO),
    ):
        assert answer.verdict is verdict
        assert NO_SCOPE in _texts(answer)
        assert "aws ecr get-account-setting --name REGISTRY_POLICY_SCOPE" in _texts(answer)
    for settled in (
        _under(ANYTHING, PULL, policy_scope="V2"),
        _under(ANYTHING, PULL, policy_scope="V1"),
        _under(ANYTHING, PULL, allow(PULL)),
        _under(ANYTHING, "ecr:CreateRepository"),
        _under("", PULL),
    ):
        assert NO_SCOPE not in _texts(settled)


def test_where_no_repository_is_listed_none_is_said_to_be_missing() -> None:
    unlisted = Registry(ACCOUNT, "us-east-1", policy="")
    with pytest.raises(InvalidRequest) as caught:
        iam.authorize_in(unlisted, user(), USER, PULL, "web")
    assert str(caught.value) == (
        "no repository is listed: whether `web` is there is not known; give the output of "
        "`aws ecr describe-repositories`"
    )
    ask = iam.authorize_operation_in
    filled = ask(unlisted, user(allow("ecr:*")), USER, operations.PULL_THROUGH_CACHE, "web")
    assert "no repository is listed: `web` is taken not to be there" in "\n".join(
        map(str, filled.assumes)
    )
    told = replace(unlisted, repositories=())
    filled = ask(told, user(allow("ecr:*")), USER, operations.PULL_THROUGH_CACHE, "web")
    assert "no repository is listed" not in "\n".join(map(str, filled.assumes))


def test_what_was_told_to_be_absent_is_not_assumed() -> None:
    for answer in (_ask(allow(PULL)), _ask()):
        assert "it is taken to have none" not in _texts(answer)


def test_lists_say_what_was_not_told_even_where_nobody_may() -> None:
    nobody = user()
    found = iam.who_can(UNTOLD, nobody, PULL, "web")
    assert NO_POLICY in _texts(found)
    what = iam.what_can(UNTOLD, nobody, USER)
    assert not what.repositories["web"]
    assert NO_POLICY in _texts(what)
