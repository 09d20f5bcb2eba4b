"""A statement id that stands twice."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import THERE, document, statement
from tests.lint.tables import Case, fixed, message, passes, problems, table, trips

RULE = "unique-sids-recommended"


def named(*sids: Any) -> dict[str, Any]:
    return document(*(statement(Sid=sid, Principal=THERE) for sid in sids))


@table(
    trips("twice", named("A", "A"), "/Statement/1/Sid"),
    trips("three times", named("A", "B", "A", "A"), "/Statement/2/Sid", "/Statement/3/Sid"),
    trips("beside an unknown one", named(UNKNOWN, "A", "A"), "/Statement/2/Sid"),
    trips("of an endpoint", named("A", "A"), "/Statement/1/Sid", kind=Kind.ENDPOINT),
    passes("another case", named("A", "a")),
    passes("empty, which another rule tells", named("", "")),
    passes("none", named(None, None)),
    passes("of an identity, where another rule tells it", named("A", "A"), kind=Kind.IDENTITY),
    passes("one", named("A")),
    passes("unknown", named(UNKNOWN, UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, named("A", "A")) == (
        "statement 1 has the id `A` too; give each its own, as `A2`"
    )


def test_fix() -> None:
    assert fixed(RULE, named("A", "A2", "A", "A")) == named("A", "A2", "A3", "A4")


def test_what_may_be_taken_has_no_fix() -> None:
    for document_ in (
        named("A", "A", UNKNOWN),
        {"Statement": [*named("A", "A")["Statement"], UNKNOWN]},
    ):
        [found] = problems(RULE, document_)
        assert found.fix == ()
