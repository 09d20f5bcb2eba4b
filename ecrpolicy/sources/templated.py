"""JSON files that Terraform or CloudFormation fills in before they are sent anywhere.

Terraform documentation, "templatefile Function"; AWS CloudFormation Template Reference, "Fn::Sub".
Such a file is told by its expressions: a policy variable has the name of a condition key, in which
one `:` stands, and no more.
"""

import re
from collections.abc import Iterator
from typing import Final

from ecrpolicy import document
from ecrpolicy.errors import SyntaxProblem
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.expressions import Segment, excerpt_of, is_sure, with_unknowns
from ecrpolicy.lint.found import Excerpt, Misread, Reading, SourceText, Span
from ecrpolicy.lint.json_places import misread, read_json
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.recognise import forced, is_likely, recognise

# `$${` is how a template of Terraform writes `${`.
_EXPRESSION: Final = re.compile(
    r"(?<!\$)\$\{(?:\s*[a-zA-Z_][\w.*-]*(?:\s*[(\[?][^{}\r\n]*|\s[^{}:\r\n]*)?|AWS::\w+)\}"
)


def is_templated(text: str) -> bool:
    """Whether an expression stands in a text that is no policy variable.

    >>> is_templated('"${var.region}"'), is_templated('"${aws:username}"')
    (True, False)
    """
    return "${" in text and _EXPRESSION.search(text) is not None


def read_templated(source: SourceText, kind: Kind | None, *, is_named: bool) -> Reading | None:
    """The document that a file with expressions is; None where it is no document itself."""
    excerpt = excerpt_of(source, _segments(source.text), str)
    note = _note(source)
    try:
        value = with_unknowns(document.read(excerpt.text).value)
    except SyntaxProblem as error:
        if not (is_named or kind or is_likely(source.text)):
            return None
        found = (misread(excerpt, each) for each in error.findings)
        return Reading(misread=(note, *(each for each in found if is_sure(excerpt, each))))
    documents = recognise(value, source.file)
    if kind is not None:
        documents = forced(documents, kind)
    if not documents or any(each.path for each in documents):
        return None
    readings = (_document(excerpt, each.kind, each.why) for each in documents)
    return Reading.joined((*readings, Reading(misread=(note,))))


def _document(excerpt: Excerpt, kind: Kind, why: str | None) -> Reading:
    return read_json(excerpt, kind, made_of=with_unknowns, why_kind=why)


def _note(source: SourceText) -> Misread:
    """That the file is a template, told once, at its first expression."""
    found = _EXPRESSION.search(source.text)
    span = Span(0, 0) if found is None else Span(*found.span())
    text = source.text[span.start : span.end]
    return Misread(
        source,
        "template-expression",
        span,
        f"{shown(text)} is no policy variable: the file is taken for a template, and what is "
        "filled in is not checked",
        "lint what is made of it, or if nothing fills it in, write the value",
    )


def _segments(text: str) -> Iterator[Segment]:
    """The parts of the text that are left, and the expressions."""
    at = 0
    for found in _EXPRESSION.finditer(text):
        start, end = found.span()
        if at < start:
            yield Segment(text[at:start], at, start)
        yield Segment("", start, end, is_expression=True)
        at = end
    if at < len(text):
        yield Segment(text[at:], at, len(text))
