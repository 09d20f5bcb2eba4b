"""The functions of CloudFormation: what stands in their place is not known before it deploys.

AWS CloudFormation User Guide, "Intrinsic function reference".
"""

import re
from collections.abc import Iterator
from typing import Final

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.expressions import Segment, excerpt_of
from ecrpolicy.lint.found import Excerpt
from ecrpolicy.lint.nodes import Node

# What `Fn::Sub` puts something else for; `${!x}` stands for `${x}` itself.
_SUBSTITUTION: Final = re.compile(r"\$\{(?P<literal>!)?[^}]*\}")


RESOURCES: Final = 2
"""How deep in a template the first objects are that may be functions: the template itself is none,
and in `Resources` a loop (`Fn::ForEach`) stands beside resources."""


def evaluated(node: Node) -> Node:
    """What an object stands for: itself, unless it is a function, or has a member that is one."""
    members = node.members or {}
    if not any(map(is_intrinsic, members)):
        return node
    if len(members) > 1:
        # `Fn::Transform` brings members that nobody sees; a `Ref` beside others is a name.
        return Node(node.span, UNKNOWN) if any(map(_is_function, members)) else node
    [(name, (_, given))] = members.items()
    if name == "Fn::Sub":
        return substituted(given.elements[0] if given.elements else given)
    if name == "Fn::ToJsonString" and (given.members is not None or given.elements is not None):
        return given
    return Node(node.span, UNKNOWN)


def _is_function(name: str) -> bool:
    return name.startswith("Fn::")


def is_intrinsic(name: str) -> bool:
    """Whether a member makes its object a function.

    >>> is_intrinsic("Fn::GetAtt"), is_intrinsic("Ref"), is_intrinsic("Version")
    (True, True, False)
    """
    return name == "Ref" or _is_function(name)


def substituted(node: Node) -> Node:
    """A text as `Fn::Sub` leaves it: known where nothing is put into it."""
    text = node.scalar
    if not isinstance(text, str):
        return Node(node.span, UNKNOWN)
    is_known = all(found["literal"] for found in _SUBSTITUTION.finditer(text))

    def excerpt() -> Excerpt | None:
        whole = node.excerpt()
        return None if whole is None else _with_marks(whole)

    return Node(node.span, text.replace("${!", "${") if is_known else UNKNOWN, excerpt=excerpt)


def _with_marks(excerpt: Excerpt) -> Excerpt:
    return excerpt_of(excerpt.source, _segments(excerpt), excerpt.written)


def _segments(excerpt: Excerpt) -> Iterator[Segment]:
    """The parts of the text that are left, and those for which something else is put."""
    at = 0
    for found in _SUBSTITUTION.finditer(excerpt.text):
        start, end = found.span()
        yield from _left(excerpt, at, start)
        if found["literal"]:
            yield Segment("${", *excerpt.place(start, start + 3))
            yield from _left(excerpt, start + 3, end)
        else:
            yield Segment("", *excerpt.place(start, end), is_expression=True)
        at = end
    yield from _left(excerpt, at, len(excerpt.text))


def _left(excerpt: Excerpt, start: int, end: int) -> Iterator[Segment]:
    """A part of the text, piece by piece, so that every character keeps its place."""
    for piece in excerpt.pieces:
        first, last = max(start, piece.start), min(end, piece.end)
        if first < last:
            yield Segment(excerpt.text[first:last], *excerpt.place(first, last))
