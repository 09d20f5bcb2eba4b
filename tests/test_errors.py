"""Errors carry the findings that they are made of."""

import pickle

import pytest

from ecrpolicy.errors import EcrPolicyError, InvalidPolicy, InvalidSnapshot, SyntaxProblem
from ecrpolicy.finding import Finding, Location, Severity

FINDINGS = [
    Finding("a", Severity.ERROR, "first", Location("p.json", 1, 2)),
    Finding("b", Severity.ERROR, "second", help="mend it"),
]


@pytest.mark.parametrize("kind", [SyntaxProblem, InvalidPolicy, InvalidSnapshot])
def test_an_error_has_a_line_for_each_finding(kind: type[EcrPolicyError]) -> None:
    error = kind(FINDINGS)
    assert isinstance(error, EcrPolicyError)
    assert error.findings == tuple(FINDINGS)
    assert str(error) == "p.json:1:2: first\nsecond; mend it"


@pytest.mark.parametrize("kind", [SyntaxProblem, InvalidPolicy, InvalidSnapshot])
def test_an_error_survives_another_process(kind: type[EcrPolicyError]) -> None:
    copied = pickle.loads(pickle.dumps(kind(FINDINGS)))
    assert type(copied) is kind
    assert copied.findings == tuple(FINDINGS)


def test_an_error_of_one_kind_is_none_of_another() -> None:
    assert not issubclass(SyntaxProblem, InvalidPolicy)
    assert not issubclass(InvalidPolicy, InvalidSnapshot)
