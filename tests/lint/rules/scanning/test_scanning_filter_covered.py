"""A filter that matches nothing but what another one of its rule matches."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import scanning
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.snapshot import Repository
from tests.lint.rules.scanning.builders import configuration, scans
from tests.lint.tables import Case, fixed, message, passes, table, trips

RULE = "scanning-filter-covered"


def place(number: int) -> str:
    return f"/rules/0/repositoryFilters/{number}/filter"


@table(
    trips("by everything", configuration(scans("prod*", "*")), place(0)),
    trips("by a part of it", configuration(scans("prod", "my-prod*")), place(1)),
    trips("the same", configuration(scans("prod", "prod")), place(1)),
    trips("the same in other words", configuration(scans("prod", "*prod*")), place(1)),
    trips("two", configuration(scans("a*", "ab*", "abc*")), place(1), place(2)),
    trips(
        "beside what is unknown",
        configuration(
            {**scans(), "repositoryFilters": [UNKNOWN, *scans("*", "a")["repositoryFilters"]]}
        ),
        place(2),
    ),
    trips(
        "as the command line prints it",
        {"scanningConfiguration": configuration(scans("*", "a"))},
        f"/scanningConfiguration{place(1)}",
    ),
    passes("others", configuration(scans("prod*", "web*"))),
    passes("overlapping", configuration(scans("prod*", "*web"))),
    passes("with a star it is the whole name", configuration(scans("prod*", "web-prod"))),
    passes("of another rule", configuration(scans("*"), scans("a", frequency="CONTINUOUS_SCAN"))),
    passes("everything alone", configuration(scans("*"))),
    passes("unknown", configuration({**scans(), "repositoryFilters": UNKNOWN})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(scans("*", "prod*"))) == (
        "`prod*` matches no repository that `*` does not; delete it"
    )


def test_fix() -> None:
    assert fixed(RULE, configuration(scans("prod*", "*", "web", "*"))) == configuration(scans("*"))


FILTERS = st.lists(
    st.sampled_from(["*", "a", "b", "a*", "*a", "*a*", "ab", "a*b", "*b*a*"]), min_size=1
)
NAMES = st.text("ab", min_size=1, max_size=6)


@given(FILTERS, st.lists(NAMES, min_size=1))
def test_the_fix_changes_no_frequency(filters: list[str], names: list[str]) -> None:
    value = configuration(scans(*filters))
    assert frequencies(fixed(RULE, value), names) == frequencies(value, names)


def frequencies(value: dict[str, Any], names: list[str]) -> list[Any]:
    read = scanning.parse(value)
    return [scanning.evaluate(read, Repository(name)).frequency for name in names]
