"""Mends files: the fixes of one rule after another, until none has any more.

All that a rule would change is changed at once, and then every rule looks anew: what one of them
takes away may be what another one had in mind.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ecrpolicy.lint.engine import Context, LintFinding, lint
from ecrpolicy.lint.found import Change, Reading, SourceText
from ecrpolicy.lint.json_edits import changed

_MAX_ROUNDS: Final = 200

_IsKnown = Callable[[LintFinding], bool]


@dataclass(frozen=True, slots=True)
class Mended:
    """A file as its fixes leave it, and the findings that they were for."""

    source: SourceText
    fixed: tuple[LintFinding, ...]


def mended(
    source: SourceText,
    read: Callable[[SourceText], Reading],
    context: Context,
    *,
    is_known: _IsKnown = lambda _: False,
) -> Mended:
    """A file with all fixes made. Whatever a fix would make unreadable is left as it is."""
    fixed: list[LintFinding] = []
    seen = {source.text}
    reading = read(source)
    given_up: set[str] = set()
    for _ in range(_MAX_ROUNDS):
        found = [
            each
            for each in lint(reading, context, is_known=is_known)
            if each.changes and each.rule not in given_up
        ]
        if not found:
            break
        first = found[0].rule
        together = _apart([each for each in found if each.rule == first])
        made = replace(
            source,
            text=changed(source.text, [change for each in together for change in each.changes]),
        )
        again = read(made)
        if made.text in seen or not _is_as_good(again, reading):
            given_up.add(first)
            continue
        source, reading = made, again
        seen.add(made.text)
        fixed += together
    return Mended(source, tuple(fixed))


def _apart(found: Sequence[LintFinding]) -> list[LintFinding]:
    """Those whose changes neither overlap nor touch those of one before."""
    chosen: list[LintFinding] = []
    taken: list[Change] = []
    for each in found:
        if not any(_touch(change, other) for change in each.changes for other in taken):
            chosen.append(each)
            taken += each.changes
    return chosen


def _touch(one: Change, other: Change) -> bool:
    return one.start <= other.end and other.start <= one.end


def _is_as_good(made: Reading, before: Reading) -> bool:
    """Whether nothing has become unreadable."""
    return len(made.documents) == len(before.documents) and len(made.misread) <= len(before.misread)
