"""A policy without statements."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "missing-statement"


@table(
    trips("none", {"Version": "2012-10-17"}, ""),
    trips("an empty list", {"Statement": []}, "/Statement"),
    trips("in a repository policy", {}, "", kind=Kind.REPOSITORY),
    passes("one", allow()),
    passes("without a list", {"Statement": {}}),
    passes("another type, which another rule tells", {"Statement": None}),
    passes("unknown", {"Statement": UNKNOWN}),
    passes("unknown statements", {"Statement": [UNKNOWN]}),
    passes("an unknown policy", UNKNOWN),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_messages() -> None:
    assert message(RULE, {}) == "the policy has no `Statement`; add one"
    assert message(RULE, {"Statement": []}) == (
        "the policy has no statements; add one, or delete the policy"
    )
