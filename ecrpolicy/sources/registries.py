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

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from ecrpolicy.arn import Arn
from ecrpolicy.errors import InvalidSnapshot
from ecrpolicy.finding import Finding, Location, Severity
from ecrpolicy.regions import partition_of
from ecrpolicy.snapshot import Image, PolicyScope, Registry, Repository
from ecrpolicy.sources.complaints import MAX_COMPLAINTS, complaints
from ecrpolicy.sources.files import Source, values
from ecrpolicy.sources.registry_answers import Answer, Description
from ecrpolicy.sources.registry_settings import Place, check_settings

_SCOPE_SETTING: Final = "REGISTRY_POLICY_SCOPE"

_Found = tuple[Answer, Place]


class _Policy(NamedTuple):
    """A policy that is told, empty where that there is none; of a repository, or the registry.

    Where it stands is looked up when that is asked: a registry has thousands.
    """

    repository: str | None
    text: str
    place: Place
    pointer: str


def read_registry(
    *sources: Source, region: str | None = None, with_settings: bool = False
) -> Registry:
    """The registry that the documents of some files tell of.

    Account and Region are those of the repositories' ARNs, where the documents do not tell them;
    `region` is for documents that tell none. Raises InvalidSnapshot with every complaint, located;
    `with_settings`, names and settings are judged too, and InvalidPolicy is raised where the
    service would not take them.
    """
    found = [each for source in sources for each in _answers(source)]
    answers = [answer for answer, _ in found]
    described = [each for answer in answers for each in answer.repositories or ()]
    arn = next((read for each in described if (read := Arn.read(each.repository_arn or ""))), None)
    account = _told(found, "registry_id", "registry") or (arn and arn.account)
    told = _told(found, "region", "Region") or (arn and arn.region)
    if region is not None and told not in (None, region):
        message = f"these documents are of the Region `{told}`, not of `{region}`"
        advice = "leave the Region out, or give those of the other"
        raise _refusal(Location(sources[0].file), message, advice)
    region = told or region
    if account is None or region is None:
        file = sources[0].file if sources else None
        missing = "account" if account is None else "Region"
        if account is None and region is None:
            missing = "account and the Region"
        raise _refusal(Location(file), f"nothing here tells the {missing}")
    if with_settings:
        check_settings(found, account, region)
    partition = _partition(found, region) or (arn and arn.partition)
    listed = {each.repository_name for each in described}
    policies = _texts((each for one in found for each in _policies(*one)), listed)
    lifecycle = _texts((each for one in found for each in _lifecycle_policies(*one)), listed)
    images = _images(found, described)
    registry = Registry(
        account=account,
        region=region,
        partition=partition_of(region) or partition or "",
        policy=policies.get(None),
        policy_scope=_scope(found),
        scanning_configuration=_setting(found, "scanning_configuration"),
        replication_configuration=_setting(found, "replication_configuration"),
        pull_through_cache_rules=_several(answers, "pull_through_cache_rules"),
        repository_creation_templates=_several(answers, "repository_creation_templates"),
        taken_at=next((each.taken_at for each in answers if each.taken_at), None),
        refused={name: text for answer in answers for name, text in (answer.refused or {}).items()},
    )
    if all(answer.repositories is None for answer in answers):
        return registry
    repositories = tuple(
        _repository(
            each,
            policies.get(each.repository_name),
            lifecycle.get(each.repository_name),
            images.get(each.repository_name),
        )
        for each in described
    )
    return replace(registry, repositories=repositories)


def _policies(answer: Answer, place: Place) -> Iterator[_Policy]:
    """A `policyText` without a repository's name is that of `get-registry-policy`."""
    if answer.registry_policy_text is not None:
        yield _Policy(None, answer.registry_policy_text, place, "/registryPolicyText")
    if answer.policy_text is not None:
        yield _Policy(answer.repository_name, answer.policy_text, place, "/policyText")
    for number, each in enumerate(answer.repositories or ()):
        if each.policy_text is not None:
            pointer = f"/repositories/{number}/policyText"
            yield _Policy(each.repository_name, each.policy_text, place, pointer)


def _lifecycle_policies(answer: Answer, place: Place) -> Iterator[_Policy]:
    if answer.lifecycle_policy_text is not None and answer.repository_name is not None:
        yield _Policy(
            answer.repository_name, answer.lifecycle_policy_text, place, "/lifecyclePolicyText"
        )
    for number, each in enumerate(answer.repositories or ()):
        if each.lifecycle_policy_text is not None:
            pointer = f"/repositories/{number}/lifecyclePolicyText"
            yield _Policy(each.repository_name, each.lifecycle_policy_text, place, pointer)


def _texts(policies: Iterable[_Policy], listed: set[str]) -> dict[str | None, str]:
    """The policies by repository; one that is not listed, and two that differ, are refused."""
    texts: dict[str | None, str] = {}
    findings: list[Finding] = []
    for name, text, place, pointer in policies:
        about = "the registry" if name is None else f"the repository `{name}`"
        if len(findings) == MAX_COMPLAINTS:
            break
        if name is not None and name not in listed:
            message = f"a policy of {about} is here, which no listing has"
            findings += _refusal(place.at(pointer), message).findings
        elif texts.setdefault(name, text) != text:
            message = f"a second, different policy of {about} is here"
            advice = "give the one that it has now"
            findings += _refusal(place.at(pointer), message, advice).findings
    if findings:
        raise InvalidSnapshot(findings)
    return texts


def _images(
    found: Sequence[_Found], described: Sequence[Description]
) -> Mapping[str, tuple[Image, ...]]:
    """The images that are told, by repository; those of one that is not listed are refused."""
    images: dict[str, list[Image]] = {
        each.repository_name: list(each.image_details)
        for each in described
        if each.image_details is not None
    }
    listed = {each.repository_name for each in described}
    for answer, place in found:
        if answer.image_details is None:
            continue
        if answer.repository_name is not None:
            images.setdefault(answer.repository_name, [])
        for image in answer.image_details:
            name = image.repository or answer.repository_name
            if name is None or name not in listed:
                message = f"`{image.digest}` is of no repository that is listed here"
                raise _refusal(place.at("/imageDetails"), message)
            images.setdefault(name, []).append(image)
    return {name: tuple(each) for name, each in images.items()}


def _repository(
    described: Description,
    policy: str | None,
    lifecycle_policy: str | None,
    images: tuple[Image, ...] | None,
) -> Repository:
    """Images and tags that are not told stay so."""
    filters = described.image_tag_mutability_exclusion_filters or []
    scanning, encryption = (
        described.image_scanning_configuration,
        described.encryption_configuration,
    )
    found = Repository(
        name=described.repository_name,
        registry_id=described.registry_id,
        arn=described.repository_arn,
        policy=policy,
        lifecycle_policy=lifecycle_policy,
        image_tag_mutability=described.image_tag_mutability,
        image_tag_mutability_exclusion_filters=tuple(each.filter for each in filters),
        scan_on_push=None if scanning is None else scanning.scan_on_push,
        encryption_type=None if encryption is None else encryption.encryption_type,
        refused=described.refused or {},
    )
    if described.tags is not None:
        found = replace(found, resource_tags={tag.key: tag.value for tag in described.tags})
    return found if images is None else replace(found, images=images)


def _scope(found: Sequence[_Found]) -> PolicyScope | None:
    """The scope of the registry policy; two that differ are refused."""
    told: tuple[PolicyScope, Location] | None = None
    for answer, place in found:
        for scope, at in _scopes(answer, place):
            if told is not None and told[0] != scope:
                message = f"the scope of the registry policy is `{scope}` here, and `{told[0]}`"
                message += f" at {told[1]}"
                raise _refusal(at, message, "give the one that it has now")
            told = told or (scope, at)
    return told and told[0]


def _scopes(answer: Answer, place: Place) -> Iterator[tuple[PolicyScope, Location]]:
    if answer.registry_policy_scope is not None:
        yield answer.registry_policy_scope, place.at("/registryPolicyScope")
    if answer.name == _SCOPE_SETTING and answer.value in ("V1", "V2"):
        yield "V1" if answer.value == "V1" else "V2", place.at("/value")


def _partition(found: Sequence[_Found], region: str) -> str | None:
    """The partition that is told; another than that of the Region is refused."""
    home = partition_of(region)
    for answer, place in found:
        if answer.partition is not None and home not in (None, answer.partition):
            told = answer.partition
            message = f"`{region}` is in the partition `{home}`, not in `{told}`"
            advice = "leave the partition out, or give the other Region"
            raise _refusal(place.at("/partition"), message, advice)
    return _told(found, "partition", "partition")


def _setting(found: Sequence[_Found], member: str) -> Mapping[str, Any] | None:
    """A setting of the registry; two that differ are refused."""
    told: Mapping[str, Any] | None = None
    for answer, place in found:
        value = getattr(answer, member)
        if value is not None and told is not None and value != told:
            message = f"a second, different {member.replace('_', ' ')} is here"
            raise _refusal(place.at(""), message, "give the one that the registry has now")
        told = value if value is not None else told
    return told


def _told(found: Sequence[_Found], member: str, what: str) -> str | None:
    """What registry, or Region, the documents are of; those of two are refused."""
    told: str | None = None
    for answer, place in found:
        value: str | None = getattr(answer, member)
        if value is not None and told is not None and value != told:
            message = f"this document is of the {what} `{value}`, an earlier one of `{told}`"
            at = place.at("/registryId" if member == "registry_id" else f"/{member}")
            raise _refusal(at, message, "give the documents of one registry together")
        told = told or value
    return told


def _several(answers: Sequence[Answer], member: str) -> tuple[Mapping[str, Any], ...] | None:
    """The objects of a listing, which may come in pages; None where there is no listing."""
    told = [getattr(answer, member) for answer in answers if getattr(answer, member) is not None]
    return tuple(each for one in told for each in one) if told else None


def _answers(source: Source) -> Iterator[_Found]:
    for start, value in values(source):
        place = Place(source, start)
        try:
            answer = Answer.model_validate(value)
        except ValidationError as error:
            raise _invalid(error, place) from None
        if not answer.model_fields_set:
            raise _refusal(Location(source.file), "nothing here tells of a registry")
        if answer.next_token is not None:
            what = "images" if answer.image_details else "repositories"
            message = f"the listing of {what} stops at a `nextToken`: there are more"
            raise _refusal(Location(source.file), message)
        yield answer, place


def _invalid(error: ValidationError, place: Place) -> InvalidSnapshot:
    return InvalidSnapshot(
        [
            Finding(
                "invalid-snapshot",
                Severity.ERROR,
                complaint.message,
                place.at(complaint.pointer),
                complaint.help,
            )
            for complaint in complaints(error)
        ]
    )


def _refusal(
    location: Location,
    message: str,
    advice: str = "give the output of `aws ecr describe-repositories`, whole",
) -> InvalidSnapshot:
    return InvalidSnapshot([Finding("invalid-snapshot", Severity.ERROR, message, location, advice)])
