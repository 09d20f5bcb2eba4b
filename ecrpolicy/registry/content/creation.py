"""Repositories that a push creates, by a template for `CREATE_ON_PUSH`.

Amazon ECR User Guide, "Templates to control repositories created during a pull through cache,
create on push, or replication action".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, exists, or_

from ecrpolicy import caching, tagging
from ecrpolicy.caching import Cause, NewRepository
from ecrpolicy.registry.content.refusals import invalid
from ecrpolicy.registry.metadata import repositories as stored
from ecrpolicy.registry.metadata.encryption import encryption
from ecrpolicy.registry.metadata.registries import CREATION_TEMPLATES
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.metadata.tables import images, layers, repositories, uploads
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.service import Service

Allow = Callable[[Connection, NewRepository], None]
"""Raises Refusal where the caller may not have a repository created."""


def _allow(connection: Connection, made: NewRepository) -> None:
    """Let anybody have anything created."""


@dataclass(slots=True)
class PushTarget:
    """Finds the repository that is pushed to; where there is none, a template may make it.

    It is made in the transaction of what it is for: where that is refused, nothing is left.
    `made` is the repository that was made, if one was.
    """

    now: datetime
    allow: Allow = _allow
    made: StoredRepository | None = None
    _tags: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, connection: Connection, place: Place, name: str) -> StoredRepository:
        """The repository, to write to; raises Refusal as `planned` does."""
        found = self.planned(connection, place, name)
        if isinstance(found, NewRepository):
            self._tags = found.resource_tags
            self.made = found = create(connection, place, found, self.now)
        return found

    def planned(
        self, connection: Connection, place: Place, name: str
    ) -> StoredRepository | NewRepository:
        """The repository, or the one that would be made.

        Raises Refusal where neither is so, and whatever `allow` raises.
        """
        found = stored.find(connection, place, name)
        if found is not None:
            return found
        made = planned(connection, place, name)
        if made is None:
            raise stored.missing(place, name)
        self.allow(connection, made)
        return made

    def take_back(self, service: Service) -> None:
        """Delete the repository that was made in vain, if it is still as it was made."""
        made = self.made
        if made is None:
            return
        contents = (
            exists().where(table.c.repository_id == repositories.c.id)
            for table in (images, layers, uploads)
        )
        with service.database.writing() as connection:
            if stored.find(connection, made.place, made.name) != made:
                return
            if stored.tags_of(connection, made) != self._tags:
                return
            connection.execute(
                delete(repositories).where(repositories.c.id == made.id, ~or_(*contents))
            )


def encryption_of(place: Place, repository: StoredRepository | NewRepository) -> Mapping[str, str]:
    """How a repository is encrypted, or would be."""
    if isinstance(repository, StoredRepository):
        return repository.encryption
    return encryption(place, repository.encryption_type, repository.kms_key)


def planned(connection: Connection, place: Place, name: str) -> NewRepository | None:
    """What a push would make of a name; None where no template is for it.

    Raises Refusal for what is no name of a repository.
    """
    if not tagging.is_repository_name(name):
        raise invalid("repositoryName", f"must satisfy regular expression '{tagging.NAME_PATTERN}'")
    templates = caching.parse_templates(CREATION_TEMPLATES.all(connection, place))
    made = caching.new_repository(templates, name, Cause.CREATE_ON_PUSH)
    return None if made.template is None else made


def create(
    connection: Connection, place: Place, made: NewRepository, now: datetime
) -> StoredRepository:
    """Make a repository as a template says."""
    return stored.add(
        connection,
        place,
        made.name,
        tags=made.resource_tags,
        created_at=now,
        mutability=made.image_tag_mutability,
        exclusion_filters=[
            {"filterType": "WILDCARD", "filter": each}
            for each in made.image_tag_mutability_exclusion_filters
        ],
        scan_on_push=False,
        encryption=encryption_of(place, made),
        policy=made.policy,
        lifecycle_policy=made.lifecycle_policy,
    )
