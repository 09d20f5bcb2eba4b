"""Answers about a registry: a verdict, and all that it hangs on.

What a registry and its identities tell is never the whole request. An answer says what is missing:
conditions on context keys that are not known, policies that are not held.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from ecrpolicy.iam.decision import Decision
from ecrpolicy.iam.model import Condition, StatementEffect
from ecrpolicy.iam.request import Request
from ecrpolicy.iam.wording import listed, shown


class Verdict(StrEnum):
    """Whether somebody may do something, as far as that is known."""

    YES = "yes"
    DEPENDS = "depends"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something that is not known, and what would settle it."""

    text: str
    settled_by: str

    def __str__(self) -> str:
        return f"{self.text}; {self.settled_by}"


@dataclass(frozen=True, slots=True)
class OpenCondition:
    """A condition whose context key is not known, in a statement that would otherwise match.

    `statement` is its number, from 1. `variables` are context keys without a known value, that
    stand in a condition's values or in the statement's resource; of the latter, `condition` is
    None.
    """

    policy: str
    statement: int
    sid: str | None
    effect: StatementEffect
    condition: Condition | None
    variables: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The context keys that would settle it."""
        key = () if self.condition is None else (self.condition.key,)
        return (*key, *(name for name in self.variables if name not in key))

    def __str__(self) -> str:
        verb = "allows" if self.effect is StatementEffect.ALLOW else "denies"
        sid = f" {shown(self.sid)}" if self.sid else ""
        where = f"statement {self.statement}{sid} of the {self.policy} {verb}"
        if self.condition is None:
            return f"{where} what {listed(self.variables, 'and')} makes of its resource"
        operator, key = shown(self.condition.operator.text), shown(self.condition.key)
        return f"{where} where {operator} on {key} has {listed(self.condition.values)}"


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a request is allowed, as far as that is known.

    `decision` takes every unknown key for one that the request does not have. `ways` are sets of
    conditions, each of which suffices where all of its Allows hold and none of its Denies does;
    `further` are the answers to actions that the request needs as well, and that count in
    `verdict`.
    """

    verdict: Verdict
    decision: Decision = field(repr=False)
    ways: tuple[tuple[OpenCondition, ...], ...] = ()
    assumes: tuple[Assumption, ...] = ()
    further: "tuple[Answer, ...]" = ()

    @property
    def request(self) -> Request:
        """What was asked."""
        return self.decision.request

    @property
    def allowed(self) -> bool:
        """Whether it is a yes, whatever is not known."""
        return self.verdict is Verdict.YES

    def __bool__(self) -> bool:
        return self.allowed

    @property
    def conditions(self) -> tuple[OpenCondition, ...]:
        """All conditions that the answer depends on, each once; those of `further` too."""
        own = (each for way in self.ways for each in way)
        others = (each for answer in self.further for each in answer.conditions)
        return tuple(dict.fromkeys((*own, *others)))


def least(answers: Iterable[Answer]) -> Verdict:
    """The verdict on several actions that are all needed."""
    verdicts = {each.verdict for each in answers}
    return next((each for each in (Verdict.NO, Verdict.DEPENDS) if each in verdicts), Verdict.YES)


def assumed(answers: Iterable[Answer]) -> tuple[Assumption, ...]:
    """What several answers take for granted, each once."""
    return tuple(dict.fromkeys(each for answer in answers for each in answer.assumes))
