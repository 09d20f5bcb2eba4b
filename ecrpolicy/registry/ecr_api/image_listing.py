"""Images listed and described, a page at a time, in the order of their digests.

A page goes on behind the last digest that was sent: what is pushed and deleted meanwhile neither
moves the others nor brings one twice.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Select, exists, false, or_, select

from ecrpolicy.registry.content import images as content
from ecrpolicy.registry.ecr_api.errors import invalid
from ecrpolicy.registry.ecr_api.operation import Call, Json, Operation
from ecrpolicy.registry.ecr_api.paging import not_paged, page, with_token
from ecrpolicy.registry.metadata import repositories as stored
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.metadata.tables import images, tags

_ACTIVE: Final = "ACTIVE"
_ANY: Final = "ANY"

_DETAILS: Final = {
    "imageDigest": "digest",
    "imageSizeInBytes": "size_bytes",
    "imagePushedAt": "pushed_at",
    "imageManifestMediaType": "media_type",
    "artifactMediaType": "artifact_type",
    "lastRecordedPullTime": "pulled_at",
    "subjectManifestDigest": "subject",
    "imageStatus": "status",
    "lastArchivedAt": "archived_at",
    "lastActivatedAt": "activated_at",
}

# A manifest can have 4 MiB, and no description of an image has it.
_COLUMNS: Final = (images.c.id, *(images.c[column] for column in _DETAILS.values()))


def _list(call: Call, request: Json) -> Json:
    """The digest and the tag of each: an image with three tags stands three times."""
    with call.service.database.reading() as connection:
        repository = stored.require(connection, call.place, request["repositoryName"])
        wanted: Select[Any] = select(images.c.digest, tags.c.tag).outerjoin_from(
            images, tags, tags.c.image_id == images.c.id
        )
        wanted = _filtered(wanted, repository, request.get("filter", {}))
        wanted = wanted.order_by(images.c.digest, tags.c.tag)

        def fetch(last: Any, limit: int) -> Sequence[RowMapping]:
            behind = wanted
            if last is not None:
                digest, tag = last
                more_tags = false() if tag is None else tags.c.tag > tag
                behind = wanted.where(
                    images.c.digest >= digest, or_(images.c.digest > digest, more_tags)
                )
            return connection.execute(behind.limit(limit)).mappings().all()

        rows, following = page(
            call, "images", request, fetch, lambda row: [row["digest"], row["tag"]]
        )
    return with_token({"imageIds": [_id(row) for row in rows]}, following)


def _id(row: RowMapping) -> dict[str, str]:
    tag = row["tag"]
    return {"imageDigest": row["digest"], **({} if tag is None else {"imageTag": tag})}


def _describe(call: Call, request: Json) -> Json:
    with call.service.database.reading() as connection:
        repository = stored.require(connection, call.place, request["repositoryName"])
        if "imageIds" in request:
            not_paged(request, "imageIds")
            rows, following = _named(connection, repository, request), None
        else:
            rows, following = _page_of_details(connection, repository, call, request)
        named = _tags(connection, [row["id"] for row in rows])
    details = [_detail(repository, row, named.get(row["id"], ())) for row in rows]
    return with_token({"imageDetails": details}, following)


def _page_of_details(
    connection: Connection, repository: StoredRepository, call: Call, request: Json
) -> tuple[Sequence[RowMapping], str | None]:
    wanted = _filtered(select(*_COLUMNS), repository, request.get("filter", {}))
    wanted = wanted.order_by(images.c.digest)

    def fetch(last: Any, limit: int) -> Sequence[RowMapping]:
        behind = wanted if last is None else wanted.where(images.c.digest > last)
        return connection.execute(behind.limit(limit)).mappings().all()

    return page(call, "image details", request, fetch, lambda row: row["digest"])


def _named(
    connection: Connection, repository: StoredRepository, request: Json
) -> Sequence[RowMapping]:
    """The images of the given ids, each once; whatever their status is, unless one is asked for."""
    found = dict.fromkeys(_one(connection, repository, each) for each in request["imageIds"])
    asked = {"imageStatus": _ANY, **request.get("filter", {})}
    wanted = _filtered(select(*_COLUMNS), repository, asked)
    rows = connection.execute(wanted.where(images.c.digest.in_(found))).mappings()
    by_digest = {row["digest"]: row for row in rows}
    return [by_digest[each] for each in found if each in by_digest]


def _one(connection: Connection, repository: StoredRepository, image_id: Json) -> str:
    """The digest of the image of an id; raises Refusal."""
    digest, tag = image_id.get("imageDigest"), image_id.get("imageTag")
    if digest is None and tag is None:
        raise invalid("imageIds", "Invalid request parameters: both tag and digest cannot be null")
    return content.one(connection, repository, digest=digest, tag=tag).digest


def _filtered(
    wanted: Select[Any], repository: StoredRepository, asked: Mapping[str, str]
) -> Select[Any]:
    """The images of a repository that a filter lets through: active ones, if it does not say.

    Amazon ECR API Reference, "DescribeImagesFilter" and "ListImagesFilter".
    """
    wanted = wanted.where(images.c.repository_id == repository.id)
    status = asked.get("imageStatus", _ACTIVE)
    if status != _ANY:
        wanted = wanted.where(images.c.status == status)
    tag_status = asked.get("tagStatus", _ANY)
    if tag_status != _ANY:
        has_tags = exists().where(tags.c.image_id == images.c.id).correlate(images)
        wanted = wanted.where(has_tags if tag_status == "TAGGED" else ~has_tags)
    return wanted


def _tags(connection: Connection, ids: Sequence[int]) -> Mapping[int, Sequence[str]]:
    found = defaultdict[int, list[str]](list)
    rows = connection.execute(
        select(tags.c.image_id, tags.c.tag).where(tags.c.image_id.in_(ids)).order_by(tags.c.tag)
    )
    for image_id, tag in rows:
        found[image_id].append(tag)
    return found


def _detail(repository: StoredRepository, row: RowMapping, named: Sequence[str]) -> dict[str, Any]:
    """What is known of an image; members that have no value are left out."""
    told = {name: row[column] for name, column in _DETAILS.items()}
    return {
        "registryId": repository.place.account,
        "repositoryName": repository.name,
        **({"imageTags": list(named)} if named else {}),
        **{name: value for name, value in told.items() if value is not None},
    }


OPERATIONS = (
    Operation("ListImages", _list),
    Operation("DescribeImages", _describe),
)
