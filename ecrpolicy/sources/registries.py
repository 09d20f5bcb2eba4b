"""Registries from files: what the AWS CLI printed of one, in one document or several.

Known are the answers of `describe-repositories`, `get-repository-policy`,
`get-lifecycle-policy`, `list-tags-for-resource`, `describe-images`, `get-registry-policy`,
`get-account-setting` (of the registry policy's scope), `get-registry-scanning-configuration`,
`describe-registry`, `describe-pull-through-cache-rules` and
`describe-repository-creation-templates`. A document may hold the members of several at once, and
a policy that is `null` or empty says that there is none; and a repository may hold beside its
description its `policyText`, `lifecyclePolicyText`, `tags` and `imageDetails`, which some of the
commands print without saying of which repository.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, Final, NamedTuple

from pydantic import ValidationError
from pydantic.alias_generators import to_camel

from ecrpolicy import regions
from ecrpolicy.arn import Arn
from ecrpolicy.errors import InvalidSnapshot
from ecrpolicy.finding import Location
from ecrpolicy.regions import partition_of
from ecrpolicy.snapshot import PolicyScope, Registry
from ecrpolicy.sources.complaints import complaints
from ecrpolicy.sources.files import Source, values
from ecrpolicy.sources.registry_answers import Answer, Description
from ecrpolicy.sources.registry_places import Complaint, Entry, Place, invalid
from ecrpolicy.sources.registry_repositories import (
    ADVICE,
    Found,
    described,
    registry_policy,
    repositories,
)
from ecrpolicy.sources.registry_settings import check_settings
from ecrpolicy.wording import printable

_SCOPE_SETTING: Final = "REGISTRY_POLICY_SCOPE"


class _Told(NamedTuple):
    """A word that documents tell, and where."""

    value: str
    place: Place | None
    pointer: str

    def location(self) -> Location:
        """Where it stands."""
        return Location() if self.place is None else self.place.at(self.pointer)


def read_registry(
    *sources: Source, region: str | None = None, with_settings: bool = False
) -> Registry:
    """The registry that the documents of some files tell of.

    Account and Region are those of the repositories' ARNs, where the documents do not tell them;
    `region` is for documents that tell none. Raises InvalidSnapshot with every complaint, located;
    `with_settings`, the Region, names and settings are judged too, and InvalidPolicy is raised
    where the service would not take them.
    """
    found = [each for source in sources for each in _answers(source)]
    if cut_off := list(_cut_off(found)):
        raise invalid(cut_off)
    listed = described(found)
    arn = _first_arn(listed)
    account, here = _home(found, arn, region)
    policy, scope = registry_policy(found), _scope(found)
    scanning = _setting(found, "scanning_configuration")
    replication = _setting(found, "replication_configuration")
    if with_settings:
        _require_known(here)
        check_settings(found, policy, scope, account=account.value, region=here.value)
    partition = _partition(found, here.value) or (arn and arn.value.partition)
    made = repositories(found)
    try:
        registry = Registry(
            account=account.value,
            region=here.value,
            partition=partition_of(here.value) or partition or "",
            policy=None if policy is None else policy.text,
            policy_scope=scope,
            scanning_configuration=scanning,
            replication_configuration=replication,
            pull_through_cache_rules=_several(found, "pull_through_cache_rules"),
            repository_creation_templates=_several(found, "repository_creation_templates"),
            taken_at=next((each.taken_at for each, _ in found if each.taken_at), None),
            refused={
                name: text for each, _ in found for name, text in (each.refused or {}).items()
            },
        )
        return registry if made is None else replace(registry, repositories=made)
    except InvalidSnapshot as error:
        raise _relocated(error, {"account": account, "region": here}, listed) from None


# What documents tell


def _answers(source: Source) -> Iterator[tuple[Answer, Place]]:
    for start, value in values(source):
        place = Place(source, start)
        try:
            answer = Answer.model_validate(value)
        except ValidationError as error:
            told = [Complaint(place, *each) for each in complaints(error)]
            raise invalid(told, error.error_count() - len(told)) from None
        if not answer.model_fields_set:
            raise invalid([Complaint(place, "", "nothing here tells of a registry", ADVICE)])
        yield answer, place


# The members with listings, which may come in pages, and what they list.
_LISTINGS: Final = {
    "image_details": "images",
    "pull_through_cache_rules": "pull through cache rules",
    "repository_creation_templates": "repository creation templates",
    "repositories": "repositories",
}


def _cut_off(found: Found) -> Iterator[Complaint]:
    """The listings whose last page says that there are more; images are listed by repository."""
    last: dict[tuple[str, str | None], tuple[Answer, Place]] = {}
    for answer, place in found:
        pages = [name for name in _LISTINGS if name in answer.model_fields_set]
        if answer.token is not None:
            pages = pages[:1] or ["repositories"]
        for name in pages:
            of = _repository_of(answer) if name == "image_details" else None
            last[name, of] = answer, place
    for (name, of), (answer, place) in last.items():
        if answer.token is not None:
            what = _LISTINGS[name] + (f" of `{of}`" if of is not None else "")
            message = f"the listing of {what} stops at a `nextToken`: there are more"
            advice = "list all of them, without `--max-items` or `--no-paginate`"
            yield Complaint(place, f"/{answer.token}", message, advice)


def _repository_of(answer: Answer) -> str | None:
    images = answer.image_details or ()
    named = next((each.repository for each in images if each.repository is not None), None)
    return answer.repository_name or named


def _first_arn(listed: Sequence[Entry[Description]]) -> Entry[Arn] | None:
    """The first ARN of a repository, at its place."""
    for each in listed:
        arn = Arn.read(each.value.repository_arn or "")
        if arn is not None:
            return Entry(arn, each.place, each.listing, each.number)
    return None


def _home(found: Found, arn: Entry[Arn] | None, region: str | None) -> tuple[_Told, _Told]:
    """The account and the Region: what members tell, else what an ARN does."""
    account = _told(found, "registry_id", "registry")
    here = _told(found, "region", "Region")
    if arn is not None:
        pointer = arn.pointer("/repositoryArn")
        account = account or _Told(arn.value.account, arn.place, pointer)
        here = here or _Told(arn.value.region, arn.place, pointer)
    if region is not None and here is not None and here.value != region:
        message = f"these documents are of the Region `{here.value}`, not of `{region}`"
        advice = "leave the Region out, or give those of the other"
        raise invalid([Complaint(here.place, here.pointer, message, advice)])
    if here is None and region is not None:
        here = _Told(region, None, "/region")
    if account is None or here is None:
        missing = "account" if account is None else "Region"
        if account is None and here is None:
            missing = "account and the Region"
        raise invalid([Complaint(None, "", f"nothing here tells the {missing}", ADVICE)])
    return account, here


def _told(found: Found, member: str, what: str) -> _Told | None:
    """What registry, or Region, the documents are of; those of two are refused."""
    told: _Told | None = None
    for answer, place in found:
        value: str | None = getattr(answer, member)
        pointer = f"/{to_camel(member)}"
        if value is not None and told is not None and value != told.value:
            message = f"this document is of the {what} `{value}`, an earlier one of `{told.value}`"
            advice = "give the documents of one registry together"
            raise invalid([Complaint(place, pointer, message, advice)])
        if value and told is None:
            told = _Told(value, place, pointer)
    return told


def _require_known(here: _Told) -> None:
    """What is permitted, and what can be replicated, hangs on the partition of the Region."""
    if partition_of(here.value) is None:
        message = f"`{printable(here.value)[:80]}` is no Region that is known"
        complaint = Complaint(here.place, here.pointer, message, regions.advice(here.value))
        raise invalid([complaint])


def _scope(found: Found) -> PolicyScope | None:
    """How far the registry policy reaches; two scopes that differ are refused."""
    told: _Told | None = None
    for answer, place in found:
        scope, pointer = answer.registry_policy_scope, "/registryPolicyScope"
        if scope is None and answer.name == _SCOPE_SETTING:
            scope, pointer = answer.value or "", "/value"
        if scope is None:
            continue
        if scope not in ("V1", "V2"):
            message = f"`{printable(scope)[:80]}` is no scope of a registry policy"
            raise invalid([Complaint(place, pointer, message, "write `V1` or `V2`")])
        if told is not None and scope != told.value:
            message = f"the scope of the registry policy is `{scope}` here, and `{told.value}`"
            message += f" at {told.location()}"
            raise invalid([Complaint(place, pointer, message, "give the one that it has now")])
        told = told or _Told(scope, place, pointer)
    if told is None:
        return None
    return "V1" if told.value == "V1" else "V2"


def _partition(found: Found, region: str) -> str | None:
    """The partition that is told; another than that of the Region is refused."""
    home = partition_of(region)
    for answer, place in found:
        told = answer.partition
        if told is not None and home not in (None, told):
            message = f"`{region}` is in the partition `{home}`, not in `{told}`"
            advice = "leave the partition out, or give the other Region"
            raise invalid([Complaint(place, "/partition", message, advice)])
    partition = _told(found, "partition", "partition")
    return None if partition is None else partition.value


def _setting(found: Found, member: str) -> Mapping[str, Any] | None:
    """A setting of the registry; two that differ are refused."""
    told: Mapping[str, Any] | None = None
    for answer, place in found:
        value = getattr(answer, member)
        if value is not None and told is not None and value != told:
            message = f"a second, different {member.replace('_', ' ')} is here"
            advice = "give the one that the registry has now"
            raise invalid([Complaint(place, f"/{to_camel(member)}", message, advice)])
        told = value if value is not None else told
    return told


def _several(found: Found, member: str) -> tuple[Mapping[str, Any], ...] | None:
    """The objects of a listing, which may come in pages; None where there is no listing."""
    told = [each for answer, _ in found if (each := getattr(answer, member)) is not None]
    return tuple(chain.from_iterable(told)) if told else None


_WIRE_NAMES: Final = {"name": "repositoryName", "registry_id": "registryId", "arn": "repositoryArn"}


def _relocated(
    error: InvalidSnapshot, home: Mapping[str, _Told], listed: Sequence[Entry[Description]]
) -> InvalidSnapshot:
    """What makes a registry none, at the places of the documents."""
    placed: list[Complaint] = []
    for each in error.findings:
        member, *rest = each.location.pointer.split("/")[1:]
        if member == "repositories":
            repository, name = listed[int(rest[0])], _WIRE_NAMES[rest[1]]
            place, pointer = repository.place, repository.pointer(f"/{name}")
            placed.append(Complaint(place, pointer, each.message, each.help))
        else:
            told = home[member]
            placed.append(Complaint(told.place, told.pointer, each.message, each.help))
    return invalid(placed, error.left_out)
