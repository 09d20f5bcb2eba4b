"""Patterns that are nothing but `*`; the engine agrees on what they come to."""

from typing import Any

import pytest

from ecrpolicy import iam
from ecrpolicy.iam.operators import OPERATORS, Comparison
from ecrpolicy.lint import Kind, Subject
from ecrpolicy.lint.stars import Meaning, Star, stars_of
from tests.iam.builders import identity, request
from tests.lint.tables import allow

KEY = "aws:PrincipalTag/team"
LIKE = [name for name, each in OPERATORS.items() if each.comparison is Comparison.STRING_LIKE]


def star(operator: str) -> Star | None:
    [*found] = stars_of(Subject(Kind.IDENTITY, allow(Condition={operator: {KEY: ["a", "*"]}})))
    return found[0] if found else None


@pytest.mark.parametrize("operator", LIKE)
def test_the_engine_says_so_too(operator: str) -> None:
    found = star(operator)
    if found is None:
        assert operator == "ForAnyValue:StringLikeIfExists"
        return
    granted = iam.PolicySet(identity=(identity(Condition={operator: {KEY: ["a", "*"]}}),))
    usual: list[dict[str, Any]] = [{}, {KEY: "a"}]
    unusual: list[dict[str, Any]] = [{KEY: ""}, {KEY: ["a", "b"]}]
    for context in [*usual, *unusual] if found.is_exact else usual:
        allowed = iam.authorize(request(context=context), granted).allowed
        is_there = KEY in context
        assert (
            allowed
            is {
                Meaning.ALWAYS: True,
                Meaning.NEVER: False,
                Meaning.WHERE_MISSING: not is_there,
                Meaning.WHERE_THERE: is_there,
            }[found.meaning]
        )
