"""What a run of the linter found."""

import pytest

from ecrpolicy.finding import Severity
from ecrpolicy.lint.engine import LintFinding
from ecrpolicy.lint.found import SourceText, Span
from ecrpolicy.lint.report import Report

SOURCE = SourceText("a.json", "{}")


def of(*severities: Severity) -> Report:
    found = (LintFinding("r", each, "m", SOURCE, lambda: Span(0, 0)) for each in severities)
    return Report(tuple(found), ("a.json",))


@pytest.mark.parametrize(
    ("found", "least", "expected"),
    [
        ([], Severity.SUGGESTION, False),
        ([Severity.WARNING], Severity.SUGGESTION, True),
        ([Severity.WARNING], Severity.WARNING, True),
        ([Severity.WARNING], Severity.SECURITY_WARNING, False),
        ([Severity.WARNING, Severity.ERROR], Severity.ERROR, True),
    ],
)
def test_whether_something_is_as_grave(
    found: list[Severity], least: Severity, expected: bool
) -> None:
    assert of(*found).has(least) is expected


def test_findings_are_counted_gravest_first() -> None:
    counts = of(Severity.WARNING, Severity.ERROR, Severity.WARNING).counts
    assert list(counts.items()) == [(Severity.ERROR, 1), (Severity.WARNING, 2)]
