"""Why pulls through a cache fail, in the service's words."""

from typing import Any

import pytest

from ecrpolicy import caching
from ecrpolicy.caching import Trouble
from ecrpolicy.snapshot import Registry, Repository, TagMutability
from tests.iam.accounts import ACCOUNT, allow, registry, user

NAME = "quay/team/web"
USER = f"arn:aws:iam::{ACCOUNT}:user/u"
PULL = "ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"
IMPORT, CREATE = "ecr:BatchImportUpstreamImage", "ecr:CreateRepository"
NO_NAME = (
    f"name unknown: The repository with name '{NAME}' does not exist in the registry with id "
    f"'{ACCOUNT}'"
)
NO_IMAGE = "manifest unknown: Requested image not found"


@pytest.mark.parametrize(
    ("actions", "text"),
    [((), NO_NAME), ((IMPORT,), NO_NAME), ((CREATE,), NO_IMAGE), ((IMPORT, CREATE), None)],
)
def test_what_a_caller_is_told_who_may_not(actions: tuple[str, ...], text: str | None) -> None:
    there = registry()
    answer = caching.may_cache(there, user(allow(*PULL, *actions)), USER, NAME)
    found = caching.pull_trouble(there, answer, NAME)
    assert (None if found is None else found.service_text) == text


def troubles(
    name: str, url: str = "quay.io", *, is_there: bool = True, **members: Any
) -> list[Trouble]:
    rule = {"ecrRepositoryPrefix": "up", "upstreamRegistryUrl": url}
    if url == "registry-1.docker.io":
        secret = f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:ecr-pullthroughcache/hub"
        rule["credentialArn"] = secret
    cached = caching.cached(caching.parse_rules([rule]), name)
    assert cached is not None
    repository = Repository(name, images=(), **members)
    home = Registry(ACCOUNT, "us-east-1", repositories=(repository,) if is_there else ())
    return list(caching.troubles(home, cached, repository))


def test_creating_is_a_trouble_where_the_repository_is_missing() -> None:
    assert [each.service_text for each in troubles("up/team/web")] == [NO_IMAGE]
    first, second = troubles("up/team/web", is_there=False)
    assert first.when == "a caller without `ecr:CreateRepository` is told"
    assert first.service_text == NO_NAME.replace(NAME, "up/team/web")
    assert second.service_text == NO_IMAGE


def test_official_images_of_docker_hub_need_library() -> None:
    *_, found = troubles("up/nginx", "registry-1.docker.io")
    assert found == Trouble(
        "official images of Docker Hub are in `library/`: pull `up/library/nginx`",
        "403 Forbidden",
    )
    assert len(troubles("up/library/nginx", "registry-1.docker.io")) == 1
    assert len(troubles("up/nginx")) == 1


@pytest.mark.parametrize(
    ("mutability", "said"),
    [
        (TagMutability.IMMUTABLE, "tags are immutable"),
        (TagMutability.IMMUTABLE_WITH_EXCLUSION, "most tags are immutable"),
        (TagMutability.MUTABLE_WITH_EXCLUSION, "some tags are immutable"),
    ],
)
def test_immutable_tags_are_not_renewed(mutability: TagMutability, said: str) -> None:
    *_, found = troubles("up/web", image_tag_mutability=mutability)
    assert found == Trouble(f"{said}: once cached, they are not renewed from upstream")
    assert len(troubles("up/web", image_tag_mutability=TagMutability.MUTABLE)) == 1
    assert len(troubles("up/web")) == 1
