"""A policy that nobody can change any more."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import iam
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.iam import PolicySet, Request
from ecrpolicy.lint import Kind
from ecrpolicy.snapshot import Registry
from tests.iam.builders import (
    HERE,
    REPOSITORY,
    ROLE,
    ROOT,
    SESSION,
    THERE,
    USER,
    document,
    statement,
)
from tests.lint.tables import Case, deny, message, passes, problems, table, trips

RULE = "owner-locked-out"
PLACE = "/Statement/0/Principal"
CHANGE = "ecr:SetRepositoryPolicy"
HOME: dict[str, Any] = {"registry": Registry(HERE, "us-east-1")}
V2: dict[str, Any] = {"kind": Kind.REGISTRY, "scope": "V2"}


def denied(**elements: Any) -> dict[str, Any]:
    by_default = {} if "NotPrincipal" in elements else {"Principal": "*"}
    return document(statement("Deny", **{**by_default, **elements}))


@table(
    trips("everything", denied(), PLACE),
    trips("by name", denied(Action=CHANGE), PLACE),
    trips("by what is left out", denied(NotAction="ecr:BatchGetImage"), PLACE),
    trips("as an AWS principal", denied(Principal={"AWS": [THERE, "*"]}), f"{PLACE}/AWS/1"),
    trips("the account itself", denied(Principal={"AWS": HERE}), f"{PLACE}/AWS", **HOME),
    trips("its root", denied(Principal={"AWS": [ROOT]}), f"{PLACE}/AWS/0", **HOME),
    trips(
        "nobody of it is excepted",
        denied(NotPrincipal={"AWS": THERE}),
        "/Statement/0/NotPrincipal",
        **HOME,
    ),
    trips(
        "a role is excepted without its account",
        denied(NotPrincipal={"AWS": [ROLE, USER]}),
        "/Statement/0/NotPrincipal",
    ),
    passes("a role with its account", denied(NotPrincipal={"AWS": [HERE, ROLE]})),
    passes("a role and an id", denied(NotPrincipal={"AWS": [ROLE, "AIDAEXAMPLE"]})),
    passes("a role and a service", denied(NotPrincipal={"AWS": ROLE, "Service": "a.aws"})),
    passes("a role and what is unknown", denied(NotPrincipal={"AWS": [ROLE, UNKNOWN]})),
    passes("a session", denied(NotPrincipal={"AWS": [SESSION]})),
    trips("a registry", deny(Principal="*"), PLACE, **V2),
    trips("beside what is unknown", denied(Action=[CHANGE, UNKNOWN]), PLACE),
    passes("an allow", denied(Effect="Allow")),
    passes("other actions", denied(Action=["ecr:PutImage", "ecr:DeleteRepositoryPolicy"])),
    passes("another account", denied(Principal={"AWS": THERE}), **HOME),
    passes("whose it is is unknown", denied(Principal={"AWS": HERE})),
    passes("one user", denied(Principal={"AWS": USER}), **HOME),
    passes("a service", denied(Principal={"Service": "ecs.amazonaws.com"}), **HOME),
    passes("somebody is excepted", denied(NotPrincipal={"AWS": [THERE, USER]}), **HOME),
    passes("an id is excepted", denied(NotPrincipal={"AWS": "AIDAEXAMPLE"}), **HOME),
    passes("exceptions, and whose it is is unknown", denied(NotPrincipal={"AWS": THERE})),
    passes("an unknown exception", denied(NotPrincipal={"AWS": [THERE, UNKNOWN]}), **HOME),
    passes("a condition", denied(Condition={"ArnNotEquals": {"aws:PrincipalArn": USER}})),
    passes("an unknown condition", denied(Condition=UNKNOWN)),
    passes("a registry of scope V1", deny(Principal="*"), kind=Kind.REGISTRY, scope="V1"),
    passes("of a scope that is not known", deny(Principal="*"), kind=Kind.REGISTRY),
    passes("repositories alone", deny(Principal="*", Resource=REPOSITORY), **V2),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (CHANGE, "`ecr:SetRepositoryPolicy`"),
        ("ecr:*", "`ecr:SetRepositoryPolicy` and `ecr:DeleteRepositoryPolicy`"),
    ],
)
def test_message(action: str, said: str) -> None:
    assert message(RULE, denied(Action=action)) == (
        f"the policy denies {said} to its own account; leave out who looks after it, with a "
        "condition such as `ArnNotEquals` on `aws:PrincipalArn`"
    )


PRINCIPALS: list[Any] = [
    {"Principal": "*"},
    {"Principal": {"AWS": HERE}},
    {"Principal": {"AWS": [ROOT, THERE]}},
    {"Principal": {"AWS": USER}},
    {"Principal": {"AWS": THERE}},
    {"NotPrincipal": {"AWS": THERE}},
    {"NotPrincipal": {"AWS": [ROOT, USER]}},
    {"NotPrincipal": {"AWS": [ROLE, USER]}},
    {"NotPrincipal": {"AWS": [ROOT, ROLE, SESSION]}},
]
ALL = iam.parse(document(statement(Resource="*")), kind=iam.Kind.IDENTITY)


@given(
    st.sampled_from(PRINCIPALS),
    st.sampled_from([CHANGE, "ecr:*", "ecr:Set*", "ecr:Put*", "ecr:Delete*"]),
)
def test_the_engine_denies_it_to_all_of_the_account_where_the_rule_says_so_and_nowhere_else(
    principals: dict[str, Any], action: str
) -> None:
    value = denied(Action=action, **principals)
    policy = iam.parse(value, kind=iam.Kind.REPOSITORY)
    policies = PolicySet(identity=(ALL,), resource=(policy,))
    requests = [
        Request(principal=each, action=CHANGE, resource=REPOSITORY, resource_account=HERE)
        for each in (ROOT, USER, ROLE, SESSION)
    ]
    locked_out = not any(iam.authorize(each, policies).allowed for each in requests)
    assert locked_out == bool(problems(RULE, value, **HOME))
