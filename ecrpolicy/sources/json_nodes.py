"""JSON as nodes with their places; functions of CloudFormation in it are not known."""

import json

from ecrpolicy.document.parts import parts_of
from ecrpolicy.lint.found import SourceText, Span
from ecrpolicy.lint.json_places import string_excerpt
from ecrpolicy.lint.nodes import Member, Node
from ecrpolicy.sources.intrinsics import RESOURCES, evaluated


def json_node(source: SourceText, span: Span, depth: int = 0, *, is_plain: bool = False) -> Node:
    """The JSON value that stands in a file, as a node; a plain one has no functions."""
    text, start = source.text, span.start
    if text[start] == "{":
        return _object(source, span, depth, is_plain=is_plain)
    if text[start] == "[":
        elements = tuple(
            json_node(source, Span(each.start, each.end), depth + 1, is_plain=is_plain)
            for each in parts_of(text, start)
        )
        return Node(span, elements=elements)
    value = json.loads(text[span.start : span.end])
    if isinstance(value, str):
        return Node(span, value, excerpt=lambda: string_excerpt(source, span))
    return Node(span, value)


def _object(source: SourceText, span: Span, depth: int, *, is_plain: bool) -> Node:
    parts = parts_of(source.text, span.start)
    members = {
        part.name: Member(
            Span(part.name_start, part.name_end),
            json_node(source, Span(part.start, part.end), depth + 1, is_plain=is_plain),
        )
        for part in parts
        if part.name is not None
    }
    whole = Node(span, members=members)
    return whole if is_plain or depth < RESOURCES else evaluated(whole)
