"""What the service answers about images, layers and uploads, in its own words where they are known.

Words that AWS documents nowhere have the form of those that it does.
"""

from collections.abc import Collection

from ecrpolicy.document.shape import invalid_parameter
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.refusal import Refusal


def invalid(path: str, constraint: str) -> Refusal:
    """A parameter that breaks a constraint."""
    code, _, message = invalid_parameter(path, constraint).partition(": ")
    return Refusal(code, message)


def image_not_found(
    repository: StoredRepository, *, digest: str | None = None, tag: str | None = None
) -> Refusal:
    """An image that is not there."""
    return Refusal(
        "ImageNotFoundException",
        f"The image with imageId {{imageDigest:'{digest or 'null'}', imageTag:'{tag or 'null'}'}} "
        f"does not exist {_within(repository)}",
    )


def image_already_exists(repository: StoredRepository, digest: str, tag: str | None) -> Refusal:
    """A push that changes nothing."""
    return Refusal(
        "ImageAlreadyExistsException",
        f"Image with digest '{digest}' and tag '{tag or 'null'}' already exists in the repository "
        f"with name '{repository.name}' in registry with id '{repository.place.account}'",
    )


def digest_does_not_match(given: str, actual: str) -> Refusal:
    """A manifest that has another digest than was said."""
    return Refusal(
        "ImageDigestDoesNotMatchException",
        f"The specified image digest '{given}' does not match the digest '{actual}' that Amazon "
        "ECR calculated for the image",
    )


def layers_not_found(repository: StoredRepository, digests: Collection[str]) -> Refusal:
    """A manifest whose layers are not there."""
    return Refusal("LayersNotFoundException", _required("Layers", repository, digests))


def referenced_images_not_found(repository: StoredRepository, digests: Collection[str]) -> Refusal:
    """An index whose members are not there."""
    return Refusal("ReferencedImagesNotFoundException", _required("Images", repository, digests))


def layer_not_found(repository: StoredRepository, digest: str) -> Refusal:
    """A layer that is not there."""
    return Refusal(
        "LayersNotFoundException",
        f"The layer with digest '{digest}' does not exist {_within(repository)}",
    )


def layer_inaccessible(repository: StoredRepository, digest: str) -> Refusal:
    """A layer that no image has."""
    return Refusal(
        "LayerInaccessibleException",
        f"The layer with digest '{digest}' {_in(repository)} is not available because it is not "
        "associated with an image. Unassociated image layers may be cleaned up at any time",
    )


def layer_archived(repository: StoredRepository, digest: str) -> Refusal:
    """A layer that only archived images have."""
    return Refusal(
        "LayerInaccessibleException",
        f"The layer with digest '{digest}' {_in(repository)} is not available because all images "
        "that it is associated with are archived",
    )


def layer_already_exists(repository: StoredRepository, digest: str) -> Refusal:
    """A layer that is there already."""
    return Refusal(
        "LayerAlreadyExistsException",
        f"The layer with digest '{digest}' already exists {_in(repository)}",
    )


def too_many_images(repository: StoredRepository, most: int) -> Refusal:
    """A repository that is full."""
    return _limit(
        f"The repository with name '{repository.name}' in registry with id "
        f"'{repository.place.account}' already has the maximum allowed number of images which is "
        f"'{most}'"
    )


def too_many_tags(repository: StoredRepository, tag: str, most: int) -> Refusal:
    """An image that has all the tags it can have."""
    return _limit(
        f"Adding tag '{tag}' to an image {_in(repository)} exceeds the maximum allowed number of "
        f"tags per image which is '{most}'"
    )


def too_many_parts(repository: StoredRepository, upload_id: str, most: int) -> Refusal:
    """An upload that has all the parts it can have."""
    return _limit(
        f"{_upload(repository, upload_id)} already has the maximum allowed number of layer parts "
        f"which is '{most}'"
    )


def layer_too_large(repository: StoredRepository, upload_id: str, most: int) -> Refusal:
    """An upload that is larger than a layer may be."""
    return _limit(
        f"{_upload(repository, upload_id)} exceeds the maximum allowed layer size which is "
        f"'{most}' MiB"
    )


def upload_not_found(place: Place, name: str, upload_id: str) -> Refusal:
    """An upload that is not there, or is of another repository."""
    return Refusal(
        "UploadNotFoundException",
        f"The upload with id '{upload_id}' does not exist within the repository with name "
        f"'{name}' in the registry with id '{place.account}'",
    )


def invalid_part(repository: StoredRepository, upload_id: str, size_bytes: int) -> Refusal:
    """A part that does not follow on the one before, or is too large."""
    fields = {
        "registryId": repository.place.account,
        "repositoryName": repository.name,
        "uploadId": upload_id,
        "lastValidByteReceived": size_bytes - 1,
    }
    return Refusal(
        "InvalidLayerPartException",
        f"Invalid layer part upload for upload with id '{upload_id}' in the repository with name "
        f"'{repository.name}' in the registry with id '{repository.place.account}'",
        fields=fields,
    )


def part_too_small() -> Refusal:
    """An upload with a small part before its last one."""
    return Refusal(
        "LayerPartTooSmallException", "All layer parts except the last part should be at least 5MB"
    )


def empty_upload(repository: StoredRepository, upload_id: str) -> Refusal:
    """An upload to which nothing has come."""
    return Refusal(
        "EmptyUploadException",
        f"{_upload(repository, upload_id)} cannot be completed because it does not have any parts",
    )


def wrong_layer_digest(given: str, actual: str) -> Refusal:
    """A layer that has another digest than was said."""
    return Refusal(
        "InvalidLayerException",
        f"The layer digest '{actual}' that Amazon ECR calculated upon receipt of the image layer "
        f"does not match the digest '{given}'",
    )


def storage_class_not_supported(repository: StoredRepository, digest: str, state: str) -> Refusal:
    """An image that is in the storage class already."""
    return Refusal(
        "ImageStorageClassUpdateNotSupportedException",
        f"The storage class of the image with digest '{digest}' {_in(repository)} cannot be "
        f"updated because the image is {state}",
    )


def _limit(message: str) -> Refusal:
    return Refusal("LimitExceededException", message)


def _required(what: str, repository: StoredRepository, digests: Collection[str]) -> str:
    return (
        f"{what} with digests '[{', '.join(digests)}]' required for pushing image into repository "
        f"with name '{repository.name}' in the registry with id '{repository.place.account}' do "
        "not exist"
    )


def _upload(repository: StoredRepository, upload_id: str) -> str:
    return f"The upload with id '{upload_id}' {_in(repository)}"


def _in(repository: StoredRepository) -> str:
    return (
        f"in the repository with name '{repository.name}' in registry with id "
        f"'{repository.place.account}'"
    )


def _within(repository: StoredRepository) -> str:
    return (
        f"within the repository with name '{repository.name}' in the registry with id "
        f"'{repository.place.account}'"
    )
