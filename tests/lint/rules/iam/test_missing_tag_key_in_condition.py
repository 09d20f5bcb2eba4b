"""A condition on a tag that says no tag."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.facts import installed
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "missing-tag-key-in-condition"

PLACE = "/Statement/0/Condition/StringEquals/"


def compared(key: str, value: Any = "team") -> dict[str, Any]:
    return allow(Condition={"StringEquals": {key: value}})


@table(
    trips("of the resource", compared("aws:ResourceTag"), f"{PLACE}aws:ResourceTag (name)"),
    trips("a slash alone", compared("aws:requesttag/"), f"{PLACE}aws:requesttag~1 (name)"),
    trips("of the caller", compared("aws:PrincipalTag"), f"{PLACE}aws:PrincipalTag (name)"),
    trips("of ECR", compared("ecr:ResourceTag"), f"{PLACE}ecr:ResourceTag (name)"),
    trips(
        "an unknown value", compared("aws:ResourceTag", UNKNOWN), f"{PLACE}aws:ResourceTag (name)"
    ),
    trips(
        "of another service",
        compared("iam:ResourceTag"),
        f"{PLACE}iam:ResourceTag (name)",
        facts=installed(),
    ),
    passes("of another service, without facts", compared("iam:ResourceTag")),
    passes("a tag", compared("aws:ResourceTag/team")),
    passes("the keys of tags", compared("aws:TagKeys")),
    passes("no key of a tag", compared("aws:PrincipalArn")),
    passes("no key at all", compared("aws:Tag")),
    passes("unknown", allow(Condition=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, compared("aws:ResourceTag")) == (
        "the condition key `aws:ResourceTag` says no tag; "
        "write `aws:ResourceTag/KEY`, with the key of the tag"
    )
