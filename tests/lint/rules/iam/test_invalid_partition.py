"""A partition of an ARN that does not fit."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import HERE
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "invalid-partition"


def of(partition: str, region: str = "us-east-1") -> dict[str, Any]:
    return allow(Resource=f"arn:{partition}:ecr:{region}:{HERE}:repository/a")


@table(
    trips("another word", of("amazon"), "/Statement/0/Resource+4"),
    trips("in capitals", of("AWS"), "/Statement/0/Resource+4"),
    trips("empty", of(""), "/Statement/0/Resource+4"),
    trips("a Region of China", of("aws", "cn-north-1"), "/Statement/0/Resource+4"),
    trips("no Region of China", of("aws-cn", "us-east-1"), "/Statement/0/Resource+4"),
    trips("GovCloud", of("aws", "us-gov-west-1"), "/Statement/0/Resource+4"),
    trips("without a Region", of("aws-us", ""), "/Statement/0/Resource+4"),
    trips("it ends early", allow(NotResource=["arn:amazon:*"]), "/Statement/0/NotResource/0+4"),
    passes("they fit", of("aws-cn", "cn-north-1")),
    passes("any partition", of("*", "cn-north-1")),
    passes("any Region", of("aws-us-gov", "*")),
    passes("a pattern", of("aws*", "cn-north-1")),
    passes("a Region that is none, which another rule tells", of("aws", "cn-north-9")),
    passes("in a repository policy", grant(Resource="arn:x:a:b:c:d"), kind=Kind.REPOSITORY),
    passes("unknown", allow(Resource=[UNKNOWN])),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_messages() -> None:
    assert message(RULE, of("amazon", "")) == (
        "`amazon` in the resource `arn:amazon:ecr::111122223333:repository/a` is no partition; "
        "write `aws`, `aws-cn` or `aws-us-gov`"
    )
    assert message(RULE, of("")) == (
        "the resource `arn::ecr:us-east-1:111122223333:repository/a` names no partition; "
        "write `aws`"
    )
    assert message(RULE, of("aws", "cn-north-1")) == (
        "the Region `cn-north-1` of the resource "
        "`arn:aws:ecr:cn-north-1:111122223333:repository/a` is in the partition `aws-cn`, "
        "not in `aws`; write `aws-cn`"
    )
