"""Findings of the linter as text: place, message, the line itself with a mark, what to do."""

from collections.abc import Iterator
from typing import Final
from unicodedata import east_asian_width

from ecrpolicy.finding import Severity
from ecrpolicy.lint.engine import LintFinding
from ecrpolicy.lint.report import Report
from ecrpolicy.wording import count, printable

_TAB: Final = "    "
# Of a longer line, what stands around the place is shown.
_WIDTH: Final = 96
_BEFORE: Final = 32
_MORE: Final = "…"

_RESET, _BOLD, _DIM = "\x1b[0m", "\x1b[1m", "\x1b[2m"
_COLOURS: Final = {
    Severity.ERROR: "\x1b[31m",
    Severity.SECURITY_WARNING: "\x1b[35m",
    Severity.WARNING: "\x1b[33m",
    Severity.SUGGESTION: "\x1b[36m",
}


def text(report: Report, *, colour: bool = False) -> str:
    """All findings, then their number."""
    lines = [line for each in report.findings for line in _finding(each, colour=colour)]
    return "\n".join([*lines, *_guesses(report), *_summary(report)]) + "\n"


def _finding(found: LintFinding, *, colour: bool) -> Iterator[str]:
    place = found.finding.location
    severity = _coloured(found.severity, _COLOURS[found.severity] + _BOLD, colour=colour)
    where = _coloured(printable(str(place)), _BOLD, colour=colour)
    yield f"{where}: {severity}[{found.rule}] {printable(found.message)}"
    number = str(place.line)
    line, at, width = _excerpt(found)
    margin, bar = " " * len(number), _coloured("|", _DIM, colour=colour)
    marked = _coloured("^" * width, _COLOURS[found.severity], colour=colour)
    yield f"{margin} {bar}"
    yield f"{_coloured(number, _DIM, colour=colour)} {bar} {line}"
    yield f"{margin} {bar} {' ' * at}{marked}"
    sign = _coloured("=", _DIM, colour=colour)
    if found.document:
        yield f"{margin} {sign} in: {printable(found.document)}"
    if found.help:
        yield f"{margin} {sign} help: {printable(found.help)}"
    if found.service_text:
        yield f"{margin} {sign} the service would say: {printable(found.service_text)}"
    yield ""


def _excerpt(found: LintFinding) -> tuple[str, int, int]:
    """The line, where in it the mark begins, and how wide that is, all as they are shown."""
    place, (end_line, end_column) = found.finding.location, found.end
    line = found.source.line(place.line or 1)
    start = (place.column or 1) - 1
    is_short = end_line == place.line and not line.startswith(("{", "["), start)
    end = end_column - 1 if is_short else start + 1
    first = 0 if max(start + _BEFORE, end) <= _WIDTH else max(0, start - _BEFORE)
    last = first + _WIDTH
    before = (_MORE if first else "") + _shown(line[first:start])
    after = _MORE if last < len(line) else ""
    width = max(1, _wide(_shown(line[start : min(end, last)])))
    return before + _shown(line[start:last]) + after, _wide(before), width


def _shown(part: str) -> str:
    return printable(part.replace("\t", _TAB))


def _wide(part: str) -> int:
    """How many columns of a terminal a text takes."""
    return len(part) + sum(east_asian_width(character) in "WF" for character in part)


def _guesses(report: Report) -> Iterator[str]:
    """What documents with findings were taken for, where that was not certain."""
    told = dict.fromkeys(
        (each.source.file, each.document, each.kind, each.why_kind)
        for each in report.findings
        if each.why_kind and each.kind
    )
    for file, document, kind, why in told:
        name = printable(f"{file}#{document}" if document else file)
        yield f"{name} is taken for a policy of kind `{kind}`: {why}; `--kind` says otherwise"
    if told:
        yield ""


def _summary(report: Report) -> Iterator[str]:
    files = count(len(report.files), "file")
    if report.fixed:
        yield f"{count(len(report.fixed), 'finding')} fixed"
    known = f"; {report.known:,} more in the baseline" if report.known else ""
    if not report.findings:
        yield f"no findings in {files}{known}"
        return
    parts = ", ".join(count(number, _noun(each)) for each, number in report.counts.items())
    yield f"{count(len(report.findings), 'finding')} in {files}: {parts}{known}"
    if report.fixable:
        yield f"{report.fixable:,} can be fixed with `--fix`"


def _noun(severity: Severity) -> str:
    return severity.replace("-", " ")


def _coloured(part: str, code: str, *, colour: bool) -> str:
    return f"{code}{part}{_RESET}" if colour else part
