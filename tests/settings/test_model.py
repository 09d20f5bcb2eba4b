"""The settings of a registry as models."""

from typing import Any

import pytest

from ecrpolicy.scanning import ScanningConfiguration
from ecrpolicy.settings import Settings
from tests.registry_builders import (
    EAST,
    HOME,
    OTHER,
    Json,
    cache,
    enhanced,
    findings,
    registry,
    replicate,
    template,
)

SECRET = f"arn:aws:secretsmanager:{EAST}:{OTHER}:secret:ecr-pullthroughcache/hub-a1b2c3"


def test_what_is_not_told_is_named_and_taken_to_be_as_the_service_sets_it_up() -> None:
    read = Settings.of(registry("web"))
    assert read.unknown == (
        "scanning configuration",
        "replication configuration",
        "pull through cache rules",
        "repository creation templates",
    )
    assert read.scanning == ScanningConfiguration()
    assert (read.replication.rules, read.cache_rules, read.templates) == ((), (), ())


def test_what_is_told_to_be_none_is_known() -> None:
    empty: Json = {"scanning_configuration": {}, "replication_configuration": {"rules": []}}
    read = Settings.of(registry("web", **empty))
    assert read.unknown == ("pull through cache rules", "repository creation templates")
    told = {**empty, "pull_through_cache_rules": (), "repository_creation_templates": ()}
    assert Settings.of(registry("web", **told)).unknown == ()


def test_settings_are_read() -> None:
    read = Settings.of(
        registry(
            scanning_configuration=enhanced(),
            replication_configuration={"rules": [replicate((OTHER, EAST))]},
            pull_through_cache_rules=(cache("quay"),),
            repository_creation_templates=(template("a"), template("ROOT")),
        )
    )
    assert read.scanning.scan_type.value == "ENHANCED"
    assert [str(each) for each in read.replication.destinations] == ["444455556666 us-east-1"]
    assert [each.ecr_repository_prefix for each in read.cache_rules] == ["quay"]
    assert [each.prefix for each in read.templates] == ["a", "ROOT"]
    assert read.cache_rules_by_prefix.find("quay/web") == read.cache_rules[0]


@pytest.mark.parametrize(
    ("settings", "rule"),
    [
        ({"scanning_configuration": {"scanType": "NONE"}}, "not-in-enum"),
        ({"replication_configuration": {"rules": [replicate((HOME, EAST))]}}, "own-registry"),
        (
            {"replication_configuration": {"rules": [replicate((HOME, "cn-north-1"))]}},
            "other-partition",
        ),
        (
            {"pull_through_cache_rules": (cache("hub", "ghcr.io", credentialArn=SECRET),)},
            "credential-elsewhere",
        ),
        ({"repository_creation_templates": (template("Prod"),)}, "malformed-prefix"),
    ],
)
def test_settings_that_this_registry_cannot_have_are_refused(
    settings: dict[str, Any], rule: str
) -> None:
    found = findings(lambda _: Settings.of(registry("web", **settings)), None)
    assert [each.rule for each in found] == [rule]
