"""What a scanning configuration means for a repository.

Amazon ECR User Guide, "Image scanning", "Using filters"; "Considerations for enhanced scanning".
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from ecrpolicy.scanning.model import ScanFrequency, ScanningConfiguration, ScanType
from ecrpolicy.snapshot import Repository

if TYPE_CHECKING:
    from ecrpolicy.scanning.explain import Explanation


class Source(StrEnum):
    """What decided; the value says it to people."""

    RULE = "a filter of the registry matches"
    NO_RULES = "the registry has enhanced scanning without rules: all is scanned continuously"
    NO_MATCH = "no filter of the registry matches"
    OWN_SETTING = "the registry has no rules: the repository's own setting holds"
    UNKNOWN_SETTING = "the registry has no rules, and the repository's own setting is not known"


@dataclass(frozen=True, slots=True)
class EffectiveScanning:
    """How a repository is scanned; `frequency` is None where that is off.

    `rule` is the number of the rule that won, from 0, and `filter` its first filter that matches;
    None where no rule decided.
    """

    repository: str
    scan_type: ScanType
    frequency: ScanFrequency | None
    source: Source
    rule: int | None = None
    filter: str | None = None
    configuration: ScanningConfiguration = field(
        default=ScanningConfiguration(), repr=False, compare=False
    )

    @property
    def applied(self) -> tuple[str, ...]:
        """All filters of the winning rule that match: the API's `appliedScanFilters`."""
        if self.rule is None:
            return ()
        return self.configuration.rules[self.rule].matching(self.repository)

    @property
    def lost(self) -> tuple[tuple[int, str], ...]:
        """The filters that match but lost, each with the number of its rule."""
        return tuple(
            (number, text)
            for number, rule in enumerate(self.configuration.rules)
            if number != self.rule
            for text in rule.matching(self.repository)
        )

    def explain(self) -> "Explanation":
        """Why, filter by filter."""
        from ecrpolicy.scanning.explain import explain

        return explain(self)


def evaluate(configuration: ScanningConfiguration, repository: Repository) -> EffectiveScanning:
    """How a repository is scanned under a registry's configuration.

    >>> from ecrpolicy.scanning import parse
    >>> rule = {"scanFrequency": "SCAN_ON_PUSH",
    ...         "repositoryFilters": [{"filter": "prod", "filterType": "WILDCARD"}]}
    >>> found = evaluate(parse({"rules": [rule]}), Repository("web/prod"))
    >>> found.frequency.value, found.filter
    ('SCAN_ON_PUSH', 'prod')
    """
    return next(evaluate_all(configuration, (repository,)))


def evaluate_all(
    configuration: ScanningConfiguration, repositories: Iterable[Repository]
) -> Iterator[EffectiveScanning]:
    """How each of some repositories is scanned, in their order."""
    filters, numbers = configuration.strongest_first
    frequencies = [rule.scan_frequency for rule in configuration.rules]
    scan_type, unmatched = configuration.scan_type, _without_match(configuration)
    for repository in repositories:
        name = repository.name
        matched = filters.first_match(name)
        if matched is None:
            frequency, source = unmatched or _own(repository)
            yield EffectiveScanning(name, scan_type, frequency, source, None, None, configuration)
        else:
            number = numbers[matched]
            yield EffectiveScanning(
                name,
                scan_type,
                frequencies[number],
                Source.RULE,
                number,
                filters.filters[matched].text,
                configuration,
            )


def _without_match(
    configuration: ScanningConfiguration,
) -> tuple[ScanFrequency | None, Source] | None:
    """What holds where no filter matches; None where that is the repository's own setting."""
    if configuration.scan_type is ScanType.ENHANCED:
        if configuration.rules:
            return None, Source.NO_MATCH
        return ScanFrequency.CONTINUOUS_SCAN, Source.NO_RULES
    return (ScanFrequency.MANUAL, Source.NO_MATCH) if configuration.rules else None


def _own(repository: Repository) -> tuple[ScanFrequency, Source]:
    if repository.scan_on_push is None:
        return ScanFrequency.MANUAL, Source.UNKNOWN_SETTING
    if repository.scan_on_push:
        return ScanFrequency.SCAN_ON_PUSH, Source.OWN_SETTING
    return ScanFrequency.MANUAL, Source.OWN_SETTING
