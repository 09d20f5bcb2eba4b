"""Many images' tags as one text, to be searched at the speed of `str.find`."""

from collections.abc import Sequence
from itertools import chain, repeat

from ecrpolicy.lifecycle.model import Selection
from ecrpolicy.wildcard import TagPattern


def patterns(selection: Selection) -> tuple[TagPattern, ...]:
    """The entries of a rule as patterns. A `*` in a prefix is a character like any other."""
    if selection.tag_prefix_list:
        return tuple(TagPattern((prefix, "")) for prefix in selection.tag_prefix_list)
    return tuple(map(TagPattern.compile, selection.tag_pattern_list or ()))


class TagText:
    """The tags of images, in the images' order, between separators that occur in no tag."""

    __slots__ = ("_owners", "_separator", "_text")

    def __init__(self, tags: Sequence[Sequence[str]]) -> None:
        all_tags = list(chain.from_iterable(tags))
        self._separator = _character_not_in("".join(all_tags))
        self._text = self._separator.join(("", *all_tags, ""))
        self._owners = list(chain.from_iterable(map(repeat, range(len(tags)), map(len, tags))))

    def meeting(self, pattern: TagPattern) -> list[int]:
        """The indexes of the images that have a tag which meets the pattern, ascending."""
        text, owners, separator = self._text, self._owners, self._separator
        if any(separator in part for part in pattern.parts):
            return []  # it stands in no tag
        needle, proves = self._needle(pattern)
        if needle == separator:
            return list(dict.fromkeys(owners))
        met: list[int] = []
        last = counted = tag = -1
        at = text.find(needle)
        while at >= 0:
            tag += text.count(separator, counted + 1, at + 1)
            counted = at
            if owners[tag] != last and (proves or self._is_met(pattern, at)):
                last = owners[tag]
                met.append(last)
            # A tag that was looked at as a whole is not looked at again.
            at = text.find(needle, at + 1 if proves else text.find(separator, at + 1))
        return met

    def _is_met(self, pattern: TagPattern, at: int) -> bool:
        """Whether the tag that stands at an offset meets the pattern."""
        start = self._text.rfind(self._separator, 0, at + 1) + 1
        return pattern.matches(self._text[start : self._text.find(self._separator, start)])

    def _needle(self, pattern: TagPattern) -> tuple[str, bool]:
        """What every tag that meets the pattern contains, and whether that is proof enough."""
        separator, (head, *inner) = self._separator, pattern.parts
        if not inner:
            return separator + head + separator, True
        tail = inner.pop()
        if head or not (tail or any(inner)):
            return separator + head, not (tail or any(inner))
        if tail:
            return tail + separator, not any(inner)
        return max(inner, key=len), len(inner) == 1


def _character_not_in(text: str) -> str:
    return next(character for character in map(chr, range(0x110000)) if character not in text)
