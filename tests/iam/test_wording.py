"""How values are listed in sentences."""

import pytest

from ecrpolicy.iam.wording import listed


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("", ""),
        ("a", "`a`"),
        ("ab", "`a` or `b`"),
        ("abcdefgh", "`a`, `b`, `c`, `d`, `e`, `f`, `g` or `h`"),
        ("abcdefghi", "`a`, `b`, `c`, `d`, `e`, `f`, `g`, `h` or 1 other"),
        ("abcdefghij", "`a`, `b`, `c`, `d`, `e`, `f`, `g`, `h` or 2 others"),
    ],
)
def test_values_are_listed_and_the_last_of_many_counted(values: str, expected: str) -> None:
    assert listed(list(values)) == expected
    assert listed(list(values), "and") == expected.replace(" or ", " and ")
