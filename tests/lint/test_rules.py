"""What is true of every rule: its documentation, its examples, how it takes what it is given."""

import json
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from inspect import cleandoc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import document, iam, lifecycle, lint
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import FAMILIES, Kind, Problem, Rule, Subject
from ecrpolicy.lint.edit import Path, edited
from ecrpolicy.lint.facts import installed
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.values import at_path
from ecrpolicy.render.rule_page import page, paragraphs
from tests.docs.examples import ROOT
from tests.lint import pages
from tests.lint.contexts import CONTEXTS
from tests.lint.tables import place, rules

RULES = rules()
OF_VALUES = [rule for rule in RULES if lint.family_of(rule.name) not in ("syntax", "linter")]

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
each_rule_of_values = pytest.mark.parametrize("rule", OF_VALUES, ids=lambda rule: rule.name)


def found(rule: Rule, value: Any, kind: Kind | None = None) -> list[Problem]:
    text = None if value is UNKNOWN else _text(value)
    context = {"facts": installed(), **CONTEXTS.get(rule.name, {})}
    subject = Subject(kind or rule.example_kind, value, text, **context)
    return list(rule.problems(subject))


def _text(value: Any) -> str | None:
    try:
        return json.dumps(value)
    except TypeError:
        return None


@each_rule
def test_the_file_is_called_as_the_rule(rule: Rule) -> None:
    family = lint.family_of(rule.name)
    assert family is not None
    module = rule.name.replace("-", "_")
    assert (ROOT / f"ecrpolicy/lint/rules/{family}/{module}.py").is_file()
    assert (ROOT / f"tests/lint/rules/{family}/test_{module}.py").is_file(), "it has no test"
    assert set(rule.kinds) <= set(FAMILIES[family])
    assert rule.example_kind in rule.kinds


def test_names_are_unlike() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)


@each_rule
def test_the_documentation_is_in_order(rule: Rule) -> None:
    assert re.match(r"[a-z`]", rule.summary), "the summary starts in lower case"
    assert len(rule.summary) <= 110
    assert not rule.summary.endswith(".")
    for text in (rule.what, rule.why, rule.without_facts or "."):
        assert paragraphs(text).endswith("."), "whole sentences"
    assert rule.references
    for reference in rule.references:
        assert re.search(r", “.+”$", reference), "document and section: “…”"
    told = " ".join((rule.summary, rule.what, rule.why, *rule.references))
    assert not re.search(r"\b(SOMETHING|SO|GUIDE|SECTION)\b", told), "the scaffold's own words"


@each_rule
def test_the_page_is_up_to_date(rule: Rule) -> None:
    path = pages.FOLDER / f"{rule.name}.md"
    assert path.is_file(), "run `make rules`"
    assert path.read_text("utf-8") == page(rule), "run `make rules`"


def test_the_index_is_up_to_date() -> None:
    assert (pages.FOLDER / "index.md").read_text("utf-8") == pages.index(), "run `make rules`"


def test_no_page_is_of_a_rule_that_is_gone() -> None:
    assert set(pages.FOLDER.glob("*.md")) == pages.pages().keys()


@each_rule_of_values
def test_one_example_trips_it_and_the_other_does_not(rule: Rule) -> None:
    assert found(rule, document.read(rule.trips).value)
    text = cleandoc(rule.passes)
    assert not found(rule, document.read(text).value)
    if rule.example_kind is Kind.LIFECYCLE:
        lifecycle.parse(text)
    elif rule.example_kind in IAM:
        iam.parse(text, kind=iam.Kind(rule.example_kind.value))


@each_rule_of_values
def test_the_messages_have_the_form_of_all_others(rule: Rule) -> None:
    for problem in found(rule, document.read(rule.trips).value):
        for text in (problem.message, problem.help):
            assert text is None or re.match(r"[a-z0-9`]", text), "lower case"
            assert text is None or not text.endswith("."), "no full stop"


@each_rule_of_values
def test_fixes_leave_nothing_to_fix(rule: Rule) -> None:
    value = document.read(rule.trips).value
    problems = found(rule, value)
    edits = [edit for problem in problems for edit in problem.fix]
    left = [place(each) for each in found(rule, edited(value, edits)) if each.fix]
    assert left == []


@each_rule_of_values
def test_nothing_unknown_is_guessed_at(rule: Rule) -> None:
    """What is found beside an unknown value is found whatever that turns out to be."""
    for text in (rule.trips, rule.passes):
        value = document.read(text).value
        places = {place(each) for each in found(rule, value)}
        for path in _paths(value):
            changed = with_value(value, path, UNKNOWN)
            assert {place(each) for each in found(rule, changed)} <= places, path


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    yield path
    members: Iterable[tuple[str | int, Any]] = ()
    if isinstance(value, dict):
        members = value.items()
    elif isinstance(value, list):
        members = enumerate(value)
    for name, held in members:
        yield from _paths(held, (*path, name))


def with_value(value: Any, path: Path, new: Any) -> Any:
    """A copy in which something else stands at a path."""
    if not path:
        return new
    made = deepcopy(value)
    at_path(made, path[:-1])[path[-1]] = new
    return made


NAMES = sorted(
    {
        str(token)
        for rule in OF_VALUES
        for path in _paths(document.read(rule.trips).value)
        for token in path
        if isinstance(token, str)
    }
)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["*", "ecr:*", "arn:aws:ecr:*", "${aws:username}", "standard", UNKNOWN])
)
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=4), inner, max_size=5)
    ),
    max_leaves=20,
)


@st.composite
def nearly_examples(draw: st.DrawFn) -> Any:
    """An example of a rule with anything at all somewhere in it."""
    rule = draw(st.sampled_from(OF_VALUES))
    value = document.read(draw(st.sampled_from([rule.trips, rule.passes]))).value
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(_paths(value))))
        value = with_value(value, path, draw(anything))
    return value


@given(anything | nearly_examples(), st.sampled_from(Kind))
def test_whatever_is_given_rules_point_into_it_and_do_not_raise(value: Any, kind: Kind) -> None:
    for rule in lint.rules_for(kind):
        for problem in found(rule, value, kind):
            assert problem.path in set(_paths(value)), rule.name
            if problem.offset is not None:
                assert 0 <= problem.offset <= len(at_path(value, problem.path)), rule.name
