"""What a report shows besides, where it was asked for: what is in use, and what storage costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ecrpolicy.lifecycle.costs import Costs
from ecrpolicy.render import cost_words, in_use_words
from ecrpolicy.render.in_use_words import Guard
from ecrpolicy.render.report.model import Fact
from ecrpolicy.snapshot import Image
from ecrpolicy.wording import size

# The table lists the others.
_MOST_NAMED: Final = 50
_FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Besides:
    """What is in use and what goes all the same, and costs; None where nobody asked."""

    guard: Guard | None
    costs: Costs | None

    def facts(self) -> Iterator[Fact]:
        """What storage costs, before and after."""
        if self.costs is None:
            return
        amounts = self.costs.amounts
        for amount in amounts if len(amounts) <= _FEW else (amounts[0], amounts[-1]):
            told = f"{amount.per_month:,.2f} ({size(amount.bytes)})"
            yield Fact(f"storage a month {amount.when}", told)

    def alarms(self) -> Iterator[str]:
        """What goes all the same, and what is in use; first of all, for it matters most."""
        if self.guard:
            yield from in_use_words.unmet(self.guard, _MOST_NAMED)
            if self.guard.in_use:
                yield from in_use_words.in_use(self.guard.in_use)

    def notes(self) -> Iterator[str]:
        """What was counted for the costs."""
        if self.costs:
            yield from cost_words.costs(self.costs)

    def mark(self, image: Image, *, goes: bool) -> str:
        """What stands beside the fate of an image."""
        if not self._uses(image):
            return ""
        return "goes although in use" if goes else "in use"

    def told(self, image: Image) -> Iterator[str]:
        """What stands above the explanation of an image."""
        if uses := self._uses(image):
            yield uses
            yield ""

    def _uses(self, image: Image) -> str:
        return in_use_words.uses(image, self.guard) if self.guard else ""
