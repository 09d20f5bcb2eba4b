"""Pages: their tokens are this service's, for the same question, and hold while things change."""

from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from tests.registry.serving import ACCOUNT, OTHER, Serving

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

NAMES = ["api", "db", "queue", "web", "zoo"]


@pytest.fixture
def client(alone: Serving) -> "ECRClient":
    made = alone.ecr()
    for name in reversed(NAMES):
        made.create_repository(repositoryName=name)
    return made


def described(client: "ECRClient", **asked: object) -> tuple[list[str], str | None]:
    answer = client.describe_repositories(**asked)  # type: ignore[arg-type]
    return [each["repositoryName"] for each in answer["repositories"]], answer.get("nextToken")


def test_pages_have_all_in_order(client: "ECRClient") -> None:
    pages = client.get_paginator("describe_repositories").paginate(PaginationConfig={"PageSize": 2})
    assert [[each["repositoryName"] for each in page["repositories"]] for page in pages] == [
        ["api", "db"],
        ["queue", "web"],
        ["zoo"],
    ]


def test_a_page_that_is_just_full_is_the_last(client: "ECRClient") -> None:
    assert described(client, maxResults=5) == (NAMES, None)


def test_pages_go_on_where_they_were_while_repositories_come_and_go(client: "ECRClient") -> None:
    first, token = described(client, maxResults=2)
    client.delete_repository(repositoryName="db")
    client.create_repository(repositoryName="aaa")
    client.create_repository(repositoryName="pump")
    rest, end = described(client, nextToken=token)
    assert first + rest == ["api", "db", "pump", "queue", "web", "zoo"]
    assert end is None


@pytest.mark.parametrize("token", ["", "x", "é", "A" * 200])
def test_a_token_of_nobodys_is_refused(client: "ECRClient", token: str) -> None:
    with pytest.raises(ClientError) as refused:
        described(client, nextToken=token)
    assert refused.value.response["Error"]["Code"] == "InvalidParameterException"


def test_a_token_is_refused_once_a_letter_differs(client: "ECRClient") -> None:
    _, token = described(client, maxResults=1)
    assert token is not None
    changed = token[:-1] + ("A" if token[-1] != "A" else "B")
    with pytest.raises(ClientError, match="nextToken"):
        described(client, nextToken=changed)


def test_a_token_holds_for_its_registry_alone(client: "ECRClient", alone: Serving) -> None:
    _, token = described(client, maxResults=1)
    for other in (alone.ecr(region="eu-west-1"), alone.ecr(OTHER)):
        with pytest.raises(ClientError, match="nextToken"):
            described(other, nextToken=token)


def test_a_token_does_not_open_another_question(client: "ECRClient") -> None:
    _, token = described(client, maxResults=1)
    with pytest.raises(ClientError, match="nextToken"):
        described(client, registryId=ACCOUNT, nextToken=token)
