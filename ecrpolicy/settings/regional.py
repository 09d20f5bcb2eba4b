"""What the documents say of single Regions that may keep a setting from acting there.

None of it changes an answer: such lists grow old, and the service has taken the settings that a
snapshot tells of.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ecrpolicy.regions import WITHOUT_CACHE_RULES, WITHOUT_INSPECTOR, is_opt_in
from ecrpolicy.scanning import ScanType
from ecrpolicy.settings.model import Settings


class Lacking(StrEnum):
    """What a Region may lack."""

    CACHE_RULES = "CACHE_RULES"
    ENHANCED_SCANNING = "ENHANCED_SCANNING"
    OPT_IN = "OPT_IN"


@dataclass(frozen=True, slots=True)
class RegionalDoubt:
    """What a Region may lack, and why a setting may then not act.

    `accounts` are those that must have opted in to the Region, none where it is about another
    thing.
    """

    lacking: Lacking
    region: str
    reason: str
    accounts: tuple[str, ...] = ()


def regional_doubts(settings: Settings) -> tuple[RegionalDoubt, ...]:
    """What may keep the settings of a registry from acting, by the Regions that they are about.

    >>> from ecrpolicy.snapshot import Registry
    >>> told = {"scanType": "ENHANCED", "rules": []}
    >>> registry = Registry("111122223333", "eusc-de-east-1", scanning_configuration=told)
    >>> regional_doubts(Settings.of(registry))[0].lacking.value
    'ENHANCED_SCANNING'
    """
    return tuple(_doubts(settings))


def _doubts(settings: Settings) -> Iterator[RegionalDoubt]:
    region = settings.registry.region
    if settings.cache_rules and region in WITHOUT_CACHE_RULES:
        reason = (
            f"no cache rules can be made in `{region}`, says the Amazon ECR User Guide of 2026 "
            "(`Considerations for using pull through cache rules`)"
        )
        yield RegionalDoubt(Lacking.CACHE_RULES, region, reason)
    if settings.scanning.scan_type is ScanType.ENHANCED and region in WITHOUT_INSPECTOR:
        reason = (
            "enhanced scanning is there where Amazon Inspector is, says the Amazon ECR User Guide "
            "of 2026 (`Considerations for enhanced scanning`), and no endpoint of it is known in "
            f"`{region}`"
        )
        yield RegionalDoubt(Lacking.ENHANCED_SCANNING, region, reason)
    yield from _opt_in(settings)


def _opt_in(settings: Settings) -> Iterator[RegionalDoubt]:
    """Of the registry's own account its snapshot shows that it has the registry's Region."""
    home = settings.registry
    needed: dict[str, dict[str, None]] = {}
    for each in settings.replication.destinations:
        if is_opt_in(each.region):
            own = () if each.region == home.region else (home.account,)
            needed.setdefault(each.region, {}).update(dict.fromkeys((*own, each.registry_id)))
    for region, accounts in needed.items():
        several = " and ".join(f"`{account}`" for account in accounts)
        reason = (
            f"nothing is replicated to `{region}` before the accounts of source and destination "
            f"have opted in to it, here {several}, says the Amazon ECR User Guide of 2026 "
            "(`Considerations for private image replication`)"
        )
        yield RegionalDoubt(Lacking.OPT_IN, region, reason, tuple(accounts))
