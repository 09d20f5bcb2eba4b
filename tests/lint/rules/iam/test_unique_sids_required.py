"""A statement id that stands twice."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import document, statement
from tests.lint.tables import Case, allow, fixed, message, passes, problems, table, trips

RULE = "unique-sids-required"


def named(*sids: Any) -> dict[str, Any]:
    return document(*(statement(Sid=sid, Resource="*") for sid in sids))


@table(
    trips("two", named("One", "One"), "/Statement/1/Sid"),
    trips("three", named("One", "Two", "One", "One"), "/Statement/2/Sid", "/Statement/3/Sid"),
    trips("in an SCP", named("One", "One"), "/Statement/1/Sid", kind=Kind.SCP),
    trips("in an RCP", named("One", "One"), "/Statement/1/Sid", kind=Kind.RCP),
    trips("beside an unknown one", named("One", UNKNOWN, "One"), "/Statement/2/Sid"),
    passes("unlike", named("One", "Two")),
    passes("in another case", named("One", "one")),
    passes("empty", named("", "")),
    passes("none", {"Statement": [*allow()["Statement"], *allow()["Statement"]]}),
    passes("unknown", named(UNKNOWN, UNKNOWN)),
    passes("in a repository policy", named("One", "One"), kind=Kind.REPOSITORY),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, named("One", "One")) == (
        "statement 1 has the id `One` too; give each its own, or none"
    )


def test_fix() -> None:
    assert fixed(RULE, named("One", "One", "One2", "One")) == named("One", "One3", "One2", "One4")


def test_no_fix_makes_two_names_alike() -> None:
    for sids in (["One", UNKNOWN, "One"], ["One", 1, "One"]):
        assert not any(each.fix for each in problems(RULE, named(*sids)))
    assert problems(RULE, {"Statement": [*named("One", "One")["Statement"], UNKNOWN]})[0].fix == ()
