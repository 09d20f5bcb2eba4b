"""A text that is too long or too short."""

from tests.lint.tables import Case, message, passes, table, trips

RULE = "policy-length"


@table(
    trips("a character too few", {}, "", text=" " * 99),
    trips("a character too many", {}, "", text=" " * 30_721),
    passes("the shortest", {}, text=" " * 100),
    passes("the longest", {}, text=" " * 30_720),
    passes("not known", {}),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, {}, text="{}") == (
        "a policy has 100 to 30720 characters, not 2; "
        "no policy with a rule is so short: complete it"
    )
    assert message(RULE, {}, text=" " * 40_000) == (
        "a policy has 100 to 30720 characters, not 40000; shorten it"
    )
