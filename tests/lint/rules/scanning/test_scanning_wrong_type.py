"""A value of another JSON type."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.scanning.builders import configuration, scans
from tests.lint.tables import Case, message, passes, table, trips

RULE = "scanning-wrong-type"


@table(
    trips("no list", {"rules": scans("a")}, "/rules"),
    trips(
        "no filter",
        configuration({**scans("a"), "repositoryFilters": ["a"]}),
        "/rules/0/repositoryFilters/0",
    ),
    trips("null", {"rules": None}, "/rules"),
    passes("all right", configuration(scans("a"))),
    passes("unknown", configuration({**scans("a"), "repositoryFilters": [UNKNOWN]})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, {"rules": None}) == ("expected an array, found null")
