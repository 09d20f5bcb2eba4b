"""What can go wrong with pulls through a cache: lines for people, and JSON."""

from collections.abc import Iterator
from typing import Any

from ecrpolicy.caching import Cached, Trouble, troubles
from ecrpolicy.settings import Settings
from ecrpolicy.settings.unknown import CACHE_RULES
from ecrpolicy.snapshot import Repository

Json = dict[str, Any]


def trouble_lines(
    settings: Settings, found: Cached | None, repository: Repository
) -> Iterator[str]:
    """A line each; `repository` is the one that is there, or the one that the cache creates."""
    for each in _troubles(settings, found, repository):
        yield each.when if each.service_text is None else f"{each.when}: `{each.service_text}`"


def troubles_json(settings: Settings, found: Cached | None, repository: Repository) -> list[Json]:
    """As `trouble_lines`."""
    return [
        {"when": each.when, "serviceText": each.service_text}
        for each in _troubles(settings, found, repository)
    ]


def _troubles(
    settings: Settings, found: Cached | None, repository: Repository
) -> tuple[Trouble, ...]:
    """None where it is not known that a cache rule serves the name."""
    if found is None or CACHE_RULES in settings.unknown:
        return ()
    return tuple(troubles(settings.registry, found, repository))
