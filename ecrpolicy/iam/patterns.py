"""The wildcards of IAM policies: `*` for any characters, `?` for any single one.

Two dialects. Plain: actions, String and Arn conditions. Resource: wildcards stay within one of
the first five segments of an ARN, but for a `*` that ends its segment, which runs on across
colons (IAM User Guide, "IAM JSON policy elements: Resource", "Using wildcards in resource ARNs").
Matching takes time linear in the text: `str` methods where there is no `?` and no wildcard is
held back, else a regular expression whose parts never give back what they took.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Final, NamedTuple

Match = Callable[[str], bool]

_SEGMENTS: Final = 6


class Piece(NamedTuple):
    """A stretch of a pattern; in a literal one, wildcards stand for themselves."""

    text: str
    is_literal: bool = False


def matcher(pattern: str) -> Match:
    """What tells whether the pattern covers a whole text.

    >>> matches = matcher("ecr:*Image?")
    >>> matches("ecr:batchGetImages"), matches("ecr:batchGetImage")
    (True, False)
    """
    return _cached(pattern, is_arn=False)


def resource_matcher(pieces: Sequence[Piece]) -> Match:
    """The same for an ARN of a Resource element; its first piece has the first five segments.

    >>> matches = resource_matcher([Piece("arn:aws:ecr:*:repository/a")])
    >>> matches("arn:aws:ecr:us-east-1:111122223333:repository/a")
    True
    >>> resource_matcher([Piece("arn:aws:e?*r:a")])("arn:aws:ec:r:a")
    False
    """
    if len(pieces) == 1 and not pieces[0].is_literal:
        return _cached(pieces[0].text, is_arn=True)
    return _matcher(pieces, is_arn=True)


def pieces_matcher(pieces: Sequence[Piece]) -> Match:
    """The same as `matcher` for a pattern in which some stretches are literal.

    >>> pieces_matcher([Piece("a*", is_literal=True), Piece("*")])("a*b")
    True
    """
    return _matcher(pieces, is_arn=False)


def has_wildcard(text: str) -> bool:
    """Whether there is a wildcard in the text.

    >>> has_wildcard("ecr:Get*"), has_wildcard("ecr:GetRepositoryPolicy")
    (True, False)
    """
    return "*" in text or "?" in text


def literal_head(text: str) -> str:
    """What stands before the first wildcard.

    >>> literal_head("arn:aws:ecr:*:repository/a")
    'arn:aws:ecr:'
    """
    return "".join(takewhile(lambda character: character not in "*?", text))


@lru_cache(maxsize=4096)
def _cached(pattern: str, *, is_arn: bool) -> Match:
    return _matcher((Piece(pattern),), is_arn=is_arn)


def _matcher(pieces: Sequence[Piece], *, is_arn: bool) -> Match:
    open_text = [piece.text for piece in pieces if not piece.is_literal]
    if any("?" in text for text in open_text) or (is_arn and _held_places(pieces[0].text)):
        return _lazily_compiled(pieces, is_arn=is_arn)
    parts = _cut(pieces)
    if len(parts) == 1:
        return parts[0].__eq__
    if len(parts) == 2:
        return _with_ends(*parts)
    return _with_parts(parts)


def _held_places(text: str) -> frozenset[int]:
    """Where in an ARN the wildcards stand that must not take a colon."""
    held: set[int] = set()
    start = 0
    for segment in text.split(":", _SEGMENTS - 1)[: _SEGMENTS - 1]:
        end = start + len(segment)
        held.update(at for at in range(start, end) if text[at] in "*?")
        if segment.endswith("*"):
            held.remove(end - 1)
        start = end + 1
    return frozenset(held)


def _cut(pieces: Sequence[Piece]) -> list[str]:
    """The pattern cut at its `*`; there is one part more than there are of them."""
    parts = [""]
    for text, is_literal in pieces:
        first, *rest = [text] if is_literal else text.split("*")
        parts[-1] += first
        parts += rest
    return parts


def _with_ends(head: str, tail: str) -> Match:
    if not tail:
        return lambda text: text.startswith(head)
    least = len(head) + len(tail)
    return lambda text: len(text) >= least and text.startswith(head) and text.endswith(tail)


def _with_parts(parts: Sequence[str]) -> Match:
    """Taking the leftmost place of each inner part leaves the most room for those that follow."""
    head, *inner, tail = parts
    inner = [part for part in inner if part]
    least = len(head) + len(tail)

    def matches(text: str) -> bool:
        if len(text) < least or not text.startswith(head) or not text.endswith(tail):
            return False
        at, end = len(head), len(text) - len(tail)
        for part in inner:
            found = text.find(part, at, end)
            if found < 0:
                return False
            at = found + len(part)
        return True

    return matches


def _lazily_compiled(pieces: Sequence[Piece], *, is_arn: bool) -> Match:
    """Compiling takes longer than a hundred decisions: only a pattern that is asked pays."""
    compiled: list[re.Pattern[str]] = []

    def matches(text: str) -> bool:
        if not compiled:
            compiled.append(re.compile(_expression(_tokens(pieces, is_arn=is_arn)), re.DOTALL))
        return compiled[0].fullmatch(text) is not None

    return matches


class _Token(NamedTuple):
    """One character of a pattern: itself, or a wildcard, which may be held within a segment."""

    text: str
    is_wildcard: bool = False
    is_held: bool = False


def _tokens(pieces: Sequence[Piece], *, is_arn: bool) -> list[_Token]:
    tokens: list[_Token] = []
    for number, (text, is_literal) in enumerate(pieces):
        held = _held_places(text) if is_arn and number == 0 else frozenset[int]()
        tokens += (
            _Token(character, not is_literal and character in "*?", at in held)
            for at, character in enumerate(text)
        )
    return tokens


def _expression(tokens: Sequence[_Token]) -> str:
    """A regular expression without backtracking into what has matched.

    The first place where a group fits is enough, as in `_with_parts`; that it holds for groups
    with runs held within a segment too, is because such a run ends at the next colon, and
    because a run that is not held ends its segment: what follows it starts with a colon.
    """
    groups = _split(tokens, is_held=False)
    first, *rest = groups
    if not rest:
        return _group(first, is_last=True)
    *inner, last = rest
    middle = "".join(f"(?>.*?{_group(group)})" for group in inner)
    return _group(first) + middle + _tail(last)


def _split(tokens: Sequence[_Token], *, is_held: bool) -> list[list[_Token]]:
    """The tokens cut at each `*` that is held, or not held."""
    groups: list[list[_Token]] = [[]]
    for token in tokens:
        if token.is_wildcard and token.text == "*" and token.is_held == is_held:
            groups.append([])
        else:
            groups[-1].append(token)
    return groups


def _tail(group: Sequence[_Token]) -> str:
    """The group after the last `*`: it ends where the text ends."""
    if any(token.text == "*" and token.is_held for token in group):
        return f".*?{_group(group, is_last=True)}"
    return f"(?>.{{{len(group)},}})(?<={_characters(group)})"


def _group(group: Sequence[_Token], *, is_last: bool = False) -> str:
    """What stands between two `*` that run on; within it may be some that are held."""
    first, *rest = _split(group, is_held=True)
    expression = _characters(first)
    for number, part in enumerate(rest, start=1):
        characters = _characters(part)
        ends_segment = not any(token.text == ":" for token in part)
        if is_last and number == len(rest) and ends_segment:
            expression += f"(?>[^:]{{{len(part)},}})(?<={characters})"
        else:
            expression += f"(?>[^:]*?{characters})"
    return expression


def _characters(tokens: Sequence[_Token]) -> str:
    return "".join(
        re.escape(token.text) if not token.is_wildcard else "[^:]" if token.is_held else "."
        for token in tokens
    )
