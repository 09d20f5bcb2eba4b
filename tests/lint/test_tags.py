"""Conditions on tags."""

import pytest

from ecrpolicy.lint.facts import OWN, installed
from ecrpolicy.lint.policy import statement_of
from ecrpolicy.lint.tags import needs_tags, services_without


@pytest.mark.parametrize(
    ("operator", "key", "expected"),
    [
        ("StringEquals", "aws:ResourceTag/a", True),
        ("StringEquals", "AWS:requesttag/a", True),
        ("ForAnyValue:StringEquals", "aws:TagKeys", True),
        ("ForAllValues:StringEquals", "aws:TagKeys", False),
        ("StringNotEquals", "aws:ResourceTag/a", False),
        ("StringEquals", "aws:PrincipalTag/a", False),
    ],
)
def test_which_need_tags(operator: str, key: str, *, expected: bool) -> None:
    [condition] = statement_of({"Condition": {operator: {key: "b"}}}).conditions
    assert needs_tags(condition) is expected


def test_services_without_tags() -> None:
    element = statement_of({"Action": ["polly:*", "ecr:*", "*", "p*:*", "Polly:GetLexicon"]}).action
    assert element is not None
    assert services_without(element, "aws:ResourceTag/a", installed()) == ["polly"]
    assert services_without(element, "aws:ResourceTag/a", OWN) == []
