"""Deletions that one rule carries and another does not."""

from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import replication
from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.replication.builders import configuration, replicates, to
from tests.lint.tables import Case, message, passes, problems, table, trips

RULE = "replication-deletes-anyway"
PLACE = "/rules/1/destinations/0"
ALL = replicates(to(), deletes=True)


@table(
    trips("left out", configuration(ALL, replicates(to(), filters=["backup"])), PLACE),
    trips("switched off", configuration(ALL, replicates(to(), deletes=False)), PLACE),
    trips(
        "filters that overlap",
        configuration(
            replicates(to(), filters=["web-eu"], deletes=True), replicates(to(), filters=["web"])
        ),
        PLACE,
    ),
    trips(
        "a rule for all beside one with filters",
        configuration(replicates(to(), filters=["web"], deletes=True), replicates(to())),
        PLACE,
    ),
    trips(
        "beside an unknown filter",
        configuration(ALL, replicates(to(), filters=["backup", UNKNOWN])),
        PLACE,
    ),
    passes("alike", configuration(ALL, replicates(to(), filters=["backup"], deletes=True))),
    passes("neither", configuration(replicates(to()), replicates(to(), filters=["backup"]))),
    passes("another destination", configuration(ALL, replicates(to("us-west-2")))),
    passes(
        "other filters",
        configuration(
            replicates(to(), filters=["web"], deletes=True), replicates(to(), filters=["backup"])
        ),
    ),
    passes(
        "whether it does is unknown",
        configuration(replicates(to(), deletes=UNKNOWN), replicates(to())),
    ),
    passes(
        "the filters are unknown",
        configuration(ALL, replicates(to()) | {"repositoryFilters": UNKNOWN}),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(ALL, replicates(to(), filters=["backup"]))) == (
        "deletions reach `111122223333 eu-west-1` all the same: `/rules/0` carries them, for "
        "repositories of this rule too; set `deleteReplication` alike, or use filters that do not "
        "overlap"
    )


FILTERS = st.lists(st.sampled_from(["aa", "ab", "aab", "b1"]), max_size=2)


@given(FILTERS, FILTERS)
def test_the_engine_carries_deletions_of_some_repository_of_the_rule(
    deleting: list[str], keeping: list[str]
) -> None:
    value = configuration(
        replicates(to(), filters=deleting, deletes=True), replicates(to(), filters=keeping)
    )
    read = replication.parse(value)
    names = [
        name for name in ("aa", "aab", "ab", "b1") if read.rules[1].filter_of(name) is not None
    ]
    reached = any(
        each.carries_deletions for name in names for each in replication.evaluate(read, name).chosen
    )
    assert reached == bool(problems(RULE, value))
