"""What conditions say of requests that do not have the key."""

from typing import Any

import pytest

from ecrpolicy import iam
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.iam.operators import OPERATORS, Comparison
from ecrpolicy.lint.policy import statement_of
from ecrpolicy.lint.presence import holds_without_key
from tests.iam.builders import identity, request


def told(operator: str, value: Any) -> bool | None:
    block = {operator: {"aws:TagKeys": value}}
    return holds_without_key(statement_of({"Condition": block}).conditions[0])


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("value", ["true", "false"])
def test_the_engine_says_so_too(operator: str, value: str) -> None:
    if OPERATORS[operator].comparison is Comparison.IP_ADDRESS:
        value = "203.0.113.0/24"
    granted = identity(Condition={operator: {"aws:TagKeys": value}})
    decision = iam.authorize(request(), iam.PolicySet(identity=(granted,)))
    assert told(operator, value) is decision.allowed


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        ("Null", UNKNOWN, None),
        ("Null", [UNKNOWN, "true"], True),
        ("Null", [UNKNOWN, "false"], None),
        ("StringEquals", UNKNOWN, False),
        ("StringSame", "a", None),
    ],
)
def test_what_is_not_known(operator: str, value: Any, *, expected: bool | None) -> None:
    assert told(operator, value) is expected
