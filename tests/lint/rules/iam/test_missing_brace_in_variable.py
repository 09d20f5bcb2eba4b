"""A variable that is not closed."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.iam.builders import document, statement
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "missing-brace-in-variable"

BAD, GOOD = "${aws:username", "${aws:username}"


def tagged(value: Any, operator: str = "StringEquals") -> dict[str, Any]:
    return allow(Condition={operator: {"aws:ResourceTag/team": value}})


@table(
    trips(
        "in a resource",
        allow(Resource=["*", f"arn:aws:ecr:*:*:repository/{BAD}/*"]),
        "/Statement/0/Resource/1+27",
    ),
    trips(
        "in a condition",
        tagged(["a", f"a-{BAD}"]),
        "/Statement/0/Condition/StringEquals/aws:ResourceTag~1team/1+2",
    ),
    trips(
        "another one within it",
        tagged("${a:b${c:d}"),
        "/Statement/0/Condition/StringEquals/aws:ResourceTag~1team+0",
    ),
    passes("as it should be", allow(Resource=f"arn:aws:ecr:*:*:repository/{GOOD}/*")),
    passes("as it should be, in a condition", tagged(f"a-{GOOD}")),
    passes("a dollar", tagged("$" + "5")),
    passes(
        "plain text in the older version",
        document(statement(Resource=f"arn:aws:ecr:*:*:repository/{BAD}"), version="2008-10-17"),
    ),
    passes(
        "the version is unknown",
        {**allow(Resource=f"arn:aws:ecr:*:*:repository/{BAD}"), "Version": UNKNOWN},
    ),
    passes("numbers have no variables", tagged(BAD, "NumericEquals")),
    passes("unknown", tagged([UNKNOWN])),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, tagged(BAD)) == (
        "the variable `${aws:username` is not closed; end it with `}`"
    )
