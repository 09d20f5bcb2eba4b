"""The repositories of a registry, with the policies and images that its documents tell of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from ecrpolicy.errors import InvalidSnapshot
from ecrpolicy.snapshot import Image, Repository
from ecrpolicy.sources.registry_answers import Answer, Description
from ecrpolicy.sources.registry_places import Complaint, Entry, Place, entries, invalid

Found = Sequence[tuple[Answer, Place]]

ADVICE: Final = "give the output of `aws ecr describe-repositories`, whole"


class PolicyText(NamedTuple):
    """A policy that is told, empty where that there is none; of a repository, or the registry.

    Where it stands is looked up when that is asked: a registry has thousands.
    """

    repository: str | None
    text: str
    place: Place
    pointer: str


def described(found: Found) -> list[Entry[Description]]:
    """The repositories that are listed, page by page."""
    return [
        each
        for answer, place in found
        for each in entries(answer.repositories or (), place, "/repositories")
    ]


def registry_policy(found: Found) -> PolicyText | None:
    """The policy of the registry itself; two that differ are refused."""
    of_registry = (each for each in _policies(found) if each.repository is None)
    return _texts(of_registry, set()).get(None)


def repositories(found: Found) -> tuple[Repository, ...] | None:
    """The repositories that are listed, in that order; None where there is no listing.

    Raises InvalidSnapshot for policies and images of others, for two different policies of one,
    and for images that cannot be.
    """
    listed = described(found)
    names = {each.value.repository_name for each in listed}
    of_names = (each for each in _policies(found) if each.repository is not None)
    policies = _texts(of_names, names)
    lifecycle = _texts(_lifecycle_policies(found), names)
    images = _images(found, listed, names)
    if all(answer.repositories is None for answer, _ in found):
        return None
    return _repositories(listed, policies, lifecycle, images)


def _policies(found: Found) -> Iterator[PolicyText]:
    """A `policyText` without a repository's name is that of `get-registry-policy`."""
    for answer, place in found:
        if answer.registry_policy_text is not None:
            yield PolicyText(None, answer.registry_policy_text, place, "/registryPolicyText")
        if answer.policy_text is not None:
            yield PolicyText(answer.repository_name, answer.policy_text, place, "/policyText")
        for number, each in enumerate(answer.repositories or ()):
            if each.policy_text is not None:
                pointer = f"/repositories/{number}/policyText"
                yield PolicyText(each.repository_name, each.policy_text, place, pointer)


def _lifecycle_policies(found: Found) -> Iterator[PolicyText]:
    for answer, place in found:
        text, name = answer.lifecycle_policy_text, answer.repository_name
        if text is not None and name is not None:
            yield PolicyText(name, text, place, "/lifecyclePolicyText")
        for number, each in enumerate(answer.repositories or ()):
            if each.lifecycle_policy_text is not None:
                pointer = f"/repositories/{number}/lifecyclePolicyText"
                yield PolicyText(each.repository_name, each.lifecycle_policy_text, place, pointer)


def _texts(policies: Iterable[PolicyText], listed: set[str]) -> dict[str | None, PolicyText]:
    """The policies by repository; one that is not listed, and two that differ, are refused."""
    texts: dict[str | None, PolicyText] = {}
    refused: list[Complaint] = []
    for each in policies:
        name = each.repository
        about = "the registry" if name is None else f"the repository `{name}`"
        if name is not None and name not in listed:
            message = f"a policy of {about} is here, which no listing has"
            refused.append(Complaint(each.place, each.pointer, message, ADVICE))
        elif texts.setdefault(name, each).text != each.text:
            message = f"a second, different policy of {about} is here"
            advice = "give the one that it has now"
            refused.append(Complaint(each.place, each.pointer, message, advice))
    if refused:
        raise invalid(refused)
    return texts


def _text_of(policy: PolicyText | None) -> str | None:
    return None if policy is None else policy.text


def _images(
    found: Found, listed: Sequence[Entry[Description]], names: set[str]
) -> Mapping[str, list[Entry[Image]]]:
    """The images that are told, by repository; those of one that is not listed are refused."""
    images: dict[str, list[Entry[Image]]] = {}
    for each in listed:
        details = each.value.image_details
        if details is not None:
            of_it = images.setdefault(each.value.repository_name, [])
            of_it += entries(details, each.place, each.pointer("/imageDetails"))
    strangers: list[Complaint] = []
    for answer, place in found:
        if answer.image_details is None:
            continue
        if answer.repository_name is not None:
            images.setdefault(answer.repository_name, [])
        for image in entries(answer.image_details, place, "/imageDetails"):
            name = image.value.repository or answer.repository_name
            if name is None or name not in names:
                message = f"`{image.value.digest}` is of no repository that is listed here"
                strangers.append(Complaint(place, image.pointer(), message, ADVICE))
            else:
                images.setdefault(name, []).append(image)
    if strangers:
        raise invalid(strangers)
    return images


def _repositories(
    listed: Sequence[Entry[Description]],
    policies: Mapping[str | None, PolicyText],
    lifecycle: Mapping[str | None, PolicyText],
    images: Mapping[str, list[Entry[Image]]],
) -> tuple[Repository, ...]:
    """The repositories; what their images have against them is told of all of them."""
    made: list[Repository] = []
    refused: list[Complaint] = []
    left_out = 0
    for each in listed:
        name = each.value.repository_name
        policy, lifecycle_policy = policies.get(name), lifecycle.get(name)
        refused += _tags_twice(each)
        told = images.get(name)
        repository = _repository(each.value, _text_of(policy), _text_of(lifecycle_policy))
        try:
            if told is not None:
                repository = replace(repository, images=tuple(image.value for image in told))
            made.append(repository)
        except InvalidSnapshot as error:
            left_out += error.left_out
            for fault in error.findings:
                _, _, number, member = fault.location.pointer.split("/")
                image = (told or [])[int(number)]
                pointer = image.pointer(f"/{Image.wire_name(member)}")
                refused.append(Complaint(image.place, pointer, fault.message, fault.help))
    if refused:
        raise invalid(refused, left_out)
    return tuple(made)


def _tags_twice(listed: Entry[Description]) -> Iterator[Complaint]:
    """The tags of a repository whose key an earlier one has."""
    seen: set[str] = set()
    for number, tag in enumerate(listed.value.tags or ()):
        if tag.key in seen:
            message = f"the key `{tag.key}` stands twice"
            pointer = listed.pointer(f"/tags/{number}")
            yield Complaint(listed.place, pointer, message, "give each key one value")
        seen.add(tag.key)


def _repository(
    described: Description, policy: str | None, lifecycle_policy: str | None
) -> Repository:
    """A repository without its images; images and tags that are not told stay so."""
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
        encryption_type=None if encryption is None else encryption.encryption_type.value,
        refused=described.refused or {},
    )
    if described.tags is None:
        return found
    return replace(found, resource_tags={tag.key: tag.value for tag in described.tags})
