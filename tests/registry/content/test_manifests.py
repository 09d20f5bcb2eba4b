"""Manifests (OCI Image Format Specification; Docker's "Image Manifest Version 2, Schema 2")."""

import json
import re
from typing import Any

import pytest

from ecrpolicy import quotas
from ecrpolicy.registry.content import manifests
from ecrpolicy.registry.content.manifests import Descriptor, read
from ecrpolicy.registry.refusal import Refusal
from tests.registry.content.schema_1 import encoded, signature, signed, unsigned

A, B, C = (f"sha256:{letter * 64}" for letter in "abc")
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
SPDX = "application/spdx+json"
REFUSED = "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'"


def descriptor(digest: str, media_type: str = LAYER, **more: Any) -> dict[str, Any]:
    return {"mediaType": media_type, "digest": digest, "size": 7, **more}


def image(**members: Any) -> dict[str, Any]:
    return {
        "schemaVersion": 2,
        "mediaType": manifests.OCI_MANIFEST,
        "config": descriptor(A, CONFIG),
        "layers": [descriptor(B), descriptor(C)],
        **members,
    }


def index(**members: Any) -> dict[str, Any]:
    return {
        "schemaVersion": 2,
        "mediaType": manifests.OCI_INDEX,
        "manifests": [descriptor(A, manifests.OCI_MANIFEST)],
        **members,
    }


def told(value: Any, media_type: str | None = None) -> manifests.Manifest:
    return read(json.dumps(value).encode(), media_type)


def test_an_image_has_a_configuration_and_layers() -> None:
    found = told(image())
    assert found.media_type == manifests.OCI_MANIFEST
    assert found.config == Descriptor(CONFIG, A, 7)
    assert found.layers == (Descriptor(LAYER, B, 7), Descriptor(LAYER, C, 7))
    assert found.blobs == (A, B, C)
    assert found.children == ()
    assert found.artifact_type == CONFIG


def test_an_index_has_children() -> None:
    found = told(index())
    assert [each.digest for each in found.children] == [A]
    assert found.blobs == ()
    assert found.artifact_type is None


def test_an_artifact_says_what_it_is() -> None:
    assert told(image(artifactType=SPDX)).artifact_type == SPDX
    assert told(index(artifactType="application/x")).artifact_type == "application/x"


def test_a_referrer_has_a_subject_and_annotations() -> None:
    found = told(
        image(subject=descriptor(B, manifests.OCI_MANIFEST), annotations={"created-by": "ana"})
    )
    assert found.subject == Descriptor(manifests.OCI_MANIFEST, B, 7)
    assert found.annotations == {"created-by": "ana"}


def test_a_blob_that_stands_twice_is_one() -> None:
    assert told(image(layers=[descriptor(B), descriptor(B)])).blobs == (A, B)


ELSEWHERE = ["https://example.com/layer"]


@pytest.mark.parametrize(
    "media_type",
    [
        "application/vnd.oci.image.layer.nondistributable.v1.tar",
        "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
        "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
        "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
    ],
)
def test_a_foreign_layer_is_elsewhere(media_type: str) -> None:
    foreign = descriptor(C, media_type, urls=ELSEWHERE)
    assert told(image(layers=[descriptor(B), foreign])).blobs == (A, B)
    # Without an address it can be nowhere but here.
    assert told(image(layers=[descriptor(C, media_type, urls=[])])).blobs == (A, C)
    assert told(image(layers=[descriptor(C, media_type, urls=None)])).blobs == (A, C)


def test_other_content_is_here_whatever_addresses_it_has() -> None:
    there = {
        "config": descriptor(A, CONFIG, urls=ELSEWHERE),
        "layers": [descriptor(B, urls=ELSEWHERE), descriptor(C, "text/plain", urls=ELSEWHERE)],
    }
    assert told(image(**there)).blobs == (A, B, C)
    foreign = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"
    config = descriptor(A, foreign, urls=ELSEWHERE)
    assert told(image(config=config, layers=[])).blobs == (A,)


def test_the_media_type_is_the_manifests_or_the_requests() -> None:
    silent = image()
    del silent["mediaType"]
    assert told(silent, manifests.OCI_MANIFEST).media_type == manifests.OCI_MANIFEST
    assert told(image(), manifests.OCI_MANIFEST).media_type == manifests.OCI_MANIFEST


def test_docker_pushes_the_same_under_other_names() -> None:
    assert told(image(mediaType=manifests.DOCKER_SCHEMA_2)).blobs == (A, B, C)
    assert len(told(index(mediaType=manifests.DOCKER_LIST)).children) == 1


def test_docker_of_old_pushes_schema_1() -> None:
    layers = {"fsLayers": [{"blobSum": A}, {"blobSum": B}, {"blobSum": A}]}
    found = told({"schemaVersion": 1, "name": "web", "tag": "v1", **layers})
    assert found.media_type == manifests.DOCKER_SCHEMA_1
    assert found.blobs == (A, B)


def test_of_a_signed_manifest_the_digest_is_that_of_what_was_signed() -> None:
    text = unsigned(B)
    assert text.endswith(b"\n}")
    found = read(signed(text))
    assert found.media_type == manifests.DOCKER_SCHEMA_1_SIGNED
    assert found.blobs == (B,)
    assert found.signed == text
    assert read(signed(text), manifests.DOCKER_SCHEMA_1).signed == text
    # The digest of all else is that of the whole text.
    assert read(text).signed is None
    assert told(image()).signed is None


LENGTH = len(unsigned(B)) - 2
TAIL = encoded(b"\n}")
RIGHT = signature(formatLength=LENGTH, formatTail=TAIL)


def test_null_is_no_list_of_signatures() -> None:
    with pytest.raises(Refusal, match=re.escape(REFUSED)):
        told({**json.loads(unsigned(B)), "signatures": None})


def test_several_signatures_are_about_one_text() -> None:
    other = signature(formatLength=LENGTH, formatTail=TAIL, time="2016-01-01T00:00:00Z")
    assert read(signed(unsigned(B), [RIGHT, other])).signed == unsigned(B)


@pytest.mark.parametrize(
    "signatures",
    [
        [],
        {},
        "text",
        7,
        [7],
        [{}],
        [{"protected": 7}],
        [{"protected": "?"}],
        [{"protected": "\N{SNOWMAN}"}],
        [{"protected": encoded(b"{")}],
        [{"protected": encoded(b"\xff")}],
        [{"protected": encoded(b"[" * 100_000)}],
        [{"protected": encoded(b'{"formatLength": 1' + b"0" * 10_000 + b"}")}],
        [{"protected": encoded(b"[]")}],
        [signature()],
        [signature(formatLength=LENGTH)],
        [signature(formatTail=TAIL)],
        [signature(formatLength=LENGTH, formatTail=7)],
        [signature(formatLength=LENGTH, formatTail="a")],
        [signature(formatLength=True, formatTail=TAIL)],
        [signature(formatLength=float(LENGTH), formatTail=TAIL)],
        [signature(formatLength=-1, formatTail=TAIL)],
        [signature(formatLength=10**9, formatTail=TAIL)],
        [signature(formatLength=LENGTH, formatTail=encoded(b"\n"))],
        [signature(formatLength=0, formatTail=TAIL)],
        # Another text than the one around it: clients that read that one would get other layers.
        [signature(formatLength=0, formatTail=encoded(unsigned(C)))],
        [RIGHT, signature(formatLength=0, formatTail=encoded(unsigned(B)))],
        [RIGHT] * 10_001,
    ],
)
def test_what_is_not_signed_as_it_says_is_refused(signatures: Any) -> None:
    with pytest.raises(Refusal) as caught:
        read(signed(unsigned(B), signatures))
    assert (caught.value.code, caught.value.message) == ("InvalidParameterException", REFUSED)


def test_what_is_added_to_a_signed_manifest_is_refused() -> None:
    added = signed(unsigned(B)).replace(b',\n   "signatures"', b',"tag": "v2",\n   "signatures"')
    with pytest.raises(Refusal, match="Invalid JSON syntax"):
        read(added)


def test_what_is_called_signed_has_signatures() -> None:
    with pytest.raises(Refusal, match="Invalid JSON syntax"):
        read(unsigned(B), manifests.DOCKER_SCHEMA_1_SIGNED)


@pytest.mark.parametrize(
    "value",
    [
        [],
        "text",
        None,
        image(schemaVersion=1),
        image(schemaVersion=3),
        image(mediaType="application/vnd.oci.artifact.manifest.v1+json"),
        image(mediaType=7),
        image(mediaType=["a"]),
        image(config=None),
        image(config=[]),
        image(layers=None),
        image(layers={}),
        image(layers=["a"]),
        image(layers=[descriptor("sha256:../../secret")]),
        image(layers=[descriptor(A.upper())]),
        image(layers=[descriptor(f"sha512:{'0' * 128}")]),
        image(layers=[{"mediaType": LAYER, "digest": A}]),
        image(layers=[descriptor(A, size=-1)]),
        image(layers=[descriptor(A, size=True)]),
        image(layers=[descriptor(A, size=1.5)]),
        image(layers=[descriptor(A, size=2**63)]),
        image(layers=[descriptor(A, urls="https://example.com/layer")]),
        image(layers=[descriptor(A, urls=[7])]),
        image(layers=[descriptor(A, urls=True)]),
        image(layers=[descriptor(A, media_type=None)]),  # type: ignore[arg-type]
        image(subject="sha256:a"),
        image(annotations=["a"]),
        image(annotations={"a": 1}),
        image(artifactType=7),
        image(artifactType=""),
        index(manifests=None),
        index(manifests=[descriptor(A), 7]),
        {"schemaVersion": 1},
        {"schemaVersion": 1, "fsLayers": [{"blobSum": 7}]},
        {"schemaVersion": 1, "fsLayers": ["a"]},
        {key: value for key, value in image().items() if key != "mediaType"},
    ],
)
def test_what_is_no_manifest_is_refused(value: Any) -> None:
    with pytest.raises(Refusal) as caught:
        told(value)
    assert (caught.value.code, caught.value.message) == ("InvalidParameterException", REFUSED)


@pytest.mark.parametrize(
    "manifest",
    [
        json.dumps(image()).encode("utf-16"),
        b"\xef\xbb\xbf" + json.dumps(image()).encode(),
        json.dumps(image(annotations={"a": "?"})).encode().replace(b"?", b"\xed\xa0\x80"),
        json.dumps(image(artifactType="\ud800")).encode(),
        json.dumps(image(config=descriptor(A, "\udfff"))).encode(),
        json.dumps(image(annotations={"\udfff": ""})).encode().replace(b"\\ud", b"\\uD"),
        json.dumps(image(other=float("nan"))).encode(),
    ],
)
def test_what_is_no_json_in_utf_8_is_refused(manifest: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        read(manifest)
    assert (caught.value.code, caught.value.message) == ("InvalidParameterException", REFUSED)


def test_a_whole_surrogate_pair_is_text() -> None:
    assert told(image(annotations={"a": "\N{GRINNING FACE}"})).annotations == {
        "a": "\N{GRINNING FACE}"
    }


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b"[" * 100_000, b"{}", b"NaN"])
def test_what_is_no_json_is_refused(text: bytes) -> None:
    with pytest.raises(Refusal, match="InvalidParameterException"):
        read(text)


def test_a_manifest_that_calls_itself_otherwise_is_refused() -> None:
    with pytest.raises(Refusal, match="Invalid JSON syntax"):
        told(image(), manifests.DOCKER_SCHEMA_2)


def test_a_manifest_has_four_megabytes_at_most() -> None:
    text = json.dumps(image()).encode()
    padding = b" " * (quotas.MANIFEST_MAX_CHARACTERS - len(text))
    assert len(text + padding) == 4_194_304
    assert read(text + padding).config is not None
    with pytest.raises(Refusal, match="imageManifest"):
        read(text + padding + b" ")
