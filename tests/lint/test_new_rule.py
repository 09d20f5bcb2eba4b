"""The scaffold of a rule."""

import ast

import pytest

from ecrpolicy import lint
from tests.docs.examples import ROOT
from tests.lint.new_rule import begun


@pytest.mark.parametrize("family", lint.FAMILIES)
def test_what_is_begun_is_python(family: str) -> None:
    rule, test = begun(family, "a-new-rule-of-2026").items()
    assert rule[0] == ROOT / f"ecrpolicy/lint/rules/{family}/a_new_rule_of_2026.py"
    assert test[0] == ROOT / f"tests/lint/rules/{family}/test_a_new_rule_of_2026.py"
    for _, text in (rule, test):
        ast.parse(text)
        assert '"a-new-rule-of-2026"' in text


@pytest.mark.parametrize(
    ("family", "name", "complaint"),
    [
        ("iam", "missing-effect", "there is a rule `missing-effect` already"),
        ("lifecycle", "missing-effect", "there is a rule `missing-effect` already"),
        ("iam", "A_b", "`A_b` is no name"),
        ("aim", "a-b", "`aim` is no family"),
    ],
)
def test_what_cannot_be_begun(family: str, name: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        begun(family, name)
