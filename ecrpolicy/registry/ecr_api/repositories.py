"""Repositories: made, described, changed, deleted."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, delete, exists, select, update

from ecrpolicy import tagging
from ecrpolicy.caching import EncryptionType
from ecrpolicy.iam.request import Context
from ecrpolicy.registry.auth.authorise import EVERY_REPOSITORY
from ecrpolicy.registry.auth.context import keys_of_tags
from ecrpolicy.registry.ecr_api import resource_tags
from ecrpolicy.registry.ecr_api.addresses import registry_host
from ecrpolicy.registry.ecr_api.errors import invalid, refused
from ecrpolicy.registry.ecr_api.operation import Call, Json, Operation
from ecrpolicy.registry.ecr_api.paging import page, with_token
from ecrpolicy.registry.metadata import repositories as stored
from ecrpolicy.registry.metadata.encryption import encryption
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.metadata.tables import images, repositories
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.snapshot import TagMutability


def create(call: Call, request: Json) -> Json:
    """Make a repository; of two that make one name, one does."""
    refused(tagging.mutability_problems(request))
    tags = resource_tags.pairs(request.get("tags", ()))
    resource_tags.check(tags)
    scanning = request.get("imageScanningConfiguration", {})
    with call.service.database.writing() as connection:
        made = stored.add(
            connection,
            call.place,
            request["repositoryName"],
            tags=dict(tags),
            created_at=call.now,
            mutability=request.get("imageTagMutability", TagMutability.MUTABLE),
            exclusion_filters=request.get("imageTagMutabilityExclusionFilters", []),
            scan_on_push=scanning.get("scanOnPush", False),
            encryption=_encryption(call.place, request.get("encryptionConfiguration", {})),
        )
    return {"repository": _shown(_host(call), made)}


def describe(call: Call, request: Json) -> Json:
    """The repositories of the given names, or all, a page at a time."""
    names = request.get("repositoryNames")
    if names is None:
        return _described_all(call, request)
    for each in ("nextToken", "maxResults"):
        if each in request:
            raise invalid(each, "Member must be null when repositoryNames is given")
    with call.service.database.reading() as connection:
        found = [stored.require(connection, call.place, name) for name in dict.fromkeys(names)]
    host = _host(call)
    return {"repositories": [_shown(host, each) for each in found]}


def _described_all(call: Call, request: Json) -> Json:
    def fetch(after: str | None, limit: int) -> Sequence[StoredRepository]:
        with call.service.database.reading() as connection:
            return stored.listed(connection, call.place, after=after or "", limit=limit)

    found, token = page(call, "repositories", request, fetch, lambda each: each.name)
    host = _host(call)
    return with_token({"repositories": [_shown(host, each) for each in found]}, token)


def remove(call: Call, request: Json) -> Json:
    """Delete a repository; with `force`, with all that is in it."""
    name = request["repositoryName"]
    with call.service.database.writing() as connection:
        found = stored.require(connection, call.place, name)
        if not request.get("force", False) and _has_images(connection, found):
            raise Refusal(
                "RepositoryNotEmptyException",
                f"The repository with name '{name}' in registry with id '{call.place.account}' "
                "cannot be deleted because it still contains images",
            )
        connection.execute(delete(repositories).where(repositories.c.id == found.id))
    return {"repository": _shown(_host(call), found)}


def put_mutability(call: Call, request: Json) -> Json:
    """Say which tags may move."""
    refused(tagging.mutability_problems(request))
    mutability = request["imageTagMutability"]
    filters = request.get("imageTagMutabilityExclusionFilters", [])
    _change(call, request, {"mutability": mutability, "exclusion_filters": filters})
    given = {"imageTagMutabilityExclusionFilters": filters} if filters else {}
    return {**_named(call, request), "imageTagMutability": mutability, **given}


def put_scanning(call: Call, request: Json) -> Json:
    """Say whether images are scanned when they are pushed."""
    on_push = request["imageScanningConfiguration"].get("scanOnPush", False)
    _change(call, request, {"scan_on_push": on_push})
    return {**_named(call, request), "imageScanningConfiguration": {"scanOnPush": on_push}}


def _change(call: Call, request: Json, values: Mapping[str, Any]) -> None:
    with call.service.database.writing() as connection:
        found = stored.require(connection, call.place, request["repositoryName"])
        connection.execute(
            update(repositories).where(repositories.c.id == found.id).values(**values)
        )


def _named(call: Call, request: Json) -> dict[str, Any]:
    return {"registryId": call.place.account, "repositoryName": request["repositoryName"]}


def _has_images(connection: Connection, repository: StoredRepository) -> bool:
    has_one = select(exists().where(images.c.repository_id == repository.id))
    return bool(connection.execute(has_one).scalar_one())


def _encryption(place: Place, asked: Json) -> dict[str, str]:
    kind, key = (
        EncryptionType(asked.get("encryptionType", EncryptionType.AES256)),
        asked.get("kmsKey"),
    )
    if kind is EncryptionType.AES256 and key is not None:
        raise invalid(
            "encryptionConfiguration.kmsKey", f"Member must be null when encryptionType is {kind}"
        )
    return encryption(place, kind, key)


def _host(call: Call) -> str:
    """The host of the registry that a call is about."""
    return registry_host(call.endpoint, call.place)


def _shown(host: str, repository: StoredRepository) -> Json:
    shown = {
        "repositoryArn": repository.arn,
        "registryId": repository.place.account,
        "repositoryName": repository.name,
        "repositoryUri": f"{host}/{repository.name}",
        "createdAt": repository.created_at,
        "imageTagMutability": repository.mutability,
        "imageScanningConfiguration": {"scanOnPush": repository.scan_on_push},
        "encryptionConfiguration": dict(repository.encryption),
    }
    if repository.exclusion_filters:
        shown["imageTagMutabilityExclusionFilters"] = [
            {"filterType": "WILDCARD", "filter": each} for each in repository.exclusion_filters
        ]
    return shown


def _of_names(request: Json) -> Sequence[str]:
    names: Sequence[str] = request.get("repositoryNames", (EVERY_REPOSITORY,))
    return names


def _tagging(request: Json) -> Sequence[str]:
    """Who tags a repository while making it must be allowed both."""
    return ("ecr:TagResource",) if request.get("tags") else ()


def _tags_given(request: Json) -> Context:
    return keys_of_tags(resource_tags.pairs(request.get("tags", ())))


OPERATIONS: Final = (
    Operation("CreateRepository", create, also=_tagging, context=_tags_given),
    Operation("DescribeRepositories", describe, about=_of_names),
    Operation("DeleteRepository", remove),
    Operation("PutImageTagMutability", put_mutability),
    Operation("PutImageScanningConfiguration", put_scanning),
)
