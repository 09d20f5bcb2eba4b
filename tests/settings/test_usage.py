"""How much of its quotas a registry uses."""

import json
from typing import Any

import pytest

from ecrpolicy import quotas
from ecrpolicy.quotas import QUOTAS, TAG_RESTRICTIONS, Quota
from ecrpolicy.settings import Settings, Usage, usage
from ecrpolicy.snapshot import Repository
from tests.builders import image
from tests.registry_builders import EAST, EUROPE, HOME, OTHER, WEST, cache, registry, replicate


def used(quota: Quota, *repositories: str | Repository, **settings: Any) -> Usage:
    [found] = [
        each
        for each in usage(Settings.of(registry(*repositories, **settings)))
        if each.quota is quota
    ]
    return found


def test_every_quota_is_told_in_its_order() -> None:
    assert [each.quota for each in usage(Settings.of(registry()))] == [
        *QUOTAS,
        *TAG_RESTRICTIONS,
    ]


def test_repositories_are_counted() -> None:
    assert used(quotas.REGISTERED_REPOSITORIES, "a1", "b1") == Usage(
        quotas.REGISTERED_REPOSITORIES, 2
    )
    assert used(quotas.REGISTERED_REPOSITORIES).used == 0


def test_the_repository_with_the_most_images_is_named() -> None:
    most = used(
        quotas.IMAGES_PER_REPOSITORY,
        Repository("a1", (image("a"),)),
        Repository("b1", (image("a"), image("b"))),
        Repository("c1", (image("c"), image("d"))),
        Repository("unknown"),
    )
    assert (most.used, most.subject) == (2, "b1")
    assert used(quotas.IMAGES_PER_REPOSITORY, Repository("unknown")).used is None
    assert used(quotas.IMAGES_PER_REPOSITORY, Repository("none", ())).used == 0


def test_the_image_with_the_most_tags_is_named() -> None:
    several = image("b", "v1", "v2", "v3")
    most = used(
        quotas.TAGS_PER_IMAGE,
        Repository("a1", (image("a", "x"), several)),
        Repository("b1", (image("c", "y", "z"),)),
    )
    assert (most.used, most.subject) == (3, f"a1 {several.digest}")
    assert used(quotas.TAGS_PER_IMAGE, "a1").used is None


def test_the_longest_lifecycle_policy_and_that_of_the_most_rules_are_named() -> None:
    texts = {
        "a1": json.dumps({"rules": [{}, {}, {}]}),
        "b1": json.dumps({"rules": [{}]}).ljust(200),
        "c1": "no JSON",
        "d1": "[]",
        "e1": json.dumps({"rules": 3}),
        "f1": "",
        "g1": "[" * 100_000,
    }
    repositories = [
        Repository(name, images=(), lifecycle_policy=text) for name, text in texts.items()
    ]
    longest = used(quotas.LIFECYCLE_POLICY_LENGTH, *repositories, "untold")
    assert (longest.used, longest.subject) == (100_000, "g1")
    most = used(quotas.RULES_PER_LIFECYCLE_POLICY, *repositories, "untold")
    assert (most.used, most.subject) == (3, "a1")
    assert used(quotas.RULES_PER_LIFECYCLE_POLICY, "untold").used is None


@pytest.mark.parametrize(
    "text", ["no JSON", "[]", '{"rules": 3}', '{"rules": "ab"}', "{}", "[" * 9999]
)
def test_a_text_that_is_no_policy_has_no_number_of_rules(text: str) -> None:
    broken = Repository("web", images=(), lifecycle_policy=text)
    assert used(quotas.RULES_PER_LIFECYCLE_POLICY, broken).used is None
    empty = Repository("api", images=(), lifecycle_policy='{"rules": []}')
    assert used(quotas.RULES_PER_LIFECYCLE_POLICY, broken, empty).used == 0


def test_tags_of_repositories_are_counted_where_they_are_told() -> None:
    """Tags that AWS sets are not among the 50 ("Tag restrictions")."""
    aws = {"aws:cloudformation:stack-name": "x" * 300}
    tagged = Repository("web", images=(), resource_tags={**aws, "team": "warehouse", "a": ""})
    other = Repository("api", images=(), resource_tags={"k" * 129: "v" * 257})
    most = {
        quota.name: (found.used, found.subject, found.is_over)
        for quota in TAG_RESTRICTIONS
        for found in [used(quota, tagged, other, "untold")]
    }
    assert most == {
        "Tags per repository": (2, "web", False),
        "Tag key length": (129, "api", True),
        "Tag value length": (257, "api", True),
    }
    assert [used(quota, "untold").used for quota in TAG_RESTRICTIONS] == [None, None, None]
    bare = Repository("web", images=(), resource_tags=aws)
    assert [used(quota, bare).used for quota in TAG_RESTRICTIONS] == [0, None, None]


@pytest.mark.parametrize(("number", "is_over"), [(50, False), (51, True)])
def test_a_repository_has_50_tags(number: int, *, is_over: bool) -> None:
    tags = {f"key-{each}": "" for each in range(number)}
    found = used(quotas.TAGS_PER_REPOSITORY, Repository("web", images=(), resource_tags=tags))
    assert (found.used, found.is_over) == (number, is_over)


def test_rules_destinations_and_filters_of_replication_are_counted() -> None:
    configuration = {
        "rules": [
            replicate((OTHER, WEST), (HOME, WEST), filters=("ab", "cd")),
            replicate((OTHER, WEST), (HOME, EUROPE), filters=("ef", "gh", "ij")),
            replicate((OTHER, EAST)),
        ]
    }

    def counted(quota: Quota) -> tuple[int | None, str | None]:
        found = used(quota, replication_configuration=configuration)
        assert used(quota) == Usage(quota, None)
        return found.used, found.subject

    assert counted(quotas.RULES_PER_REPLICATION_CONFIGURATION) == (3, None)
    assert counted(quotas.REPLICATION_DESTINATIONS) == (4, None)
    assert counted(quotas.FILTERS_PER_REPLICATION_RULE) == (3, "replication rule 1")


def test_cache_rules_are_counted_where_they_are_told() -> None:
    rules = (cache("quay"), cache("other"))
    found = used(quotas.PULL_THROUGH_CACHE_RULES, pull_through_cache_rules=rules)
    assert found.used == 2
    assert used(quotas.PULL_THROUGH_CACHE_RULES, pull_through_cache_rules=()).used == 0
    assert used(quotas.PULL_THROUGH_CACHE_RULES).used is None


def test_what_a_snapshot_cannot_tell_is_not_told() -> None:
    for found in usage(Settings.of(registry("web"))):
        if found.quota.name.startswith(("Rate of", "Layer", "Maximum", "Minimum", "Basic")):
            assert found.used is None


@pytest.mark.parametrize(
    ("number", "is_over"), [(None, False), (0, False), (25, False), (26, True)]
)
def test_more_than_the_quota_is_over_it(number: int | None, *, is_over: bool) -> None:
    assert Usage(quotas.REPLICATION_DESTINATIONS, number).is_over is is_over
