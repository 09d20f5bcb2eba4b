"""What became of cases: how many are as expected, and in which way the others are not."""

from dataclasses import dataclass
from typing import Any

from ecrpolicy.testing.cases.case import Mismatch
from ecrpolicy.wording import count, printable


@dataclass(frozen=True, slots=True)
class Failure:
    """A case that is not as expected."""

    file: str
    name: str
    mismatch: Mismatch


@dataclass(frozen=True, slots=True)
class Summary:
    """All cases of a run."""

    cases: int
    failures: tuple[Failure, ...]

    @property
    def agreeing(self) -> int:
        """How many are as expected."""
        return self.cases - len(self.failures)

    def text(self) -> str:
        """One line, then in which way each case is not as expected."""
        lines = [
            f"{count(self.cases, 'case')}: {self.agreeing:,} as expected, "
            f"{len(self.failures):,} not"
        ]
        for each in self.failures:
            heading = printable(f"{each.file}: {each.name}")
            lines += ("", heading, *(f"  {line}".rstrip() for line in each.mismatch.lines))
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """The same as plain JSON values."""
        return {
            "cases": self.cases,
            "asExpected": self.agreeing,
            "mismatches": [
                {"file": each.file, "name": each.name, **each.mismatch.details}
                for each in self.failures
            ],
        }
