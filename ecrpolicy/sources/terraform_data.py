"""`data "aws_iam_policy_document"`: the policy that the AWS provider makes of its blocks.

AWS provider, "Data Source: aws_iam_policy_document".
"""

from dataclasses import replace
from typing import Final

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.found import Excerpt, Span
from ecrpolicy.lint.nodes import Member, Node, list_of

DATA: Final = "aws_iam_policy_document"
"""The type of the data source."""

_ELEMENTS: Final = {
    "sid": "Sid",
    "effect": "Effect",
    "actions": "Action",
    "not_actions": "NotAction",
    "resources": "Resource",
    "not_resources": "NotResource",
    "principals": "Principal",
    "not_principals": "NotPrincipal",
    "condition": "Condition",
}
MERGED: Final = (
    "source_policy_documents",
    "override_policy_documents",
    "source_json",
    "override_json",
)
"""What brings statements from elsewhere."""


def policy_node(properties: Node) -> Node | None:
    """The policy that a data source makes; None where it has no statement."""
    held = properties.members or {}
    statements = [_statement(each) for each in _elements(held.get("statement"))]
    statements += [Node(held[name].node.span, UNKNOWN) for name in MERGED if name in held]
    if not statements:
        return None
    members: dict[str, Member] = {"Version": _default(properties.span, "2012-10-17")}
    if "version" in held:
        members["Version"] = held["version"]
    if "policy_id" in held:
        members["Id"] = held["policy_id"]
    head = held["statement"].name_span if "statement" in held else statements[0].span
    members["Statement"] = Member(head, list_of(statements[0].span, *statements))
    return Node(properties.span, members=members)


def _statement(block: Node) -> Node:
    if block.members is None:
        return Node(block.span, UNKNOWN)
    members: dict[str, Member] = {}
    for name, member in block.members.items():
        element = _ELEMENTS.get(name)
        if element is None:
            continue
        node = _made(name, member.node)
        if node.elements != () and node.scalar != "":
            members[element] = Member(member.name_span, node)
    members.setdefault("Effect", _default(block.span, "Allow"))
    return Node(block.span, members=members)


def _made(name: str, node: Node) -> Node:
    match name:
        case "sid" | "effect":
            return _literal(node)
        case "principals" | "not_principals":
            return _principals(node)
        case "condition":
            return _conditions(node)
    return _texts(node)


def _principals(blocks: Node) -> Node:
    """The principals by their types, or the `*` that alone stands for everybody."""
    held = [_two(each, "type", "identifiers") for each in blocks.elements or ()]
    if None in held or not held:
        return Node(blocks.span, UNKNOWN)
    found = [(_literal(kind), _texts(named)) for kind, named in filter(None, held)]
    if len(found) == 1 and found[0][0].scalar == "*" and found[0][1].value == ["*"]:
        return (found[0][1].elements or ())[0]
    members: dict[str, Member] = {}
    for kind, named in found:
        if not isinstance(kind.scalar, str):
            return Node(blocks.span, UNKNOWN)
        before = members.get(kind.scalar)
        both = named if before is None else _joined(before.node, named)
        members[kind.scalar] = Member(kind.span, both)
    return Node(blocks.span, members=members)


def _conditions(blocks: Node) -> Node:
    """The values by operators and keys; of two blocks for one key nobody says what becomes."""
    operators: dict[str, dict[str, Member]] = {}
    places: dict[str, Span] = {}
    for each in blocks.elements or ():
        tested = _two(each, "test", "variable")
        if tested is None:
            return Node(blocks.span, UNKNOWN)
        test, variable = map(_literal, tested)
        if not (isinstance(test.scalar, str) and isinstance(variable.scalar, str)):
            return Node(blocks.span, UNKNOWN)
        keys = operators.setdefault(test.scalar, {})
        places.setdefault(test.scalar, test.span)
        values = each.member("values")
        is_known = values is not None and variable.scalar not in keys
        node = _texts(values) if values is not None and is_known else Node(each.span, UNKNOWN)
        keys[variable.scalar] = Member(variable.span, node)
    members = {
        test: Member(places[test], Node(places[test], members=keys))
        for test, keys in operators.items()
    }
    return Node(blocks.span, members=members)


def _two(block: Node, first: str, second: str) -> tuple[Node, Node] | None:
    one, other = block.member(first), block.member(second)
    return None if one is None or other is None else (one, other)


def _joined(one: Node, other: Node) -> Node:
    if one.elements is None or other.elements is None:
        return Node(one.span, UNKNOWN)
    return Node(one.span, elements=(*one.elements, *other.elements))


def _texts(node: Node) -> Node:
    """A list of texts; `&{…}` in them stands for `${…}`, which Terraform would take for its own."""
    if node.elements is None:
        return Node(node.span, UNKNOWN)
    return replace(node, elements=tuple(_literal(each) for each in node.elements))


def _literal(node: Node) -> Node:
    """A literal as the text that the provider takes it for."""
    value = node.scalar
    if node.members is not None or node.elements is not None or value is None:
        return Node(node.span, UNKNOWN)
    if isinstance(value, bool):
        return replace(node, scalar=str(value).lower())
    if isinstance(value, int | float):
        return replace(node, scalar=str(value))
    if not isinstance(value, str) or "&{" not in value:
        return node

    def excerpt() -> Excerpt | None:
        found = node.excerpt()
        return None if found is None else replace(found, text=found.text.replace("&{", "${"))

    return replace(node, scalar=value.replace("&{", "${"), excerpt=excerpt)


def _elements(member: Member | None) -> tuple[Node, ...]:
    return (member.node.elements or ()) if member is not None else ()


def _default(span: Span, value: str) -> Member:
    """What the provider takes where nothing is set."""
    return Member(span, Node(span, value))
