"""The endpoints of the OCI Distribution Specification 1.1, each with its statuses and headers.

Numbers, statuses and headers are those of its sections "Endpoints", "Pull", "Push", "Content
Discovery" and "Content Management".
"""

from urllib.parse import quote

import pytest

from ecrpolicy.registry.content.appending import locked
from ecrpolicy.registry.place import Place
from tests.registry.oci_api.client import (
    ABSENT,
    OCI_INDEX,
    OCI_MANIFEST,
    Registry,
    digest_of,
    manifest_of,
)
from tests.registry.serving import ACCOUNT, REGION, Serving

LAYER = b"a layer, packed"


def test_end_1_the_api_is_there(registry: Registry) -> None:
    answer = registry.ask("GET", "/v2/")
    assert answer.status == 200
    assert answer.headers["docker-distribution-api-version"] == "registry/2.0"
    assert registry.ask("GET", "/v2").status == 200


def test_end_1_says_who_may_come_in(registry: Registry) -> None:
    answer = registry.ask("GET", "/v2/", Authorization=None)
    assert answer.error == (401, "UNAUTHORIZED")
    host = registry.serving.netloc
    expected = f'Basic realm="https://{host}/",service="ecr.amazonaws.com"'
    assert answer.headers["www-authenticate"] == expected
    assert answer.headers["docker-distribution-api-version"] == "registry/2.0"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_end_2_a_blob(registry: Registry, repository: str, method: str) -> None:
    digest = registry.push_blob(repository, LAYER)
    answer = registry.ask(method, f"/v2/{repository}/blobs/{digest}")
    assert answer.status == 200
    assert answer.headers["docker-content-digest"] == digest
    assert answer.headers["content-length"] == "15"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["etag"] == f'"{digest}"'
    assert answer.body == (LAYER if method == "GET" else b"")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_end_2_a_blob_that_is_not_there(registry: Registry, repository: str, method: str) -> None:
    assert registry.ask(method, f"/v2/{repository}/blobs/{ABSENT}").status == 404
    assert registry.ask("GET", f"/v2/{repository}/blobs/{ABSENT}").error == (404, "BLOB_UNKNOWN")


@pytest.mark.parametrize(
    ("asked", "part", "content"),
    [
        ("bytes=0-0", "bytes 0-0/15", b"a"),
        ("bytes=2-6", "bytes 2-6/15", b"layer"),
        ("bytes=9-", "bytes 9-14/15", b"packed"),
        ("bytes=-6", "bytes 9-14/15", b"packed"),
        ("bytes=9-99", "bytes 9-14/15", b"packed"),
    ],
)
def test_end_2_a_part_of_a_blob(
    registry: Registry, repository: str, asked: str, part: str, content: bytes
) -> None:
    digest = registry.push_blob(repository, LAYER)
    answer = registry.ask("GET", f"/v2/{repository}/blobs/{digest}", Range=asked)
    assert answer.status == 206
    assert answer.headers["content-range"] == part
    assert answer.headers["content-length"] == str(len(content))
    assert answer.body == content


def test_end_2_a_part_that_is_not_there(registry: Registry, repository: str) -> None:
    digest = registry.push_blob(repository, LAYER)
    answer = registry.ask("GET", f"/v2/{repository}/blobs/{digest}", Range="bytes=15-")
    assert answer.status == 416
    assert answer.headers["content-range"] == "bytes */15"


def test_end_2_a_part_of_other_content_is_all(registry: Registry, repository: str) -> None:
    path = f"/v2/{repository}/blobs/{registry.push_blob(repository, LAYER)}"
    answer = registry.ask("GET", path, Range="bytes=0-0", If_Range='"other"')
    assert (answer.status, answer.body) == (200, LAYER)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("by", ["tag", "digest"])
def test_end_3_a_manifest(registry: Registry, repository: str, method: str, by: str) -> None:
    manifest = manifest_of(LAYER)
    digest = registry.push_image(repository, "v1", LAYER)
    reference = "v1" if by == "tag" else digest
    answer = registry.ask(method, f"/v2/{repository}/manifests/{reference}", Accept=OCI_MANIFEST)
    assert answer.status == 200
    assert answer.headers["docker-content-digest"] == digest
    assert answer.headers["content-type"] == OCI_MANIFEST
    assert answer.headers["content-length"] == str(len(manifest))
    assert answer.headers["etag"] == f'"{digest}"'
    assert answer.body == (manifest if method == "GET" else b"")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("kind", ["blob", "tag", "digest"])
def test_what_a_client_has_already_is_not_sent_again(
    registry: Registry, repository: str, method: str, kind: str
) -> None:
    """RFC 9110, "If-None-Match": entity tags are digests."""
    pushed = registry.push_image(repository, "v1", LAYER)
    digest = digest_of(LAYER) if kind == "blob" else pushed
    paths = {"blob": f"blobs/{digest}", "tag": "manifests/v1", "digest": f"manifests/{digest}"}
    path = f"/v2/{repository}/{paths[kind]}"
    for known in (f'"{digest}"', f'W/"{digest}"', f'"{ABSENT}", "{digest}"', "*", digest):
        answer = registry.ask(method, path, If_None_Match=known)
        assert (answer.status, answer.body) == (304, b"")
        assert answer.headers["etag"] == f'"{digest}"'
        assert answer.headers["docker-content-digest"] == digest
    for known in (f'"{ABSENT}"', '""', ""):
        assert registry.ask(method, path, If_None_Match=known).status == 200


def test_what_is_not_there_is_404_whatever_a_client_has(
    registry: Registry, repository: str
) -> None:
    for path in (f"blobs/{ABSENT}", f"manifests/{ABSENT}", "manifests/none"):
        answer = registry.ask("GET", f"/v2/{repository}/{path}", If_None_Match="*")
        assert answer.status == 404


@pytest.mark.parametrize("reference", ["absent", ABSENT, ".none", "-none"])
def test_end_3_a_manifest_that_is_not_there(
    registry: Registry, repository: str, reference: str
) -> None:
    path = f"/v2/{repository}/manifests/{reference}"
    answer = registry.ask("GET", path)
    assert answer.error == (404, "MANIFEST_UNKNOWN")
    assert answer.message == "Requested image not found"
    assert registry.ask("HEAD", path).status == 404


def test_end_4a_an_upload_begins(registry: Registry, repository: str) -> None:
    answer = registry.ask("POST", f"/v2/{repository}/blobs/uploads/", b"")
    assert answer.status == 202
    assert answer.headers["location"].startswith(f"/v2/{repository}/blobs/uploads/")
    assert answer.headers["range"] == "0-0"
    upload_id = answer.headers["location"].rpartition("/")[2]
    assert answer.headers["docker-upload-uuid"] == upload_id


def test_end_4b_a_blob_in_one_request(registry: Registry, repository: str) -> None:
    digest = digest_of(LAYER)
    answer = registry.ask("POST", f"/v2/{repository}/blobs/uploads/?digest={quote(digest)}", LAYER)
    assert answer.status == 201
    assert answer.headers["location"] == f"/v2/{repository}/blobs/{digest}"
    assert answer.headers["docker-content-digest"] == digest
    assert registry.ask("GET", answer.headers["location"]).body == LAYER


def test_end_4b_a_blob_with_another_digest(registry: Registry, repository: str) -> None:
    answer = registry.ask("POST", f"/v2/{repository}/blobs/uploads/?digest={ABSENT}", LAYER)
    assert answer.error == (400, "DIGEST_INVALID")
    assert registry.ask("HEAD", f"/v2/{repository}/blobs/{digest_of(LAYER)}").status == 404


def test_end_5_chunks_in_order(registry: Registry, repository: str) -> None:
    location = registry.start(repository)
    for first, chunk, held in ((0, LAYER[:8], "0-7"), (8, LAYER[8:], "0-14")):
        answer = registry.ask(
            "PATCH",
            location,
            chunk,
            Content_Range=f"{first}-{first + len(chunk) - 1}",
            Content_Type="application/octet-stream",
        )
        assert answer.status == 202
        assert answer.headers["range"] == held
        location = answer.headers["location"]
    answer = registry.ask("PUT", f"{location}?digest={quote(digest_of(LAYER))}")
    assert answer.status == 201
    assert registry.ask("GET", answer.headers["location"]).body == LAYER


@pytest.mark.parametrize(("first", "last"), [(0, 6), (7, 13), (9, 15)])
def test_end_5_a_chunk_out_of_order(
    registry: Registry, repository: str, first: int, last: int
) -> None:
    location = registry.start(repository)
    assert registry.ask("PATCH", location, LAYER[:8], Content_Range="0-7").status == 202
    answer = registry.ask("PATCH", location, LAYER[8:], Content_Range=f"{first}-{last}")
    assert answer.error == (416, "BLOB_UPLOAD_INVALID")
    assert answer.headers["range"] == "0-7"
    assert answer.headers["location"] == location
    # Nothing of it counts: the right one may follow.
    assert registry.ask("PATCH", location, LAYER[8:], Content_Range="8-14").status == 202


def test_end_5_a_stream_of_unknown_length(registry: Registry, repository: str) -> None:
    location = registry.start(repository)
    answer = registry.ask("PATCH", location, iter((LAYER[:3], LAYER[3:])))
    assert (answer.status, answer.headers["range"]) == (202, "0-14")
    answer = registry.ask("PUT", f"{location}?digest={quote(digest_of(LAYER))}")
    assert answer.status == 201


@pytest.mark.parametrize("size", [0, 1, 6, 8, 100])
def test_end_5_a_chunk_that_is_not_as_long_as_its_range(
    registry: Registry, repository: str, size: int
) -> None:
    """How long a chunk is may show only when all of it has come: then nothing of it is kept."""
    location, chunk = registry.start(repository), b"x" * size
    assert registry.ask("PATCH", location, LAYER[:8], Content_Range="0-7").status == 202
    last = f"{location}?digest={quote(digest_of(LAYER))}"
    for method, path in (("PATCH", location), ("PUT", last)):
        pieces = (bytes([each]) for each in chunk)
        answer = registry.ask(method, path, pieces, Content_Range="8-14")
        assert answer.error == (416, "BLOB_UPLOAD_INVALID")
        assert answer.headers["range"] == "0-7"
    answer = registry.ask("PATCH", location, chunk, Content_Range="8-14")
    assert answer.error == (416, "BLOB_UPLOAD_INVALID")
    assert registry.ask("GET", location).headers["range"] == "0-7"
    # The upload goes on with the right one, and has the right digest.
    answer = registry.ask("PATCH", location, iter((LAYER[8:],)), Content_Range="8-14")
    assert (answer.status, answer.headers["range"]) == (202, "0-14")
    assert registry.ask("PUT", last).status == 201


def test_end_5_an_upload_that_is_not_there(registry: Registry, repository: str) -> None:
    path = f"/v2/{repository}/blobs/uploads/00000000-0000-0000-0000-000000000000"
    assert registry.ask("PATCH", path, LAYER).error == (404, "BLOB_UPLOAD_UNKNOWN")


def test_end_6_all_at_the_end(registry: Registry, repository: str) -> None:
    location, digest = registry.start(repository), digest_of(LAYER)
    answer = registry.ask("PUT", f"{location}?digest={quote(digest)}", LAYER)
    assert answer.status == 201
    assert answer.headers["location"] == f"/v2/{repository}/blobs/{digest}"
    assert answer.headers["docker-content-digest"] == digest


def test_end_6_with_the_last_chunk(registry: Registry, repository: str) -> None:
    location = registry.start(repository)
    assert registry.ask("PATCH", location, LAYER[:8], Content_Range="0-7").status == 202
    last = f"{location}?digest={quote(digest_of(LAYER))}"
    assert registry.ask("PUT", last, LAYER[8:], Content_Range="9-15").status == 416
    assert registry.ask("PUT", last, LAYER[8:], Content_Range="8-14").status == 201


@pytest.mark.parametrize("content", [None, LAYER[8:]])
def test_end_6_while_somebody_else_appends(
    shared: Serving, registry: Registry, repository: str, content: bytes | None
) -> None:
    location = registry.start(repository)
    assert registry.ask("PATCH", location, LAYER[:8]).status == 202
    last = f"{location}?digest={quote(digest_of(LAYER))}"
    place, upload_id = Place(ACCOUNT, REGION), location.rpartition("/")[2]
    with locked(shared.service, place, repository, upload_id):
        answer = registry.ask("PUT", last, content)
    assert answer.error == (416, "BLOB_UPLOAD_INVALID")
    assert answer.headers["range"] == "0-7"
    assert answer.headers["location"] == location
    assert registry.ask("PUT", last, LAYER[8:]).status == 201


@pytest.mark.parametrize("query", ["", "?digest=", "?digest=sha256:1", f"?digest={ABSENT}"])
def test_end_6_another_digest_or_none(registry: Registry, repository: str, query: str) -> None:
    location = registry.start(repository)
    assert registry.ask("PUT", f"{location}{query}", LAYER).error == (400, "DIGEST_INVALID")


def test_end_6_an_upload_that_is_not_there(registry: Registry, repository: str) -> None:
    path = f"/v2/{repository}/blobs/uploads/00000000-0000-0000-0000-000000000000?digest={ABSENT}"
    assert registry.ask("PUT", path, LAYER).error == (404, "BLOB_UPLOAD_UNKNOWN")


@pytest.mark.parametrize("by", ["tag", "digest"])
def test_end_7_a_manifest_is_pushed(registry: Registry, repository: str, by: str) -> None:
    registry.push_image(repository, "first", LAYER)
    manifest = manifest_of(LAYER, annotations={"pushed": "by itself"})
    digest = digest_of(manifest)
    reference = "v1" if by == "tag" else digest
    answer = registry.push_manifest(repository, reference, manifest)
    assert answer.status == 201
    assert answer.headers["location"] == f"/v2/{repository}/manifests/{digest}"
    assert answer.headers["docker-content-digest"] == digest
    assert "oci-subject" not in answer.headers
    assert registry.ask("GET", answer.headers["location"]).body == manifest


def test_end_7_a_manifest_without_its_blobs(registry: Registry, repository: str) -> None:
    answer = registry.push_manifest(repository, "v1", manifest_of(b"never pushed"))
    assert answer.error == (404, "MANIFEST_BLOB_UNKNOWN")
    assert digest_of(b"never pushed") in answer.message


def test_end_7_a_manifest_that_is_too_large(registry: Registry, repository: str) -> None:
    path = f"/v2/{repository}/manifests/v1"
    large = b"{" + b" " * (4 * 1024 * 1024)
    answer = registry.ask("PUT", path, large, Content_Type=OCI_MANIFEST)
    assert answer.error == (413, "SIZE_INVALID")
    streamed = registry.ask("PUT", path, iter((large,)), Content_Type=OCI_MANIFEST)
    assert streamed.error == (413, "SIZE_INVALID")


def test_end_7_a_manifest_of_nearly_4_mib(registry: Registry, repository: str) -> None:
    registry.push_image(repository, "first", LAYER)
    bare = len(manifest_of(LAYER, annotations={"a": ""}))
    manifest = manifest_of(LAYER, annotations={"a": "a" * (4 * 1024 * 1024 - bare)})
    assert len(manifest) == 4 * 1024 * 1024
    assert registry.push_manifest(repository, "v1", manifest).status == 201


def test_end_8a_tags(registry: Registry, repository: str) -> None:
    path = f"/v2/{repository}/tags/list"
    assert registry.ask("GET", path).json == {"name": repository, "tags": []}
    for tag in ("v2", "v10", "V1", "_"):
        registry.push_image(repository, tag, LAYER)
    answer = registry.ask("GET", path)
    assert answer.status == 200
    # In the order of ASCII (OCI Distribution Specification, "Listing Tags").
    assert answer.json == {"name": repository, "tags": ["V1", "_", "v10", "v2"]}
    assert "link" not in answer.headers


def test_end_8b_tags_in_pages(registry: Registry, repository: str) -> None:
    for tag in ("a", "b", "c"):
        registry.push_image(repository, tag, LAYER)
    path = f"/v2/{repository}/tags/list"
    answer = registry.ask("GET", f"{path}?n=2")
    assert answer.json["tags"] == ["a", "b"]
    assert answer.headers["link"] == f'<{path}?last=b&n=2>; rel="next"'
    answer = registry.ask("GET", f"{path}?last=b&n=2")
    assert answer.json["tags"] == ["c"]
    assert "link" not in answer.headers
    assert "link" not in registry.ask("GET", f"{path}?n=3").headers
    assert registry.ask("GET", f"{path}?last=bb").json["tags"] == ["c"]
    nothing = registry.ask("GET", f"{path}?n=0")
    assert (nothing.json["tags"], "link" in nothing.headers) == ([], False)
    assert registry.ask("GET", f"{path}?n=-1").error == (400, "PAGINATION_NUMBER_INVALID")


def test_end_9_a_tag_is_taken_away(registry: Registry, repository: str) -> None:
    digest = registry.push_image(repository, "v1", LAYER)
    registry.push_image(repository, "v2", LAYER)
    assert registry.ask("DELETE", f"/v2/{repository}/manifests/v1").status == 202
    assert registry.ask("GET", f"/v2/{repository}/manifests/v1").status == 404
    assert registry.ask("GET", f"/v2/{repository}/manifests/{digest}").status == 200


def test_end_9_an_image_is_deleted(registry: Registry, repository: str) -> None:
    digest = registry.push_image(repository, "v1", LAYER)
    path = f"/v2/{repository}/manifests/{digest}"
    assert registry.ask("DELETE", path).status == 202
    assert registry.ask("GET", path).status == 404
    assert registry.ask("GET", f"/v2/{repository}/manifests/v1").status == 404
    assert registry.ask("DELETE", path).error == (404, "MANIFEST_UNKNOWN")


def test_end_10_blobs_are_not_deleted(registry: Registry, repository: str) -> None:
    digest = registry.push_blob(repository, LAYER)
    answer = registry.ask("DELETE", f"/v2/{repository}/blobs/{digest}")
    assert answer.error == (405, "UNSUPPORTED")
    assert answer.headers["allow"] == "HEAD, GET"


def test_end_11_a_mount_that_is_not_made_begins_an_upload(
    registry: Registry, repository: str
) -> None:
    for query in (f"mount={ABSENT}&from=none", f"mount={ABSENT}", f"mount={ABSENT}&from=../x"):
        answer = registry.ask("POST", f"/v2/{repository}/blobs/uploads/?{query}")
        assert answer.status == 202
        assert answer.headers["location"].startswith(f"/v2/{repository}/blobs/uploads/")


def test_end_12a_referrers(registry: Registry, repository: str) -> None:
    subject = manifest_of(LAYER)
    digest = registry.push_image(repository, "v1", LAYER)
    path = f"/v2/{repository}/referrers/{digest}"
    answer = registry.ask("GET", path)
    assert answer.status == 200
    assert answer.headers["content-type"] == OCI_INDEX
    assert answer.json == {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": []}
    described = {"mediaType": OCI_MANIFEST, "digest": digest, "size": len(subject)}
    signature = manifest_of(
        LAYER,
        artifactType="application/vnd.example.signature",
        subject=described,
        annotations={"by": "ana"},
    )
    pushed = registry.push_manifest(repository, digest_of(signature), signature)
    assert pushed.status == 201
    assert pushed.headers["oci-subject"] == digest
    assert registry.ask("GET", path).json["manifests"] == [
        {
            "mediaType": OCI_MANIFEST,
            "digest": digest_of(signature),
            "size": len(signature),
            "artifactType": "application/vnd.example.signature",
            "annotations": {"by": "ana"},
        }
    ]


def test_end_12a_referrers_of_what_is_not_there(registry: Registry, repository: str) -> None:
    answer = registry.ask("GET", f"/v2/{repository}/referrers/{ABSENT}")
    assert (answer.status, answer.json["manifests"]) == (200, [])
    answer = registry.ask("GET", f"/v2/{repository}/referrers/none")
    assert answer.error == (400, "DIGEST_INVALID")


def test_end_12b_referrers_of_a_type(registry: Registry, repository: str) -> None:
    subject = manifest_of(LAYER)
    digest = registry.push_image(repository, "v1", LAYER)
    described = {"mediaType": OCI_MANIFEST, "digest": digest, "size": len(subject)}
    for kind in ("application/one", "application/two"):
        registry.push_image(repository, kind[-3:], LAYER, artifactType=kind, subject=described)
    path = f"/v2/{repository}/referrers/{digest}"
    assert len(registry.ask("GET", path).json["manifests"]) == 2
    answer = registry.ask("GET", f"{path}?artifactType=application/two")
    assert answer.headers["oci-filters-applied"] == "artifactType"
    (found,) = answer.json["manifests"]
    assert found["artifactType"] == "application/two"


def test_end_13_how_far_an_upload_is(registry: Registry, repository: str) -> None:
    location = registry.start(repository)
    registry.ask("PATCH", location, LAYER[:8])
    answer = registry.ask("GET", location)
    assert answer.status == 204
    assert answer.headers["range"] == "0-7"
    assert answer.headers["location"] == location
    gone = f"/v2/{repository}/blobs/uploads/00000000-0000-0000-0000-000000000000"
    assert registry.ask("GET", gone).error == (404, "BLOB_UPLOAD_UNKNOWN")


def test_an_upload_is_given_up(registry: Registry, repository: str) -> None:
    location = registry.start(repository)
    assert registry.ask("DELETE", location).status == 204
    assert registry.ask("GET", location).error == (404, "BLOB_UPLOAD_UNKNOWN")
