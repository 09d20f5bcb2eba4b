"""Documents that stand in the resources of Terraform and CloudFormation, made of their nodes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ecrpolicy.document.location import pointer
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.edit import Path
from ecrpolicy.lint.expressions import has_expressions, is_expression, is_sure, with_unknowns
from ecrpolicy.lint.found import Misread, PlacedDocument, Reading, SourceText, Span
from ecrpolicy.lint.json_places import read_json
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.nodes import Member, Node, NodePlaces, list_of, object_of


@dataclass(frozen=True, eq=False)
class Resource:
    """A resource: its type, its name in the file, what it is set to, and where its head stands."""

    source: SourceText
    type: str
    name: str
    properties: Node
    anchors: tuple[int, ...] = ()


def policies(
    resource: Resource,
    node: Node | None,
    kind: Kind,
    name: str = "",
    *,
    why_kind: str | None = None,
) -> Iterator[Reading]:
    """The policy that a member of a resource holds, as an object or as text.

    What is not known at all, and what is no policy, holds none.
    """
    if node is None:
        return
    called = f"{resource.name}.{name}" if name else resource.name
    anchors = _anchors(resource, node)
    if node.members is not None:
        yield structure(resource, node, kind, called, why_kind)
        return
    excerpt = node.excerpt()
    if excerpt is None or not excerpt.text.strip() or is_expression(excerpt):
        return
    made_of = with_unknowns if has_expressions(excerpt) else None
    reading = read_json(
        excerpt, kind, name=called, anchors=anchors, made_of=made_of, why_kind=why_kind
    )
    sure = tuple(each for each in reading.misread if is_sure(excerpt, each))
    yield Reading(reading.documents, sure)


def structure(
    resource: Resource, node: Node, kind: Kind, name: str, why_kind: str | None = None
) -> Reading:
    """A document that is a structure of the format."""
    anchors = _anchors(resource, node)
    made = PlacedDocument(
        resource.source,
        kind,
        node.value,
        NodePlaces(node),
        name,
        anchors=anchors,
        why_kind=why_kind,
    )
    return Reading((made,), tuple(_twice(resource, node, name, anchors)))


def _anchors(resource: Resource, node: Node) -> tuple[int, ...]:
    """The head of the resource, the name of the attribute that holds a document, its beginning."""
    return (*resource.anchors, *_names_of(resource.properties, node.span), node.span.start)


def _names_of(node: Node, span: Span) -> Iterator[int]:
    """Where the name of the member stands whose value is at a place."""
    for name_span, held in (node.members or {}).values():
        if held.span == span:
            yield name_span.start
        else:
            yield from _names_of(held, span)
    for element in node.elements or ():
        yield from _names_of(element, span)


def repeated(resource: Resource, node: Node) -> Reading:
    """The members that stand twice in a node, at any depth."""
    return Reading(misread=tuple(_twice(resource, node, resource.name, resource.anchors)))


def _twice(
    resource: Resource, node: Node, name: str, anchors: tuple[int, ...]
) -> Iterator[Misread]:
    for path, member, span in _repeated(node):
        yield Misread(
            resource.source,
            "duplicate-key",
            span,
            f"the member `{member}` stands twice in one object",
            "delete one of the two",
            name,
            pointer(*path, member),
            anchors,
        )


def _repeated(node: Node, path: Path = ()) -> Iterator[tuple[Path, str, Span]]:
    """The members of a node, at any depth, that stand twice in their object."""
    for name, span in node.repeated:
        yield path, name, span
    for name, member in (node.members or {}).items():
        yield from _repeated(member.node, (*path, name))
    for number, element in enumerate(node.elements or ()):
        yield from _repeated(element, (*path, number))


def settings(
    resource: Resource, node: Node | None, kind: Kind, rename: Callable[[str], str]
) -> Iterator[Reading]:
    """A setting of the registry, under the names that the API has for its members."""
    if node is not None and node.members is not None:
        yield structure(resource, node.renamed(rename).as_strings(), kind, resource.name)


def listed(
    resource: Resource,
    node: Node,
    kind: Kind,
    member: str,
    rename: Callable[[str], str],
) -> Iterator[Reading]:
    """A cache rule or a template, as the listing of one that the API prints."""
    if node.members is None:
        return
    one = node.renamed(rename).as_strings()
    whole = object_of(node.span, **{member: list_of(node.span, one)})
    yield structure(resource, whole, kind, resource.name)


def only(node: Node, names: Iterable[str]) -> Node:
    """A node with some of its members alone: the others are the format's own."""
    wanted = frozenset(names)
    members: dict[str, Member] = {
        name: each for name, each in (node.members or {}).items() if name in wanted
    }
    return Node(node.span, members=members)


def with_policies_apart(node: Node, names: Iterable[str]) -> Node:
    """A node in which some members are policies, which are documents of their own: not known."""
    members = dict(node.members or {})
    for name in names:
        held = members.get(name)
        if held is not None:
            members[name] = held._replace(node=Node(held.node.span, UNKNOWN))
    return replace(node, members=members)
