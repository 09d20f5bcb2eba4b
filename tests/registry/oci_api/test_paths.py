"""What paths are about, by the endpoints of the OCI Distribution Specification."""

import pytest

from ecrpolicy.registry.oci_api.errors import Problem
from ecrpolicy.registry.oci_api.paths import Kind, Resource, read

DIGEST = "sha256:" + "a" * 64


@pytest.mark.parametrize(
    ("path", "resource"),
    [
        ("", Resource(Kind.API)),
        ("_catalog", Resource(Kind.CATALOG)),
        ("web/tags/list", Resource(Kind.TAGS, "web")),
        ("team/web/tags/list", Resource(Kind.TAGS, "team/web")),
        ("web/manifests/v1", Resource(Kind.MANIFEST, "web", "v1")),
        (f"a/b/c/manifests/{DIGEST}", Resource(Kind.MANIFEST, "a/b/c", DIGEST)),
        (f"web/blobs/{DIGEST}", Resource(Kind.BLOB, "web", DIGEST)),
        ("web/blobs/uploads/", Resource(Kind.UPLOADS, "web")),
        ("web/blobs/uploads", Resource(Kind.UPLOADS, "web")),
        ("web/blobs/uploads/1f-2_x", Resource(Kind.UPLOAD, "web", "1f-2_x")),
        (f"web/referrers/{DIGEST}", Resource(Kind.REFERRERS, "web", DIGEST)),
        # Names that look like endpoints.
        ("blobs/uploads/tags/list", Resource(Kind.TAGS, "blobs/uploads")),
        ("manifests/manifests/manifests", Resource(Kind.MANIFEST, "manifests", "manifests")),
        ("tags/list/tags/list", Resource(Kind.TAGS, "tags/list")),
    ],
)
def test_what_a_path_is_about(path: str, resource: Resource) -> None:
    assert read(path) == resource


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("Web/tags/list", 400, "NAME_INVALID"),
        ("../../etc/manifests/v1", 400, "NAME_INVALID"),
        ("web//api/manifests/v1", 400, "NAME_INVALID"),
        ("w\u00e9b/manifests/v1", 400, "NAME_INVALID"),
        ("web\0/manifests/v1", 400, "NAME_INVALID"),
        ("web\n/manifests/v1", 400, "NAME_INVALID"),
        ("a/manifests/v1", 400, "NAME_INVALID"),
        ("a" * 257 + "/manifests/v1", 400, "NAME_INVALID"),
        ("manifests/v1", 400, "NAME_INVALID"),
        ("a" * 600 + "/manifests/v1", 414, "NAME_INVALID"),
        ("web/blobs/latest", 400, "DIGEST_INVALID"),
        ("web/blobs/..", 400, "DIGEST_INVALID"),
        (f"web/blobs/{DIGEST.upper()}", 400, "DIGEST_INVALID"),
        (f"web/blobs/{DIGEST}\n", 400, "DIGEST_INVALID"),
        ("web/blobs/sha512:" + "a" * 128, 400, "DIGEST_INVALID"),
        ("web/manifests/sha256:abc", 400, "DIGEST_INVALID"),
        ("web/referrers/v1", 400, "DIGEST_INVALID"),
        ("web/blobs/uploads/..", 404, "BLOB_UPLOAD_UNKNOWN"),
        ("web/blobs/uploads/a.b", 404, "BLOB_UPLOAD_UNKNOWN"),
        ("web/blobs/uploads/" + "a" * 65, 404, "BLOB_UPLOAD_UNKNOWN"),
        ("web", 404, "UNSUPPORTED"),
        ("web/tags", 404, "UNSUPPORTED"),
        ("web/tags/list/", 404, "UNSUPPORTED"),
        ("_catalog/", 404, "UNSUPPORTED"),
    ],
)
def test_what_no_path_may_be(path: str, status: int, code: str) -> None:
    with pytest.raises(Problem) as raised:
        read(path)
    assert (raised.value.status, raised.value.code) == (status, code)


def test_a_name_of_the_greatest_length_is_one() -> None:
    name = "a" * 256
    assert read(f"{name}/blobs/{DIGEST}") == Resource(Kind.BLOB, name, DIGEST)


def test_the_text_about_a_name_is_the_services() -> None:
    with pytest.raises(Problem) as raised:
        read("Web/manifests/v1")
    text = "Invalid parameter at 'repositoryName' failed to satisfy constraint: "
    assert raised.value.message.startswith(text)
