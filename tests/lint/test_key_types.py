"""Whether operators compare what keys are."""

import pytest

from ecrpolicy.iam.operators import OPERATORS, Comparison
from ecrpolicy.lint.facts import OWN
from ecrpolicy.lint.key_types import mismatch
from ecrpolicy.lint.policy import Condition, statement_of

KEYS = {
    "aws:username": "String",
    "aws:PrincipalArn": "Arn",
    "aws:MultiFactorAuthAge": "Numeric",
    "aws:CurrentTime": "Date",
    "aws:SecureTransport": "Bool",
    "aws:SourceIp": "Ip",
}


def condition(operator: str, key: str) -> Condition:
    return statement_of({"Condition": {operator: {key: "a"}}}).conditions[0]


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("key", KEYS)
def test_what_is_written_instead_fits(operator: str, key: str) -> None:
    found = mismatch(condition(operator, key), OWN)
    comparison = OPERATORS[operator].comparison
    if comparison is Comparison.NULL or comparison.startswith(KEYS[key]):
        assert found is None
        return
    if found is None:
        assert (key, comparison.startswith("String")) == ("aws:PrincipalArn", True)
        return
    instead = OPERATORS[found.instead]
    assert mismatch(condition(found.instead, key), OWN) is None
    assert instead.qualifier is OPERATORS[operator].qualifier
    assert instead.if_exists is OPERATORS[operator].if_exists
