"""From the text of an IAM-style policy to its model, or to everything that is wrong with it."""

from collections.abc import Mapping
from typing import Any, Final, Literal

from ecrpolicy import document
from ecrpolicy.errors import InvalidPolicy, SyntaxProblem
from ecrpolicy.finding import Finding, Location, Severity
from ecrpolicy.iam.grammar import GRAMMARS, Grammar
from ecrpolicy.iam.model import Kind, Policy
from ecrpolicy.iam.problems import MAX_PROBLEMS, finding
from ecrpolicy.iam.statements import Reader

# No encoding of one character takes more bytes.
_BYTES_A_CHARACTER: Final = 4


def parse(
    source: str | bytes | Mapping[str, Any],
    *,
    kind: Kind,
    file: str | None = None,
    scope: Literal["V1", "V2"] | None = None,
) -> Policy:
    """Read a policy: its JSON text, or the document as a dictionary.

    `kind` says which grammar it has. Raises InvalidPolicy with every complaint, each with its
    place; what is longer than the service takes is refused unread. `scope` is that of a registry
    policy: V1 knows three actions.

    >>> policy = parse('''{"Version": "2012-10-17", "Statement": {
    ...     "Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage"}}''',
    ...     kind=Kind.REPOSITORY)
    >>> policy.statements[0].action.values
    ('ecr:BatchGetImage',)
    """
    kind = Kind(kind)
    grammar = GRAMMARS[kind]
    read = _read(source, grammar, file)
    reader = Reader(kind, scope if kind is Kind.REGISTRY else None, file)
    policy = reader.policy(read.value)
    if reader.problems:
        found = [finding(problem, read) for problem in reader.problems[:MAX_PROBLEMS]]
        raise InvalidPolicy(sorted(found, key=_place))
    return policy


def _read(
    source: str | bytes | Mapping[str, Any], grammar: Grammar, file: str | None
) -> document.Document:
    if isinstance(source, bytes) and len(source) > _BYTES_A_CHARACTER * grammar.max_sent:
        raise InvalidPolicy([_too_long(grammar, file)])
    try:
        if isinstance(source, bytes):
            source = document.decode(source, file=file)
        if isinstance(source, str):
            _check_length(source, grammar, file)
        read = document.read(source, file=file)
    except SyntaxProblem as error:
        raise InvalidPolicy(error.findings) from error
    if not read.has_text:
        _check_length(read.text, grammar, file)
    return read


def _check_length(text: str, grammar: Grammar, file: str | None) -> None:
    if len(text) > grammar.max_sent:
        raise InvalidPolicy([_too_long(grammar, file)])
    characters = grammar.excess(text)
    if characters is not None:
        raise InvalidPolicy([_too_long(grammar, file, characters)])


def _too_long(grammar: Grammar, file: str | None, characters: int | None = None) -> Finding:
    message = grammar.too_long(characters)
    return Finding(
        grammar.size_rule, Severity.ERROR, message, Location(file), "shorten or split it"
    )


def _place(found: Finding) -> tuple[int, int]:
    return found.location.line or 0, found.location.column or 0
