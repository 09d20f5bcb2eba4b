"""What would create a repository of a name."""

from typing import Any

from ecrpolicy import settings
from ecrpolicy.caching import Cause
from ecrpolicy.replication import Outcome, Topology
from ecrpolicy.settings import Creation, Settings, Survey
from ecrpolicy.snapshot import Registry, TagMutability
from tests.registry_builders import (
    EAST,
    HOME,
    OTHER,
    WEST,
    cache,
    letting_in,
    place,
    registry,
    replicate,
    template,
)

PULLED, PUSHED = Cause.PULL_THROUGH_CACHE, Cause.CREATE_ON_PUSH
TOLD: dict[str, Any] = {"pull_through_cache_rules": (), "repository_creation_templates": ()}


def by_cause(name: str, **told: Any) -> dict[Cause, Creation]:
    found = settings.creations(Settings.of(registry(**told)), name)
    return {each.cause: each for each in found}


def test_without_rules_and_templates_replication_alone_creates_it() -> None:
    found = by_cause("web", **TOLD)
    assert {cause: each.is_created for cause, each in found.items()} == {
        PULLED: False,
        Cause.REPLICATION: True,
        PUSHED: False,
    }
    assert found[PULLED].reason == "no cache rule serves this name"
    assert found[PUSHED].reason == "a push is refused, without a template for it"
    made = found[Cause.REPLICATION].made
    assert made is not None
    assert (made.template, made.image_tag_mutability) == (None, TagMutability.MUTABLE)


def test_a_pull_creates_what_a_cache_rule_serves() -> None:
    rules = (cache("quay"),)
    assert by_cause("quay/web", **{**TOLD, "pull_through_cache_rules": rules})[PULLED].is_created
    other = by_cause("web", **{**TOLD, "pull_through_cache_rules": rules})
    assert other[PULLED] == Creation(
        PULLED, is_created=False, reason="no cache rule serves this name"
    )


def test_a_template_for_pulls_serves_no_name() -> None:
    told = {**TOLD, "repository_creation_templates": (template("ROOT", "PULL_THROUGH_CACHE"),)}
    assert by_cause("web", **told)[PULLED].is_created is False


def test_a_push_creates_what_a_template_is_for() -> None:
    told = {**TOLD, "repository_creation_templates": (template("web", "CREATE_ON_PUSH"),)}
    found = by_cause("web/app", **told)[PUSHED]
    assert found.is_created
    assert found.made is not None
    assert by_cause("api/app", **told)[PUSHED].is_created is False


def test_what_is_not_known_decides_nothing() -> None:
    no_templates = {"pull_through_cache_rules": (cache("quay"),)}
    found = by_cause("quay/web", **no_templates)
    assert {cause: (each.is_created, each.made) for cause, each in found.items()} == {
        PULLED: (True, None),
        Cause.REPLICATION: (True, None),
        PUSHED: (None, None),
    }
    no_rules = by_cause("quay/web", repository_creation_templates=())
    assert no_rules[PULLED] == Creation(PULLED, None)


def test_registries_that_replicate_a_name_here_are_named() -> None:
    home = registry("api", policy=letting_in(OTHER, "ecr:ReplicateImage"))

    def beside(account: str, region: str, *filters: str) -> Registry:
        rules = [replicate((HOME, EAST), filters=filters)]
        configuration = {"rules": rules}
        return registry(account=account, region=region, replication_configuration=configuration)

    others = (
        beside(HOME, WEST),
        beside(OTHER, WEST),
        beside(OTHER, EAST, "api"),
        registry(region="eu-west-1"),
    )
    survey = Survey(Settings.of(home), Topology((home, *others)))
    assert [(each.registry, each.outcome) for each in settings.senders(survey, "web")] == [
        (place(HOME, WEST), Outcome.REPLICATED),
        (place(OTHER, WEST), Outcome.DENIED),
        (place(HOME, "eu-west-1"), None),
    ]
