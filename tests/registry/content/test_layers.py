from datetime import timedelta

import pytest

from ecrpolicy.registry.content import layers
from ecrpolicy.registry.content.archive import set_storage_class
from ecrpolicy.registry.content.schema1 import EMPTY_LAYER_CONTENT
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.registry.service import Service
from tests.registry.content.service import (
    HERE,
    NOW,
    make_repository,
    manifest_of,
    push,
    push_image,
    push_layer,
    sha256,
)


def test_layers_are_present_with_their_sizes(service: Service, web: StoredRepository) -> None:
    push_layer(service, b"one")
    push_layer(service, b"three")
    asked = [sha256(each) for each in (b"one", b"two", b"three")]
    assert layers.present(service, web, asked, NOW) == {asked[0]: 3, asked[2]: 5}
    assert layers.present(service, web, [], NOW) == {}


def test_a_layer_of_another_repository_is_not_present(
    service: Service, web: StoredRepository
) -> None:
    api = make_repository(service, "api")
    push_layer(service, b"one")
    assert layers.present(service, api, [sha256(b"one")], NOW) == {}
    with service.database.reading() as connection:
        assert layers.find(connection, api, sha256(b"one")) is None


def test_a_layer_is_used_once_an_image_has_it(service: Service, web: StoredRepository) -> None:
    push_layer(service, b"layer of one")
    api = make_repository(service, "api")
    push_layer(service, b"layer of one", "api")
    with service.database.reading() as connection:
        assert not layers.is_used(connection, web, sha256(b"layer of one"))
    push(service, "one")
    with service.database.reading() as connection:
        assert layers.is_used(connection, web, sha256(b"layer of one"))
        assert not layers.is_used(connection, api, sha256(b"layer of one"))


def test_a_layer_is_mounted(service: Service, web: StoredRepository) -> None:
    api = make_repository(service, "api")
    push_layer(service, b"one")
    mounted = layers.mount(service, HERE, "web", "api", sha256(b"one"), NOW)
    assert mounted == layers.Layer(sha256(b"one"), 3)
    again = layers.mount(service, HERE, "web", "api", sha256(b"one"), NOW)
    assert again == layers.Layer(sha256(b"one"), 3, is_new=False)
    with service.database.reading() as connection:
        blob = layers.find(connection, api, sha256(b"one"))
    assert blob is not None
    assert b"".join(service.blobs.read(blob.file)) == b"one"


def test_a_layer_of_archived_images_alone_is_archived(
    service: Service, web: StoredRepository
) -> None:
    shared, own, alone = b"shared", b"own", b"alone"
    for each in (b"a", b"b", shared, own, alone):
        push_layer(service, each)
    archived = push_image(service, manifest_of(b"a", [shared, own])).image.digest
    active = push_image(service, manifest_of(b"b", [shared])).image.digest
    # Images of other repositories change nothing.
    make_repository(service, "api")
    for each in (b"a", shared, own):
        push_layer(service, each, "api")
    push_image(service, manifest_of(b"a", [shared, own]), name="api")

    def found() -> frozenset[str]:
        with service.database.reading() as connection:
            asked = [sha256(each) for each in (b"a", b"b", shared, own, alone, b"nowhere")]
            return layers.archived(connection, web, asked)

    def move(digest: str, target: str) -> None:
        set_storage_class(service, HERE, "web", {"imageDigest": digest}, target, NOW)

    assert found() == frozenset()
    move(archived, "ARCHIVE")
    assert found() == {sha256(b"a"), sha256(own)}
    move(active, "ARCHIVE")
    assert found() == {sha256(each) for each in (b"a", b"b", shared, own)}
    move(archived, "STANDARD")
    assert found() == {sha256(b"b")}


def test_the_empty_layer_is_given_out_whoever_has_it(
    service: Service, web: StoredRepository
) -> None:
    """What is made of an active image for an old client may refer to it; nothing shows that."""
    for each in (b"a", EMPTY_LAYER_CONTENT):
        push_layer(service, each)
    image = push_image(service, manifest_of(b"a", [EMPTY_LAYER_CONTENT])).image.digest
    set_storage_class(service, HERE, "web", {"imageDigest": image}, "ARCHIVE", NOW)
    asked = [sha256(b"a"), sha256(EMPTY_LAYER_CONTENT)]
    with service.database.reading() as connection:
        assert layers.archived(connection, web, asked) == {sha256(b"a")}


def test_a_layer_that_is_archived_is_not_mounted(service: Service, web: StoredRepository) -> None:
    make_repository(service, "api")
    image = push(service, "one").image.digest
    set_storage_class(service, HERE, "web", {"imageDigest": image}, "ARCHIVE", NOW)
    digest = sha256(b"layer of one")
    assert layers.mount(service, HERE, "web", "api", digest, NOW) is None
    set_storage_class(service, HERE, "web", {"imageDigest": image}, "STANDARD", NOW)
    assert layers.mount(service, HERE, "web", "api", digest, NOW) is not None


def test_what_is_not_there_is_not_mounted(service: Service, web: StoredRepository) -> None:
    make_repository(service, "api")
    assert layers.mount(service, HERE, "web", "api", sha256(b"one"), NOW) is None
    push_layer(service, b"one")
    for names in (("nowhere", "api"), ("web", "nowhere")):
        with pytest.raises(Refusal, match="RepositoryNotFoundException"):
            layers.mount(service, HERE, *names, sha256(b"one"), NOW)


def test_most_questions_write_nothing(
    service: Service, web: StoredRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    push_layer(service, b"one")

    def fail(**options: bool) -> None:
        raise AssertionError("something was written")

    monkeypatch.setattr(service.database, "writing", fail)
    layers.present(service, web, [sha256(b"one")], NOW + timedelta(minutes=59))
    with pytest.raises(AssertionError, match="something was written"):
        layers.present(service, web, [sha256(b"one")], NOW + timedelta(minutes=60))
