"""Media types: which ones a client takes."""

from functools import lru_cache
from typing import Final

_WITH_PARAMETERS: Final = ";"
_MAX_KNOWN: Final = 1_024
_MAX_CHARACTERS_KNOWN: Final = 4_096


class Accepted:
    """What an `Accept` takes (RFC 9110, "Accept"): types, families of types, or all of them.

    Of what it says about a type, the most specific counts: `q=0` there refuses the type.

    >>> Accepted("application/json, text/*;q=0").takes("application/json")
    True
    """

    def __init__(self, header: str) -> None:
        self._ranges: dict[str, bool] = {}
        for each in header.split(","):
            name, _, parameters = each.partition(_WITH_PARAMETERS)
            if key := name.strip().lower():
                # What is refused once is not taken by being said again.
                self._ranges[key] = self._ranges.get(key, True) and not _is_zero(parameters)

    def takes(self, media_type: str) -> bool:
        """Whether a type may be sent; where nothing is said, every one may."""
        family = media_type.partition("/")[0]
        for each in (media_type, f"{family}/*", "*/*"):
            if each in self._ranges:
                return self._ranges[each]
        return not self._ranges


def _is_zero(parameters: str) -> bool:
    for each in parameters.split(";"):
        name, _, value = each.partition("=")
        if name.strip().lower() == "q":
            return value.strip().rstrip("0") in ("", ".", "0.")
    return False


def accepted(header: str) -> Accepted:
    """What an `Accept` takes; clients send the same few ones again and again."""
    return _known(header) if len(header) <= _MAX_CHARACTERS_KNOWN else Accepted(header)


@lru_cache(_MAX_KNOWN)
def _known(header: str) -> Accepted:
    return Accepted(header)


def plain(content_type: str) -> str:
    """A media type without its parameters.

    >>> plain("Application/JSON; charset=utf-8")
    'application/json'
    """
    return content_type.partition(_WITH_PARAMETERS)[0].strip().lower()
