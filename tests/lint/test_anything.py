"""Whatever a file holds, the linter ends, and points into it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import document
from ecrpolicy.errors import EcrPolicyError
from ecrpolicy.lint import Kind, Rule, family_of
from ecrpolicy.lint.engine import Context, lint
from ecrpolicy.lint.facts import installed
from ecrpolicy.lint.found import Reading, SourceText
from ecrpolicy.lint.report import Report
from ecrpolicy.render import github, junit, lint_json, lint_text, sarif
from ecrpolicy.sources.lintable import read
from tests.lint.tables import rules
from tests.property.strategies import json_like_texts, json_values, mutated_policies

OF_VALUES = [rule for rule in rules() if family_of(rule.name) not in ("syntax", "linter")]
CONTEXT = Context(facts=installed())


def check(text: str, kind: Kind | None = None, file: str = "policy.json") -> None:
    """Read and lint a text, and see to it that all that is found stands within it."""
    source = SourceText(file, text)
    try:
        reading: Reading = read(source, kind=kind)
    except EcrPolicyError:
        return
    found = lint(reading, CONTEXT)
    for each in found:
        assert 0 <= each.span.start <= each.span.end <= len(text), each.rule
        place = each.finding.location
        assert place.line is not None
        assert place.column is not None
        assert 1 <= place.line <= len(source.lines)
        assert 1 <= place.column <= len(source.line(place.line)) + 1
        for change in each.changes:
            assert 0 <= change.start <= change.end <= len(text), each.rule
    report = Report(tuple(found), (file,))
    for form in (github, junit, lint_json, lint_text, sarif):
        assert isinstance(form.text(report), str)


kinds = st.none() | st.sampled_from(Kind)


@given(json_values(), kinds, st.sampled_from([None, 0, 2]))
def test_any_json(value: Any, kind: Kind | None, indent: int | None) -> None:
    check(json.dumps(value, indent=indent), kind)


@given(st.text() | json_like_texts(), kinds, st.sampled_from(["a.json", "a.tf", "a.yaml", "a"]))
def test_any_text(text: str, kind: Kind | None, file: str) -> None:
    check(text, kind, file)


@st.composite
def mutated_examples(draw: st.DrawFn) -> tuple[str, Kind]:
    """The example of a rule in which something is missing, doubled, or something else."""
    rule: Rule = draw(st.sampled_from(OF_VALUES))
    text = json.dumps(document.read(draw(st.sampled_from([rule.trips, rule.passes]))).value)
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        part = draw(st.sampled_from([text[start:end] * 2, "", '"*"', "null", "[]", "{}", ","]))
        text = text[:start] + part + text[end:]
    return text, rule.example_kind


@given(mutated_examples())
def test_mutated_examples(drawn: tuple[str, Kind]) -> None:
    check(*drawn)


@given(mutated_policies())
def test_mutated_lifecycle_policies(value: Any) -> None:
    check(json.dumps(value), Kind.LIFECYCLE)


@pytest.mark.parametrize("rule", OF_VALUES, ids=lambda rule: rule.name)
def test_examples_as_files(rule: Rule) -> None:
    check(rule.trips, rule.example_kind)
    check(rule.passes, rule.example_kind)
    check(json.dumps({"policyText": rule.trips, "registryId": "1"}), rule.example_kind)
