"""A finding on one line."""

import pytest

from ecrpolicy.finding import Finding, Location, Severity


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        (Location(), ""),
        (Location("policy.json"), "policy.json"),
        (Location("policy.json", 3, 7), "policy.json:3:7"),
        (Location(None, 3, 7), "3:7"),
        (Location(None, 3, 7, "/rules"), "3:7"),
        (Location(pointer="/rules/0"), "/rules/0"),
        (Location("policy.json", pointer="/rules/0"), "policy.json"),
    ],
)
def test_a_location_is_a_place_in_a_file_or_else_a_pointer(
    location: Location, expected: str
) -> None:
    assert str(location) == expected


@pytest.mark.parametrize(
    ("location", "advice", "expected"),
    [
        (Location(), None, "it is wrong"),
        (Location(), "mend it", "it is wrong; mend it"),
        (Location("p.json", 3, 7), None, "p.json:3:7: it is wrong"),
        (
            Location("p.json", 3, 7, "/rules/0"),
            "mend it",
            "p.json:3:7: it is wrong; mend it (at `/rules/0`)",
        ),
        (Location(pointer="/rules/0"), "mend it", "/rules/0: it is wrong; mend it"),
        (
            Location("p.json", pointer="/rules/0"),
            None,
            "p.json: it is wrong (at `/rules/0`)",
        ),
    ],
)
def test_a_finding_is_a_line(location: Location, advice: str | None, expected: str) -> None:
    assert str(Finding("a-rule", Severity.ERROR, "it is wrong", location, advice)) == expected


def test_severities_have_names() -> None:
    assert [str(each) for each in Severity] == [
        "error",
        "security-warning",
        "warning",
        "suggestion",
    ]


def test_findings_are_values() -> None:
    assert Finding("a", Severity.WARNING, "m") == Finding("a", Severity.WARNING, "m")
    assert len({Finding("a", Severity.WARNING, "m"), Finding("a", Severity.ERROR, "m")}) == 2
