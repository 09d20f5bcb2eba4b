"""Single images: put, got, deleted, archived; and what refers to one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from ecrpolicy.registry.content import archive, deleting, old_clients, pulling, pushing, referrers
from ecrpolicy.registry.content import images as content
from ecrpolicy.registry.content.conversion import Converted, convert
from ecrpolicy.registry.content.deleting import Failure, ImageId, resolve
from ecrpolicy.registry.content.images import StoredImage
from ecrpolicy.registry.content.media_types import accepted
from ecrpolicy.registry.content.referrers import Referrer
from ecrpolicy.registry.ecr_api.operation import Call, Json, Operation
from ecrpolicy.registry.ecr_api.paging import start, token, with_token
from ecrpolicy.registry.metadata import repositories as stored
from ecrpolicy.registry.metadata.repositories import StoredRepository

# How many are listed where nothing is said ("ListImageReferrers", "maxResults").
_REFERRERS: Final = 20

_ACTIVE: Final = "ACTIVE"
_STATUSES: Final = (_ACTIVE, "ARCHIVED", "ACTIVATING")

_ARCHIVED: Final = "Requested image is archived: restore it before it is pulled"


def _put(call: Call, request: Json) -> Json:
    name, tag, text = request["repositoryName"], request.get("imageTag"), request["imageManifest"]
    pushed = pushing.put_image(
        call.service,
        call.place,
        name,
        text.encode(),
        media_type=request.get("imageManifestMediaType"),
        tag=tag,
        digest=request.get("imageDigest"),
        now=call.now,
    )
    image = pushed.image
    return {"image": _image(pushed.repository, image.digest, tag, text, image.media_type)}


def _image(
    repository: StoredRepository, digest: str, tag: str | None, manifest: str, media_type: str
) -> dict[str, Any]:
    return {
        "registryId": repository.place.account,
        "repositoryName": repository.name,
        "imageId": {"imageDigest": digest, **({} if tag is None else {"imageTag": tag})},
        "imageManifest": manifest,
        "imageManifestMediaType": media_type,
    }


@dataclass(frozen=True, slots=True)
class _Got:
    """An image that was asked for by an id, and its manifest as it is sent."""

    image_id: ImageId
    image: StoredImage
    sent: Converted


def _get(call: Call, request: Json) -> Json:
    """Images by their ids, each for itself: those that cannot be had are failures."""
    got: list[_Got] = []
    failures: list[Failure] = []
    with call.service.database.reading() as connection:
        repository = stored.require(connection, call.place, request["repositoryName"])
        for each in request["imageIds"]:
            types = request.get("acceptedMediaTypes", ())
            found = _pulled(call, connection, repository, each, types)
            if isinstance(found, _Got):
                got.append(found)
            else:
                failures.append(found)
    pulling.record_pull(call.service, [each.image for each in got], call.now)
    return {
        "images": [
            _image(
                repository,
                each.image.digest,
                each.image_id.get("imageTag"),
                each.sent.manifest.decode(),
                each.sent.media_type,
            )
            for each in got
        ],
        "failures": failures,
    }


def _pulled(
    call: Call,
    connection: Connection,
    repository: StoredRepository,
    image_id: ImageId,
    types: Sequence[str],
) -> _Got | Failure:
    image = resolve(connection, repository, image_id)
    if not isinstance(image, StoredImage):
        return image
    if not image.is_active:
        return _failure(image_id, "ImageInaccessible", _ARCHIVED)
    manifest = content.manifest_of(connection, image)
    there = Converted(image.media_type, manifest, image.digest)
    sent = _sent(call, repository, there, image_id, types)
    if sent is None:
        return _failure(image_id, "ImageNotFound", "Requested image not found")
    return _Got(image_id, image, sent)


def _failure(image_id: ImageId, code: str, reason: str) -> Failure:
    return {"imageId": dict(image_id), "failureCode": code, "failureReason": reason}


def _sent(
    call: Call,
    repository: StoredRepository,
    there: Converted,
    image_id: ImageId,
    types: Sequence[str],
) -> Converted | None:
    """The manifest in a format that is asked for; what is asked for by digest is not converted.

    Amazon ECR User Guide, "Amazon ECR image manifest conversion".
    """
    asked = accepted(",".join(types))
    if asked.takes(there.media_type):
        return there
    if "imageDigest" in image_id:
        return None
    return convert(there.manifest, there.media_type, asked) or old_clients.convert(
        call.service, repository, image_id["imageTag"], there, asked, call.now
    )


def _delete(call: Call, request: Json) -> Json:
    name, ids = request["repositoryName"], request["imageIds"]
    gone, failures = deleting.delete(call.service, call.place, name, ids, call.now)
    return {"imageIds": gone, "failures": failures}


def _move(call: Call, request: Json) -> Json:
    name, image_id = request["repositoryName"], request["imageId"]
    target = request["targetStorageClass"]
    image = archive.set_storage_class(call.service, call.place, name, image_id, target, call.now)
    return {
        "registryId": call.place.account,
        "repositoryName": name,
        "imageId": {**image_id, "imageDigest": image.digest},
        "imageStatus": image.status,
    }


def _list_referrers(call: Call, request: Json) -> Json:
    """What refers to an image, in the order of the pushes, whether or not the image is there."""
    asked = request.get("filter", {})
    status = asked.get("artifactStatus", _ACTIVE)
    most = request.get("maxResults", _REFERRERS)
    with call.service.database.reading() as connection:
        repository = stored.require(connection, call.place, request["repositoryName"])
        found = referrers.of(
            connection,
            repository,
            request["subjectId"]["imageDigest"],
            asked.get("artifactTypes", ()),
            statuses=_STATUSES if status == "ANY" else (status,),
            last_id=start(call, "referrers", request),
            limit=most + 1,
        )
        page = referrers.page(found, most, _referrer)
    following = None if page.last is None else token(call, "referrers", request, page.last.id)
    return with_token({"referrers": page.told}, following)


def _referrer(each: Referrer) -> dict[str, Any]:
    """Its size is that of the manifest, as in a descriptor of the OCI."""
    kind = {} if each.artifact_type is None else {"artifactType": each.artifact_type}
    return {
        "digest": each.digest,
        "mediaType": each.media_type,
        **kind,
        "size": each.manifest_bytes,
        "annotations": dict(each.annotations),
        "artifactStatus": each.status,
    }


OPERATIONS = (
    Operation("PutImage", _put),
    Operation("BatchGetImage", _get),
    Operation("BatchDeleteImage", _delete),
    Operation("UpdateImageStorageClass", _move),
    # The one operation without an action of its own ("ListImageReferrers").
    Operation("ListImageReferrers", _list_referrers, action="ecr:BatchGetImage"),
)
