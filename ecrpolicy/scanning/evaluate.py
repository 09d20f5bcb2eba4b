"""What a scanning configuration means for a repository.

Amazon ECR User Guide, "Image scanning", "Using filters"; "Considerations for enhanced scanning".
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ecrpolicy.scanning.model import ScanFrequency, ScanningConfiguration, ScanningRule, ScanType
from ecrpolicy.snapshot import Repository

if TYPE_CHECKING:
    from ecrpolicy.scanning.explain import Explanation

# Of the rules that match a repository, the first of these decides: continuous scanning is
# enforced over scan on push, and a rule for manual scans means what no rule at all means.
_STRONGEST_FIRST: Final = (
    ScanFrequency.CONTINUOUS_SCAN,
    ScanFrequency.SCAN_ON_PUSH,
    ScanFrequency.MANUAL,
)


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
        return self.configuration.rules[self.rule].filters.matching(self.repository)

    @property
    def lost(self) -> tuple[tuple[int, str], ...]:
        """The filters that match but lost, each with the number of its rule."""
        return tuple(
            (number, text)
            for number, rule in enumerate(self.configuration.rules)
            if number != self.rule
            for text in rule.filters.matching(self.repository)
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
    rules = _by_strength(configuration)
    scan_type = configuration.scan_type
    for repository in repositories:
        name = repository.name
        for number, rule in rules:
            matched = rule.filters.first_match(name)
            if matched is not None:
                yield EffectiveScanning(
                    name,
                    scan_type,
                    rule.scan_frequency,
                    Source.RULE,
                    number,
                    matched,
                    configuration,
                )
                break
        else:
            frequency, source = _without_match(configuration, repository)
            yield EffectiveScanning(name, scan_type, frequency, source, configuration=configuration)


def _by_strength(configuration: ScanningConfiguration) -> list[tuple[int, ScanningRule]]:
    return sorted(
        enumerate(configuration.rules),
        key=lambda numbered: _STRONGEST_FIRST.index(numbered[1].scan_frequency),
    )


def _without_match(
    configuration: ScanningConfiguration, repository: Repository
) -> tuple[ScanFrequency | None, Source]:
    if configuration.scan_type is ScanType.ENHANCED:
        if configuration.rules:
            return None, Source.NO_MATCH
        return ScanFrequency.CONTINUOUS_SCAN, Source.NO_RULES
    if configuration.rules:
        return ScanFrequency.MANUAL, Source.NO_MATCH
    if repository.scan_on_push is None:
        return ScanFrequency.MANUAL, Source.UNKNOWN_SETTING
    if repository.scan_on_push:
        return ScanFrequency.SCAN_ON_PUSH, Source.OWN_SETTING
    return ScanFrequency.MANUAL, Source.OWN_SETTING
