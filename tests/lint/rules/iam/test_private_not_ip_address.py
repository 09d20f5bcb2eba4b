"""An exception for source addresses that no request has."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, deny, message, passes, table, trips

RULE = "private-not-ip-address"

PLACE = "/Statement/0/Condition/NotIpAddress/aws:SourceIp"


def source(value: Any, operator: str = "NotIpAddress", key: str = "aws:SourceIp") -> dict[str, Any]:
    return deny(Condition={operator: {key: value}})


@table(
    trips("one range", source("10.0.0.0/8"), PLACE),
    trips("several", source(["192.168.1.1", "172.16.0.0/12", "fd00::/8", "100.64.0.0/10"]), PLACE),
    trips(
        "another case of the key",
        source("127.0.0.1", key="AWS:sourceip"),
        "/Statement/0/Condition/NotIpAddress/AWS:sourceip",
    ),
    trips(
        "it is there or not",
        source("10.0.0.0/8", "NotIpAddressIfExists"),
        "/Statement/0/Condition/NotIpAddressIfExists/aws:SourceIp",
    ),
    passes("the other operator", source("10.0.0.0/8", "IpAddress")),
    passes("a missing key meets no condition", source("10.0.0.0/8", "ForAnyValue:NotIpAddress")),
    passes("public", source("203.0.113.0/24")),
    passes("a public one among them", source(["10.0.0.0/8", "203.0.113.0/24"])),
    passes("everybody", source("0.0.0.0/0")),
    passes("more than what is private", source("172.16.0.0/11")),
    passes("no address, which another rule tells", source("10.0.0.*")),
    passes("none", source([])),
    passes("another key", source("10.0.0.0/8", key="aws:VpcSourceIp")),
    passes("unknown", source(["10.0.0.0/8", UNKNOWN])),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, source("10.0.0.0/8")) == (
        "no request comes from the private addresses of `aws:SourceIp`: nobody is excepted"
        "; "
        "name public addresses, or compare `aws:VpcSourceIp` together with `aws:SourceVpc`"
    )
