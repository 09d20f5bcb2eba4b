"""From a scanning configuration's JSON to its model, or to everything that is wrong with it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ecrpolicy import quotas
from ecrpolicy.document.shape import (
    Problem,
    invalid_parameter,
    no_match,
    parameter_path,
    parsed,
    too_long,
)
from ecrpolicy.scanning.model import ScanningConfiguration

_MEMBER: Final = "scanningConfiguration"

# Amazon ECR API Reference, "ScanningRepositoryFilter", written so that it takes linear time.
_FILTER: Final = re.compile(r"[a-z0-9*]+(?:[._/-][a-z0-9*]+)*")
_FILTER_PATTERN: Final = r"^[a-z0-9*](?:[._\-/a-z0-9*]?[a-z0-9*]+)*$"

# Amazon ECR API Reference, "RegistryScanningRule": the frequencies that each type of scan knows.
_FREQUENCIES: Final = {
    "BASIC": ("SCAN_ON_PUSH", "MANUAL"),
    "ENHANCED": ("SCAN_ON_PUSH", "CONTINUOUS_SCAN"),
}


def parse(
    source: str | bytes | Mapping[str, Any], *, file: str | None = None
) -> ScanningConfiguration:
    """Read a scanning configuration, or what `get-registry-scanning-configuration` prints.

    Raises InvalidPolicy with every complaint, each with its place and what the service answers.

    >>> parse({"scanType": "ENHANCED"}).scan_type.value
    'ENHANCED'
    """
    return parsed(ScanningConfiguration, source, problems, member=_MEMBER, file=file)


def problems(configuration: Any) -> Iterator[Problem]:
    """What a configuration has against it beyond the types of its members.

    Source: Amazon ECR API Reference, "PutRegistryScanningConfiguration".
    """
    rules = configuration.get("rules") if isinstance(configuration, dict) else None
    if not isinstance(rules, list):
        return
    most = quotas.SCANNING_MAX_RULES
    if len(rules) > most:
        message = f"a scanning configuration has {most} rules at most, not {len(rules)}"
        advice = "put all filters of one frequency into one rule"
        yield Problem("too-many-rules", "/rules", message, advice, too_long("rules", most))
    seen: dict[str, int] = {}
    for number, rule in enumerate(rules):
        if isinstance(rule, dict):
            yield from _frequency(number, rule, configuration.get("scanType", "BASIC"), seen)
            yield from _filters(number, rule.get("repositoryFilters"))


def _frequency(
    number: int, rule: Mapping[str, Any], scan_type: Any, seen: dict[str, int]
) -> Iterator[Problem]:
    frequency = rule.get("scanFrequency")
    if not isinstance(frequency, str):
        return
    place = f"/rules/{number}/scanFrequency"
    if frequency in seen:
        message = f"`/rules/{seen[frequency]}` has the frequency `{frequency}` already"
        yield Problem("duplicate-frequency", place, message, "put its filters into that rule")
    seen.setdefault(frequency, number)
    known = _FREQUENCIES.get(scan_type, ()) if isinstance(scan_type, str) else ()
    if known and frequency in _ALL_FREQUENCIES and frequency not in known:
        message = f"`{scan_type}` scanning has no frequency `{frequency}`"
        choices = " or ".join(f"`{choice}`" for choice in known)
        text = invalid_parameter(
            parameter_path(place),
            f"Member must satisfy enum value set: [{', '.join(known)}]",
        )
        yield Problem("frequency-and-type", place, message, f"write {choices}", text)


_ALL_FREQUENCIES: Final = {choice for known in _FREQUENCIES.values() for choice in known}


def _filters(number: int, filters: Any) -> Iterator[Problem]:
    if not isinstance(filters, list):
        return
    place = f"/rules/{number}/repositoryFilters"
    most = quotas.SCANNING_MAX_FILTERS
    if len(filters) > most:
        message = f"a rule has {most} filters at most, not {len(filters)}"
        yield Problem(
            "too-many-filters",
            place,
            message,
            "join filters",
            too_long(parameter_path(place), most),
        )
    for index, each in enumerate(filters):
        value = each.get("filter") if isinstance(each, dict) else None
        if isinstance(value, str):
            yield from _filter(f"{place}/{index}/filter", value)


def _filter(place: str, text: str) -> Iterator[Problem]:
    refusal = no_match(parameter_path(place), _FILTER_PATTERN)
    most = quotas.SCANNING_FILTER_MAX_CHARACTERS
    if not 1 <= len(text) <= most:
        message = f"a filter has 1 to {most} characters, not {len(text)}"
        advice = "write `*` for all repositories" if not text else "shorten it"
        yield Problem("filter-length", place, message, advice, refusal)
    elif not _FILTER.fullmatch(text):
        message = f"`{text}` can be part of no repository name"
        advice = "use lower-case letters, digits, `*`, and single `.`, `_`, `-` or `/` within them"
        yield Problem("malformed-filter", place, message, advice, refusal)
