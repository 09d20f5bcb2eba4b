"""The machine: the model in memory obeys the laws, clients with bugs do not."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

import boto3
import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from moto import mock_aws

from ecrpolicy.lifecycle import LifecyclePolicy
from ecrpolicy.snapshot import Image, StorageClass, TagMutability
from ecrpolicy.testing.boto import BotoClient
from ecrpolicy.testing.client import Archives, Client, Refused, Runs
from ecrpolicy.testing.memory import MemoryClient
from ecrpolicy.testing.stateful import RegistryMachine, machine
from ecrpolicy.testing.strategies import NOW
from ecrpolicy.testing.whole_images import image as whole_image

SETTINGS = settings(max_examples=25, stateful_step_count=15, derandomize=True)
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


@pytest.mark.parametrize("model", [MemoryClient, Sweeps])
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


# Bugs


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


class LosesTagsInTheArchive(MemoryClient):
    def archive(self, digest: str) -> None:
        super().archive(digest)
        self._images[digest] = replace(self._images[digest], tags=())


class DigestsOfOnesOwn(MemoryClient):
    def push(self, manifest: str, media_type: str, tag: str | None) -> str:
        return super().push(manifest + " ", media_type, tag)


class PushesAnew(MemoryClient):
    """An image that is tagged again counts as pushed again."""

    def push(self, manifest: str, media_type: str, tag: str | None) -> str:
        digest = super().push(manifest, media_type, tag)
        self._images[digest] = replace(self._images[digest], pushed_at=self._now)
        return digest


class RefusesContent(MemoryClient):
    def upload(self, content: bytes) -> None:
        raise Refused("no")


class ActsAndRefuses(MemoryClient):
    def delete(self, digest: str) -> None:
        try:
            super().delete(digest)
        except Refused:
            del self._images[digest]
            raise


@pytest.mark.parametrize(
    ("broken", "law"),
    [
        (MovesImmutableTags, "the immutable `"),
        (TagsTwice, "a tag is on two images"),
        (DeletesChildren, "a child goes before its index"),
        (PullsFromTheArchive, "an archived image is pulled"),
        (ForgetsToRun, "a preview says"),
        (RunsTooEarly, "a preview says"),
        (ExpiresAtNight, "an image went by itself"),
        (LosesTagsInTheArchive, "an image lost tags on its way"),
        (DigestsOfOnesOwn, "and came back as"),
        (PushesAnew, "an image was pushed at another time before"),
        (RefusesContent, "content was refused"),
        (ActsAndRefuses, "a request was refused, and took effect"),
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
    with pytest.raises(AssertionError, match=r"went by itself|a child go|goes before its index"):
        run_state_machine_as_test(Emulation, settings=SEARCH)


def test_times_are_those_of_the_clock() -> None:
    client = MemoryClient(NOW)
    client.advance(timedelta(days=2))
    assert client.now() == datetime(2026, 2, 2, tzinfo=NOW.tzinfo)
