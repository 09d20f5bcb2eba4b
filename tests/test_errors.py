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
    copied = pickle.loads(pickle.dumps(kind(FINDINGS, left_out=3)))
    assert type(copied) is kind
    assert (copied.findings, copied.left_out) == (tuple(FINDINGS), 3)


def test_what_is_left_out_is_counted() -> None:
    assert EcrPolicyError(FINDINGS).left_out == 0
    lines = str(EcrPolicyError(FINDINGS, left_out=1)).splitlines()
    assert lines[2:] == ["and 1 finding more"]
    assert str(EcrPolicyError(FINDINGS, left_out=20)).endswith("\nand 20 findings more")


def test_an_error_of_one_kind_is_none_of_another() -> None:
    assert not issubclass(SyntaxProblem, InvalidPolicy)
    assert not issubclass(InvalidPolicy, InvalidSnapshot)
