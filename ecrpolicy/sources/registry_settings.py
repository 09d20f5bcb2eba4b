"""Whether the settings of a registry are such that the service would keep them, with places."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from pydantic.alias_generators import to_camel

from ecrpolicy import caching, iam, replication, scanning, tagging
from ecrpolicy.document.location import shifted
from ecrpolicy.document.shape import finding, message_within
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.finding import Finding, Location
from ecrpolicy.snapshot import PolicyScope
from ecrpolicy.sources.registry_answers import Description
from ecrpolicy.sources.registry_places import Entry, Place, entries, most_told
from ecrpolicy.sources.registry_repositories import Found, PolicyText, described


class _Judged(NamedTuple):
    """What one setting has against it: findings, each made when it is told, and further ones."""

    findings: Sequence[Callable[[], Finding]] = ()
    left_out: int = 0


def check_settings(
    found: Found,
    policy: PolicyText | None,
    scope: PolicyScope | None,
    *,
    account: str,
    region: str,
) -> None:
    """Raise InvalidPolicy with what the settings of a registry have against them.

    Of each setting the first findings are told, so that none hides the next.
    """
    most = most_told(place for _, place in found)
    told: list[Finding] = []
    left_out = 0
    for judged in (
        _scanning(found),
        _replication(found, account, region),
        _rules(found, account, region),
        _templates(found),
        _repositories(found),
        _policy(policy, scope),
    ):
        told += (made() for made in judged.findings[:most])
        left_out += judged.left_out + max(0, len(judged.findings) - most)
    if told:
        raise InvalidPolicy(told, left_out)


def _scanning(found: Found) -> _Judged:
    pages = ((each.scanning_configuration, place) for each, place in found)
    return _of_document(scanning.parse, pages, "/scanningConfiguration")


def _replication(found: Found, account: str, region: str) -> _Judged:
    pages = ((each.replication_configuration, place) for each, place in found)
    parse = partial(replication.parse, account=account, region=region)
    return _of_document(parse, pages, "/replicationConfiguration")


def _of_document(
    parse: Callable[[Mapping[str, Any]], object],
    told: Iterable[tuple[Mapping[str, Any] | None, Place]],
    start: str,
) -> _Judged:
    """What a setting has against it that one document tells: several would tell the same."""
    for value, place in told:
        if value is not None:
            return _judged(partial(parse, value), partial(_below, place, start))
    return _Judged()


def _below(place: Place, start: str, found: Finding) -> Finding:
    """A finding of a setting, at its place in a document where the setting starts."""
    is_name = found.rule == "unknown-member"
    return replace(found, location=place.at(start + found.location.pointer, key=is_name))


def _rules(found: Found, account: str, region: str) -> _Judged:
    listed = _listed(found, "pull_through_cache_rules")
    return _of_pages(partial(caching.parse_rules, account=account, region=region), listed)


def _templates(found: Found) -> _Judged:
    return _of_pages(caching.parse_templates, _listed(found, "repository_creation_templates"))


def _listed(found: Found, member: str) -> list[Entry[Mapping[str, Any]]]:
    """The objects of a listing, page by page."""
    return [
        each
        for answer, place in found
        for each in entries(getattr(answer, member) or (), place, f"/{to_camel(member)}")
    ]


def _of_pages(
    parse: Callable[[Sequence[Mapping[str, Any]]], object],
    listed: Sequence[Entry[Mapping[str, Any]]],
) -> _Judged:
    """What a listing has against it; what its length has stands at the page that comes last."""

    def placed(each: Finding) -> Finding:
        _, _, *rest = each.location.pointer.split("/", 3)
        if not rest:
            return _below(listed[-1].place, "", each)
        number, *within = rest
        entry, pointer = listed[int(number)], "".join(f"/{one}" for one in within)
        inner = replace(each, location=Location(pointer=pointer))
        return _below(entry.place, entry.pointer(), inner)

    return _judged(lambda: parse([each.value for each in listed]), placed)


def _judged(parse: Callable[[], object], placed: Callable[[Finding], Finding]) -> _Judged:
    try:
        parse()
    except InvalidPolicy as error:
        return _Judged([partial(placed, each) for each in error.findings], error.left_out)
    return _Judged()


def _repositories(found: Found) -> _Judged:
    """Names that are none, and tag mutabilities that the service would not keep."""
    return _Judged(
        [
            partial(_below, entry.place, "", each)
            for entry in described(found)
            for each in _of_repository(entry)
        ]
    )


def _of_repository(entry: Entry[Description]) -> Iterator[Finding]:
    told, at = entry.value, entry.pointer()
    problem = tagging.name_problem(told.repository_name, f"{at}/repositoryName")
    if problem is not None:
        yield finding(problem, Location(pointer=problem.pointer))
    filters = told.image_tag_mutability_exclusion_filters
    # A mutability that is not told may be any: the filters are judged all the same.
    settings: dict[str, Any] = {"imageTagMutability": told.image_tag_mutability or UNKNOWN}
    if filters:
        named = [{"filter": each.filter} for each in filters]
        settings["imageTagMutabilityExclusionFilters"] = named
    for problem in tagging.mutability_problems(settings, at):
        yield finding(problem, Location(pointer=problem.pointer))


def _policy(policy: PolicyText | None, scope: PolicyScope | None) -> _Judged:
    """The registry policy, whether it stands there as text or as an object."""
    if policy is None or not policy.text:
        return _Judged()
    written = policy.place.written(policy.pointer)
    is_text = written.startswith('"')
    text = policy.text if is_text else written

    def placed(each: Finding) -> Finding:
        place = policy.place.at(policy.pointer)
        if is_text:
            return replace(each, message=message_within(each), location=place)
        return replace(each, location=shifted(each.location, place, policy.pointer))

    return _judged(lambda: iam.parse(text, kind=iam.Kind.REGISTRY, scope=scope or "V2"), placed)
