"""Single values of a request: of the type that the API's model wants, or refused."""

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Any, Final

from ecrpolicy.registry.ecr_api.wire import malformed
from ecrpolicy.registry.refusal import Refusal

_INTEGER: Final = range(-(2**31), 2**31)
_LONG: Final = range(-(2**63), 2**63)


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(value, "a String")
    return value


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong(value, "a Boolean")
    return value


def _integer(value: Any) -> int:
    if not _is_within(value, _INTEGER):
        raise _wrong(value, "an Integer")
    return int(value)


def _long(value: Any) -> int:
    if not _is_within(value, _LONG):
        raise _wrong(value, "a Long")
    return int(value)


def _blob(value: Any) -> bytes:
    try:
        return base64.b64decode(_string(value), validate=True)
    except (binascii.Error, ValueError):
        raise malformed("a blob is not in base64") from None


def _is_within(value: Any, bounds: range) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value in bounds


def _wrong(value: Any, wanted: str) -> Refusal:
    if isinstance(value, dict | list):
        return malformed("Start of structure or map found where not expected.")
    found = "STRING" if isinstance(value, str) else "NUMBER"
    if value is None:
        found = "NULL"
    elif isinstance(value, bool):
        found = str(value).upper()
    return malformed(f"{found}_VALUE can not be converted to {wanted}")


READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "string": _string,
    "boolean": _boolean,
    "integer": _integer,
    "long": _long,
    "blob": _blob,
}
"""How a value of each type of the model is read; requests have no other types."""
