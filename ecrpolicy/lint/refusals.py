"""Rules that say what a parser says already: that the service would refuse the document.

A document is parsed once, for all of them together.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from ecrpolicy.document.location import tokens
from ecrpolicy.lint.kind import IAM, Kind
from ecrpolicy.lint.rule import Check, Problem
from ecrpolicy.lint.subject import Subject
from ecrpolicy.lint.values import path_of

_Told = Iterator[tuple[str, Problem]]


def refused(name: str) -> Check:
    """The check that tells what the parser of a document says under a name."""

    def check(subject: Subject) -> Iterator[Problem]:
        yield from subject.once(_refusals).get(name, ())

    return check


def told_by_reader(_: Subject) -> Iterator[Problem]:
    """The check of rules about the text itself: whoever reads it tells, and there are no values."""
    yield from ()


def _refusals(subject: Subject) -> Mapping[str, list[Problem]]:
    """All that the parser says, by the names of the rules."""
    found: defaultdict[str, list[Problem]] = defaultdict(list)
    for name, problem in _PARSERS[subject.kind](subject) if subject.kind in _PARSERS else ():
        found[name].append(problem)
    return found


def _lifecycle(subject: Subject) -> _Told:
    from ecrpolicy.lifecycle.parse import complaints

    for found in dict.fromkeys(complaints(subject.value)):
        path = path_of(subject.value, tokens(found.pointer))
        yield (
            found.rule,
            Problem(
                path,
                found.message,
                found.help,
                at_name=found.rule == "unknown-member",
                service_text=found.service_text,
            ),
        )


def _iam(subject: Subject) -> _Told:
    from ecrpolicy import iam
    from ecrpolicy.iam.statements import Reader

    kind = iam.Kind(subject.kind.value)
    reader = Reader(kind, subject.scope if kind is iam.Kind.REGISTRY else None)
    reader.policy(subject.value)
    for found in reader.problems:
        problem = Problem(found.path, found.message, found.help, found.at_name, found.offset)
        yield found.rule, problem


_PARSERS: Final[Mapping[Kind, Callable[[Subject], _Told]]] = {
    Kind.LIFECYCLE: _lifecycle,
    **dict.fromkeys(IAM, _iam),
}
