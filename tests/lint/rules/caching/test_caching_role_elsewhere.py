"""A role of another account."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import HOME, cache, rules
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-role-elsewhere"

THEIRS = "arn:aws:iam::444455556666:role/Cache"
OURS = "arn:aws:iam::111122223333:role/Cache"


@table(
    trips(
        "another account",
        rules(cache(customRoleArn=THEIRS)),
        "/pullThroughCacheRules/0/customRoleArn",
        **HOME,
    ),
    passes("the registry's", rules(cache(customRoleArn=OURS)), **HOME),
    passes("of which registry is not known", rules(cache(customRoleArn=THEIRS))),
    passes("unknown", rules(cache(customRoleArn=UNKNOWN)), **HOME),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, rules(cache(customRoleArn=THEIRS)), **HOME) == (
        "the role is of the account `444455556666`, not of the registry's; "
        "name a role of `111122223333`"
    )
