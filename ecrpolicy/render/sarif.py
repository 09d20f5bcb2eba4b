"""Findings of the linter as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format")."""

import json
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from ecrpolicy import __version__
from ecrpolicy.finding import Severity
from ecrpolicy.lint import family_of, find
from ecrpolicy.lint.engine import LintFinding
from ecrpolicy.lint.found import SourceText
from ecrpolicy.lint.report import Report
from ecrpolicy.render.rule_page import page, paragraphs

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT: Final = "%SRCROOT%"
_FINGERPRINT: Final = "ecrpolicy/v1"

_LEVELS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "error",
    Severity.SECURITY_WARNING: "warning",
    Severity.WARNING: "warning",
    Severity.SUGGESTION: "note",
}

_Json = dict[str, Any]


def text(report: Report) -> str:
    """The log, ASCII only; its rules are those that found something."""
    names = sorted({each.rule for each in report.findings})
    driver = {
        "name": "ecrpolicy",
        "semanticVersion": __version__,
        "rules": [_rule(name) for name in names],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [_invocation(report)],
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, names.index(each.rule)) for each in report.findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _invocation(report: Report) -> _Json:
    """Whether all files could be used, and why some could not."""
    notifications = [{"level": "error", "message": {"text": each}} for each in report.unusable]
    return {
        "executionSuccessful": not notifications,
        "toolExecutionNotifications": notifications,
    }


def _rule(name: str) -> _Json:
    rule = find(name)
    described = f"{rule.summary[0].upper()}{rule.summary[1:]}."
    tags = [family_of(name), rule.severity.value]
    if rule.severity is Severity.SECURITY_WARNING:
        tags.append("security")
    return {
        "id": name,
        "shortDescription": {"text": described},
        "fullDescription": {"text": paragraphs(rule.what)},
        "help": {"text": paragraphs(rule.why), "markdown": page(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": tags},
    }


def _result(found: LintFinding, index: int) -> _Json:
    parts = [found.message, found.help and f"Help: {found.help}."]
    if found.service_text:
        parts.append(f"The service would say: {found.service_text}")
    message = "\n".join(part for part in parts if part)
    logical = {"fullyQualifiedName": found.document + found.pointer}
    location: _Json = {
        "physicalLocation": {
            "artifactLocation": _artifact(found.source.file),
            "region": _region(found.source, found.span),
        }
    }
    if logical["fullyQualifiedName"]:
        location["logicalLocations"] = [logical]
    result: _Json = {
        "ruleId": found.rule,
        "ruleIndex": index,
        "level": _LEVELS[found.severity],
        "message": {"text": message},
        "locations": [location],
        "partialFingerprints": {_FINGERPRINT: found.fingerprint},
    }
    if found.changes:
        result["fixes"] = [_fix(found)]
    return result


def _fix(found: LintFinding) -> _Json:
    replacements = [
        {
            "deletedRegion": _region(found.source, (change.start, change.end)),
            "insertedContent": {"text": change.text},
        }
        for change in found.changes
    ]
    change = {
        "artifactLocation": _artifact(found.source.file),
        "replacements": replacements,
    }
    return {"artifactChanges": [change]}


def _artifact(file: str) -> _Json:
    path = PurePath(file)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix(), errors="replace"), "uriBaseId": _ROOT}


def _region(source: SourceText, span: tuple[int, int]) -> _Json:
    (line, column), (end_line, end_column) = map(source.line_and_column, span)
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    }
