"""A condition on addresses whose value is none."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "type-mismatch-ip-range"


def source(value: Any, operator: str = "IpAddress") -> dict[str, Any]:
    return allow(Condition={operator: {"aws:SourceIp": value}})


@table(
    trips("a wildcard", source("203.0.113.*"), "/Statement/0/Condition/IpAddress/aws:SourceIp"),
    trips(
        "one of two",
        source(["203.0.113.0/24", "203.0.113.256"]),
        "/Statement/0/Condition/IpAddress/aws:SourceIp/1",
    ),
    trips(
        "too long a prefix",
        source("203.0.113.0/33", "NotIpAddressIfExists"),
        "/Statement/0/Condition/NotIpAddressIfExists/aws:SourceIp",
    ),
    trips(
        "a netmask",
        source("203.0.113.0/255.255.255.0"),
        "/Statement/0/Condition/IpAddress/aws:SourceIp",
    ),
    trips("a number", source(1), "/Statement/0/Condition/IpAddress/aws:SourceIp"),
    passes("an address", source("203.0.113.7")),
    passes("a range", source(["203.0.113.0/24", "2001:db8::/32"])),
    passes("host bits", source("203.0.113.7/24")),
    passes("another operator", source("203.0.113.*", "StringLike")),
    passes("unknown", source([UNKNOWN])),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, source("203.0.113.*")) == (
        "`203.0.113.*` is no range of addresses; write it as in `203.0.113.0/24`"
    )
