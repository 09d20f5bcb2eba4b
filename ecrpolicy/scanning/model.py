"""Scanning configurations of a registry as frozen models.

Member names are those of the API ("RegistryScanningConfiguration"), in snake_case.
"""

from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

from pydantic import StrictStr

from ecrpolicy.document.wire import WireModel
from ecrpolicy.wildcard import ScanFilter, ScanFilters


class ScanType(StrEnum):
    """Who scans: Amazon ECR itself, or Amazon Inspector."""

    BASIC = "BASIC"
    ENHANCED = "ENHANCED"


class ScanFrequency(StrEnum):
    """When images are scanned."""

    SCAN_ON_PUSH = "SCAN_ON_PUSH"
    CONTINUOUS_SCAN = "CONTINUOUS_SCAN"
    MANUAL = "MANUAL"


_STRONGEST_FIRST: Final = (
    ScanFrequency.CONTINUOUS_SCAN,
    ScanFrequency.SCAN_ON_PUSH,
    ScanFrequency.MANUAL,
)


class FilterType(StrEnum):
    """How a filter of a scanning rule is meant."""

    WILDCARD = "WILDCARD"


class RepositoryFilter(WireModel, frozen=True):
    """A filter of repository names."""

    filter: StrictStr
    filter_type: FilterType


class ScanningRule(WireModel, frozen=True):
    """The repositories that are scanned at one frequency."""

    scan_frequency: ScanFrequency
    repository_filters: tuple[RepositoryFilter, ...]

    @cached_property
    def filters(self) -> tuple[ScanFilter, ...]:
        """The filters, compiled once."""
        return tuple(ScanFilter.compile(each.filter) for each in self.repository_filters)

    def matching(self, name: str) -> tuple[str, ...]:
        """All filters that match a repository's name, in their order."""
        return tuple(each.text for each in self.filters if each.matches(name))


class ScanningConfiguration(WireModel, frozen=True, title="Amazon ECR scanning configuration"):
    """What a registry scans, and when. Left out, a registry has basic scanning without rules."""

    scan_type: ScanType = ScanType.BASIC
    rules: tuple[ScanningRule, ...] = ()

    @cached_property
    def strongest_first(self) -> "NumberedFilters":
        """The filters of all rules, compiled once; those of the rule that wins come first.

        Continuous scanning is enforced over scan on push, and a rule for manual scans means what
        no rule at all means.
        """
        by_strength = sorted(
            enumerate(self.rules),
            key=lambda numbered: _STRONGEST_FIRST.index(numbered[1].scan_frequency),
        )
        found = [
            (number, each.filter)
            for number, rule in by_strength
            for each in rule.repository_filters
        ]
        return NumberedFilters(
            ScanFilters.compile(text for _, text in found), tuple(number for number, _ in found)
        )


class NumberedFilters(NamedTuple):
    """Filters, and of each the number of its rule."""

    filters: ScanFilters
    rules: tuple[int, ...]
