"""Snapshots from the service itself: what is asked, and what is said where it refuses."""

import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from ecrpolicy import quotas
from ecrpolicy.errors import FetchProblem
from ecrpolicy.sources import aws_service
from ecrpolicy.sources.aws import Where, fetch
from ecrpolicy.sources.files import Source, read_repository
from tests.builders import INDEX, digest
from tests.cli.documents import image
from tests.sources.service import Answer, Call, Refusal, empty, forget_the_environment, serving

TAKEN_AT = datetime(2026, 1, 31, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    forget_the_environment(monkeypatch, tmp_path)


# What is asked


def test_all_pages_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aws_service, "_IMAGES_A_PAGE", 2)
    details = [image(digit, f"v{digit}") for digit in "abcde"]

    def script(call: Call) -> Answer:
        if call.operation != "DescribeImages":
            return empty(call)
        start = int(call.parameters.get("nextToken", "0"))
        end = start + call.parameters["maxResults"]
        token = {"nextToken": str(end)} if end < len(details) else {}
        return {"imageDetails": details[start:end], **token}

    told: list[int] = []
    with serving(script) as service:
        content = fetch(
            Where("team/app", endpoint_url=service.url), taken_at=TAKEN_AT, progress=told.append
        )
    assert told == [2, 4, 5]
    assert [call.get("nextToken") for call in service.asked("DescribeImages")] == [None, "2", "4"]
    read = read_repository(Source(content))
    assert [each.tags for each in read.images] == [("va",), ("vb",), ("vc",), ("vd",), ("ve",)]
    assert read.taken_at == TAKEN_AT


def test_images_of_every_status_are_asked_for_in_pages_as_large_as_allowed() -> None:
    with serving(empty) as service:
        fetch(Where("team/app", endpoint_url=service.url), taken_at=TAKEN_AT)
    assert service.asked("DescribeImages") == [
        {"repositoryName": "team/app", "filter": {"imageStatus": "ANY"}, "maxResults": 1000}
    ]


def test_manifests_of_indexes_alone_are_asked_for_in_chunks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(quotas, "BATCH_GET_IMAGE_MAX_IMAGES", 2)
    indexes = [image(digit, f"v{digit}", imageManifestMediaType=INDEX) for digit in "abcde"]
    details = [image("0"), *indexes, image("1")]

    def script(call: Call) -> Answer:
        if call.operation == "DescribeImages":
            return {"imageDetails": details}
        if call.operation == "BatchGetImage":
            manifest = json.dumps({"manifests": [{"digest": digest("0")}]})
            asked = call.parameters["imageIds"]
            images = [{"imageId": each, "imageManifest": manifest} for each in asked]
            return {"images": images, "failures": []}
        return empty(call)

    with serving(script) as service:
        content = fetch(Where("team/app", endpoint_url=service.url), taken_at=TAKEN_AT)
    chunks = [
        [each["imageDigest"] for each in call["imageIds"]]
        for call in service.asked("BatchGetImage")
    ]
    assert chunks == [
        [digest("a"), digest("b")],
        [digest("c"), digest("d")],
        [digest("e")],
    ]
    assert INDEX in service.asked("BatchGetImage")[0]["acceptedMediaTypes"]
    read = read_repository(Source(content))
    assert [each.manifests == (digest("0"),) for each in read.images if each.is_index] == [True] * 5


def test_no_manifest_is_asked_for_where_there_is_no_index() -> None:
    def script(call: Call) -> Answer:
        return {"imageDetails": [image("a")]} if call.operation == "DescribeImages" else empty(call)

    with serving(script) as service:
        fetch(Where("team/app", endpoint_url=service.url), taken_at=TAKEN_AT)
    assert service.asked("BatchGetImage") == []


def test_an_index_whose_manifest_the_service_withholds_has_unknown_children() -> None:
    def script(call: Call) -> Answer:
        if call.operation == "DescribeImages":
            return {"imageDetails": [image("d", "v1", imageManifestMediaType=INDEX)]}
        return empty(call)

    with serving(script) as service:
        content = fetch(Where("team/app", endpoint_url=service.url), taken_at=TAKEN_AT)
    (index,) = read_repository(Source(content)).images
    assert index.has_unknown_children


def test_registry_and_region_are_those_that_were_named() -> None:
    with serving(empty) as service:
        where = Where(
            "team/app",
            region="ap-south-1",
            registry_id="111122223333",
            endpoint_url=service.url,
        )
        content = fetch(where, taken_at=TAKEN_AT)
    assert {call.region for call in service.calls} == {"ap-south-1"}
    assert {call.parameters.get("registryId") for call in service.calls} == {"111122223333"}
    assert json.loads(content)["region"] == "ap-south-1"


def problem(where: Where) -> str:
    """What is said where a repository cannot be fetched."""
    with pytest.raises(FetchProblem) as raised:
        fetch(where, taken_at=TAKEN_AT)
    (finding,) = raised.value.findings
    return str(finding)


@pytest.mark.parametrize(
    "operation", ["DescribeRepositories", "DescribeImages", "BatchGetImage", "GetLifecyclePolicy"]
)
def test_each_permission_is_needed(operation: str) -> None:
    def script(call: Call) -> Answer:
        if call.operation == operation:
            return Refusal("AccessDeniedException", "User: x is not authorized")
        if call.operation == "DescribeImages":
            return {"imageDetails": [image("d", "v1", imageManifestMediaType=INDEX)]}
        return empty(call)

    with serving(script) as service:
        said = problem(Where("team/app", endpoint_url=service.url))
    assert said == (
        f"the service refused `{operation}` on `team/app`: AccessDeniedException: User: x is not "
        "authorized; allow the caller what `ecrpolicy snapshot` needs"
    )


def test_another_refusal_is_told_as_it_is() -> None:
    with serving(lambda _: Refusal("InvalidParameterException", "so it is")) as service:
        said = problem(Where("team/app", endpoint_url=service.url))
    assert said == (
        "the service refused `DescribeImages` on `team/app`: InvalidParameterException: so it is"
    )


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits between tries, which are not waited."""
    waited: list[float] = []
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=waited.append))
    monkeypatch.setattr("botocore.retries.bucket.TokenBucket.acquire", lambda *_, **__: True)
    return waited


def test_a_throttled_request_is_made_again(waits: list[float]) -> None:
    def script(call: Call) -> Answer:
        if len(service.calls) in (1, 2, 4):
            return Refusal("ThrottlingException", "Rate exceeded")
        return empty(call)

    with serving(script) as service:
        content = fetch(Where("team/app", endpoint_url=service.url), taken_at=TAKEN_AT)
    assert json.loads(content)["imageDetails"] == []
    assert [call.operation for call in service.calls] == [
        "DescribeImages",
        "DescribeImages",
        "DescribeImages",
        "DescribeRepositories",
        "DescribeRepositories",
        "GetLifecyclePolicy",
    ]
    assert len(waits) == 3


def test_a_service_that_never_answers_is_given_up(waits: list[float]) -> None:
    with serving(lambda _: Refusal("ThrottlingException", "Rate exceeded")) as service:
        said = problem(Where("team/app", endpoint_url=service.url))
    assert said.startswith("the service refused `DescribeImages` on `team/app`: ThrottlingExc")
    assert 2 <= len(service.calls) <= 11
    assert len(waits) == len(service.calls) - 1
