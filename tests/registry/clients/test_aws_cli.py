"""Debian's AWS CLI against the service, and what docker is logged in with by it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.registry.clients.tools import Tool, tool
from tests.registry.ecr_api.refusals import refused
from tests.registry.oci_api.client import Registry, basic
from tests.registry.serving import ADMIN, NOBODY, REGION, Key, Serving

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient


class Aws:
    """`aws ecr`, with somebody's access key."""

    def __init__(self, tool: Tool, serving: Serving) -> None:
        self._tool = tool
        self._endpoint = f"--endpoint-url={serving.url}"

    def text(self, command: str, *arguments: str) -> str:
        return self._tool.run(self._endpoint, "ecr", command, *arguments)

    def json(self, command: str, *arguments: str) -> Any:
        return json.loads(self.text(command, "--output=json", *arguments) or "null")

    def refusal(self, command: str, *arguments: str) -> str:
        return self._tool.run(self._endpoint, "ecr", command, *arguments, fails=True)


def aws_of(key: Key, serving: Serving, home: Path) -> Aws:
    variables = {
        "AWS_ACCESS_KEY_ID": key.id,
        "AWS_SECRET_ACCESS_KEY": key.secret,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_PAGER": "",
    }
    return Aws(tool("aws", home, **variables), serving)


@pytest.fixture
def aws(shared: Serving, tmp_path: Path) -> Aws:
    return aws_of(ADMIN, shared, tmp_path)


def test_a_login(aws: Aws, shared: Serving) -> None:
    password = aws.text("get-login-password").strip()
    answer = Registry(shared, None).ask("GET", "/v2/", Authorization=basic("AWS", password))
    assert answer.status == 200


def test_a_repository_from_its_beginning_to_its_end(
    aws: Aws, ecr: "ECRClient", registry: Registry, name: str, tmp_path: Path
) -> None:
    """Few commands: each takes a second to begin."""
    chosen = ("--repository-name", name)
    made = aws.json("create-repository", *chosen, "--image-tag-mutability=IMMUTABLE")
    assert made["repository"]["repositoryName"] == name
    registry.push_image(name, "v1", b"a layer")
    policy = {
        "rules": [
            {
                "rulePriority": 1,
                "selection": {
                    "tagStatus": "any",
                    "countType": "imageCountMoreThan",
                    "countNumber": 1,
                },
                "action": {"type": "expire"},
            }
        ]
    }
    file = tmp_path / "policy.json"
    file.write_text(json.dumps(policy))
    aws.json("put-lifecycle-policy", *chosen, f"--lifecycle-policy-text=file://{file}")
    found = ecr.get_lifecycle_policy(repositoryName=name)
    assert json.loads(found["lifecyclePolicyText"]) == policy
    aws.json("delete-repository", *chosen, "--force")
    with refused("RepositoryNotFoundException"):
        ecr.list_images(repositoryName=name)


def test_an_image_is_got_and_put_under_another_tag(
    aws: Aws, ecr: "ECRClient", registry: Registry, repository: str
) -> None:
    """Amazon ECR User Guide, "Retagging an image", as its steps have it."""
    digest = registry.push_image(repository, "latest", b"a layer")
    chosen = ("--repository-name", repository)
    manifest = aws.text(
        *("batch-get-image", *chosen, "--image-ids=imageTag=latest"),
        *("--output=text", "--query=images[].imageManifest"),
    ).rstrip("\n")
    aws.json("put-image", *chosen, "--image-tag=2026.01", "--image-manifest", manifest)
    (image,) = ecr.describe_images(repositoryName=repository)["imageDetails"]
    assert image["imageDigest"] == digest
    assert sorted(image["imageTags"]) == ["2026.01", "latest"]


def test_who_may_do_nothing(shared: Serving, tmp_path: Path, repository: str) -> None:
    told = aws_of(NOBODY, shared, tmp_path).refusal("list-images", "--repository-name", repository)
    assert "(AccessDeniedException) when calling the ListImages operation" in told
    assert f"User: {NOBODY.principal} is not authorized to perform: ecr:ListImages" in told
