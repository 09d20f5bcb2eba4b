"""Scanning configurations of a registry as frozen models.

Member names are those of the API ("RegistryScanningConfiguration"), in snake_case.
"""

from enum import StrEnum
from functools import cached_property

from pydantic import BaseModel, StrictStr
from pydantic.alias_generators import to_camel

from ecrpolicy.wildcard import ScanFilters


class ScanType(StrEnum):
    """Who scans: Amazon ECR itself, or Amazon Inspector."""

    BASIC = "BASIC"
    ENHANCED = "ENHANCED"


class ScanFrequency(StrEnum):
    """When images are scanned."""

    SCAN_ON_PUSH = "SCAN_ON_PUSH"
    CONTINUOUS_SCAN = "CONTINUOUS_SCAN"
    MANUAL = "MANUAL"


class FilterType(StrEnum):
    """How a filter of a scanning rule is meant."""

    WILDCARD = "WILDCARD"


class _Model(
    BaseModel,
    frozen=True,
    extra="forbid",
    alias_generator=to_camel,
    populate_by_name=True,
):
    """One object of the document; members that it does not know are refused."""


class RepositoryFilter(_Model, frozen=True):
    """A filter of repository names."""

    filter: StrictStr
    filter_type: FilterType


class ScanningRule(_Model, frozen=True):
    """The repositories that are scanned at one frequency."""

    scan_frequency: ScanFrequency
    repository_filters: tuple[RepositoryFilter, ...]

    @cached_property
    def filters(self) -> ScanFilters:
        """The filters, compiled once."""
        return ScanFilters.compile(each.filter for each in self.repository_filters)


class ScanningConfiguration(_Model, frozen=True, title="Amazon ECR scanning configuration"):
    """What a registry scans, and when. Left out, a registry has basic scanning without rules."""

    scan_type: ScanType = ScanType.BASIC
    rules: tuple[ScanningRule, ...] = ()
