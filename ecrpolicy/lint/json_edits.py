"""Edits of a JSON text, which leave everything else in it as it is.

>>> text = '{"Action": ["a", "b"], "Effect": "allow"}'
>>> changed(text, changes(text, [Remove(("Action", 0)), Replace(("Effect",), "Allow")]))
'{"Action": ["b"], "Effect": "Allow"}'
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, assert_never

from ecrpolicy.document.parts import Part, parts_of, span_of
from ecrpolicy.lint.edit import Add, Edit, Path, Remove, Rename, Replace
from ecrpolicy.lint.found import Change

# What is longer than this is written on lines of its own.
_WIDTH: Final = 88
_INDENT: Final = re.compile(r"[\r\n]([ \t]+)\S")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def changed(text: str, changes: Iterable[Change]) -> str:
    """A text with changes made that do not overlap."""
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def changes(text: str, edits: Iterable[Edit]) -> tuple[Change, ...]:
    """What to change in a text to make the edits; whose paths must lead somewhere."""
    made: list[Change] = []
    containers: defaultdict[Path, _Container] = defaultdict(_Container)
    style = _Style.of(text)
    for edit in edits:
        match edit:
            case Replace(path, value):
                start, end = span_of(text, path)
                made.append(Change(start, end, style.written(value, text, start)))
            case Rename(path, name):
                start, end = span_of(text, path, at_name=True)
                made.append(Change(start, end, _scalar(name)))
            case Remove(path):
                containers[path[:-1]].removed.append(path[-1])
            case Add(path, value):
                containers[path[:-1]].added.append((path[-1], value))
            case never:
                assert_never(never)
    for path, container in containers.items():
        made += _inside(text, span_of(text, path), container, style)
    return tuple(sorted(made))


@dataclass(slots=True)
class _Container:
    """What goes from an object or a list, and what comes into it."""

    removed: list[str | int] = field(default_factory=list)
    added: list[tuple[str | int, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Style:
    """How a text is laid out: what a level is indented by, and what ends a line."""

    indent: str
    line_end: str
    is_flat: bool

    @classmethod
    def of(cls, text: str) -> "_Style":
        line_end, indent = _LINE_END.search(text.strip()), _INDENT.search(text)
        return cls(
            indent.group(1) if indent else "  ",
            line_end.group() if line_end else "\n",
            line_end is None,
        )

    def written(self, value: Any, text: str, at: int) -> str:
        """A value as it is written at an offset of the text."""
        flat = _flat(value)
        begun = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
        is_short = at - begun + len(flat) <= _WIDTH
        if self.is_flat or not isinstance(value, dict | list) or not value or is_short:
            return flat
        line = text[begun:at]
        return self.spread(value, line[: len(line) - len(line.lstrip(" \t"))])

    def spread(self, value: Any, margin: str) -> str:
        """A value on lines of its own, of which all but the first are indented."""
        if not isinstance(value, dict | list) or not value:
            return _flat(value)
        inner = margin + self.indent
        if isinstance(value, dict):
            items = [f"{_scalar(name)}: {self.spread(each, inner)}" for name, each in value.items()]
        else:
            items = [self.spread(each, inner) for each in value]
        opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
        body = f",{self.line_end}{inner}".join(items)
        return f"{opening}{self.line_end}{inner}{body}{self.line_end}{margin}{closing}"


def _flat(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return json.dumps(value) if _SURROGATE.search(text) else text


_scalar = _flat


def _inside(
    text: str, span: tuple[int, int], container: _Container, style: _Style
) -> Iterator[Change]:
    """The changes of one object or list: run after run of what goes, with what comes there."""
    parts = parts_of(text, span[0])
    gone = {number for number, part in enumerate(parts) if _key(part, number) in container.removed}
    coming: defaultdict[int, list[tuple[str | int, Any]]] = defaultdict(list)
    for token, value in container.added:
        # Where several come before the same element, the last comes first, as in a value.
        coming[min(token, len(parts)) if isinstance(token, int) else len(parts)].insert(
            0 if isinstance(token, int) else len(parts), (token, value)
        )
    if not parts:
        yield from _into_empty(text, span, coming[0], style)
        return
    layout = _Layout.of(text, span, parts, style)
    number = 0
    while number <= len(parts):
        first, new = number, list(coming.get(number, ()))
        while number in gone:
            number += 1
            new += coming.get(number, ())
        if number > first:
            yield _replaced(span, parts, (first, number), layout.items(new), layout)
        elif new:
            yield _inserted(parts, number, layout.items(new), layout)
        number += 1


def _key(part: Part, number: int) -> str | int:
    return number if part.name is None else part.name


def _replaced(
    span: tuple[int, int],
    parts: Sequence[Part],
    run: tuple[int, int],
    new: Sequence[str],
    layout: "_Layout",
) -> Change:
    """A run of parts goes; its comma too, where nothing comes in its place."""
    first, after = run
    if new:
        return Change(parts[first].whole_start, parts[after - 1].end, layout.separator.join(new))
    if after < len(parts):
        return Change(parts[first].whole_start, parts[after].whole_start, "")
    if first:
        return Change(parts[first - 1].end, parts[-1].end, "")
    return Change(span[0] + 1, span[1] - 1, "")


def _inserted(parts: Sequence[Part], number: int, new: Sequence[str], layout: "_Layout") -> Change:
    joined = layout.separator.join(new)
    if number < len(parts):
        at = parts[number].whole_start
        return Change(at, at, joined + layout.separator)
    at = parts[-1].end
    return Change(at, at, layout.separator + joined)


def _into_empty(
    text: str, span: tuple[int, int], new: Sequence[tuple[str | int, Any]], style: _Style
) -> Iterator[Change]:
    start, end = span
    value = dict(new) if text[start] == "{" else [each for _, each in new]
    yield Change(start, end, style.written(value, text, start))


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the parts of one object or list stand beside each other."""

    separator: str
    margin: str | None
    colon: str
    style: _Style

    @classmethod
    def of(
        cls, text: str, span: tuple[int, int], parts: Sequence[Part], style: _Style
    ) -> "_Layout":
        before = text[span[0] + 1 : parts[0].whole_start]
        first = parts[0]
        colon = ": " if first.name is None else text[first.name_end : first.start]
        if "\n" in before or "\r" in before:
            ends = _LINE_END.split(before)
            return cls(f",{style.line_end}{ends[-1]}", ends[-1], colon, style)
        between = text[first.end : parts[1].whole_start] if len(parts) > 1 else ", "
        if _LINE_END.search(between):
            return cls(between, _LINE_END.split(between)[-1], colon, style)
        return cls(between, None, colon, style)

    def items(self, new: Sequence[tuple[str | int, Any]]) -> list[str]:
        """What comes, as it is written; members with their names."""
        return [
            self._value(value, "")
            if isinstance(token, int)
            else self._value(value, f"{_scalar(token)}{self.colon}")
            for token, value in new
        ]

    def _value(self, value: Any, name: str) -> str:
        flat = _flat(value)
        if self.margin is None or len(self.margin) + len(name) + len(flat) <= _WIDTH:
            return name + flat
        return name + self.style.spread(value, self.margin)
