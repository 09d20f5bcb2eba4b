"""Values that nobody knows yet."""

from typing import Any

import pytest

from ecrpolicy.document.unknown import UNKNOWN, is_known


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (UNKNOWN, False),
        ([1, [UNKNOWN]], False),
        ({"a": {"b": UNKNOWN}}, False),
        ({"a": [None, "UNKNOWN", {}]}, True),
        (None, True),
    ],
)
def test_is_known(value: Any, *, expected: bool) -> None:
    assert is_known(value) is expected


def test_it_shows_as_what_it_is() -> None:
    assert repr([UNKNOWN]) == "[UNKNOWN]"
