"""Wildcard dialects, each under its own name.

The tag pattern: `*` stands for zero or more characters and is the only wildcard; the pattern
covers the whole tag (Amazon ECR User Guide, "Lifecycle policy properties"). `fnmatch` would give
`[` and `?` a meaning that the service does not.
"""

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
