"""Findings of the linter as JSON."""

import json
from collections.abc import Mapping
from typing import Any

from ecrpolicy.lint.engine import LintFinding
from ecrpolicy.lint.found import SourceText
from ecrpolicy.lint.report import Report


def text(report: Report) -> str:
    """The document, ASCII only."""
    counts = {severity.value: number for severity, number in report.counts.items()}
    document = {
        "findings": [_finding(each) for each in report.findings],
        "summary": {
            "files": len(report.files),
            "findings": counts,
            "fixable": report.fixable,
            "fixed": len(report.fixed),
            "inBaseline": report.known,
        },
    }
    return json.dumps(document, indent=2) + "\n"


def _finding(found: LintFinding) -> Mapping[str, Any]:
    told = {
        "rule": found.rule,
        "severity": found.severity.value,
        "message": found.message,
        "help": found.help,
        "serviceText": found.service_text,
        "file": found.source.file,
        **_range(found.source, found.span),
        "document": found.document or None,
        "kind": found.kind and found.kind.value,
        "kindTakenBecause": found.why_kind,
        "pointer": found.pointer,
        "fingerprint": found.fingerprint,
        "fix": [
            {**_range(found.source, (change.start, change.end)), "text": change.text}
            for change in found.changes
        ]
        or None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _range(source: SourceText, span: tuple[int, int]) -> Mapping[str, int]:
    (line, column), (end_line, end_column) = map(source.line_and_column, span)
    return {"line": line, "column": column, "endLine": end_line, "endColumn": end_column}
