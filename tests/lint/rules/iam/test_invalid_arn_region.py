"""A Region of an ARN that is none."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from ecrpolicy.lint.facts import installed
from tests.iam.builders import HERE, REPOSITORY
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "invalid-arn-region"


KNOWN = installed()


def in_region(region: str) -> dict[str, Any]:
    return allow(Resource=REPOSITORY.replace("us-east-1", region))


@table(
    trips("misspelled", in_region("us-east1"), "/Statement/0/Resource+12"),
    trips("a zone", in_region("us-east-1a"), "/Statement/0/Resource+12"),
    trips("in capitals", in_region("US-EAST-1"), "/Statement/0/Resource+12"),
    trips("a word", in_region("REGION"), "/Statement/0/Resource+12"),
    trips(
        "of a service that is not known",
        allow(NotResource=[f"arn:aws:x:us-east-9:{HERE}:a"]),
        "/Statement/0/NotResource/0+10",
    ),
    passes("a Region", in_region("eu-central-1")),
    passes("any", in_region("*")),
    passes("a pattern", in_region("us-*")),
    passes("none, which another rule tells", in_region("")),
    passes("of another partition, which another rule tells", in_region("cn-north-1")),
    passes("a resource that has none", allow(Resource=f"arn:aws:iam:x:{HERE}:role/a"), facts=KNOWN),
    passes("it may be another part", allow(Resource="arn:aws:ecr*:x:y:repository/a")),
    passes("a variable, which another rule tells", in_region("${aws:RequestedRegion}")),
    passes("in a repository policy", grant(Resource="arn:aws:ecr:x:y:z"), kind=Kind.REPOSITORY),
    passes("unknown", allow(Resource=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_messages() -> None:
    resource = REPOSITORY.replace("us-east-1", "us-east1")
    assert message(RULE, in_region("us-east1")) == (
        f"`us-east1` in the resource `{resource}` is no Region; write `us-east-1`"
    )
    assert message(RULE, in_region("X")).endswith("; write a Region such as `us-east-1`, or `*`")
