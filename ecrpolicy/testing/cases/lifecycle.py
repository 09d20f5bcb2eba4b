"""Cases about lifecycle policies: what becomes of the images of a repository."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from ecrpolicy import lifecycle
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.lifecycle import Action, LifecyclePolicy, Preview, Result
from ecrpolicy.lifecycle.differences import Fate
from ecrpolicy.snapshot import Image, Repository, instant
from ecrpolicy.sources.policies import parse_text, read_policy
from ecrpolicy.testing.cases import wire
from ecrpolicy.testing.cases.case import Complaints, InvalidCase, Mismatch
from ecrpolicy.testing.cases.images import (
    NOW,
    Images,
    are_relative,
    file_of,
    read_images,
    read_snapshot,
)
from ecrpolicy.testing.cases.place import Place
from ecrpolicy.wording import count, printable, shortened
from ecrpolicy.wording import instant as written

_OF_REPOSITORIES: Final = frozenset(("images", "snapshot", "manifests", "now"))

# Of more images than these, nobody reads the rest.
_MAX_IMAGES: Final = 10

_STAYS: Final = "stays"
_SAID: Final = {Action.EXPIRE: "expires", Action.TRANSITION: "is archived"}
_NOT: Final = {Action.EXPIRE: "does not expire", Action.TRANSITION: "is not archived"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happens to the image of a digest."""

    digest: str
    action: Action
    rule_priority: int
    cascade: bool = False
    cannot_tell: bool = False

    @classmethod
    def of(cls, result: Result) -> "Outcome":
        """What happens to the image of a result."""
        _, action, priority, cascade, cannot_tell = result
        return cls(result.image.digest, action, priority, cascade, cannot_tell)

    def __str__(self) -> str:
        along = ", with its subject" if self.cascade else ""
        doubt = ", unless an index holds it" if self.cannot_tell else ""
        return f"{Fate(self.action, self.rule_priority)}{along}{doubt}"


@dataclass(frozen=True, slots=True)
class Expected:
    """What is to become of images: all results in their order, or digests.

    All that expires is to be among `expires`, and the same with `archives`; None: nothing is said.
    Those of `keeps` are to stay, and others may.
    """

    results: tuple[Outcome, ...] | None = None
    expires: frozenset[str] | None = None
    archives: frozenset[str] | None = None
    keeps: frozenset[str] = frozenset()

    def disagreements(self, preview: Preview) -> dict[str, str]:
        """What is expected of the images of which it is not so, by their digests."""
        found = {digest: Outcome.of(result) for digest, result in preview.by_digest.items()}
        if self.results is not None:
            expected = {outcome.digest: outcome for outcome in self.results}
            return {
                image.digest: str(expected.get(image.digest, _STAYS))
                for image in preview.repository.images
                if expected.get(image.digest) != found.get(image.digest)
            }
        return {
            image.digest: told
            for image in preview.repository.images
            if (told := self._disagreement(image.digest, found.get(image.digest)))
        }

    def _disagreement(self, digest: str, found: Outcome | None) -> str | None:
        """What is expected of an image, where that is not so."""
        action = found.action if found else None
        for each, digests in ((Action.EXPIRE, self.expires), (Action.TRANSITION, self.archives)):
            if digests is not None and digest in digests and action is not each:
                return _SAID[each]
        if digest in self.keeps and found is not None:
            return _STAYS
        for each, digests in ((Action.EXPIRE, self.expires), (Action.TRANSITION, self.archives)):
            if digests is not None and digest not in digests and action is each:
                return _NOT[each]
        return None


@dataclass(frozen=True, slots=True)
class LifecycleCase:
    """A lifecycle policy, a repository, a time, and what is to become of the images."""

    name: str
    policy: LifecyclePolicy
    repository: Repository
    now: datetime
    expected: Expected

    def preview(self) -> Preview:
        """What becomes of them."""
        return lifecycle.evaluate(self.policy, self.repository, now=self.now)

    def explain(self) -> str:
        """Why each image goes or stays."""
        preview = self.preview()
        return "\n\n".join(preview.explain(each.digest).text() for each in self.repository.images)

    def check(self) -> Mismatch | None:
        """How it is not as expected; None where it is."""
        preview = self.preview()
        expected = self.expected.disagreements(preview)
        if expected:
            return _mismatch(preview, expected)
        results = [each.image.digest for each in preview.results]
        wanted = [each.digest for each in self.expected.results or ()]
        if self.expected.results is None or results == wanted:
            return None
        return _in_other_order(wanted, results, preview)


def _mismatch(preview: Preview, expected: Mapping[str, str]) -> Mismatch:
    shown = list(expected)[:_MAX_IMAGES]
    explanations = {digest: preview.explain(digest) for digest in expected}
    lines = list(_lines(preview, expected, shown))
    if more := len(expected) - len(shown):
        lines += ("", f"and {more:,} more")
    images = [
        {"expected": told, **explanations[digest].to_json()} for digest, told in expected.items()
    ]
    return Mismatch(tuple(lines), {"now": preview.now.isoformat(), "images": images})


def _lines(preview: Preview, expected: Mapping[str, str], shown: Sequence[str]) -> Iterator[str]:
    """The explanation of each image, with what is expected before its answer."""
    images = count(len(preview.repository.images), "image")
    differ = "is" if len(expected) == 1 else "are"
    yield f"{len(expected):,} of {images} {differ} not as expected at {written(preview.now)}"
    for digest in shown:
        name, image, answer, *rules = preview.explain(digest).text().splitlines()
        yield from ("", name, image, f"- {expected[digest]}", f"+ {answer}", *rules)


def _in_other_order(wanted: list[str], found: list[str], preview: Preview) -> Mismatch:
    images = {image.digest: image for image in preview.repository.images}
    lines = (
        "the results are in another order, older first",
        f"- {', '.join(_name(images[digest]) for digest in wanted)}",
        f"+ {', '.join(_name(images[digest]) for digest in found)}",
    )
    return Mismatch(lines, {"now": preview.now.isoformat(), "order": found})


def _name(image: Image) -> str:
    return printable(image.tags[0]) if image.tags else shortened(image.digest)


def read(place: Place, name: str) -> LifecycleCase:
    """The case that stands at a place; raises EcrPolicyError with every complaint, located."""
    complaints = Complaints()
    complaints.attempt(wire.validated, wire.Lifecycle, place)
    said, wrong = wire.without_faults(place)
    told = policy = expected = None
    if not wrong & _OF_REPOSITORIES:
        told = complaints.attempt(_repository, said, place)
    if "policy" not in wrong and (said.policy is not None or told is not None):
        policy = complaints.attempt(_policy, said, told and told[0].repository, place)
    if "expected" not in wrong and told is not None:
        expected = complaints.attempt(_expected, said.expected, told[0], place.below("expected"))
    if complaints.errors or told is None or policy is None or expected is None:
        raise InvalidCase.of(complaints.errors)
    return LifecycleCase(name, policy, told[0].repository, told[1], expected)


def _repository(said: wire.Lifecycle, place: Place) -> tuple[Images, datetime]:
    """The images, and when the case happens."""
    if (said.images is None) is (said.snapshot is None):
        raise place.refusal(
            "either `images` or a `snapshot` tell of the repository",
            "give one of the two: images such as `prod-1 @ 10d`, or the path of a file",
        )
    now = _now(said.now, place)
    if said.snapshot is not None:
        found = read_snapshot(said.snapshot, said.manifests, place)
        now = now or found.repository.taken_at
    elif now is None and are_relative(said.images or ()):
        now = NOW
    if now is None:
        advice = "the times of images do not tell when the policy runs"
        raise place.refusal("the member `now` is missing", advice)
    if said.snapshot is not None:
        return found, now
    return read_images(said.images or (), said.manifests, now, place), now


def _now(said: Any, place: Place) -> datetime | None:
    try:
        return None if said is None else instant(said)
    except ValueError as error:
        raise place.below("now").refusal(str(error)) from None


def _policy(said: wire.Lifecycle, repository: Repository | None, place: Place) -> LifecyclePolicy:
    """The policy that stands there, that of a file, or the repository's own."""
    there = place.below("policy")
    if said.policy is None:
        if repository is None or repository.lifecycle_policy is None:
            raise place.refusal(
                "the member `policy` is missing", "give it, or the path of its file"
            )
        return parse_text(repository.lifecycle_policy, "lifecyclePolicyText").policy
    if isinstance(said.policy, str):
        return read_policy(file_of(said.policy, there)).policy
    try:
        return lifecycle.parse(said.policy)
    except InvalidPolicy as error:
        raise there.moved(error) from None


def _expected(said: wire.Expected, images: Images, place: Place) -> Expected:
    complaints = Complaints()
    named = _Named()
    if said.results is not None:
        outcomes = [
            complaints.attempt(_outcome, each, images, place.below("results", number), named)
            for number, each in enumerate(said.results)
        ]
        complaints.raise_all()
        return Expected(tuple(each for each in outcomes if each is not None))
    found = {
        member: complaints.attempt(_digests, names, images, place.below(member), named)
        for member, names in (
            ("expires", said.expires),
            ("archives", said.archives),
            ("keeps", said.keeps),
        )
        if names is not None
    }
    complaints.raise_all()
    return Expected(
        expires=found.get("expires"),
        archives=found.get("archives"),
        keeps=found.get("keeps") or frozenset(),
    )


class _Named(dict[str, str]):
    """The images of which something is expected, by digest, each with the list that says it."""

    def add(self, name: str, found: Sequence[Image], said: str, place: Place) -> None:
        """Take the images of a name; raises InvalidCase where it says nothing new, or otherwise."""
        for image in found:
            other = self.get(image.digest, said)
            if other != said:
                message = f"`{printable(name)}` names an image that `{other}` names"
                raise place.refusal(message, "expect one thing of an image")
        if all(image.digest in self for image in found):
            message = f"`{printable(name)}` names what is named before it"
            raise place.refusal(message, "delete it")
        self.update((image.digest, said) for image in found)


def _outcome(said: wire.Outcome, images: Images, place: Place, named: _Named) -> Outcome:
    name, there = said.image_digest, place.below("imageDigest")
    image = images.the_one(name, there)
    named.add(name, (image,), "results", there)
    priority = said.applied_rule_priority
    return Outcome(image.digest, Action[said.action], priority, said.cascade, said.cannot_tell)


def _digests(names: Sequence[str], images: Images, place: Place, named: _Named) -> frozenset[str]:
    complaints = Complaints()

    def some(name: str, there: Place) -> tuple[Image, ...]:
        found = images.some(name, there)
        named.add(name, found, str(place.path[-1]), there)
        return found

    found = [
        complaints.attempt(some, name, place.below(number)) for number, name in enumerate(names)
    ]
    complaints.raise_all()
    return frozenset(image.digest for each in found for image in each or ())
