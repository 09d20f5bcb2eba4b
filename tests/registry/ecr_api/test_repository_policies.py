"""Repository policies over the ECR API, and the guard against locking oneself out."""

import json
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from tests.registry.serving import ACCOUNT, ADMIN, OTHER, OTHER_ACCOUNT, READER, ROOT, Serving

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

# The service's lay-out: Amazon ECR API Reference, "GetRepositoryPolicy", the example.
LAID_OUT = """{
  "Version" : "2008-10-17",
  "Statement" : [ {
    "Sid" : "new statement",
    "Effect" : "Allow",
    "Principal" : {
      "AWS" : "arn:aws:iam::111122223333:role/ci"
    },
    "Action" : [ "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage" ]
  } ]
}"""


def policy(effect: str, principal: Any, action: Any, **more: Any) -> str:
    statement = {"Effect": effect, "Principal": principal, "Action": action, **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


DENIES_ALL = policy("Deny", "*", "ecr:*")
PULLABLE = policy("Allow", {"AWS": OTHER_ACCOUNT}, ["ecr:ListImages", "ecr:DescribeImages"])


def test_a_policy_is_set_shown_and_deleted(ecr: "ECRClient", repository: str) -> None:
    text = json.dumps(json.loads(LAID_OUT))
    expected = {"registryId": ACCOUNT, "repositoryName": repository, "policyText": LAID_OUT}
    for answer in (
        ecr.set_repository_policy(repositoryName=repository, policyText=text),
        ecr.get_repository_policy(repositoryName=repository),
        ecr.delete_repository_policy(repositoryName=repository),
    ):
        told: dict[str, Any] = {**answer}
        assert {each: told[each] for each in expected} == expected
    for ask in (ecr.get_repository_policy, ecr.delete_repository_policy):
        with pytest.raises(ClientError) as refused:
            ask(repositoryName=repository)
        assert refused.value.response["Error"] == {
            "Code": "RepositoryPolicyNotFoundException",
            "Message": f"Repository policy does not exist for the repository with name "
            f"'{repository}' in the registry with id '{ACCOUNT}'",
        }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        policy("Allow", "*", "ecr:*", Resource="*"),
        policy("Maybe", "*", "ecr:*"),
    ],
)
def test_what_is_no_policy_is_refused(ecr: "ECRClient", repository: str, text: str) -> None:
    with pytest.raises(ClientError) as refused:
        ecr.set_repository_policy(repositoryName=repository, policyText=text)
    assert refused.value.response["Error"] == {
        "Code": "InvalidParameterException",
        "Message": "Invalid parameter at 'PolicyText' failed to satisfy constraint: "
        "'Invalid repository policy provided'",
    }


def test_a_policy_lets_another_account_in_at_once(shared: Serving, repository: str) -> None:
    theirs = shared.ecr(OTHER)
    with pytest.raises(ClientError, match="AccessDeniedException"):
        theirs.get_repository_policy(repositoryName=repository, registryId=ACCOUNT)
    shared.ecr().set_repository_policy(
        repositoryName=repository,
        policyText=policy("Allow", {"AWS": OTHER_ACCOUNT}, "ecr:GetRepositoryPolicy"),
    )
    assert theirs.get_repository_policy(repositoryName=repository, registryId=ACCOUNT)
    shared.ecr().delete_repository_policy(repositoryName=repository)
    with pytest.raises(ClientError, match="AccessDeniedException"):
        theirs.get_repository_policy(repositoryName=repository, registryId=ACCOUNT)


@pytest.mark.parametrize(
    "text",
    [
        DENIES_ALL,
        policy("Deny", {"AWS": ADMIN.principal}, "ecr:SetRepositoryPolicy"),
        policy("Deny", {"AWS": ACCOUNT}, "ecr:Set*"),
        json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": {
                    "Effect": "Deny",
                    "NotPrincipal": {"AWS": READER.principal},
                    "Action": "ecr:*",
                },
            }
        ),
    ],
)
def test_who_would_lock_itself_out_is_refused(ecr: "ECRClient", repository: str, text: str) -> None:
    """Amazon ECR API Reference, "SetRepositoryPolicy", "force"."""
    ecr.set_repository_policy(repositoryName=repository, policyText=PULLABLE)
    with pytest.raises(ClientError) as refused:
        ecr.set_repository_policy(repositoryName=repository, policyText=text)
    assert refused.value.response["Error"]["Code"] == "InvalidParameterException"
    assert "force" in refused.value.response["Error"]["Message"]
    held = ecr.get_repository_policy(repositoryName=repository)["policyText"]
    assert json.loads(held) == json.loads(PULLABLE)


@pytest.mark.parametrize(
    "text",
    [
        policy("Deny", {"AWS": READER.principal}, "ecr:*"),
        policy("Deny", "*", "ecr:DeleteRepositoryPolicy"),
        policy(
            "Deny",
            "*",
            "ecr:*",
            Condition={"ArnNotEquals": {"aws:PrincipalArn": ADMIN.principal}},
        ),
    ],
)
def test_who_may_still_set_the_next_is_not(ecr: "ECRClient", repository: str, text: str) -> None:
    ecr.set_repository_policy(repositoryName=repository, policyText=text)
    ecr.set_repository_policy(repositoryName=repository, policyText=PULLABLE)


def test_by_force_one_locks_oneself_out(shared: Serving, repository: str) -> None:
    ecr = shared.ecr()
    ecr.set_repository_policy(repositoryName=repository, policyText=DENIES_ALL, force=True)
    for client in (ecr, shared.ecr(ROOT)):
        with pytest.raises(ClientError, match="with an explicit deny in a resource-based policy"):
            client.set_repository_policy(repositoryName=repository, policyText=PULLABLE)
