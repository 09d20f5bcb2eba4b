"""A resource that another one covers."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, fixed, grant, message, passes, table, trips

RULE = "redundant-resource"

HERE = "arn:aws:ecr:us-east-1:111122223333:repository/"


def of(*resources: Any) -> dict[str, Any]:
    return allow(Resource=list(resources))


def at(number: int, element: str = "Resource") -> str:
    return f"/Statement/0/{element}/{number}"


@table(
    trips("a pattern covers it", of(HERE + "a*", HERE + "ab"), at(1)),
    trips("a pattern covers a pattern", of(HERE + "a/*/c", HERE + "a/*"), at(0)),
    trips("in every Region", of(HERE + "a", "arn:aws:ecr:*:111122223333:repository/a"), at(0)),
    trips("everything", of("*", HERE + "a"), at(1)),
    trips("twice", of(HERE + "a", HERE + "b", HERE + "a"), at(2)),
    trips("everything twice", of("*", "*"), at(1)),
    trips("a variable", of(HERE + "*", HERE + "${aws:username}/*"), at(1)),
    trips("a variable twice", of(HERE + "${aws:username}", HERE + "${aws:username}"), at(1)),
    trips("excepted twice", allow(NotResource=[HERE + "*", HERE + "a"]), at(1, "NotResource")),
    trips("beside an unknown value", of(UNKNOWN, HERE + "*", HERE + "a"), at(2)),
    passes("case counts", of(HERE + "a*", HERE + "Ab")),
    passes(
        "another Region",
        of("arn:aws:ecr:eu-*-1:1:repository/*", "arn:aws:ecr:us-*:1:repository/*"),
    ),
    trips("`*` is about requests without a resource, too", of("**", "*"), at(0)),
    passes("what a variable becomes", of(HERE + "${*}", HERE + "${aws:username}")),
    passes("characters of a variable", of(HERE + "????", HERE + "${*}")),
    passes("the end of a variable", of(HERE + "*}", HERE + "${aws:username}")),
    passes("a pattern with a variable", of(HERE + "${aws:username}/*", HERE + "${aws:username}/a")),
    passes("no list", allow(Resource="*")),
    passes("of a repository", grant(Resource=["*", "*"]), kind=Kind.REPOSITORY),
    passes("unknown", of(HERE + "*", UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, of(HERE + "a*", HERE + "ab")) == (
        f"`{HERE}a*` covers `{HERE}ab`; delete it"
    )
    assert message(RULE, of("*", "*")) == "`*` stands here twice; delete it"


def test_fix() -> None:
    assert fixed(RULE, of(HERE + "a", HERE + "*", HERE + "a", HERE + "b")) == of(HERE + "*")
