"""Media types: which ones a client takes."""

from functools import lru_cache
from typing import Final

_WITH_PARAMETERS: Final = ";"
_MAX_KNOWN: Final = 1_024


class Accepted:
    """What an `Accept` takes (RFC 9110, "Accept"): types, or all of them.

    >>> Accepted("application/json, text/*;q=0").takes("application/json")
    True
    """

    def __init__(self, header: str) -> None:
        taken: set[str] = set()
        refused: set[str] = set()
        for each in header.split(","):
            name, _, parameters = each.partition(_WITH_PARAMETERS)
            (refused if _is_zero(parameters) else taken).add(name.strip().lower())
        self._taken = taken - {""}
        self._refused = refused

    def takes(self, media_type: str) -> bool:
        """Whether a type may be sent; where nothing is said, every one may."""
        if media_type in self._refused:
            return False
        if not self._taken:
            return True
        family = media_type.partition("/")[0]
        return not self._taken.isdisjoint((media_type, f"{family}/*", "*/*"))


def _is_zero(parameters: str) -> bool:
    for each in parameters.split(";"):
        name, _, value = each.partition("=")
        if name.strip().lower() == "q":
            return value.strip().rstrip("0") in ("", ".", "0.")
    return False


@lru_cache(_MAX_KNOWN)
def accepted(header: str) -> Accepted:
    """What an `Accept` takes; clients send the same few ones again and again."""
    return Accepted(header)


def plain(content_type: str) -> str:
    """A media type without its parameters.

    >>> plain("Application/JSON; charset=utf-8")
    'application/json'
    """
    return content_type.partition(_WITH_PARAMETERS)[0].strip().lower()
