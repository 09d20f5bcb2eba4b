"""A pull as Docker before its version 1.10 does it: the manifest by tag, then its layers."""

import json
from hashlib import sha256
from typing import Any

import pytest

from tests.registry.content import schema_1
from tests.registry.oci_api.client import (
    CONFIG,
    DOCKER_SCHEMA_2,
    OCI_MANIFEST,
    Answer,
    Registry,
    descriptor,
    digest_of,
    index_of,
    manifest_of,
)
from tests.registry.serving import READER, Serving

SIGNED = "application/vnd.docker.distribution.manifest.v1+prettyjws"
UNSIGNED = "application/vnd.docker.distribution.manifest.v1+json"
EMPTY = "sha256:a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4"
LAYER = b"a layer, packed"
STEPS = json.dumps(
    {
        "architecture": "amd64",
        "rootfs": {"type": "layers", "diff_ids": [digest_of(b"a layer")]},
        "history": [{"created_by": "ADD"}, {"created_by": "ENV", "empty_layer": True}],
    }
).encode()
TYPES = {
    OCI_MANIFEST: (
        "application/vnd.oci.image.config.v1+json",
        "application/vnd.oci.image.layer.v1.tar+gzip",
    ),
    DOCKER_SCHEMA_2: (
        "application/vnd.docker.container.image.v1+json",
        "application/vnd.docker.image.rootfs.diff.tar.gzip",
    ),
}


def push(
    registry: Registry, name: str, config: bytes = STEPS, media_type: str = OCI_MANIFEST
) -> str:
    """Push an image by the tag `v1`; its digest."""
    for blob in (config, LAYER):
        registry.push_blob(name, blob)
    of_config, of_layer = TYPES[media_type]
    manifest = manifest_of(
        mediaType=media_type,
        config=descriptor(of_config, config),
        layers=[descriptor(of_layer, LAYER)],
    )
    assert registry.push_manifest(name, "v1", manifest).status == 201
    return digest_of(manifest)


def pull(registry: Registry, name: str, accept: str, method: str = "GET", **more: Any) -> Answer:
    return registry.ask(method, f"/v2/{name}/manifests/v1", Accept=accept, **more)


@pytest.mark.parametrize("media_type", TYPES)
def test_by_tag_the_manifest_is_translated(
    registry: Registry, repository: str, media_type: str
) -> None:
    push(registry, repository, media_type=media_type)
    below = sha256(f"{sha256(LAYER).hexdigest()} ".encode()).hexdigest()
    empty = EMPTY.removeprefix("sha256:")
    top = sha256(f"{empty} {below} {STEPS.decode()}".encode()).hexdigest()
    answer = pull(registry, repository, UNSIGNED)
    assert (answer.status, answer.headers["content-type"]) == (200, UNSIGNED)
    told = answer.json
    ids = [json.loads(each["v1Compatibility"])["id"] for each in told.pop("history")]
    assert ids == [top, below]
    assert told == {
        "schemaVersion": 1,
        "name": repository,
        "tag": "v1",
        "architecture": "amd64",
        "fsLayers": [{"blobSum": EMPTY}, {"blobSum": digest_of(LAYER)}],
    }


def test_with_signatures_and_without_it_has_one_digest(registry: Registry, repository: str) -> None:
    push(registry, repository)
    text = pull(registry, repository, UNSIGNED).body
    for accept in (UNSIGNED, SIGNED, f"{UNSIGNED}, {SIGNED}"):
        for method in ("GET", "HEAD"):
            answer = pull(registry, repository, accept, method)
            assert answer.status == 200
            assert answer.headers["docker-content-digest"] == digest_of(text)
            assert answer.headers["content-type"] == (SIGNED if SIGNED in accept else UNSIGNED)
        again = pull(registry, repository, accept, If_None_Match=f'"{digest_of(text)}"')
        assert again.status == 304
    signed = pull(registry, repository, SIGNED).json
    assert len(signed.pop("signatures")) == 1
    assert signed == json.loads(text)


def test_who_may_only_read_gets_every_layer(
    shared: Serving, registry: Registry, repository: str
) -> None:
    push(registry, repository)
    reader = Registry(shared, READER)
    path = f"/v2/{repository}/blobs"
    assert registry.ask("HEAD", f"{path}/{EMPTY}").status == 404
    for each in pull(reader, repository, SIGNED).json["fsLayers"]:
        digest = each["blobSum"]
        assert reader.ask("HEAD", f"{path}/{digest}").status == 200
        answer = reader.ask("GET", f"{path}/{digest}")
        assert (answer.status, digest_of(answer.body)) == (200, digest)


def test_what_was_translated_can_be_pushed(registry: Registry, repository: str) -> None:
    push(registry, repository)
    pulled = pull(registry, repository, SIGNED)
    path = f"/v2/{repository}/manifests/{pulled.headers['docker-content-digest']}"
    assert registry.ask("PUT", path, pulled.body, Content_Type=SIGNED).status == 201
    assert registry.ask("GET", path, Accept=SIGNED).body == pulled.body


def test_a_format_that_says_more_comes_first(registry: Registry, repository: str) -> None:
    push(registry, repository)
    answer = pull(registry, repository, f"{SIGNED}, {DOCKER_SCHEMA_2}")
    assert answer.headers["content-type"] == DOCKER_SCHEMA_2


def test_by_digest_nothing_is_translated(registry: Registry, repository: str) -> None:
    digest = push(registry, repository)
    translated = pull(registry, repository, SIGNED).headers["docker-content-digest"]
    for each in (digest, translated):
        answer = registry.ask("GET", f"/v2/{repository}/manifests/{each}", Accept=SIGNED)
        assert answer.error == (404, "MANIFEST_UNKNOWN")


@pytest.mark.parametrize("config", [CONFIG, b"{", b"\xff", b"[" * 100_000, b"null"])
def test_what_cannot_be_translated_is_not_there(
    registry: Registry, repository: str, config: bytes
) -> None:
    push(registry, repository, config)
    answer = pull(registry, repository, SIGNED)
    assert answer.error == (404, "MANIFEST_UNKNOWN")
    assert f"a manifest of `{OCI_MANIFEST}`" in answer.message


def test_an_index_is_not_translated(registry: Registry, repository: str) -> None:
    registry.push_image(repository, "one", LAYER)
    assert registry.push_manifest(repository, "v1", index_of(manifest_of(LAYER))).status == 201
    assert pull(registry, repository, SIGNED).error == (404, "MANIFEST_UNKNOWN")


def test_schema_1_is_sent_with_signatures_and_without(registry: Registry, repository: str) -> None:
    registry.push_blob(repository, LAYER)
    text = schema_1.unsigned(digest_of(LAYER))
    signed = schema_1.signed(text)
    path = f"/v2/{repository}/manifests/v1"
    for pushed, pushed_as in ((signed, SIGNED), (text, UNSIGNED)):
        assert registry.ask("PUT", path, pushed, Content_Type=pushed_as).status == 201
        for accept in (SIGNED, UNSIGNED):
            answer = pull(registry, repository, accept)
            assert (answer.status, answer.headers["content-type"]) == (200, accept)
            assert answer.headers["docker-content-digest"] == digest_of(text)
            assert accept == SIGNED or answer.body == text
            assert ("signatures" in answer.json) is (accept == SIGNED)


@pytest.mark.parametrize("indent", [None, 1])
def test_schema_1_is_signed_for_who_wants_it_so(
    registry: Registry, repository: str, indent: int | None
) -> None:
    """Whatever the white space at its end is."""
    registry.push_blob(repository, LAYER)
    manifest = json.loads(schema_1.unsigned(digest_of(LAYER)))
    text = json.dumps(manifest, indent=indent).encode() + b"\n"
    path = f"/v2/{repository}/manifests/v1"
    assert registry.ask("PUT", path, text, Content_Type=UNSIGNED).status == 201
    answer = pull(registry, repository, SIGNED)
    assert answer.headers["docker-content-digest"] == digest_of(text)
    # Pushed back, it is the same: what is signed is the text without the signature.
    again = registry.ask("PUT", path, answer.body, Content_Type=SIGNED)
    assert (again.status, again.headers["docker-content-digest"]) == (201, digest_of(text))
    assert {**manifest, "signatures": answer.json["signatures"]} == answer.json
