"""The laws of a registry: what must hold after each step of the stateful machine.

A law looks at a step, and tells of all that it finds wrong. It asks for no more than the documents
of Amazon ECR promise: what they let the service do late, or do not speak of, may be either way.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Final

from ecrpolicy.snapshot import Image, StorageClass, TagMutability
from ecrpolicy.testing.steps import Step, Times, When

Law = Callable[[Step], Iterator[str]]

# A service may tell times in whole seconds.
_ROUNDING: Final = timedelta(seconds=1)

# Amazon ECR API Reference, "ImageDetail", `lastRecordedPullTime`: within 24 hours.
_UNTIL_RECORDED: Final = timedelta(hours=24)

# Pulls and scans are noted when the service comes to it. What a manifest says may be left out, and
# where an image was found is no part of it.
_NOT_KEPT: Final = frozenset(
    (
        "digest",
        "pulled_at",
        "scanned_at",
        "manifest_media_type",
        "subject",
        "manifests",
        "layers",
        "repository",
        "registry_id",
    )
)
_KEPT: Final = tuple(each.name for each in fields(Image) if each.name not in _NOT_KEPT)


def what_is_refused_takes_no_effect(step: Step) -> Iterator[str]:
    """A request that is refused changes nothing."""
    if step.effect.refused is not None:
        for law in (nothing_goes_by_itself, nothing_comes_by_itself, the_rest_stays_as_it_is):
            for each in law(step):
                yield f"a request was refused ({step.effect.refused}), and took effect: {each}"


def each_tag_is_on_one_image(step: Step) -> Iterator[str]:
    """No two images of a repository have the same tag, and no image has it twice."""
    holders: dict[str, str] = {}
    for digest, image in step.after.items():
        for tag in image.tags:
            if tag in holders:
                yield f"`{tag}` is on `{holders[tag]}`, and on `{digest}` too"
            holders[tag] = digest


def immutable_tags_do_not_move(step: Step) -> Iterator[str]:
    """A tag that is immutable stays on its image as long as it is there."""
    if step.mutability is not TagMutability.IMMUTABLE:
        return
    was = {tag: digest for digest, image in step.before.items() for tag in image.tags}
    for digest, image in step.after.items():
        for tag in image.tags:
            if was.get(tag, digest) != digest:
                yield f"the immutable `{tag}` was on `{was[tag]}`, and is on `{digest}`"


def children_stay_while_their_index_stands(step: Step) -> Iterator[str]:
    """An index that is not archived loses none of its children, but referrers that follow.

    A referrer goes with its subject, whatever index lists it.
    """
    gone = step.before.keys() - step.after.keys()
    for digest, image in step.after.items():
        if digest not in step.before or _is_archived(image) or _is_archived(step.before[digest]):
            continue
        for child in sorted(gone.intersection(image.manifests or ())):
            if step.pushed[child].subject is None or not step.may_go(child):
                yield f"`{child}` is gone, and its index `{digest}` is there"


def nothing_goes_by_itself(step: Step) -> Iterator[str]:
    """An image goes when it is deleted or expired, and not else."""
    for digest in sorted(step.before.keys() - step.after.keys()):
        if not step.may_go(digest):
            yield f"`{digest}` was there, and went by itself"


def nothing_comes_by_itself(step: Step) -> Iterator[str]:
    """An image comes when it is pushed, and its digest is that of its manifest."""
    for digest in sorted(step.after.keys() - step.before.keys() - step.effect.members.keys()):
        yield f"`{digest}` was not there, and came by itself"


def a_step_does_what_it_is_for(step: Step) -> Iterator[str]:
    """What is to go is gone, and what a step sets is set."""
    for digest in sorted(step.effect.gone & step.after.keys()):
        yield f"`{digest}` is there, and was to go"
    for digest, members in step.effect.members.items():
        if digest not in step.after:
            if not step.may_go(digest):
                yield f"`{digest}` is not there, and was to be"
            continue
        for member, expected in members.items():
            if not isinstance(expected, When):
                yield from _unlike(step.after[digest], member, expected)


def times_are_those_of_the_step(step: Step) -> Iterator[str]:
    """What is pushed, archived or restored says that this was when it was."""
    for digest, image in step.after.items():
        for member, expected in step.members(digest).items():
            found = getattr(image, member)
            if not isinstance(expected, When):
                continue
            was = getattr(step.before[digest], member) if digest in step.before else None
            may_stay = expected is When.NOW_OR_BEFORE and found == was
            if not may_stay and not _is_within(found, step.times):
                expectation = "a time" if step.times is None else _span(step.times)
                yield f"`{member}` of `{digest}` is {_told(found)}, and not {expectation}"


def times_do_not_go_back(step: Step) -> Iterator[str]:
    """An image stays pushed when it was; its last pull, archive and restore are never earlier."""
    for digest in sorted(step.before.keys() & step.after.keys()):
        old, new = step.before[digest], step.after[digest]
        if new.pushed_at != old.pushed_at:
            yield from _unlike(new, "pushed_at", old.pushed_at)
        for member in ("pulled_at", "archived_at", "activated_at"):
            was, now = getattr(old, member), getattr(new, member)
            if was is not None and (now is None or now < was):
                yield f"`{member}` of `{digest}` was {_told(was)}, and is {_told(now)}"


def pulls_are_recorded(step: Step) -> Iterator[str]:
    """What was pulled says so within a day, and nothing else does."""
    for digest, image in step.after.items():
        found = image.pulled_at
        if digest not in step.pulled:
            if found is not None:
                yield f"`pulled_at` of `{digest}` is {_told(found)}, and nobody has pulled it"
            continue
        pulls = step.pulled[digest]
        if pulls is None or step.times is None:
            continue
        possible = Times(pulls.earliest, step.times.latest)
        if found is not None and not _is_within(found, possible):
            yield f"`pulled_at` of `{digest}` is {_told(found)}, and not {_span(possible)}"
        is_due = step.times.latest - pulls.latest > _UNTIL_RECORDED
        if is_due and (found is None or pulls.latest - found > _UNTIL_RECORDED + _ROUNDING):
            yield (
                f"`{digest}` was pulled at {_told(pulls.latest)}, and a day later its `pulled_at` "
                f"is {_told(found)}"
            )


def the_rest_stays_as_it_is(step: Step) -> Iterator[str]:
    """What a step is not about stays: all members of other images, and the others of its own."""
    for digest in sorted(step.before.keys() & step.after.keys()):
        old, new = step.before[digest], step.after[digest]
        for member in _KEPT:
            # An index is as large as the largest of its images, of which some may be gone.
            is_free = member == "size_bytes" and new.is_index
            if member not in step.members(digest) and not is_free:
                yield from _unlike(new, member, getattr(old, member))


def what_is_told_of_a_manifest_is_so(step: Step) -> Iterator[str]:
    """Media type, subject and children are those of the manifest, where they are told."""
    for digest in sorted(step.after.keys() & step.pushed.keys()):
        image, pushed = step.after[digest], step.pushed[digest]
        if image.manifest_media_type is not None:
            yield from _unlike(image, "manifest_media_type", pushed.media_type)
        if image.subject is not None:
            yield from _unlike(image, "subject", pushed.subject)
        if image.manifests:
            yield from _unlike(image, "manifests", pushed.manifests)


LAWS: Final[tuple[Law, ...]] = (
    what_is_refused_takes_no_effect,
    each_tag_is_on_one_image,
    immutable_tags_do_not_move,
    children_stay_while_their_index_stands,
    nothing_goes_by_itself,
    nothing_comes_by_itself,
    a_step_does_what_it_is_for,
    times_do_not_go_back,
    times_are_those_of_the_step,
    pulls_are_recorded,
    the_rest_stays_as_it_is,
    what_is_told_of_a_manifest_is_so,
)


def _is_archived(image: Image) -> bool:
    return image.storage_class is StorageClass.ARCHIVE


def _unlike(image: Image, member: str, expected: object) -> Iterator[str]:
    """A complaint, where a member is not what it should be; tags are in no order."""
    found = getattr(image, member)
    if _settled(found) != _settled(expected):
        yield f"`{member}` of `{image.digest}`: expected {_told(expected)}, found {_told(found)}"


def _settled(value: Any) -> Any:
    return sorted(value) if isinstance(value, tuple) else value


def _is_within(found: datetime | None, times: Times | None) -> bool:
    if found is None or times is None:
        return found is not None
    return times.earliest - _ROUNDING <= found <= times.latest + _ROUNDING


def _span(times: Times) -> str:
    if times.earliest == times.latest:
        return _told(times.latest)
    return f"from {_told(times.earliest)} to {_told(times.latest)}"


def _told(value: object) -> str:
    """A value in words."""
    if value is None or value == ():
        return "none"
    if isinstance(value, tuple):
        return ", ".join(f"`{each}`" for each in sorted(value))
    if isinstance(value, datetime):
        return f"`{value.isoformat()}`"
    return f"`{value.value if isinstance(value, Enum) else value}`"
