"""A key with several values, compared as if it had one."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.finding import Severity
from ecrpolicy.lint.facts import OWN, installed
from tests.lint.tables import Case, allow, message, passes, problems, table, trips

RULE = "missing-qualifier"


KNOWN = installed()


def on(key: str, operator: str = "StringEquals", value: Any = "x") -> dict[str, Any]:
    return allow(Condition={operator: {key: value}})


@table(
    trips(
        "of all services",
        on("aws:TagKeys"),
        "/Statement/0/Condition/StringEquals/aws:TagKeys (name)",
    ),
    trips(
        "with a suffix",
        on("aws:calledvia", "StringNotLikeIfExists"),
        "/Statement/0/Condition/StringNotLikeIfExists/aws:calledvia (name)",
    ),
    trips(
        "of another service",
        on("dynamodb:LeadingKeys", value=UNKNOWN),
        "/Statement/0/Condition/StringEquals/dynamodb:LeadingKeys (name)",
        facts=KNOWN,
    ),
    passes("of another service, without the extra", on("dynamodb:LeadingKeys"), facts=OWN),
    passes("one suffices", on("aws:TagKeys", "ForAnyValue:StringEquals")),
    passes("all must fit", on("aws:TagKeys", "ForAllValues:StringEquals")),
    passes("whether there is any", on("aws:TagKeys", "Null", "false")),
    passes("a key with one value", on("aws:SourceVpce")),
    passes("no operator", on("aws:TagKeys", "Equals")),
    passes("unknown", allow(Condition={"StringEquals": UNKNOWN})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_of_other_services_not_all_is_known() -> None:
    for key, severity in (("aws:TagKeys", None), ("events:detail-type", Severity.WARNING)):
        [found] = problems(RULE, on(key), facts=KNOWN)
        assert found.severity is severity


def test_message() -> None:
    assert message(RULE, on("aws:TagKeys")) == (
        "requests may have several values of `aws:TagKeys`, and `StringEquals` compares one; "
        "write `ForAnyValue:StringEquals` where it must hold for one of them, or "
        "`ForAllValues:StringEquals` for all"
    )
