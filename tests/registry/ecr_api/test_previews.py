"""Previews of lifecycle policies (Amazon ECR API Reference, "GetLifecyclePolicyPreview")."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest

from ecrpolicy import lifecycle
from tests.registry.clocks import Clock, signing_at
from tests.registry.ecr_api.pushing import descriptor, image_of, index_of, push, put
from tests.registry.ecr_api.refusals import refused
from tests.registry.serving import ACCOUNT, Serving, serving

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient


def _policy(*rules: dict[str, Any]) -> str:
    return json.dumps({"rules": [{"rulePriority": n, **rule} for n, rule in enumerate(rules, 1)]})


def _keep(number: int, **selection: Any) -> dict[str, Any]:
    """A rule that keeps so many images of a selection."""
    chosen = {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": number}
    return {"selection": {**chosen, **selection}, "action": {"type": "expire"}}


KEEP_ONE = _policy(_keep(1))
UNTAGGED = _policy(_keep(1, tagStatus="untagged"))


def _started(ecr: "ECRClient", repository: str, text: str | None = None) -> Any:
    named: Any = {} if text is None else {"lifecyclePolicyText": text}
    return ecr.start_lifecycle_policy_preview(repositoryName=repository, **named)


def _preview(ecr: "ECRClient", repository: str, **asked: Any) -> Any:
    return ecr.get_lifecycle_policy_preview(repositoryName=repository, **asked)


def _going(ecr: "ECRClient", repository: str, **asked: Any) -> list[str]:
    return [each["imageDigest"] for each in _preview(ecr, repository, **asked)["previewResults"]]


def test_a_preview_tells_what_would_go(ecr: "ECRClient", repository: str) -> None:
    """Amazon ECR User Guide, "Lifecycle policy evaluation rules": the newest image is kept."""
    old = push(ecr, repository, "old", "v1")
    push(ecr, repository, "new", "v2")
    begun = _started(ecr, repository, KEEP_ONE)
    assert (begun["registryId"], begun["repositoryName"]) == (ACCOUNT, repository)
    assert begun["status"] == "IN_PROGRESS"
    assert json.loads(begun["lifecyclePolicyText"]) == json.loads(KEEP_ONE)
    waiter = ecr.get_waiter("lifecycle_policy_preview_complete")
    waiter.wait(repositoryName=repository)
    found = _preview(ecr, repository)
    assert found["status"] == "COMPLETE"
    assert found["lifecyclePolicyText"] == begun["lifecyclePolicyText"]
    assert found["summary"] == {"expiringImageTotalCount": 1}
    [result] = found["previewResults"]
    [detail] = ecr.describe_images(repositoryName=repository, imageIds=[{"imageDigest": old}])[
        "imageDetails"
    ]
    assert result == {
        "imageTags": ["v1"],
        "imageDigest": old,
        "imagePushedAt": detail["imagePushedAt"],
        "action": {"type": "EXPIRE"},
        "appliedRulePriority": 1,
        "storageClass": "STANDARD",
    }
    # A preview takes nothing away.
    assert len(ecr.describe_images(repositoryName=repository)["imageDetails"]) == 2


def test_without_a_text_the_repositorys_policy_is_previewed(
    ecr: "ECRClient", repository: str
) -> None:
    with refused("LifecyclePolicyNotFoundException"):
        _started(ecr, repository)
    ecr.put_lifecycle_policy(repositoryName=repository, lifecyclePolicyText=KEEP_ONE)
    old = push(ecr, repository, "old")
    push(ecr, repository, "new")
    _started(ecr, repository)
    assert _going(ecr, repository) == [old]


def test_there_is_no_preview_before_one_is_started(ecr: "ECRClient", repository: str) -> None:
    with refused("LifecyclePolicyPreviewNotFoundException"):
        _preview(ecr, repository)
    with refused("RepositoryNotFoundException"):
        _preview(ecr, "nowhere")
    with refused("RepositoryNotFoundException"):
        _started(ecr, "nowhere", KEEP_ONE)


def test_results_are_settled_when_it_is_started(ecr: "ECRClient", repository: str) -> None:
    old = push(ecr, repository, "old")
    push(ecr, repository, "new")
    _started(ecr, repository, KEEP_ONE)
    push(ecr, repository, "newer")
    ecr.batch_delete_image(repositoryName=repository, imageIds=[{"imageDigest": old}])
    assert _going(ecr, repository) == [old]
    _started(ecr, repository, KEEP_ONE)
    assert len(_going(ecr, repository)) == 1
    assert _going(ecr, repository) != [old]


def test_transitions_are_told_with_their_storage_class(ecr: "ECRClient", repository: str) -> None:
    old = push(ecr, repository, "old")
    push(ecr, repository, "new")
    rule = {**_keep(1), "action": {"type": "transition", "targetStorageClass": "archive"}}
    _started(ecr, repository, _policy(rule))
    found = _preview(ecr, repository)
    [result] = found["previewResults"]
    assert result["imageDigest"] == old
    assert result["action"] == {"type": "TRANSITION", "targetStorageClass": "ARCHIVE"}
    assert found["summary"] == {
        "expiringImageTotalCount": 0,
        "transitioningImageTotalCounts": [{"targetStorageClass": "ARCHIVE", "imageTotalCount": 1}],
    }


def test_an_image_of_an_index_stays_and_a_signature_goes_along(
    ecr: "ECRClient", repository: str
) -> None:
    """Amazon ECR User Guide, "Lifecycle policy evaluation rules": manifest lists and referrers."""
    child = image_of(ecr, repository, b"child")
    put(ecr, repository, child)
    subject = image_of(ecr, repository, b"subject")
    digest = put(ecr, repository, subject, "v1")
    media_type = "application/vnd.oci.image.manifest.v1+json"
    signature = put(
        ecr, repository, image_of(ecr, repository, b"s", subject=descriptor(media_type, subject))
    )
    put(ecr, repository, index_of(child), "index")
    _started(ecr, repository, _policy(_keep(1, tagStatus="tagged", tagPatternList=["*"])))
    assert set(_going(ecr, repository)) == {digest, signature}


# Filters and pages


@pytest.fixture
def going(ecr: "ECRClient", repository: str) -> list[str]:
    """The digests of seven images that go, four of them tagged, older ones first."""
    pushed = [
        push(ecr, repository, f"layer {number}", f"v{number}" if number % 2 == 0 else None)
        for number in range(8)
    ]
    _started(ecr, repository, KEEP_ONE)
    return pushed[:7]


def test_older_images_come_first(ecr: "ECRClient", repository: str, going: list[str]) -> None:
    assert _going(ecr, repository) == going


def test_results_are_filtered_by_tag_status(
    ecr: "ECRClient", repository: str, going: list[str]
) -> None:
    assert _going(ecr, repository, filter={"tagStatus": "TAGGED"}) == going[0::2]
    assert _going(ecr, repository, filter={"tagStatus": "UNTAGGED"}) == going[1::2]
    assert _going(ecr, repository, filter={"tagStatus": "ANY"}) == going
    found = _preview(ecr, repository, filter={"tagStatus": "TAGGED"})
    assert found["summary"] == {"expiringImageTotalCount": 7}


def test_results_come_a_page_at_a_time(ecr: "ECRClient", repository: str, going: list[str]) -> None:
    pages = list(
        ecr.get_paginator("get_lifecycle_policy_preview").paginate(
            repositoryName=repository, PaginationConfig={"PageSize": 3}
        )
    )
    told = [[each.get("imageDigest") for each in page["previewResults"]] for page in pages]
    assert told == [going[0:3], going[3:6], going[6:7]]
    pages = list(
        ecr.get_paginator("get_lifecycle_policy_preview").paginate(
            repositoryName=repository,
            filter={"tagStatus": "TAGGED"},
            PaginationConfig={"PageSize": 3},
        )
    )
    told = [[each.get("imageDigest") for each in page["previewResults"]] for page in pages]
    assert told == [going[0:6:2], going[6:7]]


def test_a_page_is_of_one_preview(ecr: "ECRClient", repository: str, going: list[str]) -> None:
    token = _preview(ecr, repository, maxResults=2)["nextToken"]
    assert _going(ecr, repository, maxResults=2, nextToken=token) == going[2:4]
    _started(ecr, repository, KEEP_ONE)
    with refused("InvalidParameterException"):
        _preview(ecr, repository, maxResults=2, nextToken=token)


def test_results_of_some_images(ecr: "ECRClient", repository: str, going: list[str]) -> None:
    ids = [{"imageTag": "v2"}, {"imageDigest": going[1]}, {"imageTag": "none"}]
    assert _going(ecr, repository, imageIds=ids) == [going[1], going[2]]
    both = [{"imageTag": "v2", "imageDigest": going[1]}]
    assert _going(ecr, repository, imageIds=both) == []
    assert _going(ecr, repository, imageIds=[{}]) == []
    with refused("InvalidParameterException"):
        _preview(ecr, repository, imageIds=ids, maxResults=1)


# One at a time


@contextmanager
def _slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Event, Event]]:
    """Previews that wait; the first event says that one has begun, the second lets it go on."""
    begun, go_on = Event(), Event()
    evaluate = lifecycle.evaluate

    def slow(*arguments: Any, **more: Any) -> Any:
        begun.set()
        assert go_on.wait(30)
        return evaluate(*arguments, **more)

    monkeypatch.setattr("ecrpolicy.lifecycle.evaluate", slow)
    try:
        yield begun, go_on
    finally:
        go_on.set()


def test_one_preview_is_made_at_a_time(
    shared: Serving, ecr: "ECRClient", repository: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    push(ecr, repository, "layer")
    push(ecr, repository, "other")
    with _slow(monkeypatch) as (begun, go_on):
        other = shared.ecr()
        starting = Thread(target=lambda: _started(other, repository, KEEP_ONE))
        starting.start()
        assert begun.wait(30)
        assert _preview(ecr, repository)["status"] == "IN_PROGRESS"
        with refused("LifecyclePolicyPreviewInProgressException"):
            _started(ecr, repository, UNTAGGED)
        go_on.set()
        starting.join(30)
    found = _preview(ecr, repository)
    assert (found["status"], len(found["previewResults"])) == ("COMPLETE", 1)


def test_a_preview_whose_repository_goes_does_no_harm(
    shared: Serving, ecr: "ECRClient", repository: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    push(ecr, repository, "layer")
    push(ecr, repository, "other")
    with _slow(monkeypatch) as (begun, go_on):
        other = shared.ecr()
        starting = Thread(target=lambda: _started(other, repository, KEEP_ONE))
        starting.start()
        assert begun.wait(30)
        ecr.delete_repository(repositoryName=repository, force=True)
        go_on.set()
        starting.join(30)
    with refused("RepositoryNotFoundException"):
        _preview(ecr, repository)


def test_a_preview_that_breaks_has_failed(
    ecr: "ECRClient", repository: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr("ecrpolicy.lifecycle.evaluate", broken)
        with refused("ServerException", status=500):
            _started(ecr, repository, KEEP_ONE)
    assert _preview(ecr, repository)["status"] == "FAILED"
    _started(ecr, repository, KEEP_ONE)
    assert _preview(ecr, repository)["status"] == "COMPLETE"


def test_a_preview_that_died_with_its_process_has_failed(tmp_path: Path) -> None:
    clock = Clock(datetime(2026, 1, 31, tzinfo=UTC))
    with signing_at(clock), serving(tmp_path, clock=clock) as started:
        ecr = started.ecr()
        ecr.create_repository(repositoryName="web")
        _started(ecr, "web", KEEP_ONE)
        with started.service.database.writing() as connection:
            connection.exec_driver_sql("UPDATE previews SET status = 'IN_PROGRESS'")
        clock.advance(timedelta(minutes=10))
        assert _preview(ecr, "web")["status"] == "IN_PROGRESS"
        clock.advance(timedelta(seconds=1))
        assert _preview(ecr, "web")["status"] == "FAILED"
        _started(ecr, "web", KEEP_ONE)
        assert _preview(ecr, "web")["status"] == "COMPLETE"
