"""What the documents do not tell of a registry."""

from dataclasses import replace
from typing import Any

import pytest

from ecrpolicy import settings
from ecrpolicy.settings import Settings, Unknown
from ecrpolicy.settings.unknown import knows_mutability
from ecrpolicy.snapshot import Registry, Repository, TagMutability
from tests.registry_builders import EAST, HOME, OTHER, Json, enhanced, letting_in, registry

ALL: Json = {
    "scanning_configuration": enhanced(),
    "replication_configuration": {"rules": []},
    "pull_through_cache_rules": (),
    "repository_creation_templates": (),
}
WHOLE = Repository(
    "whole",
    images=(),
    lifecycle_policy="",
    image_tag_mutability=TagMutability.MUTABLE,
    scan_on_push=False,
)


def unknown(home: Registry) -> tuple[Unknown, ...]:
    return settings.unknown(Settings.of(home))


def test_where_everything_is_told_nothing_is_unknown() -> None:
    assert unknown(registry(WHOLE, **ALL)) == ()


def test_each_setting_that_is_not_told_is_settled_by_a_command() -> None:
    assert {each.about: each.settled_by for each in unknown(registry(WHOLE))} == {
        about: f"give the output of `aws ecr {command}`"
        for about, command in (
            ("scanning configuration", "get-registry-scanning-configuration"),
            ("replication configuration", "describe-registry"),
            ("pull through cache rules", "describe-pull-through-cache-rules"),
            ("repository creation templates", "describe-repository-creation-templates"),
        )
    }
    assert {each.reason for each in unknown(registry(WHOLE))} == {"not in the documents"}


def test_repositories_that_nobody_listed_are_settled_by_their_listing() -> None:
    [found] = unknown(Registry(HOME, EAST, **ALL))
    assert (found.about, found.settled_by) == (
        "repositories",
        "give the output of `aws ecr describe-repositories`",
    )
    assert unknown(registry(**ALL)) == ()


def test_the_scope_is_asked_for_where_there_is_a_policy() -> None:
    policy = letting_in(OTHER, "ecr:*")
    [found] = unknown(registry(policy=policy, **ALL))
    assert (found.about, found.settled_by) == (
        "registry policy scope",
        "give the output of `aws ecr get-account-setting --name REGISTRY_POLICY_SCOPE`",
    )
    assert unknown(registry(policy=policy, policy_scope="V2", **ALL)) == ()
    assert unknown(registry(policy="", **ALL)) == ()


def test_what_the_service_refused_is_told_with_its_answer() -> None:
    refused = {"scanningConfiguration": "AccessDenied: a", "registryPolicyText": "AccessDenied: b"}
    told = {**ALL, "scanning_configuration": None, "refused": refused}
    assert unknown(registry(WHOLE, **told)) == (
        Unknown(
            "scanning configuration",
            "AccessDenied: a",
            "allow the caller `aws ecr get-registry-scanning-configuration`",
        ),
        Unknown(
            "registry policy",
            "AccessDenied: b",
            "allow the caller `aws ecr get-registry-policy`",
        ),
    )


def test_an_answer_that_is_no_denial_may_be_another_next_time() -> None:
    refused = {"registryPolicyText": "ServerException: later"}
    [found] = unknown(registry(WHOLE, **{**ALL, "refused": refused}))
    assert found.reason == "ServerException: later"
    assert found.settled_by == "read it again, or give the output of `aws ecr get-registry-policy`"


def test_repositories_of_which_the_same_is_not_known_stand_together() -> None:
    untold = [Repository(name, lifecycle_policy="") for name in ("api", "web")]
    assert unknown(registry(untold[0], WHOLE, untold[1], **ALL)) == (
        Unknown(
            "images",
            "not in the documents",
            "give the output of `aws ecr describe-images`",
            ("api", "web"),
        ),
        Unknown(
            "tag mutability",
            "not in the documents",
            "give the output of `aws ecr describe-repositories`",
            ("api", "web"),
        ),
    )


def test_repositories_that_the_service_refused_stand_by_the_kind_of_its_answer() -> None:
    refusing = [
        Repository(
            name,
            lifecycle_policy="",
            image_tag_mutability=TagMutability.MUTABLE,
            refused={"imageDetails": f"{kind}: not {name}"},
        )
        for name, kind in (("a1", "AccessDenied"), ("b1", "Throttling"), ("c1", "AccessDenied"))
    ]
    assert [
        (each.about, each.reason, each.repositories) for each in unknown(registry(*refusing, **ALL))
    ] == [
        ("images", "AccessDenied: not a1", ("a1", "c1")),
        ("images", "Throttling: not b1", ("b1",)),
    ]


def test_the_own_setting_of_scans_counts_where_the_registry_has_no_rules() -> None:
    untold = Repository(
        "web", images=(), lifecycle_policy="", image_tag_mutability=TagMutability.MUTABLE
    )
    assert unknown(registry(untold, **ALL)) == ()
    [found] = unknown(registry(untold, **{**ALL, "scanning_configuration": {}}))
    assert (found.about, found.repositories) == ("scan on push", ("web",))


def test_which_tags_may_move_is_known_where_it_is_told() -> None:
    untold = Repository("untold")
    home = registry(WHOLE, untold)
    assert knows_mutability(home, "whole")
    assert not knows_mutability(home, "untold")


def test_templates_tell_which_tags_may_move_where_a_repository_is_created() -> None:
    assert not knows_mutability(registry(), "new")
    assert knows_mutability(registry(repository_creation_templates=()), "new")


def unfit(**members: Any) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """What is told of a repository and cannot be."""
    found = unknown(registry(replace(WHOLE, **members), **ALL))
    return [(each.about, each.reason, each.settled_by, each.repositories) for each in found]


@pytest.mark.parametrize("text", ["no JSON", "[]", "{}", '{"rules": 3}', "[" * 9_999])
def test_a_text_that_is_no_lifecycle_policy_tells_of_none(text: str) -> None:
    assert unfit(lifecycle_policy=text) == [
        (
            "lifecycle policy",
            "what the documents have in its place is no policy",
            "give the output of `aws ecr get-lifecycle-policy`",
            ("whole",),
        )
    ]
    assert unfit(lifecycle_policy='{"rules": []}') == []


@pytest.mark.parametrize("text", ["no JSON", "[]", "{}", '"Statement"'])
def test_a_text_that_is_no_repository_policy_tells_of_none(text: str) -> None:
    assert unfit(policy=text) == [
        (
            "repository policy",
            "what the documents have in its place is no policy",
            "give the output of `aws ecr get-repository-policy`",
            ("whole",),
        )
    ]
    assert unfit(policy='{"Statement": []}') == []
    assert unfit(policy="") == []


def test_tags_that_the_service_does_not_keep_tell_of_none() -> None:
    command = "give the output of `aws ecr list-tags-for-resource`"
    no_such = "the service keeps no such tag"
    assert unfit(resource_tags={"a?b": "", "c": "!", "k" * 129: "v" * 257}) == [
        (
            "tags of the repository",
            f"the key `a?b` has the character `?`: {no_such}",
            command,
            ("whole",),
        ),
        (
            "tags of the repository",
            f"a key has 1 to 128 characters, not 129: {no_such}",
            command,
            ("whole",),
        ),
    ]
    aws = {"aws:cloudformation:stack-name": "web"}
    assert unfit(resource_tags={**aws, "team": "k" * 256}) == []


def test_repositories_with_the_same_fault_stand_together() -> None:
    broken = [replace(WHOLE, name=name, lifecycle_policy="none") for name in ("api", "web")]
    [found] = unknown(registry(broken[0], WHOLE, broken[1], **ALL))
    assert found.repositories == ("api", "web")
