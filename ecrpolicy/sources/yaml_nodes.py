"""YAML as nodes with their places. Needs the extra `cloudformation`.

Tags that begin with `!` are expressions, whose values are not known here. Scalars without quotes
are text, but for numbers, booleans and null: a date such as `2012-10-17` stays what it is.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml
from yaml.nodes import MappingNode, ScalarNode, SequenceNode
from yaml.nodes import Node as YamlNode
from yaml.reader import ReaderError

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.expressions import Segment, excerpt_of
from ecrpolicy.lint.found import Excerpt, SourceText, Span
from ecrpolicy.lint.nodes import Member, Node
from ecrpolicy.sources.intrinsics import RESOURCES, evaluated, substituted

_MAX_NODES: Final = 100_000
_MAX_DEPTH: Final = 100

_TOO_MUCH: Final = "the text is nested too deeply, or too large"

_BOOLEAN: Final = "tag:yaml.org,2002:bool"
_INTEGER: Final = "tag:yaml.org,2002:int"
_NULL: Final = "tag:yaml.org,2002:null"

_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]*)")
_RUN: Final = re.compile(r"\S+")
_PROPERTIES: Final = re.compile(r"(?:[!&]\S*\s+)*")


class NotYaml(Exception):
    """A text is not YAML: why, and at which offset."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


def yaml_nodes(source: SourceText) -> Iterator[Node]:
    """The documents of a YAML text; raises NotYaml."""
    try:
        found = list(yaml.compose_all(source.text, Loader=yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = min(mark.index, len(source.text)) if mark is not None else 0
        raise NotYaml(f"the text is not YAML: {error.problem or error.context}", at) from None
    except ReaderError as error:
        message = f"the text is not YAML: {error.reason}"
        raise NotYaml(message, error.position) from None
    except RecursionError:
        raise NotYaml(_TOO_MUCH, 0) from None
    for each in found:
        yield _Maker(source).node(each, 0)


def strings(text: str) -> list[Span]:
    """Where quoted texts and blocks stand; none where the text is no YAML.

    A comment may stand behind the mark that a block begins with.

    >>> strings('a: "b" # "c"')
    [Span(start=3, end=6)]
    """
    try:
        scalars = [each for each in yaml.scan(text) if isinstance(each, yaml.ScalarToken)]
    except (yaml.YAMLError, RecursionError):
        return []
    return [Span(_inside(each, text), each.end_mark.index) for each in scalars if not each.plain]


def _inside(scalar: yaml.ScalarToken, text: str) -> int:
    start: int = scalar.start_mark.index
    return text.find("\n", start) + 1 if scalar.style in ("|", ">") else start


class _Maker:
    """Makes nodes; aliases of aliases must not make more of them than anybody wrote."""

    def __init__(self, source: SourceText) -> None:
        self._source = source
        self._left = _MAX_NODES

    def node(self, found: YamlNode | None, depth: int) -> Node:
        if found is None:
            return Node(Span(0, 0))
        span = Span(found.start_mark.index, found.end_mark.index)
        self._left -= 1
        if self._left < 0 or depth > _MAX_DEPTH:
            raise NotYaml(_TOO_MUCH, span.start)
        if isinstance(found, ScalarNode):
            return self._scalar(found, span)
        if found.tag == "!Sub" and isinstance(found, SequenceNode) and found.value:
            return substituted(self.node(found.value[0], depth + 1))
        if found.tag.startswith("!"):
            return Node(span, UNKNOWN)
        if isinstance(found, SequenceNode):
            return Node(span, elements=tuple(self.node(each, depth + 1) for each in found.value))
        return self._mapping(found, span, depth) if isinstance(found, MappingNode) else Node(span)

    def _mapping(self, found: MappingNode, span: Span, depth: int) -> Node:
        members: dict[str, Member] = {}
        repeated: list[tuple[str, Span]] = []
        for name, value in found.value:
            # What a merge key brings is not looked for: the object has members nobody sees.
            if not isinstance(name, ScalarNode) or name.tag == "tag:yaml.org,2002:merge":
                return Node(span, UNKNOWN)
            place = Span(name.start_mark.index, name.end_mark.index)
            if name.value in members:
                repeated.append((name.value, place))
            members[name.value] = Member(place, self.node(value, depth + 1))
        whole = Node(span, members=members, repeated=tuple(repeated))
        return whole if depth < RESOURCES else evaluated(whole)

    def _scalar(self, found: ScalarNode, span: Span) -> Node:
        if found.tag == "!Sub":
            return substituted(self._text(found, span))
        if found.tag.startswith("!"):
            return Node(span, UNKNOWN)
        value = _value(found)
        return self._text(found, span) if isinstance(value, str) else Node(span, value)

    def _text(self, found: ScalarNode, span: Span) -> Node:
        return Node(span, found.value, excerpt=lambda: self._excerpt(found, span))

    def _excerpt(self, found: ScalarNode, span: Span) -> Excerpt:
        indent = " " * _indent(span, self._source.text)

        def written(text: str) -> str:
            return text.replace("\n", f"\n{indent}")

        content = Span(_content_start(found, span, self._source.text), span.end)
        segments = _verbatim(found.value, content, self._source.text)
        return excerpt_of(self._source, segments, written if found.style == "|" else None)


def _value(found: ScalarNode) -> Any:
    if found.style is None and found.tag == _BOOLEAN:
        return found.value.lower() in ("true", "yes", "on")
    if found.style is None and found.tag == _NULL:
        return None
    if found.style is None and found.tag == _INTEGER and _DECIMAL.fullmatch(found.value):
        return int(found.value)
    return found.value


def _verbatim(value: str, span: Span, text: str) -> Iterator[Segment]:
    """Runs of what is no space stand in the file as they are; of escapes the whole is told."""
    segments: list[Segment] = []
    at, before = span.start, 0
    for run in _RUN.finditer(value):
        found = text.find(run.group(), at, span.end)
        if found < 0 or text[at:found].strip():
            yield Segment(value, *span)
            return
        if run.start() > before:
            segments.append(Segment(value[before : run.start()], at, found))
        segments.append(Segment(run.group(), found, found + len(run.group())))
        at, before = found + len(run.group()), run.end()
    if before < len(value):
        segments.append(Segment(value[before:], at, span.end))
    yield from segments


def _content_start(found: ScalarNode, span: Span, text: str) -> int:
    """Where the text of a scalar begins: behind tag, anchor, quote, or the head of its block."""
    before = _PROPERTIES.match(text, span.start, span.end)
    at = before.end() if before else span.start
    if found.style in ("|", ">"):
        return text.find("\n", at) + 1
    return at + 1 if found.style in ("'", '"') else at


def _indent(span: Span, text: str) -> int:
    """How far the lines of a block are indented."""
    lines = text[span.start : span.end].split("\n")[1:]
    return next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), 0)
