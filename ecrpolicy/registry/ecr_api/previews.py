"""Previews of lifecycle policies: settled when they are started, read a page at a time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from ecrpolicy import lifecycle
from ecrpolicy.lifecycle import Action, Result
from ecrpolicy.registry.content import images
from ecrpolicy.registry.ecr_api.errors import invalid
from ecrpolicy.registry.ecr_api.lifecycle import checked, policy_of
from ecrpolicy.registry.ecr_api.operation import Call, Json, Operation
from ecrpolicy.registry.ecr_api.paging import not_paged, page, with_token
from ecrpolicy.registry.metadata import repositories as stored
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.metadata.tables import preview_results, previews
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.snapshot import StorageClass

_IN_PROGRESS: Final = "IN_PROGRESS"
_COMPLETE: Final = "COMPLETE"
_FAILED: Final = "FAILED"

# A preview that is not done after so long died with the process that made it.
_LONGEST: Final = timedelta(minutes=10)

# Results are written so many at a time: others write in between.
_AT_A_TIME: Final = 10_000


def _start(call: Call, request: Json) -> Json:
    """Settle what the policy would do now; the answer says no more than that it is begun."""
    text = request.get("lifecyclePolicyText")
    text = None if text is None else checked(text)
    preview_id = str(uuid4())
    with call.service.database.writing() as connection:
        repository = stored.require(connection, call.place, request["repositoryName"])
        text = policy_of(repository) if text is None else text
        _claim(connection, call, repository, preview_id, text)
    try:
        _settle(call, repository, preview_id, text)
    except BaseException:
        _finish(call, preview_id, _FAILED)
        raise
    return {**_told(repository, text), "status": _IN_PROGRESS}


def _claim(
    connection: Connection, call: Call, repository: StoredRepository, preview_id: str, text: str
) -> None:
    """Begin a preview in the place of the last one, unless that is being made."""
    last = _find(connection, repository)
    if last is not None and _status(last, call) == _IN_PROGRESS:
        raise Refusal(
            "LifecyclePolicyPreviewInProgressException",
            "A lifecycle policy preview is in progress for the repository with name "
            f"'{repository.name}' in the registry with id '{call.place.account}'",
        )
    connection.execute(delete(previews).where(previews.c.repository_id == repository.id))
    connection.execute(
        insert(previews).values(
            repository_id=repository.id,
            id=preview_id,
            policy=text,
            status=_IN_PROGRESS,
            started_at=call.now,
        )
    )


def _settle(call: Call, repository: StoredRepository, preview_id: str, text: str) -> None:
    """Evaluate the policy, and keep what it would do."""
    policy = lifecycle.parse(text)
    with call.service.database.reading() as connection:
        found = images.all_images(connection, repository)
        snapshot = repository.snapshot({}, images=images.snapshot_of(connection, repository, found))
    preview = lifecycle.evaluate(policy, snapshot, now=call.now)
    rows = (_row(preview_id, number, each) for number, each in enumerate(preview.results))
    while some := list(islice(rows, _AT_A_TIME)):
        with call.service.database.writing() as connection:
            if not _is_there(connection, preview_id):
                return  # the repository has been deleted
            connection.execute(insert(preview_results), some)
    counts = Counter(each.action for each in preview.results)
    expiring, transitioning = counts[Action.EXPIRE], counts[Action.TRANSITION]
    _finish(call, preview_id, _COMPLETE, expiring=expiring, transitioning=transitioning)


def _is_there(connection: Connection, preview_id: str) -> bool:
    found = connection.execute(select(previews.c.id).where(previews.c.id == preview_id))
    return found.first() is not None


def _finish(call: Call, preview_id: str, status: str, **counts: int) -> None:
    with call.service.database.writing() as connection:
        connection.execute(
            update(previews).where(previews.c.id == preview_id).values(status=status, **counts)
        )


def _row(preview_id: str, position: int, result: Result) -> dict[str, Any]:
    image = result.image
    is_archived = image.storage_class is StorageClass.ARCHIVE
    return {
        "preview_id": preview_id,
        "position": position,
        "digest": image.digest,
        "tags": list(image.tags),
        "is_tagged": bool(image.tags),
        "pushed_at": image.pushed_at,
        "action": result.action.name,
        "rule_priority": result.rule_priority,
        "storage_class": "ARCHIVE" if is_archived else "STANDARD",
    }


def _get(call: Call, request: Json) -> Json:
    with call.service.database.reading() as connection:
        repository = stored.require(connection, call.place, request["repositoryName"])
        preview = _find(connection, repository)
        if preview is None:
            raise Refusal(
                "LifecyclePolicyPreviewNotFoundException",
                "Lifecycle policy preview does not exist for the repository with name "
                f"'{repository.name}' in the registry with id '{call.place.account}'",
            )
        told = {**_told(repository, preview["policy"]), "status": _status(preview, call)}
        if told["status"] != _COMPLETE:
            return told
        results, following = _results(connection, call, request, preview["id"])
    told["previewResults"] = [_shown(each) for each in results]
    return with_token({**told, "summary": _summary(preview)}, following)


def _results(
    connection: Connection, call: Call, request: Json, preview_id: str
) -> tuple[Sequence[RowMapping], str | None]:
    """The results that are asked for: a page of them, or those of some images."""
    wanted = select(preview_results).where(preview_results.c.preview_id == preview_id)
    tag_status = request.get("filter", {}).get("tagStatus", "ANY")
    if tag_status != "ANY":
        wanted = wanted.where(preview_results.c.is_tagged == (tag_status == "TAGGED"))
    wanted = wanted.order_by(preview_results.c.position)
    if "imageIds" in request:
        not_paged(request, "imageIds")
        rows = connection.execute(wanted).mappings()
        chosen = _Chosen(request["imageIds"])
        return [each for each in rows if chosen.has(each)], None

    def fetch(last: Any, limit: int) -> Sequence[RowMapping]:
        behind = wanted
        if last is not None:
            of, position = last
            if of != preview_id:
                raise invalid("nextToken", "Invalid token")  # it is of a preview that was before
            behind = wanted.where(preview_results.c.position > position)
        return connection.execute(behind.limit(limit)).mappings().all()

    return page(call, "preview", request, fetch, lambda row: [row["preview_id"], row["position"]])


class _Chosen:
    """Images that a request names by digests and tags."""

    def __init__(self, ids: Sequence[Mapping[str, str]]) -> None:
        self._pairs = [(each.get("imageDigest"), each.get("imageTag")) for each in ids]
        self._digests = {digest for digest, _ in self._pairs}
        self._tags = {tag for _, tag in self._pairs}

    def has(self, row: RowMapping) -> bool:
        """Whether a result is of one of them."""
        digest, tags = row["digest"], row["tags"]
        if digest not in self._digests and self._tags.isdisjoint(tags):
            return False
        return any(
            (named is not None or tag is not None)
            and named in (None, digest)
            and (tag is None or tag in tags)
            for named, tag in self._pairs
        )


def _shown(row: RowMapping) -> dict[str, Any]:
    action = {"type": row["action"]}
    if row["action"] == Action.TRANSITION.name:
        action["targetStorageClass"] = "ARCHIVE"
    tags = {"imageTags": row["tags"]} if row["tags"] else {}
    return {
        **tags,
        "imageDigest": row["digest"],
        "imagePushedAt": row["pushed_at"],
        "action": action,
        "appliedRulePriority": row["rule_priority"],
        "storageClass": row["storage_class"],
    }


def _summary(preview: RowMapping) -> dict[str, Any]:
    """How many images go where, of the whole preview whatever is asked for."""
    told: dict[str, Any] = {"expiringImageTotalCount": preview["expiring"]}
    if preview["transitioning"]:
        moving = {"targetStorageClass": "ARCHIVE", "imageTotalCount": preview["transitioning"]}
        told["transitioningImageTotalCounts"] = [moving]
    return told


def _find(connection: Connection, repository: StoredRepository) -> RowMapping | None:
    return (
        connection.execute(select(previews).where(previews.c.repository_id == repository.id))
        .mappings()
        .first()
    )


def _status(preview: RowMapping, call: Call) -> str:
    status: str = preview["status"]
    is_dead = status == _IN_PROGRESS and call.now - preview["started_at"] > _LONGEST
    return _FAILED if is_dead else status


def _told(repository: StoredRepository, text: str) -> dict[str, Any]:
    return {
        "registryId": repository.place.account,
        "repositoryName": repository.name,
        "lifecyclePolicyText": text,
    }


OPERATIONS = (
    Operation("StartLifecyclePolicyPreview", _start),
    Operation("GetLifecyclePolicyPreview", _get),
)
