"""A filter that begins as another one of its rule does."""

from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import replication
from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.replication.builders import configuration, replicates, to
from tests.lint.tables import Case, fixed, message, passes, table, trips

RULE = "replication-filter-covered"


def place(number: int) -> str:
    return f"/rules/0/repositoryFilters/{number}/filter"


@table(
    trips("a longer one", configuration(replicates(to(), filters=["prod", "prod-eu"])), place(1)),
    trips("before it", configuration(replicates(to(), filters=["prod-eu", "prod"])), place(0)),
    trips("the same", configuration(replicates(to(), filters=["prod", "prod"])), place(1)),
    trips(
        "beside what is unknown",
        configuration(replicates(to(), filters=[UNKNOWN, "ab", "abc"])),
        place(2),
    ),
    passes("others", configuration(replicates(to(), filters=["prod", "web-prod"]))),
    passes(
        "of another rule",
        configuration(replicates(to(), filters=["ab"]), replicates(to(), filters=["abc"])),
    ),
    passes("unknown", configuration(replicates(to()) | {"repositoryFilters": UNKNOWN})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(replicates(to(), filters=["prod", "prod-eu"]))) == (
        "every name that begins with `prod-eu` begins with `prod`; delete it"
    )


def test_fix() -> None:
    value = configuration(replicates(to(), filters=["ab", "abc", "b1", "ab"]))
    assert fixed(RULE, value) == configuration(replicates(to(), filters=["ab", "b1"]))


FILTERS = st.lists(st.text("ab", min_size=2, max_size=4), min_size=1, max_size=5)


@given(FILTERS, st.text("ab", min_size=1, max_size=6))
def test_the_fix_changes_no_destination(filters: list[str], name: str) -> None:
    value = configuration(replicates(to(), filters=filters))
    before, after = (
        [each.destination for each in replication.evaluate(replication.parse(read), name).chosen]
        for read in (value, fixed(RULE, value))
    )
    assert before == after
