"""What the linter reads: files and directories, each file by the reader of its format."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import unquote

from ecrpolicy import document
from ecrpolicy.document import pointer
from ecrpolicy.document.parts import span_of
from ecrpolicy.errors import SyntaxProblem
from ecrpolicy.lint.found import Excerpt, Piece, PlacedDocument, Reading, SourceText, Span
from ecrpolicy.lint.json_places import JsonPlaces, misread, read_json, string_excerpt
from ecrpolicy.lint.kind import IAM, Kind
from ecrpolicy.lint.recognise import Recognised, forced, is_likely, recognise
from ecrpolicy.lint.values import at_path
from ecrpolicy.sources.templated import is_templated, read_templated

SUFFIXES: Final = (".json", ".tf", ".tofu", ".template", ".yaml", ".yml")
"""What the names of files end with that are read where a directory is named."""

_PASSED_OVER: Final = frozenset(("__pycache__", "node_modules"))
_ENCODED: Final = "%7B"

_TEMPLATE: Final = re.compile(r"^Resources\s*:", re.MULTILINE)
_TYPE: Final = re.compile(r"\bType\s*:\s*[\"']?AWS::")
_OF_OTHER_TOOLS: Final = re.compile(r"\{\{(?!resolve:)|\{%")

_TERRAFORM: Final = "ecrpolicy.sources.terraform"
_PLAN: Final = "ecrpolicy.sources.terraform_plan"
_CLOUDFORMATION: Final = "ecrpolicy.sources.cloudformation"


class _Format(NamedTuple):
    """A format that is not JSON: how its files end, and which words those of interest have.

    `reader` is a function of `SourceText`, by module and name, `strings` one of the text that finds
    the strings in it; both are imported where they are needed.
    """

    suffixes: tuple[str, ...]
    words: tuple[str, ...]
    comment_marks: tuple[str, ...]
    reader: tuple[str, str]
    strings: tuple[str, str]


_YAML: Final = _Format(
    (".yaml", ".yml"),
    ("Resources", "AWS::"),
    ("#",),
    (_CLOUDFORMATION, "read_template"),
    ("ecrpolicy.sources.yaml_nodes", "strings"),
)
_FORMATS: Final = (
    _Format(
        (".tf", ".tofu"),
        ("aws_",),
        ("#", "//", "/*"),
        (_TERRAFORM, "read_configuration"),
        ("ecrpolicy.sources.hcl_text", "strings"),
    ),
    _YAML,
)


def files_of(path: Path, *, is_excluded: Callable[[Path], bool]) -> Iterator[Path]:
    """The files in a directory that may hold documents, in the order of their names.

    Hidden directories are passed over, and those of packages that others wrote.
    """
    for folder, folders, names in os.walk(path):
        here = Path(folder)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and name not in _PASSED_OVER
            and not is_excluded(here / name)
        )
        for name in sorted(names):
            if name.endswith(SUFFIXES) and not is_excluded(here / name):
                yield here / name


def source_text(content: bytes, file: str) -> SourceText:
    """The text of a file; raises SyntaxProblem where it is not UTF-8."""
    text = document.decode(content, file=file)
    kind = _format_of(file)
    return SourceText(file, text) if kind is None else _commented(SourceText(file, text), kind)


def _commented(source: SourceText, found: _Format) -> SourceText:
    """The text with what is a comment in its format."""
    strings = partial(_strings, *found.strings)
    return replace(source, comment_marks=found.comment_marks, strings_of=strings)


def _strings(module: str, name: str, text: str) -> Iterable[Span]:
    found: Iterable[Span] = getattr(import_module(module), name)(text)
    return found


def read(source: SourceText, *, kind: Kind | None = None, is_named: bool = True) -> Reading:
    """The documents of a file. `kind`: that of documents that do not tell it themselves.

    `is_named`: somebody named the file, so that a text which is not JSON was to be a document.
    Raises EcrPolicyError where the file cannot be used.
    """
    found = _format_of(source.file)
    if found is not None:
        reading = _told(_of_format(source, found), kind)
        if reading.documents or is_named or found is not _YAML or _is_template(source.text):
            return reading
        return Reading()
    if is_templated(source.text):
        templated = read_templated(source, kind, is_named=is_named)
        if templated is not None:
            return templated
    try:
        value = document.read(source.text).value
    except SyntaxProblem as error:
        if _is_yaml_template(source):
            return _told(_of_format(_commented(source, _YAML), _YAML), kind)
        if not (is_named or kind or is_likely(source.text)):
            return Reading()
        whole = Excerpt.whole(source)
        return Reading(misread=tuple(misread(whole, each) for each in error.findings))
    reader = _reader_of(value)
    if reader is not None:
        return _told(_called(reader, source, value), kind)
    documents = recognise(value, source.file)
    if kind is not None:
        documents = forced(documents, kind)
    return Reading.joined(_document(source, value, each) for each in documents)


def _format_of(file: str) -> _Format | None:
    if file.endswith(".json"):
        return None
    return next((each for each in _FORMATS if file.endswith(each.suffixes)), None)


def _of_format(source: SourceText, found: _Format) -> Reading:
    if all(word in source.text for word in found.words):
        return _called(found.reader, source)
    return Reading()


def _told(reading: Reading, kind: Kind | None) -> Reading:
    """The documents with the kind that somebody says, where they do not tell it themselves."""
    if kind not in IAM or all(each.why_kind is None for each in reading.documents):
        return reading
    documents = (
        each if each.why_kind is None else replace(each, kind=kind, why_kind=None)
        for each in reading.documents
    )
    return replace(reading, documents=tuple(documents))


def _is_template(text: str) -> bool:
    """Whether a text that is not YAML was to be a template, and not what another tool makes one of.

    `{{resolve:…}}` is CloudFormation's own.
    """
    is_like_one = _TEMPLATE.search(text) is not None and _TYPE.search(text) is not None
    return is_like_one and _OF_OTHER_TOOLS.search(text) is None


def _is_yaml_template(source: SourceText) -> bool:
    """Whether a file may be a template of CloudFormation under any name."""
    is_json = source.text.lstrip("\ufeff \t\r\n").startswith(("{", "["))
    return not is_json and all(word in source.text for word in _YAML.words)


def _reader_of(value: Any) -> tuple[str, str] | None:
    """The reader of a JSON value that is a plan of Terraform or a template of CloudFormation."""
    if not isinstance(value, dict):
        return None
    if "format_version" in value and ("terraform_version" in value or "planned_values" in value):
        return (_PLAN, "read_plan")
    resources = value.get("Resources")
    if isinstance(resources, dict) and any(
        isinstance(each, dict) and "Type" in each for each in resources.values()
    ):
        return (_CLOUDFORMATION, "read_template")
    return None


def _called(reader: tuple[str, str], source: SourceText, *value: Any) -> Reading:
    module, name = reader
    reading: Reading = getattr(import_module(module), name)(source, *value)
    return reading


def _document(source: SourceText, value: Any, found: Recognised) -> Reading:
    """A document of a JSON file, which is the whole, an object in it, or a string in it."""
    if not found.path:
        places = JsonPlaces(Excerpt.whole(source))
        made = PlacedDocument(
            source, found.kind, value, places, text=source.text, why_kind=found.why
        )
        return Reading((made,))
    name, held = pointer(*found.path), at_path(value, found.path)
    if not found.is_text:
        places = JsonPlaces(Excerpt.whole(source), found.path)
        made = PlacedDocument(
            source, found.kind, held, places, name, scope=found.scope, why_kind=found.why
        )
        return Reading((made,))
    span = Span(*span_of(source.text, found.path))
    return read_json(
        _encoded(source, span, held) if held.startswith(_ENCODED) else string_excerpt(source, span),
        found.kind,
        name=name,
        scope=found.scope,
        why_kind=found.why,
    )


def _encoded(source: SourceText, span: Span, text: str) -> Excerpt:
    """A document that is URL-encoded, as IAM itself has it: its place is that of the whole."""
    decoded = unquote(text)
    return Excerpt(source, decoded, (Piece(0, len(decoded), *span, is_opaque=True),), None)
