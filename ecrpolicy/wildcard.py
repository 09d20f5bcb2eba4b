"""Wildcard dialects, each under its own name.

The tag pattern: `*` stands for zero or more characters and is the only wildcard; the pattern
covers the whole tag (Amazon ECR User Guide, "Lifecycle policy properties"). `fnmatch` would give
`[` and `?` a meaning that the service does not.

The scan filter: without `*` it matches every name that contains it; with `*` it is as a tag
pattern (Amazon ECR User Guide, "Image scanning", "Using filters").
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

# So many characters of the longest piece of a scan filter are sought.
_SOUGHT: Final = 16


@dataclass(frozen=True, slots=True)
class TagPattern:
    """A tag pattern cut at its wildcards; `parts` has one piece more than there are `*`."""

    parts: tuple[str, ...]

    @classmethod
    def compile(cls, pattern: str) -> "TagPattern":
        """Cut a pattern at its wildcards.

        >>> TagPattern.compile("v*-rc*").parts
        ('v', '-rc', '')
        """
        return cls(tuple(pattern.split("*")))

    def matches(self, tag: str) -> bool:
        """Whether the pattern covers the whole tag, in time linear in the tag.

        Taking the leftmost place of each inner piece is enough: a later place could only leave
        less room for the pieces that follow.

        >>> TagPattern.compile("v*-rc*").matches("v1.2-rc3")
        True
        """
        if len(self.parts) == 1:
            return tag == self.parts[0]
        head, *inner, tail = self.parts
        if len(tag) < len(head) + len(tail) or not tag.startswith(head) or not tag.endswith(tail):
            return False
        at, end = len(head), len(tag) - len(tail)
        for piece in inner:
            found = tag.find(piece, at, end)
            if found < 0:
                return False
            at = found + len(piece)
        return True


@dataclass(frozen=True, slots=True)
class ScanFilter:
    """A scan filter; `pattern` is None where it has no wildcard and matches what contains it."""

    text: str
    pattern: TagPattern | None

    @classmethod
    def compile(cls, text: str) -> "ScanFilter":
        """The filter of a text."""
        return cls(text, TagPattern.compile(text) if "*" in text else None)

    def matches(self, name: str) -> bool:
        """Whether the filter matches a repository's name, in time linear in the name.

        >>> ScanFilter.compile("prod").matches("repo-prod-repo")
        True
        >>> ScanFilter.compile("*prod").matches("repo-prod-repo")
        False
        """
        return self.text in name if self.pattern is None else self.pattern.matches(name)


@dataclass(frozen=True, slots=True)
class ScanFilters:
    """Several scan filters in their order, to be asked about many names.

    A filter matches no name without its longest piece. One search finds all places of a name where
    such pieces begin, and the filters of those are tried; most names have no such place.
    """

    filters: tuple[ScanFilter, ...]
    _by_start: Mapping[str, Sequence[int]] = field(repr=False, compare=False)
    _starts: re.Pattern[str] = field(repr=False, compare=False)

    @classmethod
    def compile(cls, texts: Iterable[str]) -> "ScanFilters":
        """The filters of some texts, in their order."""
        filters = tuple(map(ScanFilter.compile, texts))
        starts = [max(each.text.split("*"), key=len)[:_SOUGHT] for each in filters]
        known = set(starts)
        by_start: dict[str, list[int]] = {}
        for number, start in enumerate(starts):
            # Where one start begins with another, the search finds the shorter one alone.
            found = next(each for each in accumulate(start, initial="") if each in known)
            by_start.setdefault(found, []).append(number)
        return cls(filters, by_start, re.compile(f"(?=({_any_of(known)}))"))

    def first_match(self, name: str) -> int | None:
        """The number of the first filter that matches a name, from 0, None where none does.

        >>> ScanFilters.compile(("test", "prod*")).first_match("prod-web")
        1
        """
        starts = self._starts.findall(name)
        if not starts or not self.filters:
            return None
        likely = sorted({number for start in starts for number in self._by_start[start]})
        return next((each for each in likely if self.filters[each].matches(name)), None)


def _any_of(texts: Collection[str]) -> str:
    """A regular expression for any of some texts; what they begin with alike stands once in it."""
    if "" in texts:
        return ""
    rest: dict[str, set[str]] = {}
    for text in texts:
        rest.setdefault(text[0], set()).add(text[1:])
    return f"(?:{'|'.join(re.escape(first) + _any_of(rest[first]) for first in sorted(rest))})"
