"""Patterns of paths: `*` and `?` within a name, `**` across names."""

import re
from functools import cache
from typing import Final

_PARTS: Final = re.compile(r"\*\*/|/\*\*$|\*\*|\*|\?|.", re.DOTALL)
_MEANINGS: Final = {"**/": "(?:.*/)?", "/**": "(?:/.*)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def meets(path: str, pattern: str) -> bool:
    """Whether a path, with `/` between its names, meets a pattern.

    A pattern without a `/` is about the last name alone; one of a directory is about all in it.

    >>> meets("policies/a/x.json", "policies/**"), meets("policies/x.json", "*.json")
    (True, True)
    >>> meets("policies/a/x.json", "policies/*.json")
    False
    """
    return _compiled(pattern).fullmatch(path) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    body = pattern.removeprefix("./").rstrip("/")
    body = body if "/" in body else f"**/{body}"
    return re.compile(
        "".join(_MEANINGS.get(part, re.escape(part)) for part in _PARTS.findall(body)) + "(?:/.*)?",
        re.DOTALL,
    )
