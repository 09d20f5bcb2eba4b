"""Repositories over the ECR API; the words of errors are those of Amazon ECR."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError
from sqlalchemy import insert

from ecrpolicy import quotas
from ecrpolicy.registry.metadata.tables import images, repositories
from tests.registry.serving import (
    ACCOUNT,
    NOBODY,
    OTHER,
    OTHER_ACCOUNT,
    REGION,
    ROOT,
    Serving,
    identities,
    inline,
    serving,
    user,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_ecr import ECRClient

NOW = datetime(2026, 1, 2, 3, 4, 5, 678_901, tzinfo=UTC)


def error(refused: pytest.ExceptionInfo[ClientError]) -> tuple[str, str]:
    told = refused.value.response["Error"]
    return told["Code"], told["Message"]


def test_a_repository_is_made_as_the_defaults_say(tmp_path: Path) -> None:
    with serving(tmp_path, clock=lambda: datetime.now(UTC)) as started:
        before = datetime.now(UTC)
        made = started.ecr().create_repository(repositoryName="team/web")["repository"]
        port = started.port
    created = made.pop("createdAt")
    assert before <= created <= before + timedelta(minutes=1)
    assert made == {
        "repositoryArn": f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/team/web",
        "registryId": ACCOUNT,
        "repositoryName": "team/web",
        "repositoryUri": f"{ACCOUNT}.dkr.ecr.{REGION}.localhost:{port}/team/web",
        "imageTagMutability": "MUTABLE",
        "imageScanningConfiguration": {"scanOnPush": False},
        "encryptionConfiguration": {"encryptionType": "AES256"},
    }


def test_a_repository_is_made_as_it_is_asked_for(ecr: "ECRClient", name: str) -> None:
    asked: Any = {
        "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
        "imageTagMutabilityExclusionFilters": [{"filterType": "WILDCARD", "filter": "latest*"}],
        "imageScanningConfiguration": {"scanOnPush": True},
        "encryptionConfiguration": {
            "encryptionType": "KMS",
            "kmsKey": f"arn:aws:kms:{REGION}:{ACCOUNT}:key/00000000-1111-2222-3333-444444444444",
        },
    }
    made: Mapping[str, Any] = ecr.create_repository(repositoryName=name, **asked)["repository"]
    assert {each: made[each] for each in asked} == asked
    assert ecr.describe_repositories(repositoryNames=[name])["repositories"] == [made]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (None, f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/aws/ecr"),
        ("alias/mine", f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/mine"),
        ("0000-1111", f"arn:aws:kms:{REGION}:{ACCOUNT}:key/0000-1111"),
    ],
)
def test_a_key_is_shown_by_its_arn(
    ecr: "ECRClient", name: str, given: str | None, shown: str
) -> None:
    asked: Any = {"encryptionType": "KMS"} | ({"kmsKey": given} if given else {})
    made = ecr.create_repository(repositoryName=name, encryptionConfiguration=asked)["repository"]
    assert made["encryptionConfiguration"] == {"encryptionType": "KMS", "kmsKey": shown}


def test_a_key_of_another_region_is_refused(ecr: "ECRClient", name: str) -> None:
    key = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/0000"
    with pytest.raises(ClientError) as refused:
        ecr.create_repository(
            repositoryName=name, encryptionConfiguration={"encryptionType": "KMS", "kmsKey": key}
        )
    assert error(refused)[0] == "KmsException"


def test_a_key_needs_encryption_by_key(ecr: "ECRClient", name: str) -> None:
    with pytest.raises(ClientError, match=r"encryptionConfiguration\.kmsKey"):
        ecr.create_repository(
            repositoryName=name,
            encryptionConfiguration={"encryptionType": "AES256", "kmsKey": "alias/mine"},
        )


def test_a_name_is_taken_once(ecr: "ECRClient", repository: str) -> None:
    with pytest.raises(ClientError) as refused:
        ecr.create_repository(repositoryName=repository)
    assert error(refused) == (
        "RepositoryAlreadyExistsException",
        f"The repository with name '{repository}' already exists in the registry with id "
        f"'{ACCOUNT}'",
    )


def outcome(client: "ECRClient", name: str) -> str:
    try:
        client.create_repository(repositoryName=name)
    except client.exceptions.RepositoryAlreadyExistsException:
        return "exists"
    return "made"


def test_of_many_that_make_one_name_one_does(shared: Serving, name: str) -> None:
    clients = [shared.ecr() for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda client: outcome(client, name), clients))
    assert sorted(outcomes) == ["exists"] * 7 + ["made"]


def test_two_services_on_one_directory_agree(tmp_path: Path) -> None:
    """Each has a database connection of its own, as processes have."""
    with serving(tmp_path) as one, serving(tmp_path) as other:

        def make(client: "ECRClient") -> list[str]:
            return [outcome(client, f"web-{number}") for number in range(10)]

        with ThreadPoolExecutor(4) as pool:
            outcomes = pool.map(make, [each.ecr() for each in (one, other, one, other)])
            by_name = list(zip(*outcomes, strict=True))
    assert [sorted(each) for each in by_name] == [["exists"] * 3 + ["made"]] * 10


def test_who_may_see_some_repositories_may_not_list_all(tmp_path: Path) -> None:
    statement = {
        "Effect": "Allow",
        "Action": "ecr:DescribeRepositories",
        "Resource": f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/team/*",
    }
    ours, theirs = identities()
    known = [
        {**ours, "UserDetailList": [user(NOBODY, UserPolicyList=[inline("some", [statement])])]},
        theirs,
    ]
    with serving(tmp_path, known=known) as started:
        started.ecr(ROOT).create_repository(repositoryName="team/web")
        client = started.ecr(NOBODY)
        assert client.describe_repositories(repositoryNames=["team/web"])["repositories"]
        for asked in ({}, {"repositoryNames": ["team/web", "other/web"]}):
            with pytest.raises(ClientError) as refused:
                client.describe_repositories(**asked)  # type: ignore[arg-type]
            assert error(refused)[0] == "AccessDeniedException"


def test_accounts_and_regions_have_registries_of_their_own(shared: Serving, name: str) -> None:
    theirs = shared.ecr(OTHER, "eu-west-1").create_repository(repositoryName=name)["repository"]
    shared.ecr(OTHER).create_repository(repositoryName=name)
    shared.ecr().create_repository(repositoryName=name)
    assert theirs["repositoryArn"] == f"arn:aws:ecr:eu-west-1:{OTHER_ACCOUNT}:repository/{name}"
    with pytest.raises(ClientError, match="RepositoryNotFoundException"):
        shared.ecr(region="eu-west-1").describe_repositories(repositoryNames=[name])


def test_described_in_the_order_of_the_names_asked_for(ecr: "ECRClient", name: str) -> None:
    names = [f"{name}-{each}" for each in "ba"]
    for each in names:
        ecr.create_repository(repositoryName=each)
    found = ecr.describe_repositories(repositoryNames=[*names, names[0]])["repositories"]
    assert [each["repositoryName"] for each in found] == names


def test_one_name_that_is_not_there_fails_the_whole(ecr: "ECRClient", repository: str) -> None:
    with pytest.raises(ClientError) as refused:
        ecr.describe_repositories(repositoryNames=[repository, "no/such"])
    assert error(refused) == (
        "RepositoryNotFoundException",
        f"The repository with name 'no/such' does not exist in the registry with id '{ACCOUNT}'",
    )


@pytest.mark.parametrize("more", [{"maxResults": 1}, {"nextToken": "x"}])
def test_names_have_no_pages(ecr: "ECRClient", repository: str, more: Any) -> None:
    """Amazon ECR API Reference, "DescribeRepositories", "maxResults"."""
    with pytest.raises(ClientError, match="InvalidParameterException"):
        ecr.describe_repositories(repositoryNames=[repository], **more)


def test_an_empty_repository_is_deleted(ecr: "ECRClient", repository: str) -> None:
    gone = ecr.delete_repository(repositoryName=repository)["repository"]
    assert gone["repositoryName"] == repository
    with pytest.raises(ClientError, match="RepositoryNotFoundException"):
        ecr.delete_repository(repositoryName=repository)


def fill(shared: Serving, name: str) -> None:
    """Put an image into the table: this test is not about how it gets there."""
    with shared.service.database.writing() as connection:
        number = (
            connection.execute(repositories.select().where(repositories.c.name == name)).one().id
        )
        connection.execute(
            insert(images).values(
                repository_id=number,
                digest="sha256:" + "0" * 64,
                manifest=b"{}",
                media_type="application/vnd.oci.image.manifest.v1+json",
                size_bytes=1,
                pushed_at=NOW,
                status="ACTIVE",
            )
        )


def test_a_repository_with_images_is_deleted_by_force(
    shared: Serving, ecr: "ECRClient", repository: str
) -> None:
    fill(shared, repository)
    with pytest.raises(ClientError) as refused:
        ecr.delete_repository(repositoryName=repository)
    assert error(refused) == (
        "RepositoryNotEmptyException",
        f"The repository with name '{repository}' in registry with id '{ACCOUNT}' cannot be "
        "deleted because it still contains images",
    )
    ecr.delete_repository(repositoryName=repository, force=True)
    ecr.create_repository(repositoryName=repository)
    ecr.delete_repository(repositoryName=repository)


def test_mutability_is_changed(ecr: "ECRClient", repository: str) -> None:
    filters: Any = [{"filterType": "WILDCARD", "filter": "dev-*"}]
    told: Mapping[str, Any] = ecr.put_image_tag_mutability(
        repositoryName=repository,
        imageTagMutability="MUTABLE_WITH_EXCLUSION",
        imageTagMutabilityExclusionFilters=filters,
    )
    expected = {
        "registryId": ACCOUNT,
        "repositoryName": repository,
        "imageTagMutability": "MUTABLE_WITH_EXCLUSION",
        "imageTagMutabilityExclusionFilters": filters,
    }
    assert {each: told[each] for each in expected} == expected
    ecr.put_image_tag_mutability(repositoryName=repository, imageTagMutability="IMMUTABLE")
    (found,) = ecr.describe_repositories(repositoryNames=[repository])["repositories"]
    assert found["imageTagMutability"] == "IMMUTABLE"
    assert "imageTagMutabilityExclusionFilters" not in found


@pytest.mark.parametrize(
    "asked",
    [
        {"imageTagMutability": "IMMUTABLE_WITH_EXCLUSION"},
        {
            "imageTagMutability": "IMMUTABLE",
            "imageTagMutabilityExclusionFilters": [{"filterType": "WILDCARD", "filter": "a"}],
        },
        {
            "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
            "imageTagMutabilityExclusionFilters": [{"filterType": "WILDCARD", "filter": "*a*b*"}],
        },
        {
            "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
            "imageTagMutabilityExclusionFilters": [{"filterType": "WILDCARD", "filter": "a"}] * 6,
        },
    ],
)
def test_exclusion_filters_are_checked(ecr: "ECRClient", repository: str, asked: Any) -> None:
    with pytest.raises(ClientError, match="InvalidParameterException"):
        ecr.put_image_tag_mutability(repositoryName=repository, **asked)
    with pytest.raises(ClientError, match="InvalidParameterException"):
        ecr.create_repository(repositoryName=f"{repository}-2", **asked)


def test_scanning_is_changed(ecr: "ECRClient", repository: str) -> None:
    told = ecr.put_image_scanning_configuration(
        repositoryName=repository, imageScanningConfiguration={"scanOnPush": True}
    )
    assert told["imageScanningConfiguration"] == {"scanOnPush": True}
    (found,) = ecr.describe_repositories(repositoryNames=[repository])["repositories"]
    assert found["imageScanningConfiguration"] == {"scanOnPush": True}


def test_a_registry_has_so_many_repositories_at_most(
    alone: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Amazon ECR User Guide, "Amazon ECR service quotas", "Registered repositories"."""
    assert quotas.REGISTERED_REPOSITORIES.value == 100_000
    monkeypatch.setattr(
        quotas, "REGISTERED_REPOSITORIES", replace(quotas.REGISTERED_REPOSITORIES, newer=2)
    )
    for each in ("first", "last"):
        alone.ecr().create_repository(repositoryName=each)
    with pytest.raises(ClientError) as refused:
        alone.ecr().create_repository(repositoryName="too-many")
    assert error(refused)[0] == "LimitExceededException"
    alone.ecr(region="eu-west-1").create_repository(repositoryName="elsewhere")
