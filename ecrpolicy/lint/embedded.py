"""Documents that stand in the resources of Terraform and CloudFormation, made of their nodes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ecrpolicy.lint.expressions import has_expressions, is_expression, with_unknowns
from ecrpolicy.lint.found import PlacedDocument, Reading, SourceText
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
    resource: Resource, node: Node | None, kind: Kind, name: str = ""
) -> Iterator[Reading]:
    """The policy that a member of a resource holds, as an object or as text.

    What is not known at all, and what is no policy, holds none.
    """
    if node is None:
        return
    called = f"{resource.name}.{name}" if name else resource.name
    anchors = (*resource.anchors, node.span.start)
    if node.members is not None:
        yield structure(resource, node, kind, called)
        return
    excerpt = node.excerpt()
    if excerpt is None or not excerpt.text.strip() or is_expression(excerpt):
        return
    made_of = with_unknowns if has_expressions(excerpt) else None
    yield read_json(excerpt, kind, name=called, anchors=anchors, made_of=made_of)


def structure(resource: Resource, node: Node, kind: Kind, name: str) -> Reading:
    """A document that is a structure of the format."""
    anchors = (*resource.anchors, node.span.start)
    return Reading(
        (
            PlacedDocument(
                resource.source, kind, node.value, NodePlaces(node), name, None, None, anchors
            ),
        )
    )


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
