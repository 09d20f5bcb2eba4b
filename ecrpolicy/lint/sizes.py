"""How long IAM-style policies may be."""

from collections.abc import Iterator

from ecrpolicy.iam.grammar import GRAMMARS
from ecrpolicy.iam.model import Kind
from ecrpolicy.lint.rule import Problem
from ecrpolicy.lint.subject import Subject


def too_long(subject: Subject) -> Iterator[Problem]:
    """The check of rules about the length of policies; without a text, nothing is known of it."""
    if subject.text is None:
        return
    grammar = GRAMMARS[Kind(subject.kind.value)]
    characters = grammar.excess(subject.text)
    if characters is not None:
        yield Problem((), grammar.too_long(characters), "shorten or split it")
