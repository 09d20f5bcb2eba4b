"""Whether a value surely fits a model, told without the model."""

from typing import Any

import pytest

from ecrpolicy.document.fit import counting, fits, text
from ecrpolicy.document.unknown import UNKNOWN

FORM = {"a": [text], "b?": {"c": counting}, "d?": frozenset(("x", "y"))}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"a": []}, True),
        ({"a": ["é", "x"], "b": {"c": 1}, "d": "y"}, True),
        (UNKNOWN, True),
        ({"a": UNKNOWN}, True),
        ({"a": [UNKNOWN], "b": UNKNOWN, "d": UNKNOWN}, True),
        ({}, False),
        ({"a": [], "z": 1}, False),
        ({"a": [], "a?": []}, False),
        ({"a": [], "b?": {"c": 1}}, False),
        ({"a": None}, False),
        ({"a": [None]}, False),
        ({"a": ["\ud800"]}, False),
        ({"a": {}}, False),
        ({"a": [], "b": {"c": 0}}, False),
        ({"a": [], "b": {"c": True}}, False),
        ({"a": [], "b": {"c": 1.0}}, False),
        ({"a": [], "d": "z"}, False),
        ({"a": [], "d": ["x"]}, False),
        ([], False),
        (None, False),
    ],
)
def test_fits(value: Any, expected: bool) -> None:
    assert fits(value, FORM) is expected
