"""Wildcard dialects, each under its own name.

The tag pattern: `*` stands for zero or more characters and is the only wildcard; the pattern
covers the whole tag (Amazon ECR User Guide, "Lifecycle policy properties"). `fnmatch` would give
`[` and `?` a meaning that the service does not.

The scan filter: without `*` it matches every name that contains it; with `*` it is as a tag
pattern (Amazon ECR User Guide, "Image scanning", "Using filters").
"""

from collections.abc import Iterable
from dataclasses import dataclass


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
    """Several scan filters, each with its longest piece: a name without that is not matched."""

    filters: tuple[tuple[str, ScanFilter], ...]

    @classmethod
    def compile(cls, texts: Iterable[str]) -> "ScanFilters":
        """The filters of some texts, in their order."""
        return cls(
            tuple((max(text.split("*"), key=len), ScanFilter.compile(text)) for text in texts)
        )

    def first_match(self, name: str) -> str | None:
        """The first filter that matches a name, None where none does.

        >>> ScanFilters.compile(("test", "prod*")).first_match("prod-web")
        'prod*'
        """
        for piece, each in self.filters:
            if piece in name and each.matches(name):
                return each.text
        return None

    def matching(self, name: str) -> tuple[str, ...]:
        """All filters that match a name, in their order."""
        return tuple(each.text for _, each in self.filters if each.matches(name))
