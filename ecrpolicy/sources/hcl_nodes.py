"""HCL as nodes with their places. Needs the extra `terraform`.

python-hcl2 reads the structure of a block. What strings and heredocs say is read here, from the
text itself. Literals are known, and locals that are literals; all other expressions are not.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import isfinite
from typing import Any, Final

import hcl2
from lark import Token, Tree
from lark.exceptions import UnexpectedInput

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.expressions import Segment, excerpt_of, has_expressions
from ecrpolicy.lint.found import Excerpt, SourceText, Span
from ecrpolicy.lint.nodes import Member, Node
from ecrpolicy.sources.hcl_text import NotHcl, RawBlock, Skeleton, skeleton, template

_NAME: Final = r"[^\W\d][\w-]*"
_LABELS: Final = re.compile(rf'"[^"]*"|{_NAME}')
_LOCAL: Final = re.compile(rf"local\.({_NAME})")
_LONGEST_NUMBER: Final = 300

_Branch = Tree[Token]


@dataclass(frozen=True, eq=False)
class Attribute:
    """An attribute: its name, where that stands, and the text of what it is set to."""

    name: str
    name_span: Span
    text: str
    make_value: Callable[[], Node] = field(repr=False)
    make_document: Callable[[], Node] = field(repr=False)

    @cached_property
    def value(self) -> Node:
        """What it is set to."""
        return self.make_value()

    @cached_property
    def document(self) -> Node:
        """The same, but for a text that is written as `jsonencode(…)` the structure in it."""
        return self.make_document()


@dataclass(frozen=True, eq=False)
class Block:
    """A block: its type, its labels, where it begins, and what is in it."""

    type: str
    labels: tuple[str, ...]
    span: Span
    attributes: Mapping[str, Attribute]
    blocks: "tuple[Block, ...]"
    repeated: tuple[tuple[str, Span], ...] = ()

    def node(self, documents: Collection[str] = ()) -> Node:
        """What it sets: its attributes, and the blocks in it as lists by their types.

        `documents` are the names of attributes that hold documents. What is null is not set. A
        dynamic block stands for any number of blocks.
        """
        members: dict[str, Member] = {}
        for name, each in self.attributes.items():
            node = each.document if name in documents else each.value
            if not node.is_null:
                members[name] = Member(each.name_span, node)
        lists: dict[str, list[Node]] = {}
        for block in self.blocks:
            if block.type == "dynamic" and block.labels:
                lists.setdefault(block.labels[0], []).append(Node(block.span, UNKNOWN))
            else:
                lists.setdefault(block.type, []).append(block.node(documents))
        for kind, held in lists.items():
            head = Span(held[0].span.start, held[0].span.start + len(kind))
            members[kind] = Member(head, Node(held[0].span, elements=tuple(held)))
        return Node(self.span, members=members, repeated=self.repeated)


@dataclass(frozen=True, eq=False)
class Configuration:
    """The blocks of a file that were wanted, and why one of them could not be read."""

    blocks: tuple[Block, ...]
    failures: tuple[NotHcl, ...] = ()


def configuration(
    source: SourceText, is_wanted: Callable[[str, tuple[str, ...]], bool]
) -> Configuration:
    """The blocks of a file whose type and labels are wanted, and its locals; raises NotHcl."""
    bones = skeleton(source.text)
    locals_ = _Locals(source, bones)
    blocks, failures = [], []
    for raw in bones.blocks:
        kind, labels = _head(source.text, bones, raw)
        if kind == "locals":
            locals_.blocks.append(raw)
        elif is_wanted(kind, labels):
            try:
                blocks.append(_Reader(source, bones, locals_).block(raw, kind, labels))
            except NotHcl as error:
                failures.append(error)
    return Configuration(tuple(blocks), tuple(failures))


def _head(text: str, bones: Skeleton, raw: RawBlock) -> tuple[str, tuple[str, ...]]:
    """The type of a block, and its labels."""
    found = [each.span() for each in _LABELS.finditer(bones.text, raw.start, raw.opened)]
    kind, *labels = [text[start:end].strip('"') for start, end in found] or [""]
    return kind, tuple(labels)


@dataclass(slots=True)
class _Locals:
    """The locals of a file, which are read when somebody asks for one."""

    source: SourceText
    bones: Skeleton
    blocks: list[RawBlock] = field(default_factory=list)
    known: dict[str, Attribute] | None = None
    waiting: set[str] = field(default_factory=set)

    def node(self, name: str, *, is_document: bool) -> Node | None:
        """What a local is set to; None for one of another file, and where it is set to itself."""
        if self.known is None:
            self.known = dict(self._read())
        attribute = self.known.get(name)
        if attribute is None or name in self.waiting:
            return None
        self.waiting.add(name)
        try:
            return _uneditable(attribute.document if is_document else attribute.value)
        finally:
            self.waiting.discard(name)

    def _read(self) -> Iterator[tuple[str, Attribute]]:
        for raw in self.blocks:
            try:
                block = _Reader(self.source, self.bones, self).block(raw, "locals", ())
            except NotHcl:
                continue
            yield from block.attributes.items()


@dataclass(slots=True)
class _Reader:
    """Makes blocks and nodes of what python-hcl2 reads; `shift` is where its text begins."""

    source: SourceText
    bones: Skeleton
    locals: _Locals
    shift: int = 0

    def block(self, raw: RawBlock, kind: str, labels: tuple[str, ...]) -> Block:
        """A block that stands in no other; raises NotHcl."""
        self.shift = raw.start
        try:
            tree = hcl2.parses_to_tree(self.bones.text[raw.start : raw.end])
        except UnexpectedInput as error:
            at = raw.start + min(max(error.pos_in_stream or 0, 0), raw.end - raw.start - 1)
            while self.source.text[at] in " \t":
                at += 1
            message = f"the text is not HCL: unexpected {_shown(self.source.text, at)}"
            raise NotHcl(message, at) from None
        body: _Branch | None = tree
        for inner in ("body", "block", "body"):
            body = None if body is None else _branch(body, inner)
        if body is None:
            raise NotHcl("the text is not HCL: a block is expected", raw.start)
        return self._block(body, Span(raw.start, raw.end), kind, labels)

    def _block(self, body: _Branch, span: Span, kind: str, labels: tuple[str, ...]) -> Block:
        attributes: dict[str, Attribute] = {}
        repeated: list[tuple[str, Span]] = []
        blocks: list[Block] = []
        for each in _branches(body):
            if each.data == "attribute":
                attribute = self._attribute(each)
                if attribute.name in attributes:
                    repeated.append((attribute.name, attribute.name_span))
                attributes[attribute.name] = attribute
            elif each.data == "block":
                inner = _branch(each, "body")
                heads = [self._name(part) for part in _branches(each) if part.data != "body"]
                if inner is not None and heads:
                    blocks.append(self._block(inner, self._span(each), heads[0], tuple(heads[1:])))
        return Block(kind, labels, span, attributes, tuple(blocks), tuple(repeated))

    def _name(self, found: _Branch) -> str:
        start, end = self._span(found)
        return self.source.text[start:end].strip('"')

    def _attribute(self, found: _Branch) -> Attribute:
        name, *_, value = _branches(found)
        place = self._span(name)
        start, end = self._span(value)
        return Attribute(
            self.source.text[place.start : place.end],
            place,
            self.source.text[start:end],
            lambda: self._node(value),
            lambda: self._document(value),
        )

    def _span(self, found: _Branch) -> Span:
        return Span(self.shift + found.meta.start_pos, self.shift + found.meta.end_pos)

    def _document(self, found: _Branch) -> Node:
        """What an attribute is set to: the structure, where it is written as `jsonencode(…)`."""
        inner = _bare(found)
        if inner.data == "function_call":
            name, *arguments = _branches(inner)
            if self._name(name) == "jsonencode" and len(arguments) == 1:
                given = list(_branches(arguments[0]))
                made = self._node(given[0]) if len(given) == 1 else None
                if made is not None and (made.members is not None or made.elements is not None):
                    return replace(made, span=self._span(found))
        if inner.data == "get_attr_expr_term":
            return self._local(self._name(inner), self._span(found), is_document=True)
        return self._node(found)

    def _node(self, found: _Branch) -> Node:
        span = self._span(found)
        inner = _bare(found)
        match inner.data:
            case "string":
                return self._text(self._span(inner), span)
            case "int_lit" | "float_lit":
                return Node(span, _number(self._name(inner)))
            case "unary_op":
                return Node(span, self._negative(inner))
            case "literal_value":
                known = {"true": True, "false": False, "null": None}
                return Node(span, known.get(self._name(inner), UNKNOWN))
            case "tuple":
                elements = tuple(self._node(each) for each in _branches(inner))
                return Node(span, elements=elements)
            case "object":
                return self._object(inner, span)
            case "get_attr_expr_term":
                return self._local(self._name(inner), span)
        return Node(span, UNKNOWN)

    def _negative(self, found: _Branch) -> Any:
        text = self._name(found)
        [operand] = _branches(found)
        is_number = _bare(operand).data in ("int_lit", "float_lit") and text.startswith("-")
        return _number(f"-{text[1:].strip(' ()')}") if is_number else UNKNOWN

    def _object(self, found: _Branch, span: Span) -> Node:
        members: dict[str, Member] = {}
        repeated: list[tuple[str, Span]] = []
        for each in _branches(found):
            key, value = _branches(each)
            name = self._key(key)
            if name is None:
                return Node(span, UNKNOWN)
            place = self._span(key)
            if name in members:
                repeated.append((name, place))
            members[name] = Member(place, self._node(value))
        return Node(span, members=members, repeated=tuple(repeated))

    def _key(self, found: _Branch) -> str | None:
        """The name of a member; None for an expression."""
        inner = next(_branches(found), None)
        if inner is None:
            return self._name(found)
        if inner.data in ("identifier", "keyword"):
            return self._name(inner)
        bare = _bare(inner)
        if bare.data == "identifier":
            is_name = inner.data == "expr_term" and self._span(inner) == self._span(bare)
            return self._name(bare) if is_name else None
        value = self._node(inner).scalar
        if value is UNKNOWN or value is None or isinstance(value, float):
            return None
        return str(value).lower() if isinstance(value, bool) else str(value)

    def _text(self, at: Span, span: Span) -> Node:
        """A string or a heredoc."""
        parts = template(self.source.text, at)
        if parts is None:
            return Node(span, UNKNOWN)
        is_heredoc = self.source.text.startswith("<<", at.start)
        if not is_heredoc and len(parts) == 1 and parts[0].is_expression:
            inner = self.source.text[parts[0].start + 2 : parts[0].end - 1].strip()
            return self._local(inner, span)
        written = _in_heredoc(self.source.text, parts) if is_heredoc else _in_string
        excerpt = excerpt_of(self.source, parts, written)
        value = UNKNOWN if has_expressions(excerpt) else excerpt.text
        return Node(span, value, excerpt=lambda: excerpt)

    def _local(self, text: str, span: Span, *, is_document: bool = False) -> Node:
        found = _LOCAL.fullmatch(text)
        known = self.locals.node(found[1], is_document=is_document) if found else None
        return Node(span, UNKNOWN) if known is None else known


def _branches(found: _Branch) -> Iterator[_Branch]:
    """What stands in a part of the tree, without punctuation and the ends of lines."""
    for each in found.children:
        if isinstance(each, Tree) and each.data != "new_line_or_comment":
            yield each


def _branch(found: _Branch, data: str) -> _Branch | None:
    return next((each for each in _branches(found) if each.data == data), None)


def _bare(found: _Branch) -> _Branch:
    """An expression without the parentheses around it."""
    while found.data == "expr_term":
        inner = next(_branches(found), None)
        if inner is None:
            break
        found = inner
    return found


def _number(text: str) -> Any:
    """What a number is in JSON."""
    if len(text) > _LONGEST_NUMBER:
        return UNKNOWN
    if text.lstrip("-").isdecimal():
        return int(text)
    value = float(text)
    if not isfinite(value):
        return UNKNOWN
    return int(value) if value.is_integer() else value


def _uneditable(node: Node) -> Node:
    """A node whose text is not changed: others may use it too."""

    def excerpt() -> Excerpt | None:
        found = node.excerpt()
        return None if found is None else replace(found, written=None)

    return replace(node, excerpt=excerpt)


def _in_string(text: str) -> str:
    """A text as it is written in a string."""
    for mark, written in (
        ("\\", "\\\\"),
        ('"', '\\"'),
        ("\n", "\\n"),
        ("\r", "\\r"),
        ("\t", "\\t"),
    ):
        text = text.replace(mark, written)
    return _in_template(text)


def _in_heredoc(text: str, parts: Sequence[Segment]) -> Callable[[str], str]:
    """How a text is written in a heredoc: its lines as far to the right as the others."""
    first = next((each for each in parts if each.is_expression or each.text.strip()), None)
    margin = "" if first is None else text[text.rfind("\n", 0, first.start) + 1 : first.start]

    def written(new: str) -> str:
        return _in_template(new).replace("\n", f"\n{margin}" if margin.isspace() else "\n")

    return written


def _in_template(text: str) -> str:
    return text.replace("${", "$${").replace("%{", "%%{")


def _shown(text: str, at: int) -> str:
    """What stands at an offset, as messages show it."""
    word = re.compile(rf"{_NAME}|\d+|\S").match(text, at)
    return f"`{word.group()}`" if word else "end of the line"
