"""Baselines: what is known, what is stale, how they are written and read."""

import pytest

from ecrpolicy.errors import EcrPolicyError
from ecrpolicy.finding import Severity
from ecrpolicy.lint.baseline import Entry, entry_of, written
from ecrpolicy.lint.engine import LintFinding
from ecrpolicy.lint.found import SourceText, Span
from ecrpolicy.sources.baselines import parse_baseline


def finding(message: str = "m", rule: str = "missing-effect") -> LintFinding:
    source = SourceText("x.json", "{}")
    return LintFinding(rule, Severity.ERROR, message, source, lambda: Span(0, 0))


def baseline(*findings: LintFinding) -> str:
    return written(entry_of(each, "a.json") for each in findings)


def test_what_stands_in_it_is_known_as_often_as_it_stands_there() -> None:
    held = parse_baseline(baseline(finding(), finding()))
    assert [held.knows(finding(), "a.json") for _ in range(3)] == [True, True, False]
    assert not held.knows(finding("other"), "a.json")
    assert not held.knows(finding(), "b.json")


def test_what_was_not_found_is_stale() -> None:
    held = parse_baseline(baseline(finding(), finding(), finding("other")))
    held.knows(finding(), "a.json")
    stale = held.stale(lambda file: file == "a.json")
    assert sorted(each.fingerprint for each in stale) == sorted(
        (finding().fingerprint, finding("other").fingerprint)
    )
    assert held.stale(lambda _: False) == []


def test_it_is_written_in_order() -> None:
    one, two = finding("1"), finding("2", "duplicate-key")
    assert baseline(one, two) == baseline(two, one)
    assert parse_baseline(written([])).left == {}


def test_names_of_any_characters_are_kept() -> None:
    entry = Entry('a"\n☃.json', "missing-effect", "d", "/a~1b", "00")
    assert parse_baseline(written([entry])).stale(lambda _: True) == [entry]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "b.json:1:1: expected an object, found an array"),
        ("{", "b.json:1:2: expected a member name or `}`, found the end of the text; "),
        ('{"version": 2, "findings": []}', "b.json:1:13: the version of a baseline is 1, not 2; "),
        ('{"version": 1}', "b.json:1:1: the member `findings` is missing; add it"),
        ('{"version": 1, "findings": [{}]}', "b.json:1:29: the member `file` is missing; add it"),
    ],
)
def test_what_is_no_baseline_is_refused(text: str, message: str) -> None:
    with pytest.raises(EcrPolicyError) as caught:
        parse_baseline(text, file="b.json")
    assert str(caught.value.findings[0]).startswith(message)
