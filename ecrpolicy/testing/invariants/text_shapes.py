"""What texts of a kind can look like: names of repositories, accounts, paths, services."""

from collections.abc import Iterator
from typing import Final, Protocol

_SMALL: Final = "xayzbcdefghijklmnopqrstuvw0123456789"
_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_PRINTABLE: Final = frozenset(map(chr, range(0x21, 0x7F)))
_OF_NAMES: Final = frozenset(filter(str.isalnum, _PRINTABLE)) | frozenset("+=,.@_-")
_TWELVE: Final = 12


class Shape(Protocol):
    """What may stand in a text, read character by character; a state says what came before.

    `fillers` are characters that can stand nearly everywhere, the best first; `marks` are those
    that a whole text needs.
    """

    start: int
    longest: int
    marks: str

    def fillers(self) -> Iterator[str]:
        """The characters that stand for those that no pattern tells apart."""

    def after(self, state: int, character: str) -> int | None:
        """The state behind a character, None where it cannot stand here."""

    def is_whole(self, state: int) -> bool:
        """Whether a text may end here."""


class AnyText:
    """Any characters, one at least."""

    start: int = 0
    longest: int = 512
    marks: str = ""

    def fillers(self) -> Iterator[str]:
        """What people write first."""
        yield from "x0az_-.bcdefghijklmnopqrstuvwy"
        yield from map(chr, range(0x100, 0x110000))

    def after(self, state: int, character: str) -> int | None:
        """Any character can stand anywhere."""
        return 1 if character or state else None

    def is_whole(self, state: int) -> bool:
        """Not where it is empty."""
        return state > 0


class AccountText:
    """Twelve digits."""

    start: int = 0
    longest: int = _TWELVE
    marks: str = ""

    def fillers(self) -> Iterator[str]:
        """All digits."""
        yield from "0987654321"

    def after(self, state: int, character: str) -> int | None:
        """The number of digits."""
        return state + 1 if character in "0123456789" and state < _TWELVE else None

    def is_whole(self, state: int) -> bool:
        """With all twelve."""
        return state == _TWELVE


class RepositoryName:
    """The name of a repository, as in the API's pattern of names (CreateRepository).

    It has 2 to 256 characters: parts of small letters and digits, with `.`, `_`, `__` or any
    number of `-` between, in one component or more.
    """

    start: int = 0
    longest: int = 256
    marks: str = ""

    # 0: a part begins; 1: one character; 2: more; behind `.`, `_`, `__` and `-`: 3, 4, 5, 6. The
    # name is long enough from 2 on.
    _after: Final = {".": 3, "_": 4, "-": 6, "/": 7}

    def fillers(self) -> Iterator[str]:
        """Letters and digits."""
        yield from _SMALL

    def after(self, state: int, character: str) -> int | None:
        """One part after the other."""
        if character in _LETTERS:
            return 1 if state == 0 else 2
        if state == 4 and character == "_":
            return 5
        if state == 6 and character == "-":
            return 6
        return self._after.get(character) if state in (1, 2) else None

    def is_whole(self, state: int) -> bool:
        """Behind a letter or digit, of two characters or more."""
        return state == 2


class PathText:
    """A name, behind a path or not, as in the API of IAM (CreateRole, CreateUser).

    A name has letters, digits and some signs; a path may have any printable characters.
    """

    start: int = 0
    longest: int = 512
    marks: str = ""

    def fillers(self) -> Iterator[str]:
        """Letters and digits."""
        yield from _SMALL

    def after(self, state: int, character: str) -> int | None:
        """Nothing of a name is there yet in 0; all that is can be one in 1, and cannot in 2."""
        if character == "/":
            return 0 if state else None
        if character not in _PRINTABLE:
            return None
        return 1 if character in _OF_NAMES and state < 2 else 2

    def is_whole(self, state: int) -> bool:
        """Behind a name."""
        return state == 1


class NameText(PathText):
    """A name without a path."""

    def after(self, state: int, character: str) -> int | None:
        """The characters of names."""
        return None if character == "/" else super().after(state, character)


class ServiceText:
    """The name of a service, such as `codebuild.amazonaws.com`: two parts or more."""

    start: int = 0
    longest: int = 128
    marks: str = "."

    def fillers(self) -> Iterator[str]:
        """Letters and digits."""
        yield from _SMALL

    def after(self, state: int, character: str) -> int | None:
        """States 1 and 3 are within the first part, and within one behind it."""
        if character == ".":
            return 2 if state in (1, 3) else None
        if not (character.isascii() and (character.isalnum() or character == "-")):
            return None
        return state | 1

    def is_whole(self, state: int) -> bool:
        """Within a part behind the first."""
        return state == 3


class ArnText:
    """An ARN, whose partition, service and resource are not empty."""

    start: int = 0
    longest: int = 512
    marks: str = "arn:"

    def fillers(self) -> Iterator[str]:
        """Letters and digits."""
        yield from _SMALL

    def after(self, state: int, character: str) -> int | None:
        """`arn:` is behind it in 4; the fields that cannot be empty begin in 4, 6 and 10."""
        if state < 4:
            return state + 1 if character == self.marks[state] else None
        if character == ":" and state < 10:
            return None if state in (4, 6) else state + 1
        return state | 1 if state in (4, 6, 10) else state

    def is_whole(self, state: int) -> bool:
        """Within the resource."""
        return state == 11
