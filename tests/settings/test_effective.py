"""What the settings of a registry come to for each repository."""

from typing import Any

from ecrpolicy import settings
from ecrpolicy.caching import Cause
from ecrpolicy.scanning import ScanFrequency
from ecrpolicy.settings import EffectiveSettings, Settings
from ecrpolicy.snapshot import Repository, TagMutability
from tests.registry_builders import (
    EUROPE,
    HOME,
    OTHER,
    WEST,
    cache,
    enhanced,
    place,
    registry,
    replicate,
    scan,
    template,
)

NAMES = ("quay/web", "prod/web", "web", "prod/api")
SETTINGS: dict[str, Any] = {
    "scanning_configuration": enhanced(
        scan("SCAN_ON_PUSH", "web"), scan("CONTINUOUS_SCAN", "prod")
    ),
    "replication_configuration": {
        "rules": [
            replicate((OTHER, WEST), filters=("prod", "web")),
            replicate((HOME, EUROPE), filters=("prod",)),
            replicate((HOME, WEST)),
        ]
    },
    "pull_through_cache_rules": (cache("quay"), cache("ROOT", "public.ecr.aws")),
    "repository_creation_templates": (
        template("ROOT", "REPLICATION", "CREATE_ON_PUSH"),
        template("prod", "REPLICATION"),
    ),
}


def effective(*repositories: str | Repository, **changed: Any) -> list[EffectiveSettings]:
    read = Settings.of(registry(*repositories, **{**SETTINGS, **changed}))
    return list(settings.effective(read))


def test_every_repository_has_its_settings_in_the_order_of_the_registry() -> None:
    found = effective(*NAMES)
    assert [each.repository.name for each in found] == list(NAMES)
    assert [each.scanning.frequency for each in found] == [
        ScanFrequency.SCAN_ON_PUSH,
        ScanFrequency.CONTINUOUS_SCAN,
        ScanFrequency.SCAN_ON_PUSH,
        ScanFrequency.CONTINUOUS_SCAN,
    ]
    other, europe, west = place(OTHER, WEST), place(HOME, EUROPE), place(HOME, WEST)
    assert [each.destinations for each in found] == [
        (west,),
        (other, europe, west),
        (other, west),
        (other, europe, west),
    ]
    assert [each.cached.upstream for each in found if each.cached] == [
        "quay.io/web",
        "public.ecr.aws/prod/web",
        "public.ecr.aws/web",
        "public.ecr.aws/prod/api",
    ]
    templates = [{cause: each.prefix for cause, each in one.templates.items()} for one in found]
    by_root = {Cause.REPLICATION: "ROOT", Cause.CREATE_ON_PUSH: "ROOT"}
    of_prod = {Cause.REPLICATION: "prod", Cause.CREATE_ON_PUSH: "ROOT"}
    assert templates == [by_root, of_prod, by_root, of_prod]


def test_why_a_destination_is_chosen_can_be_asked() -> None:
    [found] = effective("web")
    assert [each.filters for each in found.selection.chosen] == [("web",), ("",)]
    assert [each.destination for each in found.selection.not_chosen] == [place(HOME, EUROPE)]


def test_settings_that_are_not_told_are_as_the_service_sets_them_up() -> None:
    [found] = settings.effective(Settings.of(registry("web")))
    assert found.scanning.frequency is ScanFrequency.MANUAL
    assert (found.destinations, found.cached, found.templates) == ((), None, {})
    assert found.image_tag_mutability is TagMutability.MUTABLE


def test_the_mutability_of_tags_is_that_of_the_repository() -> None:
    immutable = Repository("web", images=(), image_tag_mutability=TagMutability.IMMUTABLE)
    assert [each.image_tag_mutability for each in effective(immutable, "api")] == [
        TagMutability.IMMUTABLE,
        TagMutability.MUTABLE,
    ]


def test_settings_of_a_name_that_no_repository_has_can_be_asked() -> None:
    read = Settings.of(registry("web", **SETTINGS))
    [found] = settings.effective_of(read, iter([Repository("prod/new")]))
    assert found.scanning.filter == "prod"
    assert len(found.destinations) == 3


def test_a_new_repository_is_made_by_its_cause() -> None:
    read = Settings.of(registry("web", **SETTINGS))
    made = settings.new_repository(read, "prod/web", Cause.REPLICATION)
    assert made.template is not None
    assert made.template.prefix == "prod"
    assert settings.new_repository(read, "prod/web", Cause.PULL_THROUGH_CACHE).template is None


def test_templates_are_found_by_what_stands_before_the_last_part_of_a_name() -> None:
    pair = (template("a", "REPLICATION"), template("a/b", "REPLICATION"))
    names = ("a/b", "a/c", "a/b/c", "ab/c", "a", "a/b/d", "a/b/")
    found = effective(*names, repository_creation_templates=pair)
    assert [
        each.templates[Cause.REPLICATION].prefix if each.templates else None for each in found
    ] == ["a", "a", "a/b", None, None, "a/b", "a"]
