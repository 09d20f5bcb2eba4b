"""Repositories that a push creates (Amazon ECR User Guide, "Templates to control …")."""

from typing import Any

import pytest
from sqlalchemy import Connection, update

from ecrpolicy.caching import NewRepository
from ecrpolicy.registry.content import uploads
from ecrpolicy.registry.content.creation import PushTarget
from ecrpolicy.registry.metadata import repositories, tables
from ecrpolicy.registry.metadata.registries import CREATION_TEMPLATES
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.registry.service import Service
from ecrpolicy.snapshot import TagMutability
from tests.registry.content.service import (
    HERE,
    NOW,
    manifest_of,
    push,
    push_image,
    push_layer,
)

POLICY = (
    '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", '
    '"Action": "ecr:BatchGetImage"}}'
)
KEY = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def template(service: Service, prefix: str, **members: Any) -> None:
    told = {"prefix": prefix, "appliedFor": ["CREATE_ON_PUSH"], **members}
    with service.database.writing() as connection:
        CREATION_TEMPLATES.store(connection, HERE, prefix, told)


def require_for_push(service: Service, name: str, target: PushTarget) -> StoredRepository:
    with service.database.writing() as connection:
        return target(connection, HERE, name)


def test_a_repository_that_is_there_is_found(service: Service, web: StoredRepository) -> None:
    assert require_for_push(service, "web", PushTarget(NOW)) == web


def test_without_a_template_a_repository_must_be_there(service: Service) -> None:
    template(service, "team", appliedFor=["REPLICATION"])
    with pytest.raises(Refusal, match="RepositoryNotFoundException"):
        require_for_push(service, "team/web", PushTarget(NOW))


def test_a_push_creates_what_a_template_says(service: Service) -> None:
    template(
        service,
        "team",
        imageTagMutability="IMMUTABLE_WITH_EXCLUSION",
        imageTagMutabilityExclusionFilters=[{"filterType": "WILDCARD", "filter": "dev-*"}],
        encryptionConfiguration={"encryptionType": "KMS", "kmsKey": KEY},
        resourceTags=[{"Key": "team", "Value": "a"}],
        repositoryPolicy=POLICY,
        customRoleArn="arn:aws:iam::111122223333:role/creator",
    )
    made = require_for_push(service, "team/web", PushTarget(NOW))
    assert made.name == "team/web"
    assert made.created_at == NOW
    assert made.mutability is TagMutability.IMMUTABLE_WITH_EXCLUSION
    assert made.exclusion_filters == ("dev-*",)
    assert made.encryption == {"encryptionType": "KMS", "kmsKey": KEY}
    assert made.policy == POLICY
    with service.database.reading() as connection:
        assert repositories.tags_of(connection, made) == {"team": "a"}
        assert repositories.require(connection, HERE, "team/web") == made
    assert require_for_push(service, "team/web", PushTarget(NOW)) == made


def test_whoever_may_not_create_creates_nothing(service: Service) -> None:
    template(service, "ROOT")

    def refuse(connection: Connection, made: NewRepository) -> None:
        raise Refusal("AccessDeniedException", made.name)

    with pytest.raises(Refusal, match="AccessDeniedException: web"):
        require_for_push(service, "web", PushTarget(NOW, refuse))
    with service.database.reading() as connection:
        assert repositories.find(connection, HERE, "web") is None


@pytest.mark.parametrize("name", ["Web", "w", "a//b", "../web", "a" * 257])
def test_what_is_no_name_is_refused(service: Service, name: str) -> None:
    template(service, "ROOT")
    with pytest.raises(Refusal, match="InvalidParameterException"):
        require_for_push(service, name, PushTarget(NOW))


def test_what_it_made_is_known(service: Service, web: StoredRepository) -> None:
    template(service, "ROOT")
    target = PushTarget(NOW)
    require_for_push(service, "web", target)
    assert target.made is None
    made = require_for_push(service, "api", target)
    assert target.made == made


def test_what_would_be_made_is_not_made(service: Service) -> None:
    template(service, "ROOT")
    with service.database.reading() as connection:
        planned = PushTarget(NOW).planned(connection, HERE, "web")
        assert isinstance(planned, NewRepository)
        assert planned.name == "web"
        assert repositories.find(connection, HERE, "web") is None


def is_there(service: Service, name: str) -> bool:
    with service.database.reading() as connection:
        return repositories.find(connection, HERE, name) is not None


def test_a_push_that_is_refused_makes_nothing(service: Service) -> None:
    template(service, "ROOT")
    for manifest in (b"{", manifest_of(b"a configuration that is not there")):
        with pytest.raises(Refusal):
            push_image(service, manifest, find=PushTarget(NOW))
    assert not is_there(service, "web")


def set_policies(service: Service, name: str, **values: object) -> None:
    with service.database.writing() as connection:
        chosen = update(tables.repositories).where(tables.repositories.c.name == name)
        connection.execute(chosen.values(**values))


def set_tags(service: Service, name: str) -> None:
    with service.database.writing() as connection:
        found = repositories.require(connection, HERE, name)
        repositories.put_tags(connection, found, {"Team": "web"})


def test_what_was_made_in_vain_is_taken_back(service: Service) -> None:
    template(service, "ROOT")
    for name, come in (
        ("nothing", lambda: None),
        ("upload", lambda: uploads.start(service, HERE, "upload", NOW)),
        ("layer", lambda: push_layer(service, b"a layer", "layer")),
        ("image", lambda: push(service, "an image", name="image")),
        ("policy", lambda: set_policies(service, "policy", policy="{}")),
        ("lifecycle", lambda: set_policies(service, "lifecycle", lifecycle_policy="{}")),
        ("mutability", lambda: set_policies(service, "mutability", mutability="IMMUTABLE")),
        ("tags", lambda: set_tags(service, "tags")),
    ):
        target = PushTarget(NOW)
        require_for_push(service, name, target)
        come()
        target.take_back(service)
        assert is_there(service, name) is (name != "nothing"), name
