"""Repositories that a push creates, by a template for `CREATE_ON_PUSH`.

Amazon ECR User Guide, "Templates to control repositories created during a pull through cache,
create on push, or replication action".
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from ecrpolicy import caching, tagging
from ecrpolicy.caching import Cause, NewRepository
from ecrpolicy.registry.content.refusals import invalid
from ecrpolicy.registry.metadata import repositories as stored
from ecrpolicy.registry.metadata.encryption import encryption
from ecrpolicy.registry.metadata.registries import CREATION_TEMPLATES
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.service import Service

Allow = Callable[[Connection, NewRepository], None]
"""Raises Refusal where the caller may not have a repository created."""


def require_for_push(
    service: Service, place: Place, name: str, now: datetime, allow: Allow | None = None
) -> StoredRepository:
    """The repository that is pushed to; where there is none, a template may make it.

    Raises Refusal where neither is so, and whatever `allow` raises.
    """
    with service.database.reading() as connection:
        found = stored.find(connection, place, name)
        if found is not None:
            return found
        made = planned(connection, place, name)
        if made is None:
            raise stored.missing(place, name)
        if allow is not None:
            allow(connection, made)
    with service.database.writing() as connection:
        # Another push may have come first.
        return stored.find(connection, place, name) or create(connection, place, made, now)


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
        encryption=encryption(place, made.encryption_type, made.kms_key),
        policy=made.policy,
        lifecycle_policy=made.lifecycle_policy,
    )
