"""A variable in a policy of the older version."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import statement
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "variable-unsupported-in-version"

NAMED = "arn:aws:ecr:*:*:repository/${aws:username}"


def written(version: Any = None, **elements: Any) -> dict[str, Any]:
    made = {"Statement": [statement(**{"Resource": "*", **elements})]}
    return made if version is None else {"Version": version, **made}


def tagged(value: Any, operator: str = "StringLike") -> dict[str, Any]:
    return written(Condition={operator: {"aws:ResourceTag/a": value}})


@table(
    trips("no version", written(Resource=NAMED), "/Statement/0/Resource+27"),
    trips(
        "the older one", written("2008-10-17", Resource=["*", NAMED]), "/Statement/0/Resource/1+27"
    ),
    trips(
        "in a condition",
        tagged(["a", "b-${aws:username}"]),
        "/Statement/0/Condition/StringLike/aws:ResourceTag~1a/1+2",
    ),
    trips("not closed", tagged("${a"), "/Statement/0/Condition/StringLike/aws:ResourceTag~1a+0"),
    trips("a literal", tagged("${*}"), "/Statement/0/Condition/StringLike/aws:ResourceTag~1a+0"),
    passes("the newer one", allow(Resource=NAMED)),
    passes("no variable", written(Resource="arn:aws:ecr:*:*:repository/$a")),
    passes("another version, which another rule tells", written("2012-10-18", Resource=NAMED)),
    passes("an unknown version", written(UNKNOWN, Resource=NAMED)),
    passes("before the fifth colon", written(Resource="arn:aws:ecr:*:${a}:repository/a")),
    passes("numbers have none", tagged("${a}", "NumericEquals")),
    passes("of a repository, which has none", written(Resource=NAMED), kind=Kind.REPOSITORY),
    passes("unknown", written(Resource=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_messages() -> None:
    assert message(RULE, written(Resource=NAMED)) == (
        "the variable `${aws:username}` is plain text: the policy has no `Version`; "
        'write `"Version": "2012-10-17"`'
    )
    assert message(RULE, written("2008-10-17", Resource=NAMED)) == (
        "the variable `${aws:username}` is plain text: its version is `2008-10-17`; "
        'write `"Version": "2012-10-17"`'
    )
