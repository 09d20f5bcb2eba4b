"""Condition values read as numbers, dates, addresses and bytes; None where they are malformed.

IAM User Guide, "IAM JSON policy elements: Condition operators".
"""

import base64
import binascii
import ipaddress
import re
from datetime import date
from decimal import Context, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final, NamedTuple

_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", re.ASCII)
_DATE: Final = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?:T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<part>[0-9]+))?)?"
    r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?",
    re.ASCII,
)
_EPOCH: Final = date(1970, 1, 1).toordinal()
_DAYS_OF_400_YEARS: Final = 146_097


class Network(NamedTuple):
    """A range of addresses, by value."""

    version: int
    first: int
    last: int


class Address(NamedTuple):
    """One address, by value."""

    version: int
    value: int


@lru_cache(maxsize=512)
def number_of(text: str) -> Decimal | None:
    """A number, exactly.

    >>> number_of("10.0") == number_of("1e1"), number_of("10abc")
    (True, None)
    """
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


@lru_cache(maxsize=512)
def date_of(text: str) -> Decimal | None:
    """A date as seconds since 1970: ISO 8601 (without a zone: UTC), or the seconds themselves.

    Four digits alone are a year. No date is too far away to be compared.

    >>> date_of("1970-01-01T01:00:00+01:00"), date_of("86400") == date_of("1970-01-02")
    (Decimal('0'), True)
    """
    match = _DATE.fullmatch(text)
    return number_of(text) if match is None else _seconds(match.groupdict())


def _seconds(fields: dict[str, str | None]) -> Decimal | None:
    days = _days(int(fields["year"] or 0), int(fields["month"] or 1), int(fields["day"] or 1))
    hour, minute, second = (int(fields[name] or 0) for name in ("hour", "minute", "second"))
    minutes_ahead = _minutes_ahead(fields["zone"] or "Z")
    if days is None or minutes_ahead is None or hour > 23 or minute > 59 or second > 59:
        return None
    whole = ((days * 24 + hour) * 60 + minute - minutes_ahead) * 60 + second
    part = fields["part"]
    if part is None:
        return Decimal(whole)
    return Context(prec=len(part) + 20).add(Decimal(whole), Decimal(f"0.{part}"))


def _days(year: int, month: int, day: int) -> int | None:
    """Days since 1970-01-01; `date` knows no year 0, but the calendar repeats in 400 years."""
    cycles, year_of_cycle = divmod(year, 400)
    try:
        shifted = date(400 + year_of_cycle, month, day)
    except ValueError:
        return None
    return shifted.toordinal() - _EPOCH + (cycles - 1) * _DAYS_OF_400_YEARS


def _minutes_ahead(zone: str) -> int | None:
    if zone == "Z":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[4:])
    if hours > 23 or minutes > 59:
        return None
    return (hours * 60 + minutes) * (-1 if zone.startswith("-") else 1)


@lru_cache(maxsize=512)
def address_of(text: str) -> Address | None:
    """An address, by value; zones are none.

    >>> address_of("2001:DB8:0::1") == address_of("2001:db8::1")
    True
    """
    if "%" in text:
        return None
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return Address(address.version, int(address))


@lru_cache(maxsize=512)
def network_of(text: str) -> Network | None:
    """A range: an address, or address and length of the prefix; host bits are passed over.

    >>> network_of("10.0.0.9/24") == network_of("10.0.0.0/24"), network_of("10.0.0.x/24")
    (True, None)
    """
    address, slash, length = text.partition("/")
    if "%" in address or (slash and not (length.isascii() and length.isdecimal())):
        return None
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
    return Network(network.version, int(network[0]), int(network[-1]))


@lru_cache(maxsize=512)
def bytes_of(text: str) -> bytes | None:
    """What base64 text stands for.

    >>> bytes_of("QUI="), bytes_of("!")
    (b'AB', None)
    """
    try:
        return base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        return None


def boolean_of(text: str) -> bool | None:
    """`true` or `false`, in any case.

    >>> boolean_of("TRUE"), boolean_of("yes")
    (True, None)
    """
    return {"true": True, "false": False}.get(text.lower())
