"""Tags of repositories: Amazon ECR User Guide, "Tagging a private repository"."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from tests.registry.serving import (
    ACCOUNT,
    NOBODY,
    OTHER,
    REGION,
    Serving,
    identities,
    inline,
    serving,
    user,
)

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient


def arn_of(name: str) -> str:
    return f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/{name}"


def tag(key: str, value: str) -> Any:
    return {"Key": key, "Value": value}


def tags_of(ecr: "ECRClient", name: str) -> dict[str, str]:
    found = ecr.list_tags_for_resource(resourceArn=arn_of(name))["tags"]
    return {each["Key"]: each["Value"] for each in found}


def test_tags_are_given_changed_and_taken(ecr: "ECRClient", name: str) -> None:
    ecr.create_repository(repositoryName=name, tags=[tag("team", "a"), tag("stage", "dev")])
    assert tags_of(ecr, name) == {"team": "a", "stage": "dev"}
    ecr.tag_resource(resourceArn=arn_of(name), tags=[tag("team", "b"), tag("empty", "")])
    assert tags_of(ecr, name) == {"team": "b", "stage": "dev", "empty": ""}
    ecr.untag_resource(resourceArn=arn_of(name), tagKeys=["stage", "never"])
    assert tags_of(ecr, name) == {"team": "b", "empty": ""}


def test_a_repository_has_fifty_tags_at_most(ecr: "ECRClient", repository: str) -> None:
    """ "Tag restrictions": 50 tags, over all requests together."""
    fifty = [tag(f"key-{number}", "") for number in range(50)]
    ecr.tag_resource(resourceArn=arn_of(repository), tags=fifty)
    ecr.tag_resource(resourceArn=arn_of(repository), tags=[tag("key-0", "changed")])
    with pytest.raises(ClientError, match="TooManyTagsException"):
        ecr.tag_resource(resourceArn=arn_of(repository), tags=[tag("one-more", "")])
    assert len(tags_of(ecr, repository)) == 50


def test_keys_that_differ_in_case_are_two(ecr: "ECRClient", repository: str) -> None:
    """ "Tag restrictions": keys and values are case-sensitive."""
    ecr.tag_resource(resourceArn=arn_of(repository), tags=[tag("Team", "a"), tag("team", "b")])
    assert tags_of(ecr, repository) == {"Team": "a", "team": "b"}


@pytest.mark.parametrize(
    "wrong",
    [
        [tag("aws:mine", "x")],
        [tag("k" * 129, "x")],
        [tag("key", "v" * 257)],
        [tag("", "x")],
        [tag("a?", "x")],
        [tag("twice", "x"), tag("twice", "y")],
    ],
)
def test_tags_are_checked(ecr: "ECRClient", repository: str, wrong: Any) -> None:
    with pytest.raises(ClientError, match="InvalidTagParameterException"):
        ecr.tag_resource(resourceArn=arn_of(repository), tags=wrong)
    with pytest.raises(ClientError, match="InvalidTagParameterException"):
        ecr.create_repository(repositoryName=f"{repository}-2", tags=wrong)
    assert tags_of(ecr, repository) == {}


@pytest.mark.parametrize(
    "arn",
    [
        "",
        "web",
        f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/",
        f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/Web",
        f"arn:aws:ecr:{REGION}:{ACCOUNT}:image/web",
        f"arn:aws:ecr:eu-west-1:{ACCOUNT}:repository/web",
        f"arn:aws:ecr:{REGION}:1:repository/web",
        f"arn:aws:s3:{REGION}:{ACCOUNT}:repository/web",
        f"arn:aws-cn:ecr:{REGION}:{ACCOUNT}:repository/web",
    ],
)
def test_the_arn_is_of_a_repository_of_the_region(ecr: "ECRClient", arn: str) -> None:
    for ask in (
        lambda: ecr.list_tags_for_resource(resourceArn=arn),
        lambda: ecr.tag_resource(resourceArn=arn, tags=[]),
        lambda: ecr.untag_resource(resourceArn=arn, tagKeys=[]),
    ):
        with pytest.raises(ClientError) as refused:
            ask()
        assert refused.value.response["Error"] == {
            "Code": "InvalidParameterException",
            "Message": "Invalid parameter at 'resourceArn' failed to satisfy constraint: "
            "'Invalid ARN'",
        }


def test_a_repository_that_is_not_there_has_no_tags(ecr: "ECRClient") -> None:
    with pytest.raises(ClientError, match="RepositoryNotFoundException"):
        ecr.list_tags_for_resource(resourceArn=arn_of("no/such"))


def known(statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The usual identities, with a user who may do only this."""
    ours, theirs = identities()
    ours["UserDetailList"] = [
        *(each for each in ours["UserDetailList"] if each["Arn"] != NOBODY.principal),
        user(NOBODY, UserPolicyList=[inline("some", statements)]),
    ]
    return [ours, theirs]


def allow(*actions: str, **condition: Any) -> dict[str, Any]:
    statement: dict[str, Any] = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    return {**statement, "Condition": condition} if condition else statement


def test_tagging_while_making_needs_both_permissions(tmp_path: Path) -> None:
    with serving(tmp_path, known=known([allow("ecr:CreateRepository")])) as started:
        client = started.ecr(NOBODY)
        client.create_repository(repositoryName="plain")
        with pytest.raises(ClientError, match="ecr:TagResource"):
            client.create_repository(repositoryName="tagged", tags=[tag("a", "b")])
        with pytest.raises(ClientError, match="RepositoryNotFoundException"):
            started.ecr().describe_repositories(repositoryNames=["tagged"])


def test_conditions_look_at_the_tags_of_request_and_resource(tmp_path: Path) -> None:
    """ "Using Tag-Based Access Control": aws:RequestTag, aws:TagKeys, aws:ResourceTag."""
    statements = [
        allow("ecr:CreateRepository", "ecr:TagResource", StringEquals={"aws:RequestTag/team": "a"}),
        allow("ecr:UntagResource", **{"ForAllValues:StringEquals": {"aws:TagKeys": ["stage"]}}),
        allow("ecr:DeleteRepository", StringEquals={"aws:ResourceTag/team": "a"}),
    ]
    with serving(tmp_path, known=known(statements)) as started:
        client, admin = started.ecr(NOBODY), started.ecr()
        client.create_repository(repositoryName="ours", tags=[tag("team", "a"), tag("stage", "x")])
        for tags in ([], [tag("team", "b")]):
            with pytest.raises(ClientError, match="AccessDeniedException"):
                client.create_repository(repositoryName="wrong", tags=tags)
        client.untag_resource(resourceArn=arn_of("ours"), tagKeys=["stage"])
        with pytest.raises(ClientError, match="AccessDeniedException"):
            client.untag_resource(resourceArn=arn_of("ours"), tagKeys=["stage", "team"])
        admin.create_repository(repositoryName="theirs", tags=[tag("team", "b")])
        client.delete_repository(repositoryName="ours")
        with pytest.raises(ClientError, match="AccessDeniedException"):
            client.delete_repository(repositoryName="theirs")


@pytest.mark.parametrize("reverse", [False, True])
def test_of_tags_that_differ_in_case_alone_one_decides(tmp_path: Path, reverse: bool) -> None:
    """In a request as on a repository: what was allowed to be made is seen as it was allowed."""
    statements = [
        allow("ecr:CreateRepository", "ecr:TagResource", StringEquals={"aws:RequestTag/TEAM": "a"}),
        allow("ecr:DeleteRepository", StringEquals={"aws:ResourceTag/TEAM": "a"}),
    ]
    with serving(tmp_path, known=known(statements)) as started:
        client, admin = started.ecr(NOBODY), started.ecr()

        def tags(first: str, second: str) -> list[Any]:
            given = [tag("Team", first), tag("team", second)]
            return given[::-1] if reverse else given

        client.create_repository(repositoryName="ours", tags=tags("a", "b"))
        client.delete_repository(repositoryName="ours")
        with pytest.raises(ClientError, match="AccessDeniedException"):
            client.create_repository(repositoryName="theirs", tags=tags("b", "a"))
        admin.create_repository(repositoryName="theirs", tags=tags("b", "a"))
        with pytest.raises(ClientError, match="AccessDeniedException"):
            client.delete_repository(repositoryName="theirs")


def test_other_accounts_need_a_policy(shared: Serving, repository: str) -> None:
    with pytest.raises(ClientError, match="AccessDeniedException"):
        shared.ecr(OTHER).list_tags_for_resource(resourceArn=arn_of(repository))
