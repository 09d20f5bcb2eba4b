"""What one push sets off."""

from importlib import import_module
from typing import Any

import pytest

from ecrpolicy import quotas, settings
from ecrpolicy.caching import Cause
from ecrpolicy.replication import Outcome, Topology
from ecrpolicy.scanning import ScanFrequency
from ecrpolicy.settings import EventSource, Push, Settings
from ecrpolicy.snapshot import Registry, Repository, StorageClass, TagMutability
from ecrpolicy.tagging import Change
from tests.builders import NOW, ago, digest, image
from tests.registry_builders import (
    EAST,
    EUROPE,
    HOME,
    OTHER,
    WEST,
    basic,
    cache,
    enhanced,
    letting_in,
    registry,
    replicate,
    scan,
    template,
)

WEB = Repository("web", (image("a", "v1"),), image_tag_mutability=TagMutability.IMMUTABLE)


def pushed(home: Registry, *others: Registry, name: str = "web", **push: Any) -> Push:
    tag = push.pop("tag", "v2")
    return settings.push(Settings.of(home), Topology((home, *others)), name, tag, **push)


def kinds(found: Push) -> list[tuple[str, str]]:
    """Of each event what it is, and the Region that it is in."""
    return [(each.detail_type, each.registry.region) for each in found.events]


# Whether it is taken


def test_a_push_into_a_repository_that_is_there_is_taken() -> None:
    found = pushed(registry(WEB))
    assert (found.allowed, found.refusals, found.created, found.notes) == (True, (), None, ())
    assert (found.repository, found.tag) == ("web", "v2")
    assert found.tagged is not None
    assert found.tagged.change is Change.NEW
    assert kinds(found) == [("ECR Image Action", EAST)]
    assert not found.scans


def test_a_tag_that_is_immutable_and_taken_is_refused() -> None:
    found = pushed(registry(WEB), tag="v1")
    assert found.allowed is False
    assert found.refusals == (
        "ImageTagAlreadyExistsException: The image tag 'v1' already exists in the 'web' "
        "repository and cannot be overwritten because the tag is immutable.",
    )
    assert (found.replication, found.scanning, found.events) == (None, None, ())
    again = pushed(registry(WEB), tag="v1", digest=digest("a"))
    assert again.allowed is True


def test_a_push_that_changes_nothing_leads_to_nothing() -> None:
    home = registry(
        WEB,
        scanning_configuration=enhanced(),
        replication_configuration={"rules": [replicate((HOME, WEST))]},
    )
    found = pushed(home, registry(region=WEST, policy=""), tag="v1", digest=digest("a"))
    assert (found.allowed, found.changes_nothing, found.scans) == (True, True, False)
    assert (found.scanning, found.replication, found.events) == (None, None, ())
    assert found.notes == ("`PutImage` answers `ImageAlreadyExistsException`: nothing has changed",)
    retagged = pushed(home, registry(region=WEST, policy=""), tag="v2", digest=digest("a"))
    assert (retagged.changes_nothing, retagged.scans, len(retagged.events)) == (False, True, 4)


def test_a_push_of_an_archived_image_restores_it() -> None:
    """Guide, "Pushing an image": one that is archived is restored."""
    archived = image("a", "v1", storage_class=StorageClass.ARCHIVE)
    home = registry(Repository("web", (archived,)), scanning_configuration=enhanced())
    for tag in ("v1", "v2"):
        found = pushed(home, tag=tag, digest=digest("a"))
        assert (found.changes_nothing, found.scans) == (False, True)
        assert found.notes == ("the image is archived here: the push restores it",)
    assert pushed(home, tag="v1", digest=digest("b")).notes == ()


def test_without_repository_and_template_a_push_is_refused() -> None:
    found = pushed(registry(WEB), name="api")
    assert found.refusals == (
        "RepositoryNotFoundException: The repository with name 'api' does not exist in the "
        "registry with id '111122223333'",
    )
    assert (found.tagged, found.created) == (None, None)
    others = (template("ROOT", "REPLICATION", "PULL_THROUGH_CACHE"),)
    assert pushed(registry(repository_creation_templates=others)).allowed is False


def test_a_template_for_pushes_has_the_repository_created() -> None:
    made = template("team", "CREATE_ON_PUSH", imageTagMutability="IMMUTABLE")
    home = registry(repository_creation_templates=(made,))
    found = pushed(home, name="team/web")
    assert found.allowed is True
    assert found.created is not None
    assert found.created.cause is Cause.CREATE_ON_PUSH
    assert found.created.image_tag_mutability is TagMutability.IMMUTABLE
    assert pushed(home, name="team").allowed is False


@pytest.mark.parametrize(
    ("name", "tag", "starts"),
    [
        ("Web", "v1", ["InvalidParameterException: Invalid parameter at 'repositoryName'"]),
        ("web", "-v1", ["InvalidParameterException: Invalid parameter at 'imageTag'"]),
        ("web", "", ["InvalidParameterException: Invalid parameter at 'imageTag'"]),
        (
            *("W", "v 1"),
            [
                "InvalidParameterException: Invalid parameter at 'repositoryName'",
                "InvalidParameterException: Invalid parameter at 'imageTag'",
            ],
        ),
    ],
)
def test_names_and_tags_that_are_none_are_refused(name: str, tag: str, starts: list[str]) -> None:
    everything = (template("ROOT", "CREATE_ON_PUSH"),)
    home = registry(WEB, repository_creation_templates=everything)
    found = pushed(home, name=name, tag=tag)
    assert [
        text[: len(start)] for text, start in zip(found.refusals, starts, strict=True)
    ] == starts
    assert found.events == ()


def test_images_that_are_not_known_leave_it_open_whether_an_immutable_tag_is_taken() -> None:
    unknown = Repository("web", image_tag_mutability=TagMutability.IMMUTABLE)
    found = pushed(registry(unknown))
    assert (found.allowed, found.refusals) == (None, ())
    assert kinds(found) == [("ECR Image Action", EAST)]
    assert pushed(registry(Repository("web"))).allowed is True


# What it leads to


@pytest.mark.parametrize(
    ("configuration", "scans", "events"),
    [
        (basic(scan("SCAN_ON_PUSH", "web")), True, [("ECR Image Scan", EventSource.ECR)]),
        (basic(scan("SCAN_ON_PUSH", "api")), False, []),
        (
            enhanced(),
            True,
            [
                ("Inspector2 Scan", EventSource.INSPECTOR),
                ("Inspector2 Finding", EventSource.INSPECTOR),
            ],
        ),
        (
            enhanced(scan("SCAN_ON_PUSH", "web")),
            True,
            [
                ("Inspector2 Scan", EventSource.INSPECTOR),
                ("Inspector2 Finding", EventSource.INSPECTOR),
            ],
        ),
        (enhanced(scan("SCAN_ON_PUSH", "api")), False, []),
    ],
)
def test_a_push_is_scanned_as_the_configuration_says(
    configuration: dict[str, Any], events: list[tuple[str, EventSource]], *, scans: bool
) -> None:
    found = pushed(registry(WEB, scanning_configuration=configuration))
    assert found.scans is scans
    assert [(each.detail_type, each.source) for each in found.events] == [
        ("ECR Image Action", EventSource.ECR),
        *events,
    ]
    assert all(each.reason for each in found.events)


@pytest.mark.parametrize(("hours", "scans"), [(23.9, False), (24, True), (100, True), (None, None)])
def test_a_basic_scan_is_made_once_in_24_hours(hours: float | None, scans: bool | None) -> None:
    """Guide, "Considerations": an image is scanned once in 24 hours, by a push as well."""
    scanned_at = None if hours is None else ago(hours / 24)
    there = Repository("web", (image("a", scanned_at=scanned_at),))
    on_push = basic(scan("SCAN_ON_PUSH", "*"))
    home = registry(there, scanning_configuration=on_push, taken_at=NOW)
    found = pushed(home, digest=digest("a"))
    assert found.scans is scans
    assert (("ECR Image Scan", EAST) in kinds(found)) is bool(scans)
    assert pushed(home).scans is pushed(home, digest=digest("b")).scans is True
    undated = registry(there, scanning_configuration=on_push)
    assert pushed(undated, digest=digest("a")).scans is None
    unlisted = registry(Repository("web"), scanning_configuration=on_push, taken_at=NOW)
    assert pushed(unlisted, digest=digest("a")).scans is None
    always = registry(there, scanning_configuration=enhanced(), taken_at=NOW)
    assert pushed(always, digest=digest("a")).scans is True


def test_a_push_is_replicated_and_each_arrival_is_an_event_there() -> None:
    rule = replicate((HOME, WEST), (OTHER, EAST), (HOME, EUROPE))
    home = registry(WEB, replication_configuration={"rules": [rule]})
    denying = registry(account=OTHER, policy="")
    found = pushed(home, registry(region=WEST, policy=""), denying)
    assert found.replication is not None
    assert [each.outcome for each in found.replication.replicas] == [
        *(Outcome.REPLICATED, Outcome.DENIED, Outcome.UNKNOWN)
    ]
    assert kinds(found) == [("ECR Image Action", EAST), ("ECR Replication Action", WEST)]
    assert [each.tags[0].tag for each in found.replication.replicas if each.tags] == ["v2", "v2"]


def test_the_digest_of_the_push_is_that_of_its_replicas() -> None:
    untagged = Repository("web", (image("a"),))
    home = registry(untagged, replication_configuration={"rules": [replicate((OTHER, EAST))]})
    there = registry(WEB, account=OTHER, policy=letting_in(HOME, "ecr:*"))
    kept = {
        given: pushed(home, there, tag="v3" if given is None else "v1", digest=given)
        for given in (None, digest("a"))
    }
    for found in kept.values():
        assert found.replication is not None
        assert found.replication.replicas[0].kept_tags == (found.tag,)
    taken = Repository("web", (image("b", "v3"),), image_tag_mutability=TagMutability.IMMUTABLE)
    dropping = registry(taken, account=OTHER, policy=letting_in(HOME, "ecr:*"))
    found = pushed(home, dropping, tag="v3")
    assert found.replication is not None
    assert found.replication.replicas[0].dropped_tags == ("v3",)


def test_an_image_that_arrives_by_replication_is_not_replicated_on() -> None:
    made = template("ROOT", "REPLICATION", imageTagMutability="IMMUTABLE")
    home = registry(
        WEB,
        replication_configuration={"rules": [replicate((HOME, WEST))]},
        repository_creation_templates=(made,),
    )
    found = pushed(home, registry(region=WEST), is_replica=True)
    assert found.replication is not None
    assert found.replication.replicas == ()
    assert kinds(found) == [("ECR Replication Action", EAST)]
    created = pushed(home, name="api", is_replica=True).created
    assert created is not None
    assert (created.cause, created.image_tag_mutability) == (
        Cause.REPLICATION,
        TagMutability.IMMUTABLE,
    )
    untemplated = pushed(registry(), name="api", is_replica=True)
    assert untemplated.allowed is True
    assert untemplated.created is not None
    assert untemplated.created.template is None


def test_an_image_that_arrives_with_a_tag_that_is_taken_arrives_without_it() -> None:
    found = pushed(registry(WEB), tag="v1", is_replica=True)
    assert (found.allowed, found.refusals) == (True, ())
    assert found.tagged is not None
    assert found.tagged.change is Change.REFUSED


def test_that_a_cache_rule_serves_the_name_is_noted() -> None:
    rules = (cache("quay"),)
    home = registry("quay/web", pull_through_cache_rules=rules)
    found = pushed(home, name="quay/web")
    assert found.cached is not None
    assert found.notes == (
        "the cache rule `quay` serves this name: a pull may put an image of `quay.io/web` in "
        "place of the pushed one",
    )


def test_a_full_repository_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    two = quotas.Quota("Images per repository", "images of a repository", 2)
    monkeypatch.setattr(import_module("ecrpolicy.settings.push"), "IMAGES_PER_REPOSITORY", two)
    assert pushed(registry(WEB)).notes == ()
    full = Repository("web", (image("a", "v1"), image("b")))
    assert pushed(registry(full)).notes == (
        "the repository holds 2 images, as many as the quota of 2 has, unless that was raised",
    )


def test_what_a_push_makes_of_the_scans_of_a_new_repository_is_told() -> None:
    home = registry(
        repository_creation_templates=(template("ROOT", "CREATE_ON_PUSH"),),
        scanning_configuration=basic(),
    )
    found = pushed(home, name="new/web")
    assert found.scanning is not None
    assert found.scanning.frequency is ScanFrequency.MANUAL
    assert found.scanning.source.value == (
        "the registry has no rules: the repository's own setting holds"
    )
