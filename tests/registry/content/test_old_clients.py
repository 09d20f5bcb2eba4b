"""Images as schema 1: which ones, and what the client pulls next.

The table of "Amazon ECR image manifest conversion" (Amazon ECR User Guide), its first row.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from ecrpolicy import quotas
from ecrpolicy.registry.content import layers, old_clients
from ecrpolicy.registry.content.conversion import Converted
from ecrpolicy.registry.content.manifests import (
    DOCKER_LIST,
    DOCKER_SCHEMA_1,
    DOCKER_SCHEMA_1_SIGNED,
    DOCKER_SCHEMA_2,
    OCI_INDEX,
    OCI_MANIFEST,
)
from ecrpolicy.registry.content.media_types import Accepted
from ecrpolicy.registry.content.sweep import sweep
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.registry.service import Service
from tests.registry.content.service import NOW, descriptor, make_repository, push_layer, sha256

EMPTY = "sha256:a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4"
LAYER = b"a layer"
OCI = ("application/vnd.oci.image.config.v1+json", "application/vnd.oci.image.layer.v1.tar")
DOCKER = (
    "application/vnd.docker.container.image.v1+json",
    "application/vnd.docker.image.rootfs.diff.tar",
)


def configuration(*history: dict[str, Any], **members: Any) -> bytes:
    rootfs = {"type": "layers", "diff_ids": [sha256(b"unpacked")]}
    told = {"rootfs": rootfs, "history": [{"created_by": "ADD"}, *history], **members}
    return json.dumps(told).encode()


def stored(
    config: bytes,
    types: tuple[str, str] = OCI,
    media_type: str = OCI_MANIFEST,
    **members: Any,
) -> Converted:
    manifest = {
        "schemaVersion": 2,
        "mediaType": media_type,
        "config": descriptor(config, types[0]),
        "layers": [descriptor(LAYER, types[1])],
        **members,
    }
    text = json.dumps(manifest).encode()
    return Converted(media_type, text, sha256(text))


def fail(**options: bool) -> None:
    raise AssertionError("something was written")


@pytest.fixture
def converted(service: Service, web: StoredRepository) -> Any:
    """What is made of an image whose configuration is pushed."""

    def convert(
        config: bytes, *args: Any, accept: str = DOCKER_SCHEMA_1, **members: Any
    ) -> Converted | None:
        push_layer(service, config)
        image = stored(config, *args, **members)
        return old_clients.convert(service, web, "v1", image, Accepted(accept), NOW)

    return convert


PLAIN = configuration()
STEPS = configuration({"created_by": "ENV", "empty_layer": True})


@pytest.mark.parametrize("packed", ["", "gzip"])
@pytest.mark.parametrize(
    ("types", "media_type", "dot"),
    [(OCI, OCI_MANIFEST, "+"), (DOCKER, DOCKER_SCHEMA_2, ".")],
)
def test_images_of_both_formats(
    converted: Any, types: tuple[str, str], media_type: str, dot: str, packed: str
) -> None:
    layer = f"{types[1]}{dot}{packed}" if packed else types[1]
    made = converted(PLAIN, (types[0], layer), media_type)
    told = json.loads(made.manifest)
    assert made.media_type == DOCKER_SCHEMA_1
    assert (told["name"], told["tag"]) == ("web", "v1")
    assert told["fsLayers"] == [{"blobSum": sha256(LAYER)}]
    assert made.digest == sha256(made.manifest)


def test_who_takes_both_forms_gets_it_signed(converted: Any) -> None:
    unsigned = converted(PLAIN)
    for accept in (DOCKER_SCHEMA_1_SIGNED, f"{DOCKER_SCHEMA_1}, {DOCKER_SCHEMA_1_SIGNED}"):
        signed = converted(PLAIN, accept=accept)
        assert signed.media_type == DOCKER_SCHEMA_1_SIGNED
        told = json.loads(signed.manifest)
        assert len(told.pop("signatures")) == 1
        assert told == json.loads(unsigned.manifest)
        # With and without signatures, it is one manifest.
        assert signed.digest == unsigned.digest == sha256(unsigned.manifest)


@pytest.mark.parametrize(
    ("types", "members"),
    [
        (("application/vnd.cncf.helm.config.v1+json", OCI[1]), {}),
        (("application/vnd.docker.plugin.v1+json", DOCKER[1]), {}),
        ((OCI[0], "text/plain"), {}),
        ((OCI[0], f"{OCI[1]}+zstd"), {}),
        ((DOCKER[0], f"{DOCKER[1]}.zstd"), {}),
        ((OCI[0], "application/vnd.oci.image.layer.nondistributable.v1.tar"), {}),
        ((DOCKER[0], "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"), {}),
        (OCI, {"artifactType": "application/vnd.example"}),
    ],
)
def test_what_schema_1_has_no_place_for(
    converted: Any, types: tuple[str, str], members: dict[str, Any]
) -> None:
    assert converted(PLAIN, types, **members) is None


@pytest.mark.parametrize(
    ("media_type", "accept"),
    [
        (OCI_INDEX, DOCKER_SCHEMA_1),
        (DOCKER_LIST, DOCKER_SCHEMA_1_SIGNED),
        (DOCKER_SCHEMA_1, OCI_MANIFEST),
        (OCI_MANIFEST, OCI_INDEX),
        (OCI_MANIFEST, f"{DOCKER_SCHEMA_1};q=0"),
    ],
)
def test_what_the_table_has_not(
    service: Service, web: StoredRepository, media_type: str, accept: str
) -> None:
    assert not old_clients.may_convert(media_type, Accepted(accept))
    image = Converted(media_type, b"{}", sha256(b"{}"))
    assert old_clients.convert(service, web, "v1", image, Accepted(accept), NOW) is None


def test_a_configuration_that_is_none(converted: Any) -> None:
    for config in (b"{", b"{}", b"\x00\xff", configuration({"created_by": "one too many"})):
        assert converted(config) is None


def test_a_configuration_that_is_not_there(service: Service, web: StoredRepository) -> None:
    accepted = Accepted(DOCKER_SCHEMA_1)
    assert old_clients.convert(service, web, "v1", stored(PLAIN), accepted, NOW) is None
    # Nor one of another repository.
    make_repository(service, "api")
    push_layer(service, PLAIN, "api")
    assert old_clients.convert(service, web, "v1", stored(PLAIN), accepted, NOW) is None


def test_a_configuration_whose_file_has_gone(
    service: Service, web: StoredRepository, converted: Any
) -> None:
    push_layer(service, PLAIN)
    with service.database.reading() as connection:
        blob = layers.find(connection, web, sha256(PLAIN))
    assert blob is not None
    service.blobs.delete(blob.file)
    assert converted(PLAIN) is None


def test_a_large_configuration_is_not_read(
    service: Service, converted: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = quotas.MANIFEST_MAX_CHARACTERS
    read: list[str] = []

    def nothing(file: str) -> Iterator[bytes]:
        read.append(file)
        return iter(())

    monkeypatch.setattr(service.blobs, "read", nothing)
    assert converted(PLAIN.ljust(size + 1)) is None
    assert not read
    assert converted(PLAIN.ljust(size)) is None
    assert len(read) == 1


def test_the_layer_with_nothing_in_it_is_there_for_a_client(
    service: Service, web: StoredRepository, converted: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert converted(PLAIN) is not None
    assert layers.present(service, web, (EMPTY,), NOW) == {}
    told = json.loads(converted(STEPS).manifest)
    assert [each["blobSum"] for each in told["fsLayers"]] == [EMPTY, sha256(LAYER)]
    with service.database.reading() as connection:
        blob = layers.find(connection, web, EMPTY)
    assert blob is not None
    assert sha256(b"".join(service.blobs.read(blob.file))) == EMPTY
    # It is put there once.
    image = stored(STEPS)
    monkeypatch.setattr(service.database, "writing", fail)
    again = old_clients.convert(service, web, "v1", image, Accepted(DOCKER_SCHEMA_1), NOW)
    assert again is not None


def test_the_layer_with_nothing_in_it_goes_when_nobody_has_asked_for_a_while(
    service: Service, web: StoredRepository
) -> None:
    push_layer(service, STEPS)
    accepted = Accepted(DOCKER_SCHEMA_1)
    for hours in (0, 20):
        now = NOW + timedelta(hours=hours)
        assert old_clients.convert(service, web, "v1", stored(STEPS), accepted, now) is not None
    sweep(service, NOW + timedelta(hours=43))
    with service.database.reading() as connection:
        assert layers.find(connection, web, EMPTY) is not None
    sweep(service, NOW + timedelta(hours=45))
    with service.database.reading() as connection:
        assert layers.find(connection, web, EMPTY) is None


def test_a_repository_that_goes_meanwhile(service: Service, web: StoredRepository) -> None:
    push_layer(service, STEPS)
    gone = web._replace(name="gone")
    with pytest.raises(Refusal, match="RepositoryNotFoundException"):
        old_clients.convert(service, gone, "v1", stored(STEPS), Accepted(DOCKER_SCHEMA_1), NOW)


def test_what_is_sent_is_no_larger_than_a_manifest(
    converted: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = converted(PLAIN, accept=DOCKER_SCHEMA_1_SIGNED)
    # A signature has the same length each time: two numbers of 32 bytes.
    for most, is_sent in ((len(signed.manifest), True), (len(signed.manifest) - 1, False)):
        monkeypatch.setattr(old_clients, "_MAX_BYTES", most)
        assert (converted(PLAIN, accept=DOCKER_SCHEMA_1_SIGNED) is not None) is is_sent
