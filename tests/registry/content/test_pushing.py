"""Amazon ECR API Reference, "PutImage"; Amazon ECR User Guide, "Image tag mutability"."""

import json
from datetime import timedelta

import pytest

from ecrpolicy import quotas
from ecrpolicy.quotas import Quota
from ecrpolicy.registry.content import archive, deleting, images, pulling
from ecrpolicy.registry.content.manifests import OCI_MANIFEST
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.registry.service import Service
from tests.registry.content.service import (
    HERE,
    NOW,
    descriptor,
    index_of,
    make_repository,
    manifest_of,
    push,
    push_image,
    push_layer,
    sha256,
)

LATER = NOW + timedelta(hours=1)


def tagged(service: Service, repository: StoredRepository, tag: str) -> str | None:
    with service.database.reading() as connection:
        found = images.find(connection, repository, tag=tag)
    return None if found is None else found.digest


def test_an_image_is_put(service: Service, web: StoredRepository) -> None:
    push_layer(service, b"config")
    push_layer(service, b"layer")
    manifest = manifest_of(b"config", [b"layer"])
    pushed = push_image(service, manifest, "v1", digest=sha256(manifest))
    assert pushed.is_new
    image = pushed.image
    assert image.digest == sha256(manifest)
    assert image.tags == ("v1",)
    assert image.size_bytes == len(b"config") + len(b"layer")
    assert image.media_type == OCI_MANIFEST
    assert image.artifact_type == "application/vnd.oci.image.config.v1+json"
    assert image.pushed_at == NOW
    assert image.is_active
    with service.database.reading() as connection:
        assert images.manifest_of(connection, image) == manifest
        found = pulling.find(connection, HERE, "web", tag="v1")
    assert found is not None
    assert (found.digest, found.manifest) == (image.digest, manifest)


def test_layers_must_be_there(service: Service, web: StoredRepository) -> None:
    push_layer(service, b"config")
    make_repository(service, "api")
    push_layer(service, b"elsewhere", "api")
    with pytest.raises(Refusal) as caught:
        push_image(service, manifest_of(b"config", [b"elsewhere", b"nowhere"]))
    assert caught.value.code == "LayersNotFoundException"
    assert caught.value.message == (
        f"Layers with digests '[{sha256(b'elsewhere')}, {sha256(b'nowhere')}]' required for "
        "pushing image into repository with name 'web' in the registry with id '111122223333' do "
        "not exist"
    )
    with pytest.raises(Refusal, match="LayersNotFoundException"):
        push_image(service, manifest_of(b"no config"))


def test_members_of_an_index_must_be_there(service: Service, web: StoredRepository) -> None:
    push(service, "one")
    there, missing = manifest_of(b"config of one", [b"layer of one"]), manifest_of(b"nothing")
    with pytest.raises(Refusal) as caught:
        push_image(service, index_of(there, missing))
    assert caught.value.code == "ReferencedImagesNotFoundException"
    assert caught.value.message == (
        f"Images with digests '[{sha256(missing)}]' required for pushing image into repository "
        "with name 'web' in the registry with id '111122223333' do not exist"
    )
    assert push_image(service, index_of(there), "all").is_new


def test_an_index_is_as_large_as_its_largest_member(
    service: Service, web: StoredRepository
) -> None:
    small, large = push(service, "1").image, push(service, "a longer one").image
    assert small.size_bytes < large.size_bytes
    manifests = [
        manifest_of(f"config of {text}".encode(), [f"layer of {text}".encode()])
        for text in ("a longer one", "1")
    ]
    index = push_image(service, index_of(*manifests)).image
    assert index.size_bytes == large.size_bytes


def test_a_referrer_may_come_before_its_subject(service: Service, web: StoredRepository) -> None:
    push_layer(service, b"{}")
    subject = manifest_of(b"not yet")
    signature = manifest_of(b"{}", subject=descriptor(subject, OCI_MANIFEST))
    assert push_image(service, signature).image.subject == sha256(subject)


def test_an_image_gets_another_tag_and_stays_pushed_when_it_was(
    service: Service, web: StoredRepository
) -> None:
    push(service, "one", "v1")
    pushed = push(service, "one", "v2", now=LATER)
    assert not pushed.is_new
    assert pushed.image.tags == ("v1", "v2")
    assert pushed.image.pushed_at == NOW


def test_a_mutable_tag_moves(service: Service, web: StoredRepository) -> None:
    first, second = push(service, "one", "v1").image, push(service, "two", "v1").image
    assert tagged(service, web, "v1") == second.digest
    with service.database.reading() as connection:
        assert images.one(connection, web, digest=first.digest).tags == ()


def test_an_immutable_tag_stays(service: Service) -> None:
    web = make_repository(service, mutability="IMMUTABLE")
    first = push(service, "one", "v1").image
    with pytest.raises(Refusal) as caught:
        push(service, "two", "v1")
    assert caught.value.code == "ImageTagAlreadyExistsException"
    assert caught.value.message == (
        "The image tag 'v1' already exists in the 'web' repository and cannot be overwritten "
        "because the tag is immutable."
    )
    assert tagged(service, web, "v1") == first.digest
    with service.database.reading() as connection:
        assert len(images.all_images(connection, web)) == 1


def test_an_excluded_tag_moves_where_others_may_not(service: Service) -> None:
    filters = [{"filterType": "WILDCARD", "filter": "dev-*"}]
    make_repository(service, mutability="IMMUTABLE_WITH_EXCLUSION", exclusion_filters=filters)
    for tag in ("dev-1", "v1"):
        push(service, "one", tag)
    assert push(service, "two", "dev-1").is_new
    with pytest.raises(Refusal, match="ImageTagAlreadyExistsException"):
        push(service, "two", "v1")


@pytest.mark.parametrize("mutability", ["MUTABLE", "IMMUTABLE"])
def test_a_push_that_changes_nothing_is_told(service: Service, mutability: str) -> None:
    make_repository(service, mutability=mutability)
    image = push(service, "one", "v1").image
    with pytest.raises(Refusal) as caught:
        push(service, "one", "v1")
    assert caught.value.code == "ImageAlreadyExistsException"
    assert caught.value.message == (
        f"Image with digest '{image.digest}' and tag 'v1' already exists in the repository with "
        "name 'web' in registry with id '111122223333'"
    )
    with pytest.raises(Refusal, match="ImageAlreadyExistsException"):
        push(service, "one")
    again = push(service, "one", "v1", is_repeatable=True)
    assert (again.image, again.is_new) == (image, False)


def test_a_push_of_an_archived_image_restores_it(service: Service, web: StoredRepository) -> None:
    image = push(service, "one", "v1").image
    archive.set_storage_class(service, HERE, "web", {"imageTag": "v1"}, "ARCHIVE", NOW)
    pushed = push(service, "one", "v1", now=LATER)
    assert pushed.image.is_active
    assert pushed.image.activated_at == LATER
    assert (pushed.image.digest, pushed.image.pushed_at) == (image.digest, NOW)


def test_another_digest_is_refused(service: Service, web: StoredRepository) -> None:
    push_layer(service, b"config")
    with pytest.raises(Refusal, match="ImageDigestDoesNotMatchException"):
        push_image(service, manifest_of(b"config"), digest=sha256(b"other"))


@pytest.mark.parametrize("tag", ["-v1", "", "a/b", "a" * 129, "../x", "v1\n"])
def test_what_is_no_tag_is_refused(service: Service, web: StoredRepository, tag: str) -> None:
    with pytest.raises(Refusal, match="Invalid parameter at 'imageTag'"):
        push(service, "one", tag)


def test_a_repository_must_be_there(service: Service) -> None:
    with pytest.raises(Refusal, match="RepositoryNotFoundException"):
        push_image(service, manifest_of(b"config"))


def test_a_repository_has_so_many_images_at_most(
    service: Service, web: StoredRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quotas, "IMAGES_PER_REPOSITORY", Quota("Images", "images", 2))
    push(service, "one", "v1")
    second = push(service, "two").image
    with pytest.raises(Refusal) as caught:
        push(service, "three")
    assert caught.value.code == "LimitExceededException"
    assert caught.value.message == (
        "The repository with name 'web' in registry with id '111122223333' already has the "
        "maximum allowed number of images which is '2'"
    )
    push(service, "one", "v2")  # no image more
    deleting.delete(service, HERE, "web", [{"imageDigest": second.digest}], NOW)
    push(service, "three")


def test_an_image_has_so_many_tags_at_most(
    service: Service, web: StoredRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quotas, "TAGS_PER_IMAGE", Quota("Tags per image", "tags", 2))
    for tag in ("v1", "v2"):
        push(service, "one", tag)
    with pytest.raises(Refusal) as caught:
        push(service, "one", "v3")
    assert caught.value.code == "LimitExceededException"
    assert caught.value.message == (
        "Adding tag 'v3' to an image in the repository with name 'web' in registry with id "
        "'111122223333' exceeds the maximum allowed number of tags per image which is '2'"
    )


def test_a_push_that_is_refused_leaves_nothing(service: Service, web: StoredRepository) -> None:
    push(service, "one", "v1")
    with pytest.raises(Refusal):
        push_image(service, manifest_of(b"nothing"), "v2")
    assert tagged(service, web, "v2") is None
    with service.database.reading() as connection:
        assert len(images.all_images(connection, web)) == 1


def test_the_manifest_is_kept_as_it_was_sent(service: Service, web: StoredRepository) -> None:
    push_layer(service, b"config")
    manifest = json.dumps(json.loads(manifest_of(b"config")), indent=7).encode()
    image = push_image(service, manifest).image
    with service.database.reading() as connection:
        assert images.manifest_of(connection, image) == manifest
