"""Tags: whether a tag may be pushed onto an image now, and which texts are tags and names.

Amazon ECR User Guide, "Image tag mutability", "Creating a private repository" and "Tag
restrictions"; Amazon ECR API Reference, "PutImageTagMutability" and "Repository".
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from ecrpolicy import quotas
from ecrpolicy.document.shape import (
    Problem,
    invalid_parameter,
    no_match,
    parameter_path,
    too_long,
    too_short,
)
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.snapshot import Repository, TagMutability
from ecrpolicy.wildcard import TagPattern
from ecrpolicy.wording import printable

NAME_PATTERN: Final = r"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*"
_WORD: Final = r"[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*"
_NAME: Final = re.compile(rf"{_WORD}(?:/{_WORD})*")
_TAG: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}", re.ASCII)
_EXCLUSION: Final = re.compile(r"[0-9a-zA-Z._*-]{1,128}", re.ASCII)
_EXCLUSION_PATTERN: Final = r"^[0-9a-zA-Z._*-]{1,128}$"

_WITH_EXCLUSION: Final = frozenset(
    (TagMutability.MUTABLE_WITH_EXCLUSION, TagMutability.IMMUTABLE_WITH_EXCLUSION)
)
_RESERVED: Final = "aws:"
_TAG_CHARACTERS: Final = frozenset("+-=._:/@")


class Change(StrEnum):
    """What a push does to a tag; the value says it to people."""

    NEW = "no image has the tag yet"
    SAME = "the image has the tag already"
    MOVED = "the tag moves from another image"
    REFUSED = "the tag is immutable and another image has it"
    UNKNOWN = "the images of the repository are not known"


@dataclass(frozen=True, slots=True)
class TagPush:
    """What becomes of a tag that is pushed.

    `allowed` is None where that is not known. `immutable` is whether the tag may not move, None
    where that is not known, and `filter` the exclusion filter that says so, if one does.
    `service_text` is the service's refusal.
    """

    tag: str
    change: Change
    immutable: bool | None
    filter: str | None = None
    taken_by: str | None = None
    service_text: str | None = None

    @property
    def allowed(self) -> bool | None:
        """Whether the service takes the tag."""
        if self.change is Change.UNKNOWN:
            return True if self.immutable is False else None
        return self.change is not Change.REFUSED


def push(repository: Repository, tag: str, digest: str | None = None) -> TagPush:
    """Whether a tag may be pushed onto an image now.

    `digest` is that of the image that is pushed; left out, it is one that no other image has. Its
    hexadecimal digits may be of either case.
    The same image may be pushed under its own immutable tag again. A mutability that is not told
    is `MUTABLE`, the service's default.

    >>> from ecrpolicy.snapshot import Repository, TagMutability
    >>> repository = Repository("web", images=(), image_tag_mutability=TagMutability.IMMUTABLE)
    >>> push(repository, "v1").allowed
    True
    """
    immutable, excluded = is_immutable(repository, tag)
    holder = next((image.digest for image in repository.images if tag in image.tags), None)
    if repository.has_unknown_images:
        return TagPush(tag, Change.UNKNOWN, immutable, excluded)
    if holder is None:
        return TagPush(tag, Change.NEW, immutable, excluded)
    if digest is not None and holder.lower() == digest.lower():
        return TagPush(tag, Change.SAME, immutable, excluded, holder)
    if not immutable:
        return TagPush(tag, Change.MOVED, immutable, excluded, holder)
    text = (
        f"ImageTagAlreadyExistsException: The image tag '{tag}' already exists in the "
        f"'{repository.name}' repository and cannot be overwritten because the tag is immutable."
    )
    return TagPush(tag, Change.REFUSED, immutable, excluded, holder, text)


def is_immutable(repository: Repository, tag: str) -> tuple[bool, str | None]:
    """Whether a tag may not move, and the exclusion filter that it meets, if any."""
    mutability = repository.image_tag_mutability or TagMutability.MUTABLE
    immutable = mutability in (TagMutability.IMMUTABLE, TagMutability.IMMUTABLE_WITH_EXCLUSION)
    if mutability not in _WITH_EXCLUSION:
        return immutable, None
    met = next(
        (
            text
            for text in repository.image_tag_mutability_exclusion_filters
            if TagPattern.compile(text).matches(tag)
        ),
        None,
    )
    return (immutable if met is None else not immutable), met


def is_repository_name(text: str) -> bool:
    """Whether the text can be the name of a repository.

    >>> is_repository_name("team/web"), is_repository_name("Team/web")
    (True, False)
    """
    least, most = quotas.REPOSITORY_NAME_MIN_CHARACTERS, quotas.REPOSITORY_NAME_MAX_CHARACTERS
    return least <= len(text) <= most and _NAME.fullmatch(text) is not None


def name_problem(text: str, place: str = "/repositoryName") -> Problem | None:
    """What a text has against it that is no name of a repository, None where it is one."""
    if is_repository_name(text):
        return None
    least, most = quotas.REPOSITORY_NAME_MIN_CHARACTERS, quotas.REPOSITORY_NAME_MAX_CHARACTERS
    if least <= len(text) <= most:
        advice = "use lower-case letters and digits, and single `.`, `_`, `-` or `/` within them"
        constraint = f"must satisfy regular expression '{NAME_PATTERN}'"
    else:
        advice = f"a name has {least} to {most} characters"
        bound = "greater than or equal to" if len(text) < least else "less than or equal to"
        limit = least if len(text) < least else most
        constraint = f"Member must have length {bound} {limit}"
    message = f"`{printable(text)[:80]}` is no name of a repository"
    service_text = invalid_parameter("repositoryName", constraint)
    return Problem("malformed-name", place, message, advice, service_text)


def is_image_tag(text: str) -> bool:
    """Whether the text can be the tag of an image (OCI distribution specification).

    >>> is_image_tag("v1.2"), is_image_tag("-v1")
    (True, False)
    """
    return _TAG.fullmatch(text) is not None


def may_match_image_tag(pattern: str) -> bool:
    """Whether there is a tag that a pattern covers; `*` stands for any characters.

    >>> may_match_image_tag("prod-*"), may_match_image_tag("prod dev*")
    (True, False)
    """
    rest = pattern.replace("*", "")
    return is_image_tag(rest) or (pattern.startswith("*") and is_image_tag(f"a{rest}"))


def mutability_problems(settings: Mapping[str, Any], place: str = "") -> Iterator[Problem]:
    """What `imageTagMutability` and its exclusion filters have against them.

    Source: Amazon ECR API Reference, "PutImageTagMutability".
    """
    mutability = settings.get("imageTagMutability", TagMutability.MUTABLE)
    filters = settings.get("imageTagMutabilityExclusionFilters", ())
    at = f"{place}/imageTagMutabilityExclusionFilters"
    if mutability in tuple(TagMutability) and isinstance(filters, list | tuple):
        if mutability in _WITH_EXCLUSION and not filters:
            message = f"`{mutability}` needs `imageTagMutabilityExclusionFilters`"
            text = invalid_parameter(
                "imageTagMutabilityExclusionFilters",
                "ImageTagMutabilityExclusionFilters can't be null when imageTagMutability is set "
                f"as {mutability}",
            )
            yield Problem("filters-needed", place, message, "name the tags that differ", text)
        if mutability not in _WITH_EXCLUSION and any(each is not UNKNOWN for each in filters):
            message = f"`{mutability}` takes no exclusion filters"
            advice = f"write `{mutability}_WITH_EXCLUSION`, or delete them"
            yield Problem("filters-not-taken", at, message, advice)
        if mutability not in _WITH_EXCLUSION and filters == []:
            message = "the list of exclusion filters is empty"
            text = too_short(parameter_path(at), 1)
            yield Problem("empty-list", at, message, "delete it", text)
    if isinstance(filters, list):
        yield from _exclusion_filters(at, filters)


def _exclusion_filters(place: str, filters: list[Any]) -> Iterator[Problem]:
    most = quotas.EXCLUSION_MAX_FILTERS
    if len(filters) > most:
        message = f"there are {most} exclusion filters at most, not {len(filters)}"
        text = too_long(parameter_path(place), most)
        yield Problem("too-many-exclusion-filters", place, message, "join some", text)
    for index, each in enumerate(filters):
        value = each.get("filter") if isinstance(each, dict) else None
        if not isinstance(value, str):
            continue
        at = f"{place}/{index}/filter"
        if not _EXCLUSION.fullmatch(value):
            message = f"`{printable(value)[:80]}` can be part of no tag"
            advice = "use 1 to 128 letters, digits, `.`, `_`, `-` and `*`"
            text = no_match(parameter_path(at), _EXCLUSION_PATTERN)
            yield Problem("malformed-exclusion-filter", at, message, advice, text)
        elif value.count("*") > quotas.EXCLUSION_FILTER_MAX_WILDCARDS:
            message = f"the filter `{value}` has {value.count('*')} wildcards"
            advice = f"use {quotas.EXCLUSION_FILTER_MAX_WILDCARDS} at most"
            yield Problem("malformed-exclusion-filter", at, message, advice)


def resource_tag_problems(
    tags: Sequence[tuple[str | None, str | None]], place: str = ""
) -> Iterator[Problem]:
    """What tags for a repository, as keys and values, have against them; None is no text.

    Tags that AWS itself has set do not count among the 50, but nobody else can set any.
    Source: Amazon ECR User Guide, "Tag restrictions".
    """
    most = quotas.RESOURCE_MAX_TAGS
    given = [key for key, _ in tags if key is None or not is_reserved(key)]
    if len(given) > most:
        message = f"a repository has {most} tags at most, not {len(given)}"
        yield Problem("too-many-tags", place, message, "leave some out", _TOO_MANY_TAGS)
    seen: set[str] = set()
    for index, (key, value) in enumerate(tags):
        at = f"{place}/{index}"
        if key is not None:
            if key in seen:
                message = f"the key `{printable(key)}` stands twice"
                yield Problem("duplicate-tag", f"{at}/Key", message, "give each key one value")
            seen.add(key)
            yield from _tag_text(f"{at}/Key", "key", key, 1, quotas.RESOURCE_TAG_KEY_MAX_CHARACTERS)
        if value is not None:
            most_of_value = quotas.RESOURCE_TAG_VALUE_MAX_CHARACTERS
            yield from _tag_text(f"{at}/Value", "value", value, 0, most_of_value)


_TOO_MANY_TAGS: Final = (
    f"TooManyTagsException: The list of tags on the repository is over the limit. The maximum "
    f"number of tags that can be applied to a repository is {quotas.RESOURCE_MAX_TAGS}."
)


def _tag_text(place: str, what: str, text: str, least: int, most: int) -> Iterator[Problem]:
    if is_reserved(text):
        message = (
            f"the {what} `{printable(text)[:80]}` starts with `aws:`, which AWS keeps to itself"
        )
        yield Problem("reserved-tag", place, message, "choose another beginning")
    if not least <= len(text) <= most:
        message = f"a {what} has {least} to {most} characters, not {len(text)}"
        advice = "shorten it" if text else "give one"
        yield Problem("tag-length", place, message, advice)
    if wrong := next((each for each in text if not _is_permitted(each)), None):
        message = f"the {what} `{printable(text)[:80]}` has the character `{printable(wrong)}`"
        advice = "use letters, digits, spaces and `+ - = . _ : / @`"
        yield Problem("tag-characters", place, message, advice)


def is_reserved(text: str) -> bool:
    """Whether a key or value of a resource's tag is one that AWS alone sets.

    >>> is_reserved("aws:cloudformation:stack-name"), is_reserved("team")
    (True, False)
    """
    return text[: len(_RESERVED)].lower() == _RESERVED


def _is_permitted(character: str) -> bool:
    """Letters, numbers and spaces of any script are, as Unicode sorts them."""
    return unicodedata.category(character)[0] in "LNZ" or character in _TAG_CHARACTERS
