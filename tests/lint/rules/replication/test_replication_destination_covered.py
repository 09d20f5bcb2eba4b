"""A destination that another rule replicates everything to."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import replication
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.edit import Remove, edited
from tests.lint.rules.replication.builders import configuration, replicates, to
from tests.lint.tables import Case, message, passes, problems, table, trips

RULE = "replication-destination-covered"
PLACE = "/rules/1/destinations/0"
ALL, SOME = replicates(to()), replicates(to(), filters=["prod"])


@table(
    trips("by a rule for all", configuration(ALL, SOME), PLACE),
    trips("whatever the order", configuration(SOME, ALL), "/rules/0/destinations/0"),
    trips("by a shorter filter", configuration(SOME, replicates(to(), filters=["prod-eu"])), PLACE),
    trips("the same", configuration(SOME, SOME), PLACE),
    trips("both for all", configuration(ALL, ALL), PLACE),
    trips("an empty list is none", configuration(ALL | {"repositoryFilters": []}, SOME), PLACE),
    trips(
        "twice in one rule",
        configuration(replicates(to(), to("us-west-2"), to())),
        "/rules/0/destinations/2",
    ),
    trips(
        "twice in the rule that is covered",
        configuration(ALL, replicates(to(), to(), filters=["prod"])),
        "/rules/1/destinations/0",
        "/rules/1/destinations/1",
    ),
    passes(
        "two that are unknown", configuration(replicates(to(account=UNKNOWN), to(account=UNKNOWN)))
    ),
    trips(
        "one of two",
        configuration(ALL, replicates(to("us-west-2"), to(), filters=["prod"])),
        "/rules/1/destinations/1",
    ),
    trips(
        "both carry deletions",
        configuration(
            replicates(to(), deletes=True), replicates(to(), filters=["ab"], deletes=True)
        ),
        PLACE,
    ),
    trips(
        "beside an unknown filter",
        configuration(ALL, replicates(to(), filters=["prod", UNKNOWN])),
        PLACE,
    ),
    passes(
        "another destination", configuration(ALL, replicates(to("us-west-2"), filters=["prod"]))
    ),
    passes("other filters", configuration(SOME, replicates(to(), filters=["web"]))),
    passes("a filter more", configuration(SOME, replicates(to(), filters=["prod-eu", "web"]))),
    passes(
        "one carries deletions", configuration(ALL, replicates(to(), filters=["ab"], deletes=True))
    ),
    passes("the other does", configuration(replicates(to(), deletes=True), SOME)),
    passes(
        "that is unknown",
        configuration(replicates(to(), deletes=UNKNOWN), replicates(to(), deletes=UNKNOWN)),
    ),
    passes("the filters are unknown", configuration(ALL | {"repositoryFilters": UNKNOWN}, SOME)),
    passes("there may be filters", configuration(ALL | {"repositoryFilters": [UNKNOWN]}, SOME)),
    passes(
        "a filter of it is unknown",
        configuration(SOME, replicates(to(), filters=["prod-eu", UNKNOWN])),
    ),
    passes("the destination is unknown", configuration(ALL, replicates(to(UNKNOWN)))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(ALL, SOME)) == (
        "`/rules/0` replicates all of this to `111122223333 eu-west-1` already; delete the "
        "destination, or give the other rule filters"
    )


FILTERS = st.lists(st.sampled_from(["aa", "ab", "aab", "b1"]), max_size=2)
RULES = st.lists(
    st.builds(
        lambda regions, filters, deletes: replicates(
            *map(to, regions), filters=filters, deletes=deletes
        ),
        st.lists(st.sampled_from(["eu-west-1", "us-west-2"]), min_size=1, unique=True),
        FILTERS,
        st.sampled_from([None, False, True]),
    ),
    min_size=1,
    max_size=4,
)


@given(RULES, st.sampled_from(["aa", "aab", "abc", "b1/x", "zz"]))
def test_without_such_destinations_the_engine_does_the_same(
    rules: list[dict[str, Any]], name: str
) -> None:
    value = configuration(*rules)
    found = problems(RULE, value)
    kept = edited(value, (Remove(each.path) for each in found))
    assert chosen(kept, name) == chosen(value, name)


def chosen(value: dict[str, Any], name: str) -> set[tuple[Any, bool]]:
    found = replication.evaluate(replication.parse(value), name).chosen
    return {(each.destination, each.carries_deletions) for each in found}
