"""Repositories as they are stored."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from ecrpolicy import quotas
from ecrpolicy.registry.metadata.prepared import Prepared
from ecrpolicy.registry.metadata.tables import instant, repositories, resource_tags
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.snapshot import Repository, TagMutability

_MANY: Final = 256

_MUTABILITIES: Final = {each.value: each for each in TagMutability}

_OF_REGISTRY: Final = select(
    repositories.c.id,
    repositories.c.name,
    repositories.c.created_at,
    repositories.c.mutability,
    repositories.c.exclusion_filters,
    repositories.c.scan_on_push,
    repositories.c.encryption,
    repositories.c.policy,
    repositories.c.lifecycle_policy,
    repositories.c.lifecycle_evaluated_at,
).where(
    repositories.c.account == bindparam("account"), repositories.c.region == bindparam("region")
)
_ONE: Final = Prepared(_OF_REGISTRY.where(repositories.c.name == bindparam("name")))
_BEHIND: Final = Prepared(
    _OF_REGISTRY.where(repositories.c.name > bindparam("after"))
    .order_by(repositories.c.name)
    .limit(bindparam("most"))
)


class StoredRepository(NamedTuple):
    """A repository, without its images."""

    id: int
    place: Place
    name: str
    created_at: datetime
    mutability: TagMutability
    exclusion_filters: tuple[str, ...]
    scan_on_push: bool
    encryption: Mapping[str, str]
    policy: str | None
    lifecycle_policy: str | None
    lifecycle_evaluated_at: datetime | None

    @property
    def arn(self) -> str:
        """Its ARN."""
        return self.place.arn_of(self.name)

    def snapshot(self, tags: Mapping[str, str], **more: Any) -> Repository:
        """The repository as the library knows it, with its tags, and `more`, such as `images`."""
        return Repository(
            self.name,
            registry_id=self.place.account,
            arn=self.arn,
            lifecycle_policy=self.lifecycle_policy or "",
            policy=self.policy or "",
            resource_tags=tags,
            image_tag_mutability=self.mutability,
            image_tag_mutability_exclusion_filters=self.exclusion_filters,
            scan_on_push=self.scan_on_push,
            **more,
        )


def find(connection: Connection, place: Place, name: str) -> StoredRepository | None:
    """The repository of a name, None where there is none."""
    asked = {"account": place.account, "region": place.region, "name": name}
    row = _ONE.first(connection, asked)
    return None if row is None else _stored(place, *row)


def require(connection: Connection, place: Place, name: str) -> StoredRepository:
    """The repository of a name; raises Refusal where there is none."""
    found = find(connection, place, name)
    if found is None:
        raise missing(place, name)
    return found


Find = Callable[[Connection, Place, str], StoredRepository]
"""What finds the repository of a name, as `require` does, for who writes to it."""


def listed(
    connection: Connection, place: Place, *, after: str, limit: int
) -> list[StoredRepository]:
    """Repositories of a registry, by name, from the one behind `after` on."""
    asked = {"account": place.account, "region": place.region, "after": after, "most": limit}
    return [_stored(place, *row) for row in _BEHIND.all(connection, asked)]


def add(
    connection: Connection,
    place: Place,
    name: str,
    *,
    tags: Mapping[str, str],
    **values: Any,
) -> StoredRepository:
    """Make a repository; `values` are the other columns of its row.

    Raises Refusal where there is one of that name, or as many as a registry may have.
    """
    if find(connection, place, name) is not None:
        raise _already_there(place, name)
    _check_quota(connection, place)
    connection.execute(
        insert(repositories).values(account=place.account, region=place.region, name=name, **values)
    )
    made = require(connection, place, name)
    put_tags(connection, made, tags)
    return made


def put_tags(connection: Connection, repository: StoredRepository, tags: Mapping[str, str]) -> None:
    """Make these all the tags of a repository."""
    connection.execute(delete(resource_tags).where(resource_tags.c.repository_id == repository.id))
    rows = [
        {"repository_id": repository.id, "key": key, "value": value} for key, value in tags.items()
    ]
    if rows:
        connection.execute(insert(resource_tags), rows)


def missing(place: Place, name: str) -> Refusal:
    """What the service answers about a repository that is not there."""
    return Refusal(
        "RepositoryNotFoundException",
        f"The repository with name '{name}' does not exist in the registry with id "
        f"'{place.account}'",
    )


def tags_of(connection: Connection, repository: StoredRepository) -> dict[str, str]:
    """The tags of the repository itself."""
    rows = connection.execute(
        select(resource_tags.c.key, resource_tags.c.value).where(
            resource_tags.c.repository_id == repository.id
        )
    )
    return {row.key: row.value for row in rows}


def _check_quota(connection: Connection, place: Place) -> None:
    counted = select(func.count()).where(
        repositories.c.account == place.account, repositories.c.region == place.region
    )
    most = quotas.REGISTERED_REPOSITORIES.value
    if connection.execute(counted).scalar_one() >= most:
        raise Refusal(
            "LimitExceededException",
            f"The registry with id '{place.account}' already has the maximum allowed number of "
            f"repositories which is '{most}'",
        )


def _already_there(place: Place, name: str) -> Refusal:
    return Refusal(
        "RepositoryAlreadyExistsException",
        f"The repository with name '{name}' already exists in the registry with id "
        f"'{place.account}'",
    )


def _stored(
    place: Place,
    number: int,
    name: str,
    created_at: int,
    mutability: str,
    exclusion_filters: str,
    scan_on_push: int,
    encryption: str,
    policy: str | None,
    lifecycle_policy: str | None,
    lifecycle_evaluated_at: int | None,
) -> StoredRepository:
    """A row, its columns in the order of the query; most rows have the same few texts of JSON.

    Values are given by their places: by name, a page of repositories takes a third longer to read.
    """
    return StoredRepository(
        number,
        place,
        name,
        instant(created_at),
        _MUTABILITIES[mutability],
        _filters(exclusion_filters),
        bool(scan_on_push),
        _encryption(encryption),
        policy,
        lifecycle_policy,
        None if lifecycle_evaluated_at is None else instant(lifecycle_evaluated_at),
    )


@lru_cache(_MANY)
def _filters(text: str) -> tuple[str, ...]:
    return tuple(each["filter"] for each in json.loads(text))


@lru_cache(_MANY)
def _encryption(text: str) -> Mapping[str, str]:
    return MappingProxyType(json.loads(text))
