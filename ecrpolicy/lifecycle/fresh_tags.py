"""Tags for images to come, which go on where those of a repository end.

A tag is on one image of a repository at most. So an image that is pushed as another was has tags
that are like the other's, with a number or an id that no image has yet.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Final, NamedTuple

from ecrpolicy import quotas

# What differs from tag to tag of a family: an id of seven hexadecimal digits or more that is a
# word by itself, and any other number.
_DIFFERING: Final = re.compile(
    r"(?<![0-9A-Za-z])(?=[a-f]*[0-9])[0-9a-f]{7,}(?![0-9A-Za-z])|[0-9]+", re.ASCII
)


def family_name(tag: str) -> str:
    """A tag with `*` for numbers, and for ids of seven hexadecimal digits or more.

    >>> family_name("v2.4.0"), family_name("main-3fa9c1e"), family_name("latest")
    ('v*.*.*', 'main-*', 'latest')
    """
    return _DIFFERING.sub("*", tag)


class _Place(NamedTuple):
    """What stands before and after the part of a tag that is another one in the next tag."""

    head: str
    tail: str


class FreshTags:
    """Makes tags that no image of a repository has, and none twice."""

    def __init__(self, tags: Iterable[str], seed: int) -> None:
        """Go on after some tags; ids are made from the seed."""
        self._taken = {tag for tag in tags if len(tag) <= quotas.IMAGE_TAG_MAX_CHARACTERS}
        self._seed = seed
        families: defaultdict[tuple[str, int], list[list[str]]] = defaultdict(list)
        for tag in self._taken:
            families[_family(tag)].append(_DIFFERING.findall(tag))
        # Which part goes on: the last that is not the same in all tags of the family. In
        # `v1.2-arm64` and `v1.3-arm64` that is not the last of all.
        self._parts = {family: _last_that_differs(tags) for family, tags in families.items()}
        self._greatest: defaultdict[_Place, int] = defaultdict(int)
        self._ids: defaultdict[_Place, Iterator[int]] = defaultdict(count)
        for tag in self._taken:
            place, part = self._divided(tag)
            if part.isdecimal():
                self._greatest[place] = max(self._greatest[place], int(part))

    def after(self, tag: str) -> str | None:
        """The next tag after one of the repository's, None where there is none.

        That is one without a number, for it moves; and one that would get too long.

        >>> tags = FreshTags(["v1.8.0", "v1.9.0", "latest"], seed=1)
        >>> tags.after("v1.8.0"), tags.after("v1.8.0"), tags.after("latest")
        ('v1.10.0', 'v1.11.0', None)
        """
        place, part = self._divided(tag)
        if not part or tag not in self._taken:
            return None
        parts = self._numbers(place, part) if part.isdecimal() else self._new_ids(place, part)
        tags = (f"{place.head}{each}{place.tail}" for each in parts)
        found = next(each for each in tags if each not in self._taken)
        if len(found) > quotas.IMAGE_TAG_MAX_CHARACTERS:
            return None
        self._taken.add(found)
        return found

    def _divided(self, tag: str) -> tuple[_Place, str]:
        """The part of a tag that goes on, and where it stands; empty where none does."""
        parts = list(_DIFFERING.finditer(tag))
        if not parts:
            return _Place(tag, ""), ""
        found = parts[self._parts.get(_family(tag), -1)]
        return _Place(tag[: found.start()], tag[found.end() :]), found[0]

    def _numbers(self, place: _Place, part: str) -> Iterator[str]:
        """The numbers after the greatest in this place, with as many zeros in front as a part."""
        while True:
            self._greatest[place] += 1
            yield str(self._greatest[place]).zfill(len(part))

    def _new_ids(self, place: _Place, part: str) -> Iterator[str]:
        """Ids as long as another, each with a digit in it."""
        while True:
            text = f"{self._seed}/{place.head}/{place.tail}/{next(self._ids[place])}"
            digits = hashlib.sha512(text.encode()).hexdigest()[: len(part)]
            if not digits.isalpha():
                yield digits


def _family(tag: str) -> tuple[str, int]:
    """The name of a tag's family, and how many parts differ; a tag might have a `*` in itself."""
    return family_name(tag), len(_DIFFERING.findall(tag))


def _last_that_differs(tags: list[list[str]]) -> int:
    """The position of the last part that is not the same in all tags; else of the last part."""
    places = reversed(range(len(tags[0])))
    return next((at for at in places if len({parts[at] for parts in tags}) > 1), -1)
