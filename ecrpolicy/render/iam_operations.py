"""Who may do all that an operation needs, who a part of it, from the answers to each action."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ecrpolicy.iam import Answer, GranteeKind, Verdict, WhoCan
from ecrpolicy.iam.operations import Operation
from ecrpolicy.render import iam_json, iam_text
from ecrpolicy.wording import printable

_KINDS = tuple(GranteeKind)


@dataclass(frozen=True, slots=True)
class Able:
    """Somebody who may do something of an operation.

    `answers` are those that are no plain no, by action; `lacking` are the actions that are none
    of them; `unasked` those that the caller's own account grants, which is not known.
    """

    kind: GranteeKind
    name: str
    answers: Mapping[str, Answer] = field(hash=False)
    lacking: tuple[str, ...]
    unasked: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """Whether they may do all of it."""
        if self.lacking:
            return Verdict.NO
        is_certain = not self.unasked and all(each.allowed for each in self.answers.values())
        return Verdict.YES if is_certain else Verdict.DEPENDS

    def __str__(self) -> str:
        return self.kind if self.kind is GranteeKind.EVERYBODY else f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class WhoCanOperate:
    """Who may do an operation, all of it or a part."""

    operation: Operation
    repository: str | None
    able: tuple[Able, ...]
    assumes: tuple[str, ...]


def who_can_operate(
    operation: Operation, repository: str | None, found: Sequence[WhoCan], held: Collection[str]
) -> WhoCanOperate:
    """The answers to each action, by who it is about; `held` are the identities that are known.

    A token for the registry is got from the caller's own account: of callers whose account is not
    known it is not known either.
    """
    kinds = {(each.kind, each.name): None for one in found for each in one.grantees}
    able = (_able(kind, name, found, held) for kind, name in kinds)
    return WhoCanOperate(
        operation,
        repository,
        tuple(sorted(able, key=lambda each: _KINDS.index(each.kind))),
        tuple(dict.fromkeys(str(each) for one in found for each in one.assumes)),
    )


def _able(kind: GranteeKind, name: str, found: Sequence[WhoCan], held: Collection[str]) -> Able:
    answers = {
        one.action: each.answer
        for one in found
        for each in one.grantees
        if (each.kind, each.name) == (kind, name)
    }
    is_held = kind is GranteeKind.ROOT or name in held
    others = [one for one in found if one.action not in answers]
    unasked = tuple(one.action for one in others if one.resource is None and not is_held)
    lacking = tuple(one.action for one in others if one.action not in unasked)
    return Able(kind, name, answers, lacking, unasked)


def text(found: WhoCanOperate) -> str:
    """One line, then who may, and on what that depends."""
    by_verdict: dict[Verdict, list[Able]] = {verdict: [] for verdict in Verdict}
    for each in found.able:
        by_verdict[each.verdict].append(each)
    about = "" if found.repository is None else f" on `{found.repository}`"
    certain, depending = by_verdict[Verdict.YES], by_verdict[Verdict.DEPENDS]
    asked = f"who may do all of `{found.operation.name}`{about}"
    lines = [iam_text.title(asked, len(certain), len(depending))]
    lines += _section("may:", (f"{each}" for each in certain))
    lines += _section(
        "may, depending on what is not known:",
        (line for each in depending for line in _depending(each)),
    )
    lines += _section(
        "may do a part of it only:",
        (f"{each}: not {', '.join(each.lacking)}" for each in by_verdict[Verdict.NO]),
    )
    lines += iam_text.note(found.operation)
    lines += iam_text.granted(found.assumes)
    return "\n".join(map(printable, lines))


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if not number:
            yield heading
        yield f"  {line}"


def _depending(able: Able) -> Iterator[str]:
    yield f"{able}"
    for action, answer in able.answers.items():
        if not answer.allowed:
            yield from (f"  {action}: {line}" for line in iam_text.hanging(answer))
    for action in able.unasked:
        yield f"  {action}: granted by the caller's own account, which is not known"


def to_json(found: WhoCanOperate) -> dict[str, Any]:
    """As plain JSON values."""
    return {
        "operation": found.operation.name,
        "repository": found.repository,
        "grantees": [
            {
                "kind": each.kind.value,
                "name": each.name,
                "verdict": each.verdict.value,
                "missing": list(each.lacking),
                "unknown": list(each.unasked),
                "actions": [iam_json.answer(answer) for answer in each.answers.values()],
            }
            for each in found.able
        ],
        "assumes": list(found.assumes),
    }
