"""The storage class `standard`, written out."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import any_image, count, rule
from tests.lint.tables import Case, fixed, message, passes, table, trips

RULE = "explicit-standard"


def policy(**selection: Any) -> dict[str, Any]:
    return {"rules": [rule(any_image() | count(1) | selection)]}


@table(
    trips("written out", policy(storageClass="standard"), "/rules/0/selection/storageClass (name)"),
    passes("left out", policy()),
    passes("the other one", policy(storageClass="archive")),
    passes("in capitals, which is refused", policy(storageClass="STANDARD")),
    passes("unknown", policy(storageClass=UNKNOWN)),
    passes("no selection", {"rules": [{"storageClass": "standard"}]}),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, policy(storageClass="standard")) == (
        "`standard` is the storage class that a rule looks at anyway; delete the `storageClass`"
    )


def test_fix() -> None:
    assert fixed(RULE, policy(storageClass="standard")) == policy()
