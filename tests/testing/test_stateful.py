"""The machine: the model in memory obeys the laws, clients with bugs do not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import boto3
import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from moto import mock_aws

from ecrpolicy.lifecycle import LifecyclePolicy
from ecrpolicy.snapshot import Image, StorageClass, TagMutability
from ecrpolicy.testing.boto import BotoClient
from ecrpolicy.testing.client import Archives, Client, Refused, Runs
from ecrpolicy.testing.laws import LAWS, pulls_are_recorded
from ecrpolicy.testing.memory import MemoryClient
from ecrpolicy.testing.stateful import RegistryMachine, machine
from ecrpolicy.testing.strategies import NOW
from ecrpolicy.testing.whole_images import digest_of
from ecrpolicy.testing.whole_images import image as whole_image

SETTINGS = settings(max_examples=25, stateful_step_count=15, derandomize=True)
LOST = Image("sha256:" + "0" * 64, NOW)
SEARCH = settings(
    max_examples=300,
    derandomize=True,
    phases=(Phase.generate,),
    report_multiple_bugs=False,
)


class Sweeps(MemoryClient):
    """Content is gone when no image is there any more."""

    def images(self) -> Sequence[Image]:
        if not self._images:
            self._content.clear()
        return super().images()


class TakesReferrersAlong(MemoryClient):
    """What is done to an image by hand is done to its referrers; no document says otherwise."""

    def _referrers(self, digest: str) -> list[str]:
        return [each.digest for each in self._images.values() if each.subject == digest]

    def delete(self, digest: str) -> None:
        super().delete(digest)
        for each in self._referrers(digest):
            with suppress(Refused):
                self.delete(each)

    def archive(self, digest: str) -> None:
        super().archive(digest)
        for each in self._referrers(digest):
            with suppress(Refused):
                self.archive(each)

    def restore(self, digest: str) -> None:
        super().restore(digest)
        for each in self._referrers(digest):
            with suppress(Refused):
                self.restore(each)


class TakesReferrersAlongLater(TakesReferrersAlong):
    """Referrers follow when time passes."""

    def advance(self, time: timedelta) -> None:
        super().advance(time)
        for image in list(self._images.values()):
            if image.subject is not None and image.subject not in self._images:
                with suppress(Refused):
                    MemoryClient.delete(self, image.digest)

    def delete(self, digest: str) -> None:
        MemoryClient.delete(self, digest)


class TellsLess(MemoryClient):
    """Times are whole seconds, which those of the clock are not; of manifests, nothing is told."""

    def __init__(self, now: datetime) -> None:
        super().__init__(now + timedelta(milliseconds=700))

    def images(self) -> Sequence[Image]:
        self._images = {digest: _in_seconds(image) for digest, image in self._images.items()}
        return [
            replace(each, tags=each.tags[::-1], subject=None, manifest_media_type=None)
            for each in super().images()
        ]


def _in_seconds(image: Image) -> Image:
    members = ("pushed_at", "pulled_at", "archived_at", "activated_at")
    times: dict[str, datetime | None] = {each: getattr(image, each) for each in members}
    told: dict[str, Any] = {
        each: None if time is None else time.replace(microsecond=0) for each, time in times.items()
    }
    return replace(image, **told)


@pytest.mark.parametrize(
    "model", [MemoryClient, Sweeps, TakesReferrersAlong, TakesReferrersAlongLater, TellsLess]
)
def test_a_model_obeys_the_laws(model: type[MemoryClient]) -> None:
    run_state_machine_as_test(machine(lambda: model(NOW)), settings=SETTINGS)


def test_the_model_can_do_everything() -> None:
    client: Client = MemoryClient(NOW)
    assert isinstance(client, Archives)
    assert isinstance(client, Runs)


class NotesPullsLate(MemoryClient):
    """A pull is seen when the images are listed for the second time."""

    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self._pulled: set[str] = set()

    def images(self) -> Sequence[Image]:
        seen = super().images()
        for digest in self._pulled & self._images.keys():
            super().pull(digest)
        self._pulled.clear()
        return seen

    def pull(self, digest: str) -> None:
        if self._present(digest).storage_class is not StorageClass.STANDARD:
            raise Refused("the image is archived")
        self._pulled.add(digest)


def test_pulls_may_be_noted_late() -> None:
    """Amazon ECR API Reference, "ImageDetail", `lastRecordedPullTime`."""

    late = machine(lambda: NotesPullsLate(NOW))()
    late.push(number=0, tag="v1")
    late.set_mutability(mutability=TagMutability.IMMUTABLE)
    late.pull(number=0)
    late.push(number=1, tag="v1")  # is refused, while the pull is noted


def test_the_model_takes_whole_images_alone() -> None:
    client = MemoryClient(NOW)
    pushed = whole_image(1)
    config, layer = pushed.content.values()
    for content in (config, layer):
        with pytest.raises(Refused, match="the configuration or a layer is not there"):
            client.push(pushed.manifest, pushed.media_type, None)
        client.upload(content)
        with pytest.raises(Refused, match="the content is there already"):
            client.upload(content)
    assert client.push(pushed.manifest, pushed.media_type, None) == pushed.digest


def test_a_machine_must_say_what_it_tests() -> None:
    with pytest.raises(NotImplementedError, match="say in `make_client` what is tested"):
        RegistryMachine()


def test_an_index_may_come_back_from_the_archive_without_its_children() -> None:
    driven = machine(lambda: MemoryClient(NOW))()
    driven.push(number=0, tag=None)
    driven.push_index(numbers=[0], tag="v1")
    driven.archive_or_restore(number=1)
    driven.delete(number=0)
    driven.archive_or_restore(number=0)
    driven.retag(number=0, tag="v2")  # is left out: what it refers to is not there
    assert [image.tags for image in driven.client.images()] == [("v1",)]


def test_a_machine_may_leave_a_law_out() -> None:
    class Lenient(RegistryMachine):
        laws = tuple(law for law in LAWS if law is not pulls_are_recorded)

        def make_client(self) -> Client:
            return PullsOnPush(NOW)

    Lenient().push(number=0, tag=None)
    with pytest.raises(AssertionError, match="pulls_are_recorded"):
        machine(lambda: PullsOnPush(NOW))().push(number=0, tag=None)


# Bugs


class Bugs(MemoryClient):
    """What the clients below do wrong, they do with these."""

    def change(self, digest: str, **members: Any) -> None:
        self._images[digest] = replace(self._images[digest], **members)

    def change_all(self, **members: Any) -> None:
        for digest in self._images:
            self.change(digest, **members)


class MovesImmutableTags(MemoryClient):
    def set_mutability(self, mutability: TagMutability) -> None:
        """It is not kept."""


class TagsTwice(MemoryClient):
    """The image that had a tag before keeps it when it is pushed elsewhere."""

    def _take(self, tag: str, holder: str) -> None: ...

    def untag(self, tag: str) -> None:
        for digest, image in list(self._images.items()):
            if image.tags == (tag,):
                del self._images[digest]
            else:
                super()._take(tag, digest)


class DeletesChildren(MemoryClient):
    def delete(self, digest: str) -> None:
        del self._images[digest]


class PullsFromTheArchive(MemoryClient):
    def pull(self, digest: str) -> None:
        self._images[digest] = replace(self._images[digest], pulled_at=self._now)


class ForgetsToRun(MemoryClient):
    def run(self) -> None: ...


class RunsTooEarly(MemoryClient):
    def run(self) -> None:
        self._now += timedelta(days=30)
        super().run()
        self._now -= timedelta(days=30)


class ExpiresAtNight(MemoryClient):
    """What is older than a week goes by itself."""

    def advance(self, time: timedelta) -> None:
        super().advance(time)
        old = [
            digest
            for digest, image in self._images.items()
            if self._now - image.pushed_at > timedelta(days=7)
        ]
        for digest in old:
            del self._images[digest]


class DigestsOfOnesOwn(MemoryClient):
    def push(self, manifest: str, media_type: str, tag: str | None) -> str:
        return super().push(manifest + " ", media_type, tag)


class RefusesContent(MemoryClient):
    def upload(self, content: bytes) -> None:
        raise Refused("no")


class RefusesPulls(MemoryClient):
    def pull(self, digest: str) -> None:
        raise Refused("no")


class RefusesDeletions(MemoryClient):
    def delete(self, digest: str) -> None:
        raise Refused("no")


class ActsAndRefuses(MemoryClient):
    def delete(self, digest: str) -> None:
        try:
            super().delete(digest)
        except Refused:
            del self._images[digest]
            raise


class MovesTagsAndRefuses(Bugs):
    def push(self, manifest: str, media_type: str, tag: str | None) -> str:
        try:
            return super().push(manifest, media_type, tag)
        except Refused:
            self.change_all(tags=())
            raise


# Pushes


class DropsOtherTagsOnPush(Bugs):
    def push(self, manifest: str, media_type: str, tag: str | None) -> str:
        digest = super().push(manifest, media_type, tag)
        if tag is not None:
            self.change(digest, tags=(tag,))
        return digest


class DropsAllTagsOfTheHolder(Bugs):
    def _take(self, tag: str, holder: str) -> None:
        self.change(holder, tags=())


class ForgetsTheHolder(MemoryClient):
    """The image whose last tag moves away is gone."""

    def _take(self, tag: str, holder: str) -> None:
        super()._take(tag, holder)
        if not self._images[holder].tags:
            del self._images[holder]


class PushesAnew(Bugs):
    """An image that is tagged again counts as pushed again."""

    def push(self, manifest: str, media_type: str, tag: str | None) -> str:
        digest = super().push(manifest, media_type, tag)
        self.change(digest, pushed_at=self._now)
        return digest


class PushedLongAgo(Bugs):
    def _new(self, digest: str, told: Mapping[str, Any], media_type: str) -> Image:
        image = super()._new(digest, told, media_type)
        return replace(image, pushed_at=self._now - timedelta(days=1))


class PullsOnPush(Bugs):
    def push(self, manifest: str, media_type: str, tag: str | None) -> str:
        digest = super().push(manifest, media_type, tag)
        self.change(digest, pulled_at=self._now)
        return digest


class LeavesInTheArchiveWhatIsPushed(MemoryClient):
    def push(self, manifest: str, media_type: str, tag: str | None) -> str:
        there = self._images.get(digest_of(manifest.encode()))
        digest = super().push(manifest, media_type, tag)
        if there is not None and there.storage_class is StorageClass.ARCHIVE:
            self.archive(digest)
        return digest


class MixesUpSubjects(MemoryClient):
    def _new(self, digest: str, told: Mapping[str, Any], media_type: str) -> Image:
        image = super()._new(digest, told, media_type)
        return replace(image, subject=image.subject and digest)


class CallsAllIndexes(MemoryClient):
    def _new(self, digest: str, told: Mapping[str, Any], media_type: str) -> Image:
        image = super()._new(digest, told, media_type)
        return replace(image, manifest_media_type="application/vnd.oci.image.index.v1+json")


class GrowsWithEachTag(Bugs):
    def push(self, manifest: str, media_type: str, tag: str | None) -> str:
        digest = super().push(manifest, media_type, tag)
        self.change(digest, size_bytes=len(self._images[digest].tags))
        return digest


# Pulls, deletions, settings, time


class PullsStripTags(Bugs):
    def pull(self, digest: str) -> None:
        super().pull(digest)
        self.change(digest, tags=())


class PullsAreForgotten(MemoryClient):
    def pull(self, digest: str) -> None:
        if self._present(digest).storage_class is StorageClass.ARCHIVE:
            raise Refused("the image is archived")


class PullsFromTheFuture(Bugs):
    def pull(self, digest: str) -> None:
        super().pull(digest)
        self.change(digest, pulled_at=self._now + timedelta(days=1))


class PullsComeUndone(Bugs):
    def set_mutability(self, mutability: TagMutability) -> None:
        super().set_mutability(mutability)
        self.change_all(pulled_at=None)


class UntagsAll(Bugs):
    def untag(self, tag: str) -> None:
        holder = self._holder(tag)
        super().untag(tag)
        if holder in self._images:
            self.change(holder, tags=())


class KeepsWhatIsUntagged(MemoryClient):
    def untag(self, tag: str) -> None:
        self._take(tag, self._holder(tag) or "")


class KeepsWhatIsDeleted(MemoryClient):
    def delete(self, digest: str) -> None:
        kept = self._images.copy()
        super().delete(digest)
        self._images = kept


class DeletesStripTags(Bugs):
    def delete(self, digest: str) -> None:
        super().delete(digest)
        self.change_all(tags=())


class BringsBackTheDeleted(MemoryClient):
    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self._deleted: dict[str, Image] = {}

    def delete(self, digest: str) -> None:
        super().delete(digest)
        self._deleted = {digest: replace(self._images.get(digest, LOST), digest=digest)}

    def set_mutability(self, mutability: TagMutability) -> None:
        super().set_mutability(mutability)
        self._images = {**self._deleted, **self._images}


class MutabilityStripsTags(Bugs):
    def set_mutability(self, mutability: TagMutability) -> None:
        super().set_mutability(mutability)
        self.change_all(tags=())


class ArchivesAtNight(Bugs):
    def advance(self, time: timedelta) -> None:
        super().advance(time)
        self.change_all(storage_class=StorageClass.ARCHIVE, archived_at=self._now)


# The archive


class LosesTagsInTheArchive(Bugs):
    def archive(self, digest: str) -> None:
        super().archive(digest)
        self.change(digest, tags=())


class ArchivesWithoutTime(Bugs):
    def archive(self, digest: str) -> None:
        super().archive(digest)
        self.change(digest, archived_at=None)


class RestoresWithoutTime(Bugs):
    def restore(self, digest: str) -> None:
        super().restore(digest)
        self.change(digest, activated_at=None)


class RestoresForgetTheArchive(Bugs):
    def restore(self, digest: str) -> None:
        super().restore(digest)
        self.change(digest, archived_at=None)


class DoesNotRestore(Bugs):
    def restore(self, digest: str) -> None:
        super().restore(digest)
        self.change(digest, storage_class=StorageClass.ARCHIVE)


# Runs


class RunsOnPut(MemoryClient):
    def put_lifecycle_policy(self, text: str) -> None:
        super().put_lifecycle_policy(text)
        self.run()


class RunsStripTags(Bugs):
    def run(self) -> None:
        super().run()
        self.change_all(tags=())


class RunsForgetTheArchive(Bugs):
    def run(self) -> None:
        super().run()
        self.change_all(archived_at=None)


class LeavesReferrers(MemoryClient):
    """A run takes images, and what refers to them stays."""

    def run(self) -> None:
        was = self._images.copy()
        super().run()
        for digest, image in was.items():
            if image.subject is not None and image.subject in was:
                self._images[digest] = image


class TakesAllReferrers(MemoryClient):
    """A run takes all that has a subject."""

    def run(self) -> None:
        super().run()
        for digest, image in list(self._images.items()):
            if image.subject is not None:
                del self._images[digest]


class KnowsNoReferrers(MemoryClient):
    """A run looks at referrers as at any image."""

    def run(self) -> None:
        kept = self._images
        self._images = {
            digest: replace(image, subject=None) for digest, image in self._images.items()
        }
        super().run()
        self._images = {
            digest: replace(image, subject=kept[digest].subject)
            for digest, image in self._images.items()
        }


@pytest.mark.parametrize(
    ("broken", "law"),
    [
        (MovesImmutableTags, "must refuse this: the immutable `"),
        (TagsTwice, "each_tag_is_on_one_image: `"),
        (DeletesChildren, "must refuse this: .* a child that goes before its index"),
        (PullsFromTheArchive, "must refuse this: an archived image is pulled"),
        (ForgetsToRun, "a_step_does_what_it_is_for: "),
        (RunsTooEarly, "nothing_goes_by_itself: |the_rest_stays_as_it_is: "),
        (ExpiresAtNight, "nothing_goes_by_itself: "),
        (DigestsOfOnesOwn, "and came back as"),
        (RefusesContent, "content was refused"),
        (RefusesPulls, "must not refuse this: `.*` is pulled"),
        (RefusesDeletions, "must not refuse this: "),
        (ActsAndRefuses, "what_is_refused_takes_no_effect: .* went by itself"),
        (MovesTagsAndRefuses, "what_is_refused_takes_no_effect: .* `tags` of "),
        (DropsOtherTagsOnPush, "a_step_does_what_it_is_for: `tags` of "),
        (DropsAllTagsOfTheHolder, "a_step_does_what_it_is_for: `tags` of "),
        (ForgetsTheHolder, "nothing_goes_by_itself: |children_stay_while_their_index_stands: "),
        (PushesAnew, "times_do_not_go_back: `pushed_at` of "),
        (PushedLongAgo, "times_are_those_of_the_step: `pushed_at` of "),
        (PullsOnPush, "pulls_are_recorded: .* nobody has pulled it"),
        (LeavesInTheArchiveWhatIsPushed, "a_step_does_what_it_is_for: `storage_class` of "),
        (MixesUpSubjects, "what_is_told_of_a_manifest_is_so: `subject` of "),
        (CallsAllIndexes, "what_is_told_of_a_manifest_is_so: `manifest_media_type` of "),
        (GrowsWithEachTag, "the_rest_stays_as_it_is: `size_bytes` of "),
        (PullsStripTags, "the_rest_stays_as_it_is: `tags` of "),
        (PullsAreForgotten, "pulls_are_recorded: .* a day later its `pulled_at` is none"),
        (PullsFromTheFuture, "pulls_are_recorded: `pulled_at` of "),
        (PullsComeUndone, "times_do_not_go_back: `pulled_at` of "),
        (UntagsAll, "a_step_does_what_it_is_for: `tags` of "),
        (KeepsWhatIsUntagged, "a_step_does_what_it_is_for: .* was to go"),
        (KeepsWhatIsDeleted, "a_step_does_what_it_is_for: .* was to go"),
        (DeletesStripTags, "the_rest_stays_as_it_is: `tags` of "),
        (BringsBackTheDeleted, "nothing_comes_by_itself: "),
        (MutabilityStripsTags, "the_rest_stays_as_it_is: `tags` of "),
        (ArchivesAtNight, "the_rest_stays_as_it_is: `storage_class` of "),
        (LosesTagsInTheArchive, "the_rest_stays_as_it_is: `tags` of "),
        (ArchivesWithoutTime, "times_.*: `archived_at` of .* none"),
        (RestoresWithoutTime, "times_are_those_of_the_step: `activated_at` of "),
        (RestoresForgetTheArchive, "times_do_not_go_back: `archived_at` of "),
        (DoesNotRestore, "a_step_does_what_it_is_for: `storage_class` of "),
        (RunsOnPut, "nothing_goes_by_itself: |the_rest_stays_as_it_is: "),
        (RunsStripTags, "the_rest_stays_as_it_is: `tags` of "),
        (RunsForgetTheArchive, "times_.*: `archived_at` of "),
        (LeavesReferrers, "a_step_does_what_it_is_for: "),
        (TakesAllReferrers, "nothing_goes_by_itself: "),
        (KnowsNoReferrers, "nothing_goes_by_itself: |a_step_does_what_it_is_for: |the_rest_stays"),
    ],
)
def test_a_client_with_a_bug_breaks_a_law(broken: type[MemoryClient], law: str) -> None:
    with pytest.raises(AssertionError, match=law):
        run_state_machine_as_test(machine(lambda: broken(NOW)), settings=SEARCH)


# An emulation


@pytest.fixture
def emulated(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Client]]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        ecr = boto3.client("ecr", region_name="us-east-1")
        numbers = count()
        yield lambda: BotoClient(ecr, f"web-{next(numbers)}")


def test_moto_is_driven_until_it_breaks_a_law(emulated: Callable[[], Client]) -> None:
    class Emulation(RegistryMachine):
        def make_client(self) -> Client:
            return emulated()

        def knows(self, policy: LifecyclePolicy) -> bool:
            """moto knows the policies of some years ago, without patterns."""
            patterns = [each.selection.tag_pattern_list for each in policy.rules]
            return super().knows(policy) and not any(patterns)

    # moto forgets an image whose only tag moves on, and lets go of children.
    with pytest.raises(AssertionError, match=r"nothing_goes_by_itself|goes before its index"):
        run_state_machine_as_test(Emulation, settings=SEARCH)


def test_times_are_those_of_the_clock() -> None:
    client = MemoryClient(NOW)
    client.advance(timedelta(days=2))
    assert client.now() == datetime(2026, 2, 2, tzinfo=NOW.tzinfo)
