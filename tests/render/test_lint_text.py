"""Findings as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy.finding import Severity
from ecrpolicy.lint.engine import LintFinding
from ecrpolicy.lint.found import SourceText, Span
from ecrpolicy.lint.report import Report
from ecrpolicy.render.lint_text import text
from tests.render.hostile import HOSTILE
from tests.render.reports import EMPTY, report


def test_a_finding_has_place_line_mark_and_help() -> None:
    lines = text(report()).splitlines()
    assert lines[7:12] == [
        "policy.json:5:5: error[missing-effect] the statement has no `Effect`",
        "  |",
        '5 |     {"Action": "ecr:*", "Resource": "*"}',
        "  |     ^",
        "  = in: doc GetAuthorizationToken",
    ]
    assert lines[12:14] == ["  = help: write `Allow` or `Deny`", ""]


def test_what_the_service_would_say_is_told() -> None:
    assert "  = the service would say: Invalid parameter at 'LifecyclePolicyText'" in text(report())


def test_the_end_counts() -> None:
    assert text(report()).splitlines()[-5:] == [
        "policy.json#doc GetAuthorizationToken is taken for a policy of kind `identity`: it is so; "
        "`--kind` says otherwise",
        "lifecycle.json is taken for a policy of kind `lifecycle`: it is so; `--kind` says "
        "otherwise",
        "",
        "4 findings in 3 files: 2 errors, 2 suggestions",
        "1 can be fixed with `--fix`",
    ]
    assert text(EMPTY) == "no findings in 1 file\n"
    assert (
        text(Report((), ("a", "b"), known=2)) == "no findings in 2 files; 2 more in the baseline\n"
    )
    fixed = Report((), ("a",), fixed=report().findings)
    assert text(fixed) == "4 findings fixed\nno findings in 1 file\n"


def told(line: str, start: int, end: int, message: str = "m", file: str = "f") -> str:
    source = SourceText(file, line)
    each = LintFinding("r", Severity.ERROR, message, source, lambda: Span(start, end))
    return text(Report((each,), ("f",)))


def excerpt(line: str, start: int, end: int) -> tuple[str, str]:
    """The line that is shown, and the mark below it."""
    lines = told(line, start, end).splitlines()
    return lines[2].removeprefix("1 | "), lines[3].removeprefix("  | ")


@pytest.mark.parametrize(
    ("line", "start", "end", "expected"),
    [
        ('"abc"', 0, 5, ('"abc"', "^^^^^")),
        ("", 0, 0, ("", "^")),
        ("ab", 2, 2, ("ab", "  ^")),
        ("ab\ncd", 0, 4, ("ab", "^")),
        ("{12}", 0, 4, ("{12}", "^")),
        ("\tab", 1, 3, ("    ab", "    ^^")),
        ("漢ab", 1, 3, ("漢ab", "  ^^")),
        ("a\x1bb", 2, 3, ("a\\x1bb", "     ^")),
        ("x" * 200, 150, 152, ("…" + "x" * 82, " " * 33 + "^^")),
        ("x" * 300, 60, 62, ("x" * 96 + "…", " " * 60 + "^^")),
        ("x" * 300, 60, 250, ("…" + "x" * 96 + "…", " " * 33 + "^" * 64)),
    ],
)
def test_the_mark_stands_below_what_is_meant(
    line: str, start: int, end: int, expected: tuple[str, str]
) -> None:
    assert excerpt(line, start, end) == expected


@given(st.text(min_size=1), st.data())
def test_whatever_a_line_holds_the_mark_is_within_it(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    assert "^" in told(line, start, end)


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_steers_the_terminal(name: str) -> None:
    printed = text(report(name, f"{name}.json"))
    assert all(line.isprintable() for line in printed.split("\n"))


def test_colours_are_asked_for() -> None:
    assert "\x1b[" not in text(report())
    assert "\x1b[31m\x1b[1merror\x1b[0m[missing-effect]" in text(report(), colour=True)
