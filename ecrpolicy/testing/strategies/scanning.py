"""Scanning configurations that the service would accept."""

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
from ecrpolicy.testing.strategies.models import models
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
    rules = models(
        ScanningRule,
        scan_frequency=st.sampled_from(FREQUENCIES[scan_type]),
        repository_filters=st.lists(_filters(), min_size=1, max_size=max_filters).map(tuple),
    )
    several = st.lists(rules, max_size=2, unique_by=lambda rule: rule.scan_frequency)
    return models(ScanningConfiguration, scan_type=st.just(scan_type), rules=several.map(tuple))


def _filters() -> SearchStrategy[RepositoryFilter]:
    name = words.names_up_to(40)
    texts = st.one_of(
        st.just("*"),
        name,
        name.map(lambda text: f"{text}/*"),
        name.map(lambda text: f"*{text}*"),
        st.builds("{}*{}".format, name, name),
    )
    return texts.map(lambda text: RepositoryFilter(filter=text, filter_type=FilterType.WILDCARD))
