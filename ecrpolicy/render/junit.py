"""Findings of the linter as JUnit XML: a suite, a test a file, a failure a finding."""

from collections import defaultdict
from xml.sax.saxutils import escape, quoteattr

from ecrpolicy.lint.engine import LintFinding
from ecrpolicy.lint.report import Report
from ecrpolicy.wording import printable

_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'


def text(report: Report) -> str:
    """The document. A finding is a test of its own; a file without any is one that passes."""
    by_file: defaultdict[str, list[LintFinding]] = defaultdict(list)
    for each in report.findings:
        by_file[each.source.file].append(each)
    files = list(dict.fromkeys((*report.files, *by_file)))
    cases = [case for file in files for case in _cases(file, by_file[file])]
    failures = len(report.findings)
    counts = f'name="ecrpolicy" tests="{len(cases)}" failures="{failures}" errors="0"'
    lines = [_DECLARATION, f"<testsuites {counts}>", f'  <testsuite {counts} skipped="0">']
    return "\n".join([*lines, *cases, "  </testsuite>", "</testsuites>"]) + "\n"


def _cases(file: str, found: list[LintFinding]) -> list[str]:
    if not found:
        return [f'    <testcase classname="ecrpolicy" name={_attribute(file)}/>']
    return [_case(file, each) for each in found]


def _case(file: str, found: LintFinding) -> str:
    place = found.finding.location
    name = f"{file}:{place.line}:{place.column} {found.rule}"
    body = [found.message, found.help and f"help: {found.help}"]
    if found.service_text:
        body.append(f"the service would say: {found.service_text}")
    told = "\n".join(printable(part) for part in body if part)
    return "\n".join(
        (
            f"    <testcase classname={_attribute(file)} name={_attribute(name)}>",
            f'      <failure type="{found.severity}" message={_attribute(found.message)}>'
            f"{escape(told)}</failure>",
            "    </testcase>",
        )
    )


def _attribute(value: str) -> str:
    return quoteattr(printable(value))
