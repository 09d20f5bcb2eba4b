"""Which cache rule and which template a name falls under, and what follows."""

import pytest

from ecrpolicy import caching
from ecrpolicy.caching import Cached, Cause, EncryptionType, NewRepository
from ecrpolicy.snapshot import TagMutability
from tests.registry_builders import Json, cache, template

KEY = "arn:aws:kms:us-east-1:111122223333:key/1234"
ECR = "444455556666.dkr.ecr.us-west-2.amazonaws.com"
POLICY = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": '
    '{"AWS": "444455556666"}, "Action": "ecr:BatchGetImage"}]}'
)
LIFECYCLE = (
    '{"rules": [{"rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": '
    '"imageCountMoreThan", "countNumber": 5}, "action": {"type": "expire"}}]}'
)


def cached(name: str, *rules: Json) -> Cached | None:
    return caching.cached(caching.parse_rules(rules), name)


def upstream(name: str, *rules: Json) -> str | None:
    found = cached(name, *rules)
    return None if found is None else found.upstream


def new(name: str, *templates: Json, cause: Cause = Cause.REPLICATION) -> NewRepository:
    return caching.new_repository(caching.parse_templates(templates), name, cause)


# Cache rules


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ecr-public/amazonlinux/amazonlinux", "public.ecr.aws/amazonlinux/amazonlinux"),
        ("quay/prometheus/node-exporter", "quay.io/prometheus/node-exporter"),
        ("kubernetes/pause", "registry.k8s.io/pause"),
        ("kubernetes", None),
        ("kubernetes-2/pause", None),
        ("web", None),
    ],
)
def test_the_rules_of_the_guide_serve_what_is_below_them(name: str, expected: str | None) -> None:
    """Amazon ECR User Guide, "Creating a pull through cache rule"."""
    rules = (
        cache("ecr-public", "public.ecr.aws"),
        cache("quay", "quay.io"),
        cache("kubernetes", "registry.k8s.io"),
    )
    assert upstream(name, *rules) == expected


def test_the_longest_prefix_serves_a_name() -> None:
    rules = cache("ROOT", "public.ecr.aws"), cache("team/"), cache("team/k8s", "registry.k8s.io")
    assert upstream("team/k8s/pause", *rules) == "registry.k8s.io/pause"
    assert upstream("team/web", *rules) == "quay.io/web"
    assert upstream("web", *rules) == "public.ecr.aws/web"
    assert upstream("team", *rules) == "public.ecr.aws/team"


@pytest.mark.parametrize(
    ("prefix", "upstream_prefix", "name", "expected"),
    [
        ("ecr-public", "ROOT", "ecr-public/my-app/image1", "my-app/image1"),
        ("ecr-public", None, "ecr-public/my-app/image2", "my-app/image2"),
        ("ROOT", "ROOT", "my-app/image1", "my-app/image1"),
        ("team-a", "team-a", "team-a/myapp/image1", "team-a/myapp/image1"),
        ("my-app", "upstream-app", "my-app/image1", "upstream-app/image1"),
        ("my-app", "upstream-app/", "my-app/image1", "upstream-app/image1"),
        ("my-app/", "upstream/app", "my-app/image1", "upstream/app/image1"),
    ],
)
def test_an_upstream_prefix_takes_the_place_of_the_prefix(
    prefix: str, upstream_prefix: str | None, name: str, expected: str
) -> None:
    """The table in "Customizing repository prefixes for ECR to ECR pull through cache"."""
    more = {} if upstream_prefix is None else {"upstreamRepositoryPrefix": upstream_prefix}
    found = cached(name, cache(prefix, ECR, **more))
    assert found is not None
    assert (found.upstream_name, found.upstream) == (expected, f"{ECR}/{expected}")
    assert found.rule.ecr_repository_prefix == prefix


def test_many_names_are_looked_up_in_rules_compiled_once() -> None:
    rules = caching.parse_rules([cache("quay"), cache("team/quay")])
    compiled = caching.by_prefix(rules)
    for name in ("quay/a", "team/quay/a", "team/a", "quay"):
        assert caching.cached_by(compiled, name) == caching.cached(rules, name)
    assert caching.cached_by(compiled, "team/quay/a") == Cached(rules[1], "a")


# Templates


def test_a_template_that_is_not_for_the_cause_does_not_count() -> None:
    templates = caching.parse_templates(
        [
            template("ROOT", "REPLICATION", "CREATE_ON_PUSH"),
            template("team", "REPLICATION"),
            template("team/web", "PULL_THROUGH_CACHE"),
        ]
    )
    found = {
        (name, cause.value): made.prefix
        for name in ("team/web/api", "web")
        for cause in Cause
        if (made := caching.template_for(templates, name, cause)) is not None
    }
    assert found == {
        ("team/web/api", "PULL_THROUGH_CACHE"): "team/web",
        ("team/web/api", "REPLICATION"): "team",
        ("team/web/api", "CREATE_ON_PUSH"): "ROOT",
        ("web", "REPLICATION"): "ROOT",
        ("web", "CREATE_ON_PUSH"): "ROOT",
    }
    compiled = caching.by_cause(templates)
    assert list(compiled) == list(Cause)
    for cause, prefixes in compiled.items():
        for name in ("team/web/api", "team/api", "web"):
            assert prefixes.find(name) == caching.template_for(templates, name, cause)


def test_without_a_template_a_repository_has_the_settings_of_the_service() -> None:
    made = new("web", template("team", "REPLICATION", imageTagMutability="IMMUTABLE"))
    assert made == NewRepository("web", Cause.REPLICATION, None)
    assert made.image_tag_mutability is TagMutability.MUTABLE
    assert made.encryption_type is EncryptionType.AES256
    assert (made.kms_key, made.policy, made.lifecycle_policy) == (None, None, None)
    assert (made.resource_tags, made.custom_role_arn) == ({}, None)
    repository = made.repository()
    assert (repository.name, repository.images, repository.policy) == ("web", (), "")
    assert not repository.has_unknown_images
    assert repository.image_tag_mutability is TagMutability.MUTABLE
    assert repository.scan_on_push is False


def test_a_repository_gets_what_its_template_says() -> None:
    role = "arn:aws:iam::111122223333:role/maker"
    written = template(
        "team/",
        "CREATE_ON_PUSH",
        imageTagMutability="MUTABLE_WITH_EXCLUSION",
        imageTagMutabilityExclusionFilters=[{"filter": "v*", "filterType": "WILDCARD"}],
        encryptionConfiguration={"encryptionType": "KMS_DSSE", "kmsKey": KEY},
        resourceTags=[{"Key": "team", "Value": "web"}],
        repositoryPolicy=POLICY,
        lifecyclePolicy=LIFECYCLE,
        customRoleArn=role,
        description="for the team",
    )
    made = new("team/web", written, cause=Cause.CREATE_ON_PUSH)
    assert made.template is not None
    assert (made.template.prefix, made.template.description) == ("team/", "for the team")
    assert (made.name, made.cause) == ("team/web", Cause.CREATE_ON_PUSH)
    assert made.image_tag_mutability is TagMutability.MUTABLE_WITH_EXCLUSION
    assert made.image_tag_mutability_exclusion_filters == ("v*",)
    assert (made.encryption_type, made.kms_key) == (EncryptionType.KMS_DSSE, KEY)
    assert made.resource_tags == {"team": "web"}
    assert (made.policy, made.lifecycle_policy) == (POLICY, LIFECYCLE)
    assert made.custom_role_arn == role
    repository = made.repository()
    assert (repository.policy, repository.lifecycle_policy) == (POLICY, LIFECYCLE)
    assert repository.image_tag_mutability_exclusion_filters == ("v*",)
    assert repository.resource_tags == {"team": "web"}
    assert repository.encryption_type == "KMS_DSSE"


def test_an_empty_text_is_no_policy_and_no_key() -> None:
    written = template(
        "ROOT",
        encryptionConfiguration={"encryptionType": "KMS", "kmsKey": ""},
        repositoryPolicy="",
        lifecyclePolicy="",
    )
    made = new("web", written)
    assert (made.encryption_type, made.kms_key) == (EncryptionType.KMS, None)
    assert (made.policy, made.lifecycle_policy) == (None, None)
    assert made.repository().policy == ""
