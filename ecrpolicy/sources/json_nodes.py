"""JSON as nodes with their places; functions of CloudFormation in it are not known."""

import json

from ecrpolicy.document.parts import parts_of
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.found import SourceText, Span
from ecrpolicy.lint.json_places import string_excerpt
from ecrpolicy.lint.nodes import Member, Node
from ecrpolicy.sources.intrinsics import is_intrinsic, substituted


def json_node(source: SourceText, span: Span) -> Node:
    """The JSON value that stands in a file, as a node."""
    text, start = source.text, span.start
    if text[start] == "{":
        return _object(source, span)
    if text[start] == "[":
        elements = (json_node(source, Span(each.start, each.end)) for each in parts_of(text, start))
        return Node(span, elements=tuple(elements))
    value = json.loads(text[span.start : span.end])
    if isinstance(value, str):
        return Node(span, value, excerpt=lambda: string_excerpt(source, span))
    return Node(span, value)


def _object(source: SourceText, span: Span) -> Node:
    parts = parts_of(source.text, span.start)
    members = {
        part.name: Member(
            Span(part.name_start, part.name_end), json_node(source, Span(part.start, part.end))
        )
        for part in parts
        if part.name is not None
    }
    if len(members) == 1:
        [(name, (_, node))] = members.items()
        if name == "Fn::Sub":
            return substituted(node.elements[0] if node.elements else node)
        if is_intrinsic(name):
            return Node(span, UNKNOWN)
    return Node(span, members=members)
