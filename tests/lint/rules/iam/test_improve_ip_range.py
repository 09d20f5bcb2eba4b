"""A range of addresses that begins with another one than it says."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, fixed, message, passes, table, trips

RULE = "improve-ip-range"


def source(value: Any, operator: str = "IpAddress") -> dict[str, Any]:
    return allow(Condition={operator: {"aws:SourceIp": value}})


@table(
    trips("bits behind", source("203.0.113.9/24"), "/Statement/0/Condition/IpAddress/aws:SourceIp"),
    trips(
        "negated, one of two",
        source(["203.0.113.9", "203.0.113.1/31"], "NotIpAddressIfExists"),
        "/Statement/0/Condition/NotIpAddressIfExists/aws:SourceIp/1",
    ),
    trips(
        "of version 6",
        source("2001:DB8::1/64"),
        "/Statement/0/Condition/IpAddress/aws:SourceIp",
    ),
    trips(
        "beside an unknown value",
        source(["1.2.3.4/0", UNKNOWN]),
        "/Statement/0/Condition/IpAddress/aws:SourceIp/0",
    ),
    passes("none behind", source(["203.0.113.0/24", "203.0.113.8/29", "2001:DB8::/64"])),
    passes("one address", source(["203.0.113.9", "203.0.113.9/32", "2001:db8::1/128"])),
    passes("no range, which another rule tells", source(["203.0.113.9/33", "203.0.113.*"])),
    passes("another operator", source("203.0.113.9/24", "StringEquals")),
    passes("unknown", source(UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, source("203.0.113.9/24")) == (
        "`203.0.113.9/24` is the range `203.0.113.0/24`: the bits behind its prefix do not count; "
        "write `203.0.113.0/24`, or the address that is meant"
    )


def test_fix() -> None:
    assert fixed(RULE, source(["203.0.113.9/24", "2001:DB8::1/64"])) == source(
        ["203.0.113.0/24", "2001:db8::/64"]
    )
