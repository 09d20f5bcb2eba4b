"""The page of all findings about policies names every rule, and the service's text of each."""

import re

from ecrpolicy import lifecycle
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.finding import Finding
from tests.cases import policy_cases
from tests.docs.examples import ROOT

PAGE = (ROOT / "docs" / "reference" / "policy-findings.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^### (\S+)\n(.*?)(?=^##)", PAGE, re.MULTILINE | re.DOTALL))

TWICE = '{"rules": [{"rulePriority": 1, "rulePriority": 2}]}'
SAID_BY_THE_COMMAND_LINE = {"not-a-policy"}


def _findings(text: str) -> tuple[Finding, ...]:
    try:
        lifecycle.parse(text)
    except InvalidPolicy as error:
        return error.findings
    return ()


FINDINGS = [
    finding
    for text in [TWICE, *(case.text for case in policy_cases())]
    for finding in _findings(text)
]


def test_every_rule_has_a_section() -> None:
    assert {finding.rule for finding in FINDINGS} == SECTIONS.keys() - SAID_BY_THE_COMMAND_LINE


def test_the_texts_of_the_service_stand_there() -> None:
    for finding in FINDINGS:
        if finding.service_text:
            assert _is_told(finding.service_text, SECTIONS[finding.rule]), finding


def test_no_text_stands_there_that_the_service_does_not_say() -> None:
    for rule, section in SECTIONS.items():
        known = {finding.service_text or "" for finding in FINDINGS if finding.rule == rule}
        for line in _texts(section):
            assert any(_is_told(text, f"```text\n{line}\n```") for text in known), line


def _texts(section: str) -> list[str]:
    blocks = re.findall(r"^```text\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def _is_told(text: str, section: str) -> bool:
    patterns = (re.escape(line).replace("…", ".*") for line in _texts(section))
    return any(re.fullmatch(pattern, text) for pattern in patterns)
