"""How values from outside are shown in messages."""

from collections.abc import Sequence
from typing import Final

_LONGEST: Final = 120
_MOST: Final = 8


def printable(text: str) -> str:
    r"""The text with its control characters escaped, so that none reaches a terminal.

    >>> printable("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else ascii(character)[1:-1] for character in text
    )


def shown(value: object, longest: int = _LONGEST) -> str:
    """A value in backticks, escaped and no longer than needed.

    >>> shown("ecr:*")
    '`ecr:*`'
    """
    text = printable(value if isinstance(value, str) else repr(value))
    return f"`{text if len(text) <= longest else text[: longest - 1] + '…'}`"


def listed(values: Sequence[str], word: str = "or") -> str:
    """Values in backticks as they are listed in a sentence; the last of many are counted.

    >>> listed(["a", "b", "c"])
    '`a`, `b` or `c`'
    >>> listed("abcdefghi").partition("`h` ")[2]
    'or 1 other'
    """
    quoted = [shown(value) for value in values[:_MOST]]
    if len(values) > _MOST:
        others = len(values) - _MOST
        quoted.append(f"{others} other{'s' if others > 1 else ''}")
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} {word} {quoted[-1]}"
