"""What became of cases: how many are as expected, and why the others are not."""

from dataclasses import dataclass
from typing import Any

from ecrpolicy.iam import Decision
from ecrpolicy.render import iam_json, iam_text
from ecrpolicy.wording import count, printable


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A case that is not as expected."""

    name: str
    expected: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Summary:
    """All cases of a run."""

    cases: int
    mismatches: tuple[Mismatch, ...]

    @property
    def agreeing(self) -> int:
        """How many are as expected."""
        return self.cases - len(self.mismatches)


def text(summary: Summary) -> str:
    """One line, then each mismatch with its explanation."""
    lines = [
        f"{count(summary.cases, 'case')}: {summary.agreeing:,} as expected, "
        f"{len(summary.mismatches):,} not"
    ]
    for each in summary.mismatches:
        effect = each.decision.effect.value
        heading = f"{each.name}: expected {each.expected}, found {effect}"
        explanation = iam_text.decision(each.decision).splitlines()
        lines += ("", printable(heading), *(f"  {line}" for line in explanation))
    return "\n".join(lines)


def to_json(summary: Summary) -> dict[str, Any]:
    """As plain JSON values."""
    return {
        "cases": summary.cases,
        "asExpected": summary.agreeing,
        "mismatches": [
            {"name": each.name, "expected": each.expected, **iam_json.decision(each.decision)}
            for each in summary.mismatches
        ],
    }


def case_json(decision: Decision, expected: str | None, *, is_met: bool) -> dict[str, Any]:
    """One case alone, with what was expected of it."""
    about = {} if expected is None else {"expected": expected, "asExpected": is_met}
    return {**about, **iam_json.decision(decision)}
