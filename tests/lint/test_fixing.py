"""Files that are mended."""

import json
from functools import partial
from inspect import cleandoc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.finding import Severity
from ecrpolicy.lint import Kind, Rule, engine, family_of
from ecrpolicy.lint.edit import Replace
from ecrpolicy.lint.engine import Context, LintFinding
from ecrpolicy.lint.fixing import Mended, mended
from ecrpolicy.lint.found import Change, Excerpt, Reading, SourceText, Span
from ecrpolicy.lint.json_places import read_json
from ecrpolicy.lint.selection import Selection
from tests.lint.tables import rules
from tests.lint.test_rules import _paths, with_value

OF_VALUES = [rule for rule in rules() if family_of(rule.name) not in ("syntax", "linter")]


def read_as(kind: Kind, source: SourceText) -> Reading:
    return read_json(Excerpt.whole(source), kind)


def mend(text: str, kind: Kind = Kind.LIFECYCLE, *select: str, **known: Any) -> Mended:
    context = Context(Selection(frozenset(select) or None))
    return mended(SourceText("a.json", text), partial(read_as, kind), context, **known)


def explicit(number: int) -> dict[str, Any]:
    """A rule whose storage class says nothing."""
    return {
        "rulePriority": number,
        "selection": {
            "tagStatus": "tagged",
            "tagPatternList": [f"v{number}-*"],
            "storageClass": "standard",
            "countType": "imageCountMoreThan",
            "countNumber": number,
        },
        "action": {"type": "expire"},
    }


def test_all_that_a_rule_finds_is_mended_and_nothing_else_changes() -> None:
    text = json.dumps({"rules": [explicit(1), explicit(2)]}, indent=3) + "\n"
    made = mend(text, Kind.LIFECYCLE, "explicit-standard")
    line = '            "storageClass": "standard",\n'
    assert made.source.text == text.replace(line, "")
    assert [each.rule for each in made.fixed] == ["explicit-standard"] * 2


def test_changes_that_touch_each_other_are_made_one_after_the_other() -> None:
    actions = ["ecr:*", "ecr:PutImage", "ecr:GetDownloadUrlForLayer", "ecr:ListImages"]
    text = json.dumps({"Statement": {"Effect": "Allow", "Action": actions, "Resource": "*"}})
    made = mend(text, Kind.IDENTITY, "redundant-action")
    expected = {"Statement": {"Effect": "Allow", "Action": ["ecr:*"], "Resource": "*"}}
    assert json.loads(made.source.text) == expected
    assert [each.rule for each in made.fixed] == ["redundant-action"] * 3


def test_fixes_that_always_leave_something_to_fix_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def longer(reading: Reading, _: Context, **__: Any) -> list[LintFinding]:
        [document] = reading.documents
        at = len(document.source.text)
        return [
            LintFinding(
                "longer",
                Severity.WARNING,
                "a space is missing",
                document.source,
                lambda: Span(at, at),
                edits=(Replace((), {}),),
                make_changes=lambda _: (Change(at, at, " "),),
            )
        ]

    monkeypatch.setattr("ecrpolicy.lint.fixing.lint", longer)
    assert mend("{}").source.text == "{}" + " " * 200


def test_there_may_be_nothing_to_mend() -> None:
    made = mend("{}")
    assert (made.source.text, made.fixed) == ("{}", ())


def test_what_is_known_or_silenced_stays() -> None:
    text = json.dumps({"rules": [explicit(1)]})
    assert mend(text, Kind.LIFECYCLE, "iam").source.text == text
    assert mend(text, is_known=lambda _: True).source.text == text


def test_what_is_no_json_is_let_be() -> None:
    assert mend("{").source.text == "{"


@pytest.mark.parametrize("rule", OF_VALUES, ids=lambda rule: rule.name)
def test_fixes_of_examples_are_made_once(rule: Rule) -> None:
    """What is mended can be read, is mended no further, and leaves nothing of the rule to mend."""
    text = cleandoc(rule.trips)
    made = mend(text, rule.example_kind, rule.name)
    reading = read_as(rule.example_kind, made.source)
    assert reading.misread == ()
    assert mend(made.source.text, rule.example_kind, rule.name).source.text == made.source.text
    context = Context(Selection(frozenset({rule.name})))
    assert not any(each.edits for each in engine.lint(reading, context))


class Doubling:
    """Places of a document whose every fix makes the text longer, or breaks it."""

    def __init__(self, source: SourceText, text: str) -> None:
        self.source, self.text = source, text

    def span(self, *_: Any, **__: Any) -> Span:
        return Span(0, 0)

    def changes(self, _: Any) -> tuple[Change, ...]:
        return (Change(0, len(self.source.text), self.text),)


@pytest.mark.parametrize("text", ["{", ""])
def test_a_fix_that_would_break_the_file_is_not_made(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(reading: Reading, *_: Any, **__: Any) -> list[LintFinding]:
        return [
            LintFinding(
                "explicit-standard",
                next(iter(rules())).severity,
                "",
                each.source,
                lambda: Span(0, 0),
                edits=(Replace((), 1),),
                make_changes=Doubling(each.source, text).changes,
            )
            for each in reading.documents
        ]

    monkeypatch.setattr("ecrpolicy.lint.fixing.lint", broken)
    made = mend("{}")
    assert (made.source.text, made.fixed) == ("{}", ())


@given(st.lists(st.integers(1, 9), min_size=1, max_size=5), st.sampled_from([None, 1, 4, "\t"]))
def test_mended_policies_say_what_they_said(numbers: list[int], indent: Any) -> None:
    value = {"rules": [explicit(number) for number in numbers]}
    text = json.dumps(value, indent=indent)
    made = json.loads(mend(text, Kind.LIFECYCLE, "explicit-standard").source.text)
    for rule in value["rules"]:
        del rule["selection"]["storageClass"]
    assert made == value


def _instead(value: Any, _: Any) -> Any:
    return value


@pytest.mark.parametrize("rule", OF_VALUES, ids=lambda rule: rule.name)
def test_what_is_unknown_is_never_written(rule: Rule) -> None:
    text = cleandoc(rule.trips)
    value = json.loads(text)
    context = Context(Selection(frozenset({rule.name})))
    for path in _paths(value):
        unknown = with_value(value, path, UNKNOWN)
        reading = read_json(
            Excerpt.whole(SourceText("a.json", text)),
            rule.example_kind,
            made_of=partial(_instead, unknown),
        )
        for each in engine.lint(reading, context):
            assert "UNKNOWN" not in "".join(change.text for change in each.changes)


def test_rules_are_put_in_order_only_where_all_of_them_is_known() -> None:
    text = json.dumps({"rules": [explicit(2), explicit(1)]})
    unknown = {"rules": [explicit(2), {**explicit(1), "description": UNKNOWN}]}
    for made_of, may_change in ((None, True), (partial(_instead, unknown), False)):
        reading = read_json(
            Excerpt.whole(SourceText("a.json", text)), Kind.LIFECYCLE, made_of=made_of
        )
        context = Context(Selection(frozenset({"unsorted-priorities"})))
        [found] = engine.lint(reading, context)
        assert bool(found.changes) is may_change
