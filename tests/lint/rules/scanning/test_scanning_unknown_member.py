"""A member that no scanning configuration has."""

from tests.lint.rules.scanning.builders import configuration, scans
from tests.lint.tables import Case, message, passes, table, trips

RULE = "scanning-unknown-member"


@table(
    trips("of the configuration", {"scantype": "BASIC"}, "/scantype (name)"),
    trips("of a rule", configuration({**scans("a"), "name": "a"}), "/rules/0/name (name)"),
    trips(
        "as the command line prints it",
        {"scanningConfiguration": {"kind": 1}},
        "/scanningConfiguration/kind (name)",
    ),
    passes("known ones", configuration(scans("a"))),
    passes("around it", {"registryId": "111122223333", "scanningConfiguration": {}}),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, {"scantype": "BASIC"}) == (
        "no member is called `scantype`; write `scanType`, or delete it"
    )
