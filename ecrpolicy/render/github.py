"""Findings of the linter as workflow commands of GitHub Actions, which annotate the lines."""

from collections.abc import Iterator, Mapping
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.lint.engine import LintFinding
from ecrpolicy.lint.report import Report

_COMMANDS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "error",
    Severity.SECURITY_WARNING: "warning",
    Severity.WARNING: "warning",
    Severity.SUGGESTION: "notice",
}


def text(report: Report) -> str:
    """A command a line."""
    return "".join(f"{_command(each)}\n" for each in report.findings)


def _command(found: LintFinding) -> str:
    properties = ",".join(f"{name}={_property(value)}" for name, value in _properties(found))
    parts = [found.message, found.help and f"help: {found.help}"]
    if found.service_text:
        parts.append(f"the service would say: {found.service_text}")
    message = "\n".join(part for part in parts if part)
    return f"::{_COMMANDS[found.severity]} {properties}::{_escaped(message)}"


def _properties(found: LintFinding) -> Iterator[tuple[str, str]]:
    place, (end_line, end_column) = found.finding.location, found.end
    yield "file", found.source.file
    yield "line", str(place.line)
    yield "col", str(place.column)
    yield "endLine", str(end_line)
    if end_line == place.line:
        yield "endColumn", str(end_column)
    yield "title", f"{found.severity} [{found.rule}]"


def _escaped(value: str) -> str:
    """Data of a command: `%` begins an escape, and a line's end would end the command."""
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _escaped(value).replace(":", "%3A").replace(",", "%2C")
