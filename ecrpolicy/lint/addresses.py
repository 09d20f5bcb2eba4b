"""Addresses that no request comes from, as AWS sees it."""

from functools import lru_cache
from typing import Final

from ecrpolicy.iam.values import Network, network_of
from ecrpolicy.lint.policy import Condition, Value

# RFC 1918, RFC 6598, RFC 1122, RFC 3927; RFC 4193, RFC 4291.
_PRIVATE: Final = tuple(
    network
    for network in map(
        network_of,
        (
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "fc00::/7",
            "fe80::/10",
            "::1/128",
        ),
    )
    if network is not None
)


@lru_cache(maxsize=512)
def is_private(text: str) -> bool:
    """Whether all addresses of a range are private; what is no range has none.

    >>> is_private("10.1.2.3"), is_private("203.0.113.0/24"), is_private("0.0.0.0/0")
    (True, False, False)
    """
    network = network_of(text)
    return network is not None and any(_holds(private, network) for private in _PRIVATE)


def private_values(condition: Condition) -> tuple[Value, ...]:
    """The values of a condition that are private addresses, or ranges of them."""
    return tuple(value for value in condition.values if is_private(value.text))


def _holds(outer: Network, inner: Network) -> bool:
    same = outer.version == inner.version
    return same and outer.first <= inner.first and inner.last <= outer.last
