"""What came of looking for something that breaks an invariant."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from ecrpolicy.wording import printable


class Outcome(StrEnum):
    """Whether an invariant holds, as far as that is known."""

    HOLDS = "holds"
    BROKEN = "broken"
    UNDECIDED = "undecided"


class Counterexample(Protocol):
    """Something that breaks an invariant, and why."""

    def text(self) -> str:
        """What breaks it, and the explanation, in lines."""

    def to_json(self) -> dict[str, Any]:
        """The same as plain JSON values."""


@dataclass(frozen=True)
class Result:
    """Whether an invariant holds; what breaks it, the smallest that there is, where it does not.

    `statement` says in words what must hold, `looked_at` what was looked at. `is_complete`: nothing
    else can matter, so that without a counterexample the invariant holds. Where it is not,
    `doubts` say what was left open.
    """

    statement: str
    counterexample: Counterexample | None
    looked_at: str
    is_complete: bool = True
    doubts: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Whether it holds: undecided where nothing breaks it, and not all was looked at."""
        if self.counterexample is not None:
            return Outcome.BROKEN
        return Outcome.HOLDS if self.is_complete else Outcome.UNDECIDED

    @property
    def holds(self) -> bool:
        """Whether it is known to hold."""
        return self.outcome is Outcome.HOLDS

    def __bool__(self) -> bool:
        return self.holds

    def raise_if_broken(self) -> None:
        """Raise AssertionError, with the explanation, unless the invariant is known to hold."""
        if not self.holds:
            raise AssertionError(self.text())

    def text(self) -> str:
        """The outcome in lines: what was stated, what breaks it and why, what was looked at."""
        lines = [f"{self.outcome}: {printable(self.statement)}"]
        if self.counterexample is not None:
            found = self.counterexample.text().splitlines()
            lines += (f"  {printable(line)}" for line in found)
        else:
            lines += (f"  left open: {printable(doubt)}" for doubt in self.doubts)
            lines.append(f"  looked at: {printable(self.looked_at)}")
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """The same as plain JSON values."""
        found = self.counterexample
        return {
            "statement": self.statement,
            "outcome": self.outcome.value,
            "lookedAt": self.looked_at,
            "isComplete": self.is_complete,
            "doubts": list(self.doubts),
            "counterexample": None if found is None else found.to_json(),
        }
