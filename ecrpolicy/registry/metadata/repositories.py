"""Repositories as they are stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from ecrpolicy.registry.metadata.tables import repositories, resource_tags
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.snapshot import Repository, TagMutability


@dataclass(frozen=True, slots=True)
class StoredRepository:
    """A repository, without its images."""

    id: int
    place: Place
    name: str
    created_at: datetime
    mutability: TagMutability
    exclusion_filters: tuple[str, ...]
    scan_on_push: bool
    encryption: Mapping[str, Any] = field(hash=False)
    policy: str | None
    lifecycle_policy: str | None
    lifecycle_evaluated_at: datetime | None

    @property
    def arn(self) -> str:
        """Its ARN."""
        return self.place.arn_of(self.name)

    def snapshot(self, tags: Mapping[str, str], **more: Any) -> Repository:
        """The repository as the library knows it, with its own tags; `images` may be among `more`."""
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
    row = (
        connection.execute(
            select(repositories).where(
                repositories.c.account == place.account,
                repositories.c.region == place.region,
                repositories.c.name == name,
            )
        )
        .mappings()
        .first()
    )
    return None if row is None else stored(row)


def require(connection: Connection, place: Place, name: str) -> StoredRepository:
    """The repository of a name; raises Refusal where there is none."""
    found = find(connection, place, name)
    if found is None:
        raise missing(place, name)
    return found


def listed(
    connection: Connection, place: Place, *, after: str, limit: int
) -> list[StoredRepository]:
    """Repositories of a registry, by name, from the one behind `after` on."""
    rows = connection.execute(
        select(repositories)
        .where(
            repositories.c.account == place.account,
            repositories.c.region == place.region,
            repositories.c.name > after,
        )
        .order_by(repositories.c.name)
        .limit(limit)
    )
    return [stored(row) for row in rows.mappings()]


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
    return {key: value for key, value in rows}


def stored(row: RowMapping) -> StoredRepository:
    """A row of the table."""
    return StoredRepository(
        id=row["id"],
        place=Place(row["account"], row["region"]),
        name=row["name"],
        created_at=row["created_at"],
        mutability=TagMutability(row["mutability"]),
        exclusion_filters=tuple(each["filter"] for each in row["exclusion_filters"]),
        scan_on_push=row["scan_on_push"],
        encryption=row["encryption"],
        policy=row["policy"],
        lifecycle_policy=row["lifecycle_policy"],
        lifecycle_evaluated_at=row["lifecycle_evaluated_at"],
    )
