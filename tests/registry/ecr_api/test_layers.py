"""Layers over the API: looked for, uploaded in parts, downloaded (Amazon ECR API Reference)."""

import hashlib
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from ecrpolicy.registry.content.sweep import sweep
from tests.registry.ecr_api.pushing import IMAGE, digest_of, image_of, push_layer
from tests.registry.ecr_api.refusals import refused
from tests.registry.serving import ACCOUNT, READER, Serving, serving

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

MIB = 1024 * 1024


def _part(ecr: "ECRClient", repository: str, upload_id: str, first: int, content: bytes) -> Any:
    return ecr.upload_layer_part(
        repositoryName=repository,
        uploadId=upload_id,
        partFirstByte=first,
        partLastByte=first + len(content) - 1,
        layerPartBlob=content,
    )


def _begun(ecr: "ECRClient", repository: str) -> str:
    return ecr.initiate_layer_upload(repositoryName=repository)["uploadId"]


def _completed(ecr: "ECRClient", repository: str, upload_id: str, digest: str) -> Any:
    return ecr.complete_layer_upload(
        repositoryName=repository, uploadId=upload_id, layerDigests=[digest]
    )


def _availability(ecr: "ECRClient", repository: str, *digests: str) -> Any:
    return ecr.batch_check_layer_availability(repositoryName=repository, layerDigests=list(digests))


# Uploading


def test_a_layer_comes_in_parts(ecr: "ECRClient", repository: str) -> None:
    content = b"a" * 5 * MIB + b"the rest"
    begun = ecr.initiate_layer_upload(repositoryName=repository)
    assert begun["partSize"] == 10 * MIB
    upload_id = begun["uploadId"]
    first = _part(ecr, repository, upload_id, 0, content[: 5 * MIB])
    assert first["lastByteReceived"] == 5 * MIB - 1
    assert (first["registryId"], first["repositoryName"]) == (ACCOUNT, repository)
    second = _part(ecr, repository, upload_id, 5 * MIB, content[5 * MIB :])
    assert second["lastByteReceived"] == len(content) - 1
    done = _completed(ecr, repository, upload_id, digest_of(content))
    assert (done["layerDigest"], done["uploadId"]) == (digest_of(content), upload_id)
    [layer] = _availability(ecr, repository, digest_of(content))["layers"]
    assert (layer["layerAvailability"], layer["layerSize"]) == ("AVAILABLE", len(content))


def test_a_part_follows_on_the_one_before(ecr: "ECRClient", repository: str) -> None:
    upload_id = _begun(ecr, repository)
    _part(ecr, repository, upload_id, 0, b"12345")
    for first in (0, 4, 6):
        with pytest.raises(ClientError) as caught:
            _part(ecr, repository, upload_id, first, b"6789")
        answer: Any = caught.value.response
        assert answer["Error"]["Code"] == "InvalidLayerPartException"
        assert answer["lastValidByteReceived"] == 4
        assert (answer["registryId"], answer["repositoryName"]) == (ACCOUNT, repository)
        assert answer["uploadId"] == upload_id
    assert _part(ecr, repository, upload_id, 5, b"6789")["lastByteReceived"] == 8


def test_a_part_is_as_long_as_it_says(ecr: "ECRClient", repository: str) -> None:
    upload_id = _begun(ecr, repository)
    for last in (0, 2):
        with refused("InvalidLayerPartException"):
            ecr.upload_layer_part(
                repositoryName=repository,
                uploadId=upload_id,
                partFirstByte=0,
                partLastByte=last,
                layerPartBlob=b"12",
            )


def test_only_the_last_part_may_be_small(ecr: "ECRClient", repository: str) -> None:
    """Amazon ECR service quotas, "Minimum layer part size"."""
    upload_id = _begun(ecr, repository)
    _part(ecr, repository, upload_id, 0, b"12345")
    _part(ecr, repository, upload_id, 5, b"6")
    with refused("LayerPartTooSmallException"):
        _completed(ecr, repository, upload_id, digest_of(b"123456"))


def test_a_layer_has_the_digest_that_is_said(ecr: "ECRClient", repository: str) -> None:
    upload_id = _begun(ecr, repository)
    _part(ecr, repository, upload_id, 0, b"12345")
    with refused("InvalidLayerException"):
        _completed(ecr, repository, upload_id, digest_of(b"other"))
    _completed(ecr, repository, upload_id, digest_of(b"12345"))


def test_an_upload_has_something(ecr: "ECRClient", repository: str) -> None:
    upload_id = _begun(ecr, repository)
    with refused("EmptyUploadException"):
        _completed(ecr, repository, upload_id, digest_of(b""))


def test_a_layer_is_there_once(ecr: "ECRClient", repository: str) -> None:
    push_layer(ecr, repository, b"twice")
    upload_id = _begun(ecr, repository)
    _part(ecr, repository, upload_id, 0, b"twice")
    with refused("LayerAlreadyExistsException"):
        _completed(ecr, repository, upload_id, digest_of(b"twice"))


def test_an_upload_is_of_one_repository(ecr: "ECRClient", repository: str) -> None:
    other = f"{repository}/other"
    ecr.create_repository(repositoryName=other)
    upload_id = _begun(ecr, repository)
    with refused("UploadNotFoundException"):
        _part(ecr, other, upload_id, 0, b"1")
    with refused("UploadNotFoundException"):
        _completed(ecr, other, upload_id, digest_of(b"1"))
    with refused("UploadNotFoundException"):
        _part(ecr, repository, "00000000-0000-0000-0000-000000000000", 0, b"1")


def test_a_part_has_ten_megabytes_at_most(ecr: "ECRClient", repository: str) -> None:
    """Amazon ECR User Guide, "Amazon ECR service quotas"; the API itself would take 20971520."""
    upload_id = _begun(ecr, repository)
    _part(ecr, repository, upload_id, 0, bytes(10 << 20))
    with refused("InvalidLayerPartException"):
        _part(ecr, repository, upload_id, 10 << 20, bytes((10 << 20) + 1))
    with refused("InvalidParameterException"):
        _part(ecr, repository, upload_id, 10 << 20, bytes(20971521))


# Looking


def test_layers_are_looked_for(ecr: "ECRClient", repository: str) -> None:
    there = push_layer(ecr, repository, b"there")
    missing = digest_of(b"missing")
    answer = _availability(ecr, repository, missing, there, "no digest", "")
    assert answer["layers"] == [
        {"layerDigest": missing, "layerAvailability": "UNAVAILABLE"},
        {"layerDigest": there, "layerAvailability": "AVAILABLE", "layerSize": 5},
    ]
    told = [(each["layerDigest"], each["failureCode"]) for each in answer["failures"]]
    assert told == [("no digest", "InvalidLayerDigest"), ("", "MissingLayerDigest")]


def test_a_layer_of_another_repository_is_not_there(ecr: "ECRClient", repository: str) -> None:
    there = push_layer(ecr, repository, b"elsewhere")
    ecr.create_repository(repositoryName=f"{repository}/other")
    [layer] = _availability(ecr, f"{repository}/other", there)["layers"]
    assert layer["layerAvailability"] == "UNAVAILABLE"


def test_a_hundred_layers_are_looked_for_at_most(ecr: "ECRClient", repository: str) -> None:
    with refused("InvalidParameterException"):
        _availability(ecr, repository, *(digest_of(bytes([each])) for each in range(101)))


# Downloading


def _url(ecr: "ECRClient", repository: str, content: bytes) -> str:
    answer = ecr.get_download_url_for_layer(
        repositoryName=repository, layerDigest=digest_of(content)
    )
    assert answer["layerDigest"] == digest_of(content)
    return answer["downloadUrl"]


def _got(url: str, method: str = "GET", **headers: str) -> tuple[int, bytes, Any]:
    request = urllib.request.Request(url, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read(), error.headers


def _pushed(ecr: "ECRClient", repository: str, content: bytes) -> None:
    push_layer(ecr, repository, content)
    manifest = image_of(ecr, repository, content)
    ecr.put_image(repositoryName=repository, imageManifest=manifest, imageManifestMediaType=IMAGE)


def test_a_layer_is_downloaded_without_credentials(ecr: "ECRClient", repository: str) -> None:
    _pushed(ecr, repository, b"0123456789")
    url = _url(ecr, repository, b"0123456789")
    status, content, headers = _got(url)
    assert (status, content) == (200, b"0123456789")
    assert headers["Content-Length"] == "10"
    status, content, headers = _got(url, "HEAD")
    assert (status, content, headers["Content-Length"]) == (200, b"", "10")


def test_a_part_of_a_layer_is_downloaded(ecr: "ECRClient", repository: str) -> None:
    _pushed(ecr, repository, b"0123456789")
    url = _url(ecr, repository, b"0123456789")
    status, content, headers = _got(url, Range="bytes=2-4")
    assert (status, content, headers["Content-Range"]) == (206, b"234", "bytes 2-4/10")
    assert _got(url, Range="bytes=-3")[:2] == (206, b"789")
    status, _, headers = _got(url, Range="bytes=10-")
    assert (status, headers["Content-Range"]) == (416, "bytes */10")


def test_a_layer_that_was_swept_away_is_not_downloaded(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    with serving(tmp_path, clock=lambda: now) as started:
        ecr = started.ecr()
        ecr.create_repository(repositoryName="web")
        _pushed(ecr, "web", b"swept")
        url = _url(ecr, "web", b"swept")
        ecr.delete_repository(repositoryName="web", force=True)
        sweep(started.service, now + timedelta(days=2))
        assert _got(url)[0] == 404
        assert _got(url, "HEAD")[0] == 404


def test_a_url_cannot_be_changed(ecr: "ECRClient", repository: str) -> None:
    _pushed(ecr, repository, b"sealed")
    url = _url(ecr, repository, b"sealed")
    last = "A" if url[-2] != "A" else "B"
    assert _got(url[:-2] + last + url[-1])[0] == 403
    assert _got(url.rpartition("/")[0] + "/anything")[0] == 403


def test_a_layer_without_an_image_is_not_given_out(ecr: "ECRClient", repository: str) -> None:
    push_layer(ecr, repository, b"alone")
    with refused("LayerInaccessibleException"):
        _url(ecr, repository, b"alone")
    with refused("LayersNotFoundException"):
        _url(ecr, repository, b"nowhere")


def test_a_layer_of_an_archived_image_is_not_given_out(ecr: "ECRClient", repository: str) -> None:
    _pushed(ecr, repository, b"kept")
    [image] = ecr.list_images(repositoryName=repository)["imageIds"]
    ecr.update_image_storage_class(
        repositoryName=repository, imageId=image, targetStorageClass="ARCHIVE"
    )
    message = (
        f"The layer with digest '{digest_of(b'kept')}' in the repository with name '{repository}' "
        "in registry with id '111122223333' is not available because all images that it is "
        "associated with are archived"
    )
    with refused("LayerInaccessibleException", message):
        _url(ecr, repository, b"kept")
    ecr.update_image_storage_class(
        repositoryName=repository, imageId=image, targetStorageClass="STANDARD"
    )
    assert _got(_url(ecr, repository, b"kept"))[0] == 200


def test_who_may_not_pull_gets_no_url(shared: Serving, repository: str) -> None:
    with refused("AccessDeniedException"):
        shared.ecr(READER).initiate_layer_upload(repositoryName=repository)


def test_a_url_is_good_for_an_hour(tmp_path: Path) -> None:
    now = [datetime.now(UTC)]
    with serving(tmp_path, clock=lambda: now[0]) as started:
        ecr = started.ecr()
        ecr.create_repository(repositoryName="web")
        _pushed(ecr, "web", b"an hour")
        url = _url(ecr, "web", b"an hour")
        now[0] += timedelta(minutes=59)
        assert _got(url)[0] == 200
        now[0] += timedelta(minutes=1)
        assert _got(url)[0] == 403


def test_digests_are_those_of_sha256() -> None:
    """The helper of these tests, held against a value from NIST's "SHA-256 examples"."""
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest_of(b"abc") == f"sha256:{expected}"
    assert hashlib.sha256(b"abc").hexdigest() == expected
