"""A condition that asks nothing."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, fixed, message, passes, table, trips

RULE = "empty-object-condition"

BLOCK = {"aws:RequestedRegion": "us-east-1"}


@table(
    trips("nothing in it", allow(Condition={}), "/Statement/0/Condition (name)"),
    trips(
        "an operator without keys",
        allow(Condition={"StringEquals": BLOCK, "Bool": {}}),
        "/Statement/0/Condition/Bool (name)",
    ),
    trips(
        "two operators without keys",
        allow(Condition={"StringEquals": {}, "Bool": {}}),
        "/Statement/0/Condition (name)",
    ),
    passes("one key", allow(Condition={"StringEquals": BLOCK})),
    passes("no condition", allow()),
    passes("no operator, which another rule tells", allow(Condition={"StringEqual": {}})),
    passes("an empty list", allow(Condition={"StringEquals": {"aws:RequestedRegion": []}})),
    passes("unknown", allow(Condition=UNKNOWN)),
    passes("an operator whose keys are unknown", allow(Condition={"StringEquals": UNKNOWN})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, allow(Condition={})) == (
        "the `Condition` asks nothing; name a key and its values, or delete it"
    )
    assert message(RULE, allow(Condition={"StringEquals": BLOCK, "Bool": {}})) == (
        "nothing is compared by `Bool`; name a key and its values, or delete it"
    )


def test_fix() -> None:
    assert fixed(RULE, allow(Condition={})) == allow()
    assert fixed(RULE, allow(Condition={"StringEquals": BLOCK, "Bool": {}, "Null": {}})) == allow(
        Condition={"StringEquals": BLOCK}
    )
