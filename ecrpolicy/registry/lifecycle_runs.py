"""Runs of lifecycle policies: what a preview says is done.

Amazon ECR takes images away within 24 hours (User Guide, "Creating a lifecycle policy"). Here
nothing goes by itself unless the service is started so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, select, update

from ecrpolicy import lifecycle
from ecrpolicy.lifecycle import Action, Preview
from ecrpolicy.registry.content import images as content
from ecrpolicy.registry.content.images import ARCHIVED, StoredImage
from ecrpolicy.registry.metadata.repositories import StoredRepository, find
from ecrpolicy.registry.metadata.tables import images, repositories
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.service import Service

BETWEEN_RUNS: Final = timedelta(hours=24)
"""How long it is until a policy is run again ("Creating a lifecycle policy": within 24 hours)."""

_AT_A_TIME: Final = 500


@dataclass(frozen=True, slots=True)
class Ran:
    """What runs came to: how many policies were run, and how many images they took where."""

    policies: int = 0
    expired: int = 0
    archived: int = 0


def run_due(service: Service, now: datetime) -> Ran:
    """Run the policies that have not been run for 24 hours, or never, in all registries."""
    return _run_some(service, now, BETWEEN_RUNS)


def run_all(service: Service, now: datetime) -> Ran:
    """Run the policy of every repository that has one, in all registries."""
    return _run_some(service, now, timedelta())


def _run_some(service: Service, now: datetime, pause: timedelta) -> Ran:
    """Run the policies whose last run is so long ago."""
    with service.database.reading() as connection:
        rows = connection.execute(
            select(repositories.c.account, repositories.c.region, repositories.c.name)
            .where(repositories.c.lifecycle_policy.is_not(None))
            .order_by(repositories.c.id)
        ).all()
    runs = [
        _run(service, Place(account, region), name, now, pause) for account, region, name in rows
    ]
    return Ran(
        sum(each.policies for each in runs),
        sum(each.expired for each in runs),
        sum(each.archived for each in runs),
    )


def _run(service: Service, place: Place, name: str, now: datetime, pause: timedelta) -> Ran:
    """Run the policy of one repository: all that it does is done at once, or nothing."""
    with service.database.writing() as connection:
        repository = find(connection, place, name)
        # It may be gone by now, and another process may have run it.
        if repository is None or repository.lifecycle_policy is None:
            return Ran()
        last = repository.lifecycle_evaluated_at
        if last is not None and now - last < pause:
            return Ran()
        there = content.all_images(connection, repository)
        preview = _preview(connection, repository, repository.lifecycle_policy, there, now)
        expired, archived = _apply(connection, preview, there, now)
        connection.execute(
            update(repositories)
            .where(repositories.c.id == repository.id)
            .values(lifecycle_evaluated_at=now, image_count=len(there) - expired)
        )
    return Ran(1, expired, archived)


def _preview(
    connection: Connection,
    repository: StoredRepository,
    policy: str,
    there: Sequence[StoredImage],
    now: datetime,
) -> Preview:
    known = content.snapshot_of(connection, repository, there)
    snapshot = repository.snapshot({}, images=known)
    return lifecycle.evaluate(lifecycle.parse(policy), snapshot, now=now)


def _apply(
    connection: Connection, preview: Preview, there: Sequence[StoredImage], now: datetime
) -> tuple[int, int]:
    """Do what the policy says; answers with how many images it expired and archived."""
    ids: Mapping[str, int] = {each.digest: each.id for each in there}
    taken: dict[Action, list[int]] = {each: [] for each in Action}
    for result in preview.results:
        taken[result.action].append(ids[result.image.digest])
    for some in _portions(taken[Action.EXPIRE]):
        connection.execute(delete(images).where(images.c.id.in_(some)))
    for some in _portions(taken[Action.TRANSITION]):
        moved = update(images).where(images.c.id.in_(some))
        connection.execute(moved.values(status=ARCHIVED, archived_at=now))
    return len(taken[Action.EXPIRE]), len(taken[Action.TRANSITION])


def _portions(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + _AT_A_TIME] for start in range(0, len(ids), _AT_A_TIME))
