"""The library's machine against the service, and the naive model beside it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from ecrpolicy.registry import lifecycle_runs
from ecrpolicy.snapshot import Image, StorageClass, TagMutability
from ecrpolicy.testing.boto import BotoClient, refusals
from ecrpolicy.testing.client import Archives, Client, Refused, Runs
from ecrpolicy.testing.memory import MemoryClient
from ecrpolicy.testing.stateful import machine
from ecrpolicy.testing.strategies import NOW
from ecrpolicy.testing.whole_images import digest_of
from tests.registry.clocks import Clock, signing_at
from tests.registry.serving import Serving, serving

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

SETTINGS = settings(
    max_examples=12,
    stateful_step_count=20,
    derandomize=True,
    deadline=None,
    # What fails here takes minutes to be made smaller, over real sockets.
    phases=(Phase.generate,),
    report_multiple_bugs=False,
    suppress_health_check=(HealthCheck.too_slow,),
)


class ServiceClient(BotoClient):
    """A repository of the service, its archive, and its clock."""

    def __init__(self, ecr: "ECRClient", started: Serving, clock: Clock, name: str) -> None:
        super().__init__(ecr, name)
        self._started = started
        self._clock = clock

    def archive(self, digest: str) -> None:
        self._move(digest, "ARCHIVE")

    def restore(self, digest: str) -> None:
        self._move(digest, "STANDARD")

    def _move(self, digest: str, target: Any) -> None:
        with refusals():
            self.ecr.update_image_storage_class(
                repositoryName=self.name,
                imageId={"imageDigest": digest},
                targetStorageClass=target,
            )

    def now(self) -> datetime:
        return self._clock()

    def advance(self, time: timedelta) -> None:
        self._clock.advance(time)

    def run(self) -> None:
        lifecycle_runs.run_all(self._started.service, self._clock())


class Beside:
    """The service and the naive model, asked the same: both must answer and be the same.

    Where the service does more than the model knows of, it is said here what that is.
    """

    def __init__(self, service: ServiceClient, model: MemoryClient) -> None:
        self._service = service
        self._model = model

    def images(self) -> Sequence[Image]:
        found = self._service.images()
        assert _states(found) == _states(self._model.images())
        return found

    def upload(self, content: bytes) -> None:
        self._agreed(lambda client: client.upload(content))

    def push(self, manifest: str, media_type: str, tag: str | None) -> str:
        there = self._known(digest_of(manifest.encode()))
        active = None if there is None or _is_archived(there) else there
        if active is not None and (tag is None or tag in active.tags):
            # PutImage, ImageAlreadyExistsException: what changes nothing is refused.
            with pytest.raises(Refused, match="ImageAlreadyExistsException"):
                self._service.push(manifest, media_type, tag)
            raise Refused("the image is there already")
        told: str = self._agreed(lambda client: client.push(manifest, media_type, tag))
        return told

    def pull(self, digest: str) -> None:
        self._agreed(lambda client: client.pull(digest))

    def delete(self, digest: str) -> None:
        if any(digest in (each.manifests or ()) for each in self._model.images()):
            # The model lets go of what archived indexes hold; the service holds on to it.
            with pytest.raises(Refused, match="ImageReferencedByManifestList"):
                self._service.delete(digest)
            raise Refused("an index holds the image")
        self._agreed(lambda client: client.delete(digest))

    def untag(self, tag: str) -> None:
        self._agreed(lambda client: client.untag(tag))

    def set_mutability(self, mutability: TagMutability) -> None:
        self._agreed(lambda client: client.set_mutability(mutability))

    def put_lifecycle_policy(self, text: str) -> None:
        self._agreed(lambda client: client.put_lifecycle_policy(text))

    def delete_lifecycle_policy(self) -> None:
        self._agreed(lambda client: client.delete_lifecycle_policy())

    def archive(self, digest: str) -> None:
        self._agreed(lambda client: client.archive(digest))

    def restore(self, digest: str) -> None:
        self._agreed(lambda client: client.restore(digest))

    def now(self) -> datetime:
        assert self._service.now() == self._model.now()
        return self._service.now()

    def advance(self, time: timedelta) -> None:
        self._agreed(lambda client: client.advance(time))

    def run(self) -> None:
        self._agreed(lambda client: client.run())

    def _known(self, digest: str) -> Image | None:
        return next((each for each in self._model.images() if each.digest == digest), None)

    def _agreed(self, ask: Callable[[Any], Any]) -> Any:
        """Both are asked; both answer, or both refuse."""
        try:
            answer = ask(self._service)
        except Refused:
            with pytest.raises(Refused):
                ask(self._model)
            raise
        try:
            ask(self._model)
        except Refused as refused:
            raise AssertionError(f"the model refuses what the service does: {refused}") from None
        return answer


def _is_archived(image: Image) -> bool:
    return image.storage_class is StorageClass.ARCHIVE


def _states(images: Sequence[Image]) -> dict[str, tuple[Any, ...]]:
    return {
        each.digest: (
            frozenset(each.tags),
            each.pushed_at,
            each.pulled_at,
            each.storage_class,
            each.archived_at,
            each.activated_at,
            each.subject,
        )
        for each in images
    }


@pytest.fixture
def beside(tmp_path: Path) -> Iterator[Callable[[], Client]]:
    """Clients of the service, with the model at their side, each of a repository of its own."""
    clock = Clock(NOW)
    numbers = count()
    with signing_at(clock), serving(tmp_path, clock=clock) as started:
        ecr = started.ecr()

        def made() -> Client:
            clock.now = NOW
            client = ServiceClient(ecr, started, clock, f"web-{next(numbers)}")
            return Beside(client, MemoryClient(NOW))

        yield made


def test_the_service_can_do_everything(beside: Callable[[], Client]) -> None:
    client = beside()
    assert isinstance(client, Archives)
    assert isinstance(client, Runs)


def test_the_service_obeys_the_laws_and_does_as_the_model(beside: Callable[[], Client]) -> None:
    run_state_machine_as_test(machine(beside), settings=SETTINGS)
