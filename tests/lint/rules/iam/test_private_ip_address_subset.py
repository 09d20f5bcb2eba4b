"""Some source addresses that no request has."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "private-ip-address-subset"

PUBLIC, PRIVATE = "203.0.113.0/24", "10.0.0.0/8"


def source(value: Any, operator: str = "IpAddress", key: str = "aws:SourceIp") -> dict[str, Any]:
    return allow(Condition={operator: {key: value}})


@table(
    trips(
        "one of two",
        source([PUBLIC, PRIVATE]),
        "/Statement/0/Condition/IpAddress/aws:SourceIp/1",
    ),
    trips(
        "two of three, or the key is missing",
        source(["127.0.0.1", PUBLIC, "fd00::/8"], "IpAddressIfExists"),
        "/Statement/0/Condition/IpAddressIfExists/aws:SourceIp/0",
    ),
    trips(
        "beside an unknown value",
        source([UNKNOWN, PUBLIC, PRIVATE]),
        "/Statement/0/Condition/IpAddress/aws:SourceIp/2",
    ),
    passes("all private, which another rule tells", source([PRIVATE, "192.168.0.0/16"])),
    passes("none private", source([PUBLIC, "0.0.0.0/0"])),
    passes("a value that is no range", source([PRIVATE, "203.0.113.*"])),
    passes("the other operator", source([PUBLIC, PRIVATE], "NotIpAddress")),
    passes("another key", source([PUBLIC, PRIVATE], key="aws:VpcSourceIp")),
    passes("unknown", source([UNKNOWN, PRIVATE])),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, source([PUBLIC, PRIVATE, "127.0.0.1"])) == (
        "no request comes from `10.0.0.0/8` and `127.0.0.1`: "
        "private addresses have no effect here; "
        "name public addresses, or compare `aws:VpcSourceIp` together with `aws:SourceVpc`"
    )
