"""Prefixes of repository names, with the `/` that is always meant at their end.

Amazon ECR API Reference, "CreatePullThroughCacheRule" and "CreateRepositoryCreationTemplate".
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from ecrpolicy.caching.model import ROOT
from ecrpolicy.document.shape import Problem, no_match, parameter_path, too_long, too_short
from ecrpolicy.wording import printable

_WORD: Final = r"[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*"
_PREFIX: Final = re.compile(rf"{_WORD}(?:/{_WORD})*/?|{ROOT}")
_PATTERN: Final = (
    r"^([a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\/?|ROOT)$"
)

_T = TypeVar("_T")


def below(prefix: str, name: str) -> str | None:
    """What a name has below a prefix, None where it is not below it.

    >>> below("team-a", "team-a/web"), below("team-a", "team-ab/web"), below("ROOT", "web")
    ('web', None, 'web')
    """
    if prefix == ROOT:
        return name
    start = f"{prefix.removesuffix('/')}/"
    return name[len(start) :] if name.startswith(start) and len(name) > len(start) else None


@dataclass(frozen=True, slots=True)
class Prefixes(Generic[_T]):
    """Things by the prefix that they have, of which the longest decides about a name.

    >>> Prefixes.compile([("ROOT", 1), ("team", 2), ("team/web", 3)]).find("team/api")
    2
    """

    _by_prefix: Mapping[str, _T]
    _root: _T | None

    @classmethod
    def compile(cls, pairs: Iterable[tuple[str, _T]]) -> "Prefixes[_T]":
        """The things by their prefixes; of two that have the same, the first counts."""
        found: dict[str, _T] = {}
        for prefix, thing in pairs:
            found.setdefault(prefix.removesuffix("/"), thing)
        return cls(found, found.pop(ROOT, None))

    def find(self, name: str) -> _T | None:
        """What has the longest prefix that a name is below; `ROOT` is the shortest."""
        end = name.rfind("/", 0, -1)
        while end > 0:
            found = self._by_prefix.get(name[:end])
            if found is not None:
                return found
            end = name.rfind("/", 0, end)
        return self._root


def prefix_problems(place: str, prefix: str, lengths: range) -> Iterator[Problem]:
    """What a prefix has against it."""
    path, least, most = parameter_path(place), lengths[0], lengths[-1]
    if len(prefix) not in lengths:
        message = f"a prefix has {least} to {most} characters, not {len(prefix)}"
        text = too_long(path, most) if len(prefix) > most else too_short(path, least)
        advice = "shorten it" if len(prefix) > most else f"write `{ROOT}` for all repositories"
        yield Problem("prefix-length", place, message, advice, text)
    elif not _PREFIX.fullmatch(prefix):
        message = f"`{printable(prefix)[:80]}` can be the beginning of no repository name"
        advice = "use lower-case letters, digits, and single `.`, `_`, `-` or `/` within them"
        if prefix.upper() == ROOT:
            advice = f"write `{ROOT}`"
        yield Problem("malformed-prefix", place, message, advice, no_match(path, _PATTERN))


def duplicate_prefixes(
    member: str, name: str, several: Sequence[Any], lengths: range, service_text: str
) -> Iterator[Problem]:
    """The objects of a list whose prefix an earlier one has; a `/` at the end is no difference.

    What is no prefix is no duplicate, either.
    """
    seen: set[str] = set()
    for index, each in enumerate(several):
        prefix = each.get(name) if isinstance(each, dict) else None
        if not isinstance(prefix, str) or any(prefix_problems("", prefix, lengths)):
            continue
        key = prefix.removesuffix("/")
        if key in seen:
            message = f"an earlier one has the prefix `{printable(key)[:80]}` already"
            place = f"/{member}/{index}/{name}"
            text = service_text.format(prefix=prefix)
            yield Problem("duplicate-prefix", place, message, "keep one of the two", text)
        seen.add(key)
