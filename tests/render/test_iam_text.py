"""Decisions and answers for people: nothing hostile reaches a terminal."""

import json

import pytest

from ecrpolicy import iam
from ecrpolicy.iam.operations import PULL
from ecrpolicy.render import iam_operations, iam_text
from ecrpolicy.snapshot import Registry, Repository
from ecrpolicy.wording import printable
from tests.iam.accounts import ACCOUNT, allow, deny, policy, registry, user
from tests.render import hostile

USER = f"arn:aws:iam::{ACCOUNT}:user/u"


def steers(text: str) -> bool:
    """Whether there is a character in a text that does not show."""
    return any(not line.isprintable() for line in text.split("\n"))


def answer(*statements: dict[str, object]) -> iam.Answer:
    return iam.authorize_in(registry(), user(*statements), USER, "ecr:PutImage", "web")


@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_names_are_escaped(name: str) -> None:
    condition = {"StringEquals": {f"aws:x{name}": f"v{name}"}}
    statement = allow("ecr:*", condition=condition, Principal="*", Sid=name)
    written = json.dumps(policy(statement))
    where = Registry(ACCOUNT, "us-east-1", repositories=(Repository(f"r{name}", policy=written),))
    identities = user()
    asked = ("ecr:BatchGetImage", f"r{name}")
    found = [iam.who_can(where, identities, step.action, asked[1]) for step in PULL.steps[1:]]
    single = iam.authorize_in(where, identities, USER, *asked)
    operated = iam.authorize_operation_in(where, identities, USER, PULL, asked[1])
    texts = [
        iam_text.answer(single),
        iam_text.decision(single.decision),
        iam_text.who_can(found[0]),
        iam_text.what_can(iam.what_can(where, identities, USER)),
        iam_text.operation_answer(operated),
        iam_operations.text(iam_operations.who_can_operate(PULL, asked[1], found, {USER})),
    ]
    assert not any(map(steers, texts))
    assert all(printable(name) in each for each in texts)


def test_a_deny_is_told_by_what_must_not_hold() -> None:
    lines = iam_text.answer(
        answer(
            allow("ecr:PutImage", condition={"Bool": {"aws:SecureTransport": "true"}}),
            deny("ecr:PutImage", condition={"StringEquals": {"aws:SourceVpce": "vpce-1"}}),
        )
    ).split("\n")
    assert lines[1] == (
        "  if statement 1 of the policy `inline` of user `u` allows where `Bool` on "
        "`aws:SecureTransport` has `true` unless statement 2 of the policy `inline` of user `u` "
        "denies where `StringEquals` on `aws:SourceVpce` has `vpce-1`"
    )


def test_several_ways() -> None:
    first = {"Bool": {"aws:SecureTransport": "true"}}
    second = {"StringEquals": {"aws:SourceVpce": "vpce-1"}}
    found = answer(allow("ecr:PutImage", condition=first), allow("ecr:PutImage", condition=second))
    lines = iam_text.answer(found).split("\n")
    assert lines[1].startswith("  if statement 1 ")
    assert lines[2].startswith("  or if statement 2 ")


def test_what_is_needed_as_well_can_be_what_is_missing() -> None:
    found = iam.authorize_in(
        registry(),
        user(allow("ecr:CreateRepository")),
        USER,
        "ecr:CreateRepository",
        "new",
        {"aws:RequestTag/a": "b"},
    )
    first = iam_text.answer(found).split("\n")[0]
    assert first.startswith(f"NO: User: {USER} is not authorized to perform: ecr:TagResource")


def test_the_note_of_an_operation() -> None:
    found = iam.authorize_operation_in(
        registry(), user(allow("ecr:*")), USER, iam.operations.PUSH, "web"
    )
    text = iam_text.operation_answer(found)
    assert "\nnote: a client that pushes an index" in text
