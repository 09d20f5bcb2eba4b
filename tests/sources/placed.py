"""Files with documents in them, for tests of their readers."""

from typing import Any

from ecrpolicy.lint.found import PlacedDocument, Reading
from ecrpolicy.lint.kind import Kind
from ecrpolicy.sources.lintable import read, source_text


def reading(text: str, file: str, *, kind: Kind | None = None, is_named: bool = True) -> Reading:
    """What is in a file."""
    return read(source_text(text.encode(), file), kind=kind, is_named=is_named)


def values(found: Reading) -> dict[str, Any]:
    """The documents by their names; nothing may be unreadable."""
    assert found.misread == ()
    names = [each.name for each in found.documents]
    assert len(set(names)) == len(names)
    return {each.name: each.value for each in found.documents}


def only(found: Reading) -> PlacedDocument:
    """The only document."""
    assert found.misread == ()
    [document] = found.documents
    return document


def at(document: PlacedDocument, *path: str | int, **how: Any) -> str:
    """The text that stands at a place, with its line and column."""
    start, end = document.places.span(path, **how)
    line, column = document.source.line_and_column(start)
    return f"{line}:{column} {document.source.text[start:end]}"


def misread(found: Reading) -> list[tuple[str, str, str]]:
    """What cannot be read: rule, line and column, message."""
    told = []
    for each in found.misread:
        line, column = each.source.line_and_column(each.span.start)
        told.append((each.rule, f"{line}:{column}", each.message))
    return told
