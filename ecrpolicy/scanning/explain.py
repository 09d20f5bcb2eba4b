"""Why a repository is scanned as it is: what every filter of the configuration says of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ecrpolicy.scanning.evaluate import EffectiveScanning
from ecrpolicy.wording import printable


@dataclass(frozen=True, slots=True)
class FilterExplanation:
    """What one filter says of a repository's name."""

    rule: int
    frequency: str
    filter: str
    matches: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a repository is scanned as it is; filters in the order of the configuration."""

    scanning: EffectiveScanning
    filters: tuple[FilterExplanation, ...]

    def __str__(self) -> str:
        return self.text()

    def text(self) -> str:
        """The explanation for people, some lines."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        found = self.scanning
        yield f"scanning: {wording(found)}"
        yield f"  {found.source}"
        for each in self.filters:
            won = " and wins" if each.rule == found.rule and each.matches else ""
            lost = " and loses" if each.matches and not won else ""
            yield (
                f"  rule {each.rule} ({each.frequency}), filter `{printable(each.filter)}`: "
                f"{each.reason}{won}{lost}"
            )

    def to_json(self) -> dict[str, Any]:
        """The explanation as plain JSON values."""
        found = self.scanning
        return {
            "scanType": found.scan_type.value,
            "scanFrequency": None if found.frequency is None else found.frequency.value,
            "because": found.source.value,
            "rule": found.rule,
            "appliedScanFilters": list(found.applied),
            "lostScanFilters": [text for _, text in found.lost],
            "filters": [
                {
                    "rule": each.rule,
                    "scanFrequency": each.frequency,
                    "filter": each.filter,
                    "matches": each.matches,
                    "because": each.reason,
                }
                for each in self.filters
            ],
        }


def wording(found: EffectiveScanning) -> str:
    """One line: the frequency and the type of scan."""
    frequency = "off" if found.frequency is None else found.frequency.value
    return f"{frequency} ({found.scan_type})"


def explain(found: EffectiveScanning) -> Explanation:
    """What every filter of the configuration says of the repository."""
    return Explanation(
        found,
        tuple(
            FilterExplanation(
                number,
                rule.scan_frequency.value,
                each.text,
                each.matches(found.repository),
                _reason(each.text, matches=each.matches(found.repository)),
            )
            for number, rule in enumerate(found.configuration.rules)
            for _, each in rule.filters.filters
        ),
    )


def _reason(text: str, *, matches: bool) -> str:
    if "*" in text:
        return "the name is covered" if matches else "the name is not covered as a whole"
    return "the name contains it" if matches else "the name does not contain it"
