"""Which addresses are private."""

import pytest

from ecrpolicy.lint.addresses import is_private


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.0.0.0/8", True),
        ("10.0.0.0/7", False),
        ("172.31.255.255", True),
        ("172.32.0.0", False),
        ("192.168.1.0/24", True),
        ("100.64.0.1", True),
        ("fd00::/8", True),
        ("2001:db8::/32", False),
        ("::/0", False),
        ("203.0.113.0/24", False),
        ("0.0.0.0/0", False),
        ("10.0.0.x", False),
        ("", False),
    ],
)
def test_private(text: str, *, expected: bool) -> None:
    assert is_private(text) is expected
