"""The repository of a case: its images in shorthand or in full, or what the AWS CLI printed."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from ecrpolicy.errors import InvalidSnapshot
from ecrpolicy.finding import Finding
from ecrpolicy.snapshot import Image, Repository
from ecrpolicy.sources.files import UNNAMED, Source, read_repository
from ecrpolicy.sources.iam_cases import beside
from ecrpolicy.testing.cases.case import Complaints, InvalidCase
from ecrpolicy.testing.cases.place import Place
from ecrpolicy.testing.cases.shorthand import Line, NotAnImage, is_digest, is_relative, read
from ecrpolicy.wildcard import TagPattern
from ecrpolicy.wording import printable

NOW: Final = datetime(2026, 1, 31, tzinfo=UTC)
"""When a case happens that does not say so, and whose images have ages in place of times."""

_POSITION: Final = re.compile(r"#([1-9][0-9]{0,8})")

_ADVICE: Final = (
    "name images by a tag, a pattern of tags such as `prod-*`, a digest or its beginning, or their "
    "position, such as `#2`"
)


@dataclass(frozen=True, slots=True)
class Images:
    """The images of a case in their order, and their names."""

    repository: Repository

    def named(self, name: str) -> tuple[Image, ...]:
        """The images that a name stands for, none where it is the name of none."""
        images = self.repository.images
        if position := _POSITION.fullmatch(name):
            number = int(position[1])
            return images[number - 1 : number]
        if "*" in name:
            matches = TagPattern.compile(name).matches
            return tuple(image for image in images if any(map(matches, image.tags)))
        return self.repository.find(name)

    def the_one(self, name: str, place: Place, offset: int | None = None) -> Image:
        """The one image that a name stands for; raises InvalidCase where that is not one."""
        found = self.named(name)
        if len(found) != 1:
            raise _unnamed(name, found, place, offset)
        return found[0]

    def some(self, name: str, place: Place) -> tuple[Image, ...]:
        """The images that a name stands for; raises InvalidCase where there is none."""
        found = self.named(name)
        if not found or ("*" not in name and len(found) > 1):
            raise _unnamed(name, found, place)
        return found


def _unnamed(
    name: str, found: Sequence[Image], place: Place, offset: int | None = None
) -> InvalidCase:
    many = f"{len(found):,} images are" if found else "no image is"
    return place.refusal(f"{many} called `{printable(name)}`", _ADVICE, offset=offset)


def read_images(
    lines: Sequence[str | Mapping[str, Any]],
    manifests: Mapping[str, Sequence[str]],
    now: datetime,
    place: Place,
) -> Images:
    """Images that stand in a case, with the children of indexes; raises InvalidCase.

    `place` is that of the case.
    """
    complaints = Complaints()
    told = iter(complaints.attempt(_in_full, lines, place.below("images")) or ())
    found = [
        complaints.attempt(_in_short, each, now, number, place.below("images", number - 1))
        if isinstance(each, str)
        else next(told, None)
        for number, each in enumerate(lines, start=1)
    ]
    complaints.raise_all()
    read_lines = [each for each in found if each is not None]
    _refuse_moved_tags(lines, read_lines, place.below("images"))
    images = _images([line.image for line in read_lines], place)
    referring = [
        complaints.attempt(_referring, line, images, place.below("images", number))
        for number, line in enumerate(read_lines)
    ]
    complaints.raise_all()
    whole = _images([each for each in referring if each is not None], place)
    return with_manifests(whole, manifests, place)


def _refuse_moved_tags(
    lines: Sequence[str | Mapping[str, Any]], read_lines: Sequence[Line], place: Place
) -> None:
    """Raise InvalidCase for a line whose tag an image before it has, or one in full.

    A tag is one image's alone. Pages of a snapshot can have it twice, of before and after a push:
    images in full may, but in a line it is a slip.
    """
    holders = dict[str, int]()
    for number in sorted(range(len(lines)), key=lambda at: isinstance(lines[at], str)):
        for tag in read_lines[number].image.tags:
            if isinstance(lines[number], str) and tag in holders:
                message = f"the image #{holders[tag] + 1} has the tag `{tag}` too"
                advice = "a tag is one image's alone: leave it to the one that was pushed last"
                raise place.below(number).refusal(message, advice)
            holders.setdefault(tag, number)


def _referring(line: Line, images: Images, place: Place) -> Image:
    """The image of a line, with the digest of what it refers to."""
    if line.subject is None:
        return line.image
    subject = images.the_one(line.subject.text, place, line.subject.at)
    return replace(line.image, subject=subject.digest)


def read_snapshot(
    files: str | Sequence[str], manifests: Mapping[str, Sequence[str]], place: Place
) -> Images:
    """Images from files that the AWS CLI printed, which the case names; raises EcrPolicyError."""
    there = place.below("snapshot")
    if isinstance(files, str):
        sources = [file_of(files, there)]
    else:
        sources = [file_of(file, there.below(number)) for number, file in enumerate(files)]
    return with_manifests(Images(read_repository(*sources)), manifests, place)


def file_of(file: str, place: Place) -> Source:
    """A file that a case names by its path from there; raises InvalidCase."""
    try:
        return beside(place.file, file)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        message = f"`{printable(file)}` cannot be read: {why}"
        raise place.refusal(message, "give its path from the file of the case") from None


def are_relative(lines: Sequence[str | Mapping[str, Any]]) -> bool:
    """Whether no image has a time, so that it does not matter when the case happens."""
    return all(isinstance(each, str) and is_relative(each) for each in lines)


def with_manifests(images: Images, manifests: Mapping[str, Sequence[str]], place: Place) -> Images:
    """The images, with the children of the indexes that are told."""
    if not manifests:
        return images
    complaints = Complaints()
    known = dict[str, tuple[str, ...]]()
    for name, held in manifests.items():
        where = place.below("manifests", name)
        index = complaints.attempt(_digest_of, name, images, where)
        children = [
            complaints.attempt(_digest_of, child, images, where.below(number))
            for number, child in enumerate(held)
        ]
        known[index or ""] = tuple(each for each in children if each is not None)
    complaints.raise_all()
    told = tuple(
        replace(image, manifests=known[image.digest]) if image.digest in known else image
        for image in images.repository.images
    )
    return Images(replace(images.repository, images=told))


def _digest_of(name: str, images: Images, place: Place) -> str:
    """The digest of an image, which need not be in the repository if it is told in full."""
    return name if is_digest(name) else images.the_one(name, place).digest


def _in_full(lines: Sequence[str | Mapping[str, Any]], place: Place) -> tuple[Line, ...]:
    """Those that stand there as `describe-images` prints them."""
    numbers = [number for number, each in enumerate(lines) if not isinstance(each, str)]
    if not numbers:
        return ()
    printed = json.dumps({"imageDetails": [lines[number] for number in numbers]})
    try:
        return tuple(map(Line, read_repository(Source(printed.encode())).images))
    except InvalidSnapshot as error:
        findings = [_moved(each, numbers, place) for each in error.findings]
        raise InvalidCase(findings, error.left_out) from None


def _moved(finding: Finding, numbers: Sequence[int], place: Place) -> Finding:
    _, _, number, *members = finding.location.pointer.split("/")
    there = place.below(numbers[int(number)]).at("".join(f"/{member}" for member in members))
    return replace(finding, location=there.location)


def _in_short(text: str, now: datetime, number: int, place: Place) -> Line:
    try:
        return read(text, now, number)
    except NotAnImage as error:
        raise place.refusal(error.message, error.advice, offset=error.at) from None


def _images(images: Sequence[Image], place: Place) -> Images:
    name = next((image.repository for image in images if image.repository), UNNAMED)
    registry = next((image.registry_id for image in images if image.registry_id), None)
    try:
        return Images(Repository(name, tuple(images), registry))
    except InvalidSnapshot as error:
        raise InvalidCase(list(_faults(error, place)), error.left_out) from None


def _faults(error: InvalidSnapshot, place: Place) -> Iterator[Finding]:
    for each in error.findings:
        _, _, number, member = each.location.pointer.split("/")
        there = place.below("images", int(number)).at(f"/{Image.wire_name(member)}")
        yield replace(each, location=there.location)
