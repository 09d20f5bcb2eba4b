"""Documents that are structures of another format, such as YAML or HCL, with their places."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.edit import Edit, Path
from ecrpolicy.lint.found import Change, Excerpt, Span


class Member(NamedTuple):
    """A member of an object: where its name stands, and what it is."""

    name_span: Span
    node: "Node"


@dataclass(frozen=True, eq=False)
class Node:
    """A value of a format, and where it stands: a scalar, or an object or a list of nodes.

    `scalar` is the value of what is neither; `excerpt` the text of a string as a document of its
    own, where the format can tell. `repeated` are the members that stand there once more: the last
    of a name is the one in `members`.
    """

    span: Span
    scalar: Any = None
    members: Mapping[str, Member] | None = None
    elements: tuple["Node", ...] | None = None
    excerpt: Callable[[], Excerpt | None] = field(default=lambda: None, repr=False)
    repeated: tuple[tuple[str, Span], ...] = ()

    @cached_property
    def value(self) -> Any:
        """The value as plain JSON, with `UNKNOWN` for what nobody knows."""
        if self.members is not None:
            return {name: member.node.value for name, member in self.members.items()}
        if self.elements is not None:
            return [element.value for element in self.elements]
        return self.scalar

    @property
    def is_unknown(self) -> bool:
        """Whether nobody knows any of it."""
        return self.members is None and self.elements is None and self.scalar is UNKNOWN

    @property
    def is_null(self) -> bool:
        """Whether it is `null`."""
        return self.members is None and self.elements is None and self.scalar is None

    def member(self, *names: str) -> "Node | None":
        """What stands under names within each other, None where nothing does."""
        node: Node | None = self
        for name in names:
            found = node.members.get(name) if node is not None and node.members else None
            node = None if found is None else found.node
        return node

    @property
    def flat(self) -> "Node":
        """The same without what its members and elements hold."""
        return Node(self.span, repeated=self.repeated)

    def renamed(self, rename: Callable[[str], str]) -> "Node":
        """The same with other names of members, at every depth."""
        if self.members is not None:
            members = {
                rename(name): Member(each.name_span, each.node.renamed(rename))
                for name, each in self.members.items()
            }
            return replace(self, members=members)
        if self.elements is not None:
            return replace(self, elements=tuple(each.renamed(rename) for each in self.elements))
        return self

    def as_strings(self) -> "Node":
        """The same with numbers as the text that they are, as formats without types have them."""
        if self.members is not None:
            members = {
                name: Member(each.name_span, each.node.as_strings())
                for name, each in self.members.items()
            }
            return replace(self, members=members)
        if self.elements is not None:
            return replace(self, elements=tuple(each.as_strings() for each in self.elements))
        is_number = isinstance(self.scalar, int | float) and not isinstance(self.scalar, bool)
        return replace(self, scalar=str(self.scalar)) if is_number else self


def object_of(span: Span, **nodes: Node) -> Node:
    """An object that does not stand in the file, made of nodes that do."""
    return Node(span, members={name: Member(node.span, node) for name, node in nodes.items()})


def list_of(span: Span, *nodes: Node) -> Node:
    """A list that does not stand in the file, made of nodes that do."""
    return Node(span, elements=nodes)


@dataclass(frozen=True, slots=True)
class NodePlaces:
    """The places of a document that is a node; its text is not changed."""

    root: Node

    def span(self, path: Path, *, at_name: bool = False, offset: int | None = None) -> Span:
        """Where a value stands; see `Places`."""
        node, name_span = self.root, self.root.span
        for token in path:
            if node.members is not None and token in node.members:
                name_span, node = node.members[str(token)]
            elif (
                node.elements is not None
                and isinstance(token, int)
                and (token < len(node.elements))
            ):
                node = node.elements[token]
                name_span = node.span
            else:
                return node.span
        if at_name:
            return name_span
        if offset is not None:
            excerpt = node.excerpt()
            if excerpt is not None and offset < len(excerpt.text):
                return excerpt.place(offset, offset + 1)
        return node.span

    def changes(self, edits: Sequence[Edit]) -> tuple[Change, ...] | None:  # noqa: ARG002
        """None: a structure of another format is not changed."""
        return None
