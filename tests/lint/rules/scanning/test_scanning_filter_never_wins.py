"""A filter whose repositories another rule takes."""

from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import scanning
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.snapshot import Repository
from tests.lint.rules.scanning.builders import configuration, scans
from tests.lint.tables import Case, message, passes, problems, table, trips

RULE = "scanning-filter-never-wins"
PLACE = "/rules/1/repositoryFilters/0/filter"
CONTINUOUS = "CONTINUOUS_SCAN"


@table(
    trips(
        "everything is taken", configuration(scans("*", frequency=CONTINUOUS), scans("a*")), PLACE
    ),
    trips("the same", configuration(scans("a", frequency=CONTINUOUS), scans("a")), PLACE),
    trips(
        "whatever the order",
        configuration(scans("a*", "b"), scans("a", frequency=CONTINUOUS)),
        "/rules/0/repositoryFilters/0/filter",
    ),
    trips(
        "by hand",
        configuration(scans("*"), scans("a", frequency="MANUAL"), scan_type="BASIC"),
        PLACE,
    ),
    passes("the weaker one is wider", configuration(scans("a*", frequency=CONTINUOUS), scans("*"))),
    passes("others", configuration(scans("a", frequency=CONTINUOUS), scans("b"))),
    passes("the same frequency, which is refused", configuration(scans("*"), scans("a"))),
    passes("a frequency is unknown", configuration(scans("*", frequency=UNKNOWN), scans("a"))),
    passes(
        "no frequency", configuration(scans("*", frequency=CONTINUOUS), scans("a", frequency="x"))
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(scans("*", frequency=CONTINUOUS), scans("dev"))) == (
        "`dev` never decides: `*` of `/rules/0` matches all its repositories, and "
        "`CONTINUOUS_SCAN` goes before `SCAN_ON_PUSH`; delete it, or make the other filter narrower"
    )


FILTERS = st.lists(
    st.sampled_from(["*", "a", "b", "a*", "*a", "ab", "a*b", "*b*a*"]),
    min_size=1,
    max_size=3,
    unique=True,
)
NAMES = st.text("ab", min_size=1, max_size=6)


@given(FILTERS, FILTERS, st.lists(NAMES, min_size=1))
def test_the_engine_never_names_such_a_filter(
    strong: list[str], weak: list[str], names: list[str]
) -> None:
    value = configuration(scans(*strong, frequency=CONTINUOUS), scans(*weak))
    losing = {found.path for found in problems(RULE, value)}
    for name in names:
        found = scanning.evaluate(scanning.parse(value), Repository(name))
        if found.rule is not None:
            number = [strong, weak][found.rule].index(found.filter or "")
            assert ("rules", found.rule, "repositoryFilters", number, "filter") not in losing
