"""Decisions and answers about IAM-style policies, for people.

Each answer is one line first, then what it rests on, then what it takes for granted. Values from
outside are escaped: none of them reaches a terminal as it is.
"""

from collections.abc import Iterable, Iterator, Sequence

from ecrpolicy.iam import (
    Answer,
    Decision,
    Grantee,
    OpenCondition,
    OperationAnswer,
    OperationDecision,
    StatementEffect,
    Verdict,
    WhatCan,
    WhoCan,
)
from ecrpolicy.iam.access import ByLevel
from ecrpolicy.iam.operations import Operation
from ecrpolicy.wording import count, printable

_INDENT = "  "


def decision(found: Decision) -> str:
    """The answer, the policies as a tree, and what is taken for granted."""
    lines = [*_explained(found), *granted(found.assumes)]
    return "\n".join(map(printable, lines))


def operation(found: OperationDecision) -> str:
    """Whether every action of an operation is allowed; those that are missing are explained."""
    decisions = found.decisions
    width = max(len(step.action) for step in decisions)
    lines = [_of_operation(found.operation, Verdict.YES if found else Verdict.NO, found.missing)]
    for step, each in decisions.items():
        when = f" (needed {step.when})" if step.when != "always" else ""
        lines.append(f"{_INDENT}{step.action:{width}}  {each.effect.value}{when}")
    lines += note(found.operation)
    for each in decisions.values():
        if not each.allowed:
            lines += ("", *_explained(each))
    assumes = dict.fromkeys(text for each in decisions.values() for text in each.assumes)
    lines += granted(assumes)
    return "\n".join(map(printable, lines))


def answer(found: Answer) -> str:
    """The answer about a registry, the policies as a tree, and what it hangs on."""
    lines = [*_answered(found), *granted(map(str, found.assumes))]
    return "\n".join(map(printable, lines))


def operation_answer(found: OperationAnswer) -> str:
    """The answers to every action of an operation; those that are no plain yes are explained."""
    width = max(len(each.request.action) for each in found.answers)
    lines = [_of_operation(found.operation, found.verdict, found.missing)]
    lines += (
        f"{_INDENT}{each.request.action:{width}}  {each.verdict.upper()}" for each in found.answers
    )
    lines += note(found.operation)
    for each in found.answers:
        if not each.allowed:
            lines += ("", *_answered(each))
    lines += granted(map(str, found.assumes))
    return "\n".join(map(printable, lines))


def who_can(found: WhoCan) -> str:
    """Who may take an action, and on what that depends."""
    about = "" if found.resource is None else f" on `{found.resource}`"
    asked = f"who may take `{found.action}`{about}"
    lines = [title(asked, len(found.certain), len(found.depending))]
    lines += _grantees("may:", found.certain)
    lines += _grantees("may, depending on what is not known:", found.depending)
    lines += granted(map(str, found.assumes))
    return "\n".join(map(printable, lines))


def what_can(found: WhatCan) -> str:
    """What a caller may do, by access level, to the registry and to each repository."""
    who = "an anonymous caller" if found.principal is None else f"`{found.principal}`"
    able = sum(bool(levels) for levels in found.repositories.values())
    number = len(found.repositories)
    repositories = "1 repository" if number == 1 else f"{number:,} repositories"
    lines = [f"what {who} may do: something in {able:,} of {repositories}"]
    for name, levels in (("the registry", found.registry), *found.repositories.items()):
        lines.append(f"{name}:" if levels else f"{name}: nothing")
        lines += _levels(levels)
    lines += granted(map(str, found.assumes))
    return "\n".join(map(printable, lines))


def title(asked: str, certain: int, depending: int) -> str:
    """What was asked, and how many there are."""
    more = f", and {depending:,} depending on what is not known" if depending else ""
    return f"{asked}: {certain:,}{more}"


def note(operation: Operation) -> Iterator[str]:
    """What is to be said of an operation."""
    if operation.note is not None:
        yield f"note: {operation.note}"


def granted(assumes: Iterable[str]) -> Iterator[str]:
    """What an answer takes for granted, a line each."""
    lines = [f"{_INDENT}{each}" for each in assumes]
    if lines:
        yield "taken for granted:"
        yield from lines


def hanging(answer: Answer) -> Iterator[str]:
    """What an answer that is no plain yes hangs on: its ways, else what is not known."""
    ways = answer.ways or next((each.ways for each in answer.further if each.ways), ())
    for number, way in enumerate(ways):
        yield f"{'or ' if number else ''}{_way(way)}"
    if not ways:
        yield from (each.text for each in answer.assumes[:1])


def _way(way: Sequence[OpenCondition]) -> str:
    """All Allows must hold, and none of the Denies."""
    allows = [str(each) for each in way if each.effect is StatementEffect.ALLOW]
    denies = [str(each) for each in way if each.effect is StatementEffect.DENY]
    said = [f"if {' and '.join(allows)}"] if allows else []
    return " ".join([*said, f"unless {' or '.join(denies)}"] if denies else said)


def _explained(found: Decision) -> Iterator[str]:
    yield f"{found.effect.value}: {found.reason}"
    yield from _tree(found)


def _tree(found: Decision) -> Iterator[str]:
    explanation = found.explain()
    for policy in explanation.policies:
        yield from (f"{_INDENT}{line}" for line in policy.lines())
    yield from (f"{_INDENT}{each}" for each in explanation.notes)


def _answered(found: Answer) -> Iterator[str]:
    request = found.request
    if found.verdict is Verdict.DEPENDS:
        resource = request.resource or "*"
        yield (
            f"DEPENDS: User: {request.caller.text} may be authorized to perform: {request.action} "
            f"on resource: {resource}, depending on what is not known"
        )
        yield from (f"{_INDENT}{line}" for line in hanging(found))
        yield f"{_INDENT}taking what is not known for absent:"
    else:
        decisive = next((each for each in _all(found) if not each.decision.allowed), found)
        yield f"{found.verdict.upper()}: {decisive.decision.reason}"
    if found.further:
        for each in _all(found):
            yield from (f"{_INDENT}{line}" for line in _explained(each.decision))
    else:
        yield from _tree(found.decision)


def _all(found: Answer) -> tuple[Answer, ...]:
    """An answer, and those to the actions that are needed as well."""
    return (found, *found.further)


def _of_operation(operation: Operation, verdict: Verdict, missing: Sequence[str]) -> str:
    said = {
        Verdict.YES: "allowed: no action is missing",
        Verdict.DEPENDS: f"depends: {count(len(missing), 'action')} may be missing",
        Verdict.NO: f"not allowed: {count(len(missing), 'action')} missing",
    }[verdict]
    return f"{operation.name}: {said}"


def _grantees(heading: str, grantees: Sequence[Grantee]) -> Iterator[str]:
    if grantees:
        yield heading
    for each in grantees:
        yield f"{_INDENT}{each}"
        if not each.answer.allowed:
            yield from (f"{_INDENT * 2}{line}" for line in hanging(each.answer))


def _levels(levels: ByLevel) -> Iterator[str]:
    """The actions of each level; those that depend on the same stand together."""
    for level, answers in levels.items():
        certain = [each.request.action for each in answers if each.allowed]
        if certain:
            yield f"{_INDENT}{level.value}: {', '.join(certain)}"
        groups: dict[tuple[str, ...], list[str]] = {}
        for each in answers:
            if not each.allowed:
                groups.setdefault(tuple(hanging(each)), []).append(each.request.action)
        for lines, several in groups.items():
            yield f"{_INDENT}{level.value}, depending: {', '.join(several)}"
            yield from (f"{_INDENT * 2}{line}" for line in lines)
