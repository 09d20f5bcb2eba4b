"""Runs of lifecycle policies: what a preview says is done."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ecrpolicy.registry import lifecycle_runs
from ecrpolicy.registry.lifecycle_runs import Ran
from tests.registry.clocks import Clock, signing_at
from tests.registry.ecr_api.pushing import image_of, index_of, push, put
from tests.registry.serving import OTHER, Serving, serving

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

START = datetime(2026, 1, 31, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(START)


@pytest.fixture
def started(tmp_path: Path, clock: Clock) -> Iterator[Serving]:
    with signing_at(clock), serving(tmp_path, clock=clock) as running:
        yield running


@pytest.fixture
def ecr(started: Serving) -> "ECRClient":
    client = started.ecr()
    client.create_repository(repositoryName="web")
    return client


def _put(ecr: "ECRClient", name: str, action: dict[str, str], **selection: Any) -> None:
    rule = {"rulePriority": 1, "selection": selection, "action": action}
    ecr.put_lifecycle_policy(repositoryName=name, lifecyclePolicyText=json.dumps({"rules": [rule]}))


def _keep_one(ecr: "ECRClient", name: str = "web") -> None:
    _put(
        ecr,
        name,
        {"type": "expire"},
        tagStatus="any",
        countType="imageCountMoreThan",
        countNumber=1,
    )


def _details(ecr: "ECRClient", name: str = "web") -> dict[str, Any]:
    answer: Any = ecr.describe_images(repositoryName=name, filter={"imageStatus": "ANY"})
    return {each["imageDigest"]: each for each in answer["imageDetails"]}


def test_nothing_runs_by_itself(ecr: "ECRClient", clock: Clock) -> None:
    push(ecr, "web", "old")
    push(ecr, "web", "new")
    _keep_one(ecr)
    clock.advance(timedelta(days=365))
    assert len(_details(ecr)) == 2
    assert "lastEvaluatedAt" not in ecr.get_lifecycle_policy(repositoryName="web")


def test_a_run_expires_images(started: Serving, ecr: "ECRClient", clock: Clock) -> None:
    push(ecr, "web", "old", "v1")
    clock.advance(timedelta(days=1))
    new = push(ecr, "web", "new", "v2")
    _keep_one(ecr)
    assert lifecycle_runs.run_all(started.service, clock()) == Ran(1, expired=1, archived=0)
    assert set(_details(ecr)) == {new}
    assert ecr.get_lifecycle_policy(repositoryName="web")["lastEvaluatedAt"] == clock()
    assert lifecycle_runs.run_all(started.service, clock()) == Ran(1)


def test_a_run_archives_images(started: Serving, ecr: "ECRClient", clock: Clock) -> None:
    old = push(ecr, "web", "old", "v1")
    _put(
        ecr,
        "web",
        {"type": "transition", "targetStorageClass": "archive"},
        tagStatus="any",
        countType="sinceImagePushed",
        countUnit="days",
        countNumber=30,
    )
    clock.advance(timedelta(days=31))
    new = push(ecr, "web", "new", "v2")
    assert lifecycle_runs.run_all(started.service, clock()) == Ran(1, expired=0, archived=1)
    details = _details(ecr)
    assert details[old]["imageStatus"] == "ARCHIVED"
    assert details[old]["lastArchivedAt"] == clock()
    assert details[old]["imageTags"] == ["v1"]
    assert details[new]["imageStatus"] == "ACTIVE"


def test_an_index_goes_with_its_images_one_run_later(
    started: Serving, ecr: "ECRClient", clock: Clock
) -> None:
    """Amazon ECR User Guide, "Lifecycle policy evaluation rules": first the list, then its images.

    A deletion through the API would refuse an image that an index refers to; no run is stopped.
    """
    manifest = image_of(ecr, "web", b"child")
    put(ecr, "web", manifest)
    clock.advance(timedelta(hours=1))
    put(ecr, "web", index_of(manifest))
    clock.advance(timedelta(hours=1))
    new = push(ecr, "web", "new")
    _keep_one(ecr)
    for _ in range(3):
        lifecycle_runs.run_all(started.service, clock())
    assert set(_details(ecr)) == {new}


def test_an_archived_index_holds_its_images_from_deletion_alone(
    started: Serving, ecr: "ECRClient", clock: Clock
) -> None:
    """Decision 2 about lifecycle policies; a deletion is refused wherever the index is."""
    manifest = image_of(ecr, "web", b"child")
    child = put(ecr, "web", manifest)
    clock.advance(timedelta(hours=1))
    index = put(ecr, "web", index_of(manifest), "all")
    _put(
        ecr,
        "web",
        {"type": "expire"},
        tagStatus="untagged",
        countType="sinceImagePushed",
        countUnit="days",
        countNumber=1,
    )
    clock.advance(timedelta(days=2))
    assert lifecycle_runs.run_all(started.service, clock()) == Ran(1)
    ecr.update_image_storage_class(
        repositoryName="web", imageId={"imageDigest": index}, targetStorageClass="ARCHIVE"
    )
    refused: Any = ecr.batch_delete_image(repositoryName="web", imageIds=[{"imageDigest": child}])
    (failure,) = refused["failures"]
    assert failure["failureCode"] == "ImageReferencedByManifestList"
    ecr.start_lifecycle_policy_preview(repositoryName="web")
    preview: Any = ecr.get_lifecycle_policy_preview(repositoryName="web")
    assert [each["imageDigest"] for each in preview["previewResults"]] == [child]
    assert lifecycle_runs.run_all(started.service, clock()) == Ran(1, expired=1)
    assert set(_details(ecr)) == {index}


def test_every_registry_is_run(started: Serving, ecr: "ECRClient", clock: Clock) -> None:
    others = (started.ecr(OTHER), started.ecr(region="eu-west-1"))
    for each in others:
        each.create_repository(repositoryName="web")
        push(each, "web", "old")
        push(each, "web", "new")
        _keep_one(each)
    ecr.create_repository(repositoryName="without")
    push(ecr, "without", "old")
    assert lifecycle_runs.run_all(started.service, clock()) == Ran(2, expired=2)
    assert [len(_details(each)) for each in others] == [1, 1]


def test_what_went_leaves_room(started: Serving, ecr: "ECRClient", clock: Clock) -> None:
    """The number of images that the quota is about goes down with a run."""
    for number in range(3):
        push(ecr, "web", str(number))
    _keep_one(ecr)
    lifecycle_runs.run_all(started.service, clock())
    with started.service.database.reading() as connection:
        counted = connection.exec_driver_sql("SELECT image_count FROM repositories").scalar()
    assert counted == 1


def test_a_policy_is_due_once_in_24_hours(started: Serving, ecr: "ECRClient", clock: Clock) -> None:
    push(ecr, "web", "old")
    _keep_one(ecr)
    assert lifecycle_runs.run_due(started.service, clock()) == Ran(1)
    push(ecr, "web", "new")
    clock.advance(timedelta(hours=23, minutes=59))
    assert lifecycle_runs.run_due(started.service, clock()) == Ran(0)
    clock.advance(timedelta(minutes=1))
    assert lifecycle_runs.run_due(started.service, clock()) == Ran(1, expired=1)
    # A policy that is put anew has not been run.
    _keep_one(ecr)
    assert lifecycle_runs.run_due(started.service, clock()) == Ran(1)


def test_they_run_by_themselves_where_that_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ecrpolicy.registry.app._CHORES_EVERY", 0.01)
    for wanted in (False, True):
        directory = tmp_path / str(wanted)
        directory.mkdir()
        with serving(directory, runs_lifecycle_policies=wanted) as running:
            ecr = running.ecr()
            ecr.create_repository(repositoryName="web")
            _keep_one(ecr)
            found: Any = {}
            for _ in range(200 if wanted else 5):
                found = ecr.get_lifecycle_policy(repositoryName="web")
                if "lastEvaluatedAt" in found:
                    break
            assert ("lastEvaluatedAt" in found) is wanted
