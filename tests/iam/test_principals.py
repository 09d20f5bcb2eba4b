"""Principal and NotPrincipal: who is named, and who is left alone."""

from typing import Any

import pytest

from ecrpolicy.iam import Kind
from ecrpolicy.iam.principals import is_partly_listed
from tests.iam.builders import (
    FEDERATED,
    FOREIGN_USER,
    HERE,
    ROLE,
    ROOT,
    SERVICE,
    SESSION,
    THERE,
    USER,
    boundary,
    decide,
    identity,
    outcome,
    policy,
    repository,
    request,
    statement,
)

_BY_ACCOUNT = {HERE, ROOT}
_DEV = f"arn:aws:iam::{HERE}:role/Dev"
_VALUES = [
    *_BY_ACCOUNT,
    THERE,
    USER,
    USER.lower(),
    f"arn:aws:iam::{HERE}:user/Bob",
    _DEV,
    ROLE,
    f"arn:aws:iam::{HERE}:role/path/dEV",
    SESSION,
    SESSION.replace("Dev", "DEV"),
    SESSION.replace("one", "ONE"),
    FEDERATED,
    FOREIGN_USER,
    f"arn:aws-cn:iam::{HERE}:root",
    "AIDAEXAMPLEEXAMPLE",
    "AROAEXAMPLEEXAMPLE",
]
_ANY_DEV = {_DEV, ROLE, f"arn:aws:iam::{HERE}:role/path/dEV"}
_SESSIONS = {SESSION, SESSION.replace("Dev", "DEV")}


@pytest.mark.parametrize(
    ("about", "named_by"),
    [
        ({"principal": ROOT}, _BY_ACCOUNT),
        ({"principal": USER}, _BY_ACCOUNT | {USER}),
        ({"principal": SESSION}, _BY_ACCOUNT | _ANY_DEV | _SESSIONS),
        ({"principal": SESSION, "role": ROLE}, _BY_ACCOUNT | _ANY_DEV - {_DEV} | _SESSIONS),
        ({"principal": ROLE}, _BY_ACCOUNT | _ANY_DEV - {_DEV}),
        ({"principal": FEDERATED}, _BY_ACCOUNT | {FEDERATED}),
        ({"principal": FEDERATED, "user": USER}, _BY_ACCOUNT | {FEDERATED, USER}),
        ({"principal": FOREIGN_USER}, {THERE, FOREIGN_USER}),
        ({"principal": SERVICE}, set()),
        ({"principal": None}, set()),
    ],
)
def test_a_deny_reaches_whom_it_names(about: dict[str, Any], named_by: set[str]) -> None:
    for value in _VALUES:
        denying = policy(Kind.REPOSITORY, statement("Deny", Principal={"AWS": value}))
        decision = decide(request(**about), resource=(denying,))
        assert (decision.effect == "EXPLICIT_DENY") is (value in named_by), value


@pytest.mark.parametrize("everybody", ["*", {"AWS": "*"}, {"AWS": [HERE, "*"]}])
@pytest.mark.parametrize("principal", [ROOT, USER, SESSION, FEDERATED, SERVICE, None])
def test_a_star_names_everybody(principal: str | None, everybody: Any) -> None:
    assert decide(request(principal), resource=(repository(everybody),)).allowed


def test_services_and_providers_are_named_exactly() -> None:
    by_service = repository({"Service": [SERVICE]})
    by_provider = repository({"Federated": "accounts.google.com"})
    assert decide(request(SERVICE), resource=(by_service,)).allowed
    assert not decide(request("ec2.amazonaws.com"), resource=(by_service,)).allowed
    session = request(SESSION, provider="accounts.google.com")
    assert decide(session, resource=(by_provider,)).allowed
    assert not decide(request(SESSION), resource=(by_provider,)).allowed


@pytest.mark.parametrize(
    ("about", "listed", "is_denied"),
    [
        ({"principal": USER}, [HERE, USER], False),
        ({"principal": USER}, [ROOT, USER], False),
        ({"principal": USER}, [USER], True),
        ({"principal": USER}, [ROOT], True),
        ({"principal": USER}, [THERE], True),
        ({"principal": SESSION}, [HERE, ROLE, SESSION], False),
        ({"principal": SESSION}, [HERE, ROLE], True),
        ({"principal": ROLE}, [HERE, ROLE, SESSION], True),
        ({"principal": ROOT}, [HERE], False),
        ({"principal": FEDERATED}, [HERE, FEDERATED], False),
        ({"principal": FEDERATED, "user": USER}, [HERE, FEDERATED], True),
        ({"principal": FEDERATED, "user": USER}, [HERE, FEDERATED, USER], False),
        ({"principal": SERVICE}, [HERE], True),
        ({"principal": None}, [HERE], True),
        ({"principal": USER}, ["*"], False),
    ],
)
def test_whom_a_deny_with_not_principal_leaves_alone(
    about: dict[str, Any], listed: list[str], is_denied: bool
) -> None:
    denying = policy(
        Kind.REPOSITORY,
        statement("Deny", NotPrincipal={"AWS": listed}),
        statement(Principal="*"),
    )
    assert decide(request(**about), resource=(denying,)).allowed is not is_denied


def test_not_principal_always_denies_a_caller_with_a_boundary() -> None:
    denying = policy(Kind.REPOSITORY, statement("Deny", NotPrincipal={"AWS": [HERE, USER]}))
    given = {"identity": (identity(),), "resource": (denying,)}
    assert outcome(request(), **given) == "ALLOW identity"
    assert outcome(request(), **given, boundary=boundary()) == "EXPLICIT_DENY repository"


def test_a_boundary_that_does_not_bind_denies_nobody() -> None:
    denying = policy(Kind.REPOSITORY, statement("Deny", NotPrincipal={"AWS": HERE}))
    assert outcome(request(ROOT), resource=(denying,), boundary=boundary()) == "ALLOW"


def test_an_allow_with_not_principal_is_for_everybody_else() -> None:
    allowing = policy(Kind.REPOSITORY, statement(NotPrincipal={"AWS": HERE}))
    assert not decide(request(USER), resource=(allowing,)).allowed
    assert decide(request(SERVICE), resource=(allowing,)).allowed
    assert decide(request(None), resource=(allowing,)).allowed


def test_an_allow_with_not_principal_gives_a_listed_account_nothing() -> None:
    """Not even the leave to delegate, with which its own policies could let it in."""
    allowing = policy(Kind.REPOSITORY, statement(NotPrincipal={"AWS": THERE}))
    given = {"resource": (allowing,), "identity": (identity(),)}
    assert outcome(request(FOREIGN_USER), **given) == "IMPLICIT_DENY"


@pytest.mark.parametrize(
    ("listed", "partly"),
    [
        ([USER], True),
        ([HERE], True),
        ([HERE, USER], False),
        ([THERE], False),
        (["*"], False),
        ([USER, "*"], False),
    ],
)
def test_whether_a_caller_is_listed_in_part(listed: list[str], partly: bool) -> None:
    denying = policy(Kind.REPOSITORY, statement("Deny", NotPrincipal={"AWS": listed}))
    [principal] = [each.principal for each in denying.statements]
    assert principal is not None
    assert is_partly_listed(principal, request(USER).caller) is partly
