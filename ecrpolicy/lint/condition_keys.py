"""The condition keys that all services share, as data.

IAM User Guide, "AWS global condition context keys": of which type each is, whether a request has
several values of it, and which of them the guide calls sensitive.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

_VARIABLE: Final = "${"
# What stands for a part that varies; of some services, there is nothing or a bare word instead.
_MARKS: Final = re.compile(r"\$\{|<|(?<=/)(?:tag-key)?$")
_SEPARATORS: Final = re.compile("[/:]")
_LIST: Final = "ArrayOf"
# Many rules ask, and for the same ones.
_REMEMBERED: Final = 4096


@dataclass(frozen=True, slots=True)
class ConditionKey:
    """A condition key.

    `type` is `String`, `ARN`, `Bool`, `Date`, `Numeric`, `IPAddress` or `Binary`. Of a sensitive
    key, no part may be left to a wildcard.
    """

    name: str
    type: str
    is_multivalued: bool = False
    is_sensitive: bool = False


@lru_cache(maxsize=_REMEMBERED)
def global_key(name: str) -> ConditionKey | None:
    """A key that all services share, by its name in any case; None for any other.

    >>> global_key("AWS:sourceip").type, global_key("aws:RequestTag/team").name
    ('IPAddress', 'aws:RequestTag/${TagKey}')
    """
    return found_in(_global_keys(), name)


def global_names() -> tuple[str, ...]:
    """The names of all keys that all services share, as the guide writes them."""
    return tuple(key.name for key in _global_keys().values())


def keys_of(types: Mapping[str, str]) -> dict[str, ConditionKey]:
    """The keys of a service, from their types as the Service Authorization Reference has them.

    >>> keys_of({"x:Names": "ArrayOfString"})["x:names"].is_multivalued
    True
    """
    return {
        _index(name): ConditionKey(name, kind.removeprefix(_LIST), kind.startswith(_LIST))
        for name, kind in types.items()
    }


def found_in(keys: Mapping[str, ConditionKey], name: str) -> ConditionKey | None:
    """A key by its name in any case; what stands behind a `/` or `:` may be a part that varies."""
    lowered = name.lower()
    found = keys.get(lowered)
    if found is not None:
        return found
    for separator in _SEPARATORS.finditer(lowered):
        end = separator.end()
        found = keys.get(lowered[:end] + _VARIABLE) if end < len(lowered) else None
        if found is not None:
            return found
    return None


def _index(name: str) -> str:
    """The name in lower case, cut behind the mark of a part that varies."""
    lowered = name.lower()
    mark = _MARKS.search(lowered)
    return lowered[: mark.start()] + _VARIABLE if mark else lowered


@cache
def _global_keys() -> dict[str, ConditionKey]:
    held = json.loads((files("ecrpolicy.lint") / "data" / "condition_keys.json").read_text("utf-8"))
    return {
        _index(name): ConditionKey(
            name, key["type"], key.get("multivalued", False), key.get("sensitive", False)
        )
        for name, key in held["keys"].items()
    }
