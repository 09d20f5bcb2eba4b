"""Scanning configurations that the service would accept."""

import re
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ecrpolicy import quotas
from ecrpolicy.scanning import (
    FilterType,
    RepositoryFilter,
    ScanFrequency,
    ScanningConfiguration,
    ScanningRule,
    ScanType,
)
from ecrpolicy.testing.strategies import words
from ecrpolicy.testing.strategies.building import built, tuples_of
from ecrpolicy.testing.strategies.options import check_number

# Amazon ECR API Reference, "RegistryScanningRule": the frequencies that each type of scan knows.
FREQUENCIES: Final = {
    ScanType.BASIC: (ScanFrequency.SCAN_ON_PUSH, ScanFrequency.MANUAL),
    ScanType.ENHANCED: (ScanFrequency.SCAN_ON_PUSH, ScanFrequency.CONTINUOUS_SCAN),
}


def scanning_configurations(*, max_filters: int = 3) -> SearchStrategy[ScanningConfiguration]:
    """Scanning configurations of a registry. Shrinks to basic scanning without rules."""
    check_number("max_filters", max_filters, least=1, most=quotas.SCANNING_MAX_FILTERS)
    return st.one_of(*(_configurations(each, max_filters) for each in ScanType))


def _configurations(scan_type: ScanType, max_filters: int) -> SearchStrategy[ScanningConfiguration]:
    rules = built(
        ScanningRule,
        scan_frequency=st.sampled_from(FREQUENCIES[scan_type]),
        repository_filters=tuples_of(_filters(), least=1, most=max_filters),
    )
    several = tuples_of(rules, most=2, key=lambda rule: rule.scan_frequency)
    return built(ScanningConfiguration, scan_type=st.just(scan_type), rules=several)


_SEVERAL: Final = re.compile(r"([_-])\1+")


def _filters() -> SearchStrategy[RepositoryFilter]:
    # Filters have single separators, even where names may have two.
    name = words.names_up_to(40).map(lambda text: _SEVERAL.sub(r"\1", text))
    texts = st.one_of(
        st.just("*"),
        name,
        name.map(lambda text: f"{text}/*"),
        name.map(lambda text: f"*{text}*"),
        st.builds("{}*{}".format, name, name),
    )
    return built(RepositoryFilter, filter=texts, filter_type=st.just(FilterType.WILDCARD))
