"""Whether the settings of a registry are such that the service would keep them, with places."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

from ecrpolicy import caching, replication, scanning, tagging
from ecrpolicy.document.location import locate
from ecrpolicy.document.shape import finding
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.finding import Finding, Location
from ecrpolicy.sources.files import Source
from ecrpolicy.sources.registry_answers import Answer

# Each place is looked up from the start of its document.
_MAX_FINDINGS = 100


class Place(NamedTuple):
    """Where a document stands in a source."""

    source: Source
    start: int

    def at(self, pointer: str, *, key: bool = False) -> Location:
        """The place of a member, or with `key` of its name."""
        text = self.source.content.decode("utf-8", "replace").removeprefix("\ufeff")
        return locate(text, pointer, file=self.source.file, start=self.start, key=key)


def check_settings(found: Sequence[tuple[Answer, Place]], account: str, region: str) -> None:
    """Raise InvalidPolicy with everything that the settings of a registry have against them."""
    findings = (
        each
        for answer, place in found
        for check in (_scanning, _replication, _rules, _templates, _repositories)
        for each in check(answer, place, account, region)
    )
    told = list(islice(findings, _MAX_FINDINGS))
    if told:
        raise InvalidPolicy(told)


def _scanning(answer: Answer, place: Place, _account: str, _region: str) -> Iterator[Finding]:
    value = answer.scanning_configuration
    if value is not None:
        yield from _parsing(lambda: scanning.parse(value), "/scanningConfiguration", place)


def _replication(answer: Answer, place: Place, account: str, region: str) -> Iterator[Finding]:
    value = answer.replication_configuration
    if value is not None:
        yield from _parsing(
            lambda: replication.parse(value, account=account, region=region),
            "/replicationConfiguration",
            place,
        )


def _rules(answer: Answer, place: Place, account: str, region: str) -> Iterator[Finding]:
    value = answer.pull_through_cache_rules
    if value is not None:
        yield from _parsing(
            lambda: caching.parse_rules(value, account=account, region=region), "", place
        )


def _templates(answer: Answer, place: Place, _account: str, _region: str) -> Iterator[Finding]:
    value = answer.repository_creation_templates
    if value is not None:
        yield from _parsing(lambda: caching.parse_templates(value), "", place)


def _repositories(answer: Answer, place: Place, _account: str, _region: str) -> Iterator[Finding]:
    """Names that are none, and tag mutabilities that the service would not keep."""
    for number, each in enumerate(answer.repositories or ()):
        at = f"/repositories/{number}"
        problem = tagging.name_problem(each.repository_name, f"{at}/repositoryName")
        if problem is not None:
            yield finding(problem, place.at(problem.pointer))
        filters = each.image_tag_mutability_exclusion_filters
        if each.image_tag_mutability is None or not (filters or each.image_tag_mutability):
            continue
        settings: dict[str, Any] = {"imageTagMutability": each.image_tag_mutability}
        if filters:
            named = [{"filter": one.filter} for one in filters]
            settings["imageTagMutabilityExclusionFilters"] = named
        for problem in tagging.mutability_problems(settings, at):
            yield finding(problem, place.at(problem.pointer))


def _parsing(parse: Callable[[], object], start: str, place: Place) -> Iterator[Finding]:
    """The findings of a setting, each with its place in the document that it stands in."""
    try:
        parse()
    except InvalidPolicy as error:
        for each in error.findings[:_MAX_FINDINGS]:
            pointer = start + each.location.pointer
            is_name = each.rule == "unknown-member"
            yield replace(each, location=place.at(pointer, key=is_name))
