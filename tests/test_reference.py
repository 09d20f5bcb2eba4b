"""References to images."""

import pytest

from ecrpolicy.reference import Reference
from tests.builders import digest

HOST = "111122223333.dkr.ecr.eu-central-1.amazonaws.com"


@pytest.mark.parametrize(
    ("text", "host", "repository", "tag", "found"),
    [
        (f"{HOST}/team/app:v1", HOST, "team/app", "v1", None),
        (f"{HOST}/team/app", HOST, "team/app", "latest", None),
        (f"{HOST}/app@{digest('a')}", HOST, "app", None, digest("a")),
        (f"{HOST}/app:v1@{digest('a')}", HOST, "app", "v1", digest("a")),
        (f"docker-pullable://{HOST}/app@{digest('a')}", HOST, "app", None, digest("a")),
        (f"  {HOST}/app:v1\n", HOST, "app", "v1", None),
        (f"{HOST.upper()}/app:v1", HOST, "app", "v1", None),
        ("localhost:5000/app:v1", "localhost:5000", "app", "v1", None),
        ("localhost/app", "localhost", "app", "latest", None),
        ("ghcr.io/owner/app:v1", "ghcr.io", "owner/app", "v1", None),
        ("team/app:v1", None, "team/app", "v1", None),
        ("app", None, "app", "latest", None),
        ("app:5000", None, "app", "5000", None),
        (digest("a"), None, None, None, digest("a")),
        ("sha256:" + "A" * 64, None, None, None, digest("a")),
    ],
)
def test_the_parts_of_a_reference(
    text: str, host: str | None, repository: str | None, tag: str | None, found: str | None
) -> None:
    read = Reference.read(text)
    assert read is not None
    assert (read.host, read.repository, read.tag, read.digest) == (host, repository, tag, found)
    assert read.text == text


@pytest.mark.parametrize(
    ("host", "account", "region"),
    [
        (HOST, "111122223333", "eu-central-1"),
        ("111122223333.dkr.ecr-fips.us-east-1.amazonaws.com", "111122223333", "us-east-1"),
        ("111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn", "111122223333", "cn-north-1"),
        ("111122223333.dkr-ecr.us-east-1.on.aws", "111122223333", "us-east-1"),
        ("1111.dkr.ecr.us-east-1.amazonaws.com", None, None),
        ("public.ecr.aws", None, None),
    ],
)
def test_the_account_and_region_of_a_registry(
    host: str, account: str | None, region: str | None
) -> None:
    read = Reference.read(f"{host}/app:v1")
    assert read is not None
    assert (read.account, read.region) == (account, region)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "a b",
        "app:",
        "app@sha256:12",
        "app:v1:v2",
        "/app",
        "app@",
        "a\x1bb",
        "a:b\u202ec",
        "'a",
        "(a)",
        "é",
    ],
)
def test_what_is_no_reference(text: str) -> None:
    assert Reference.read(text) is None


def test_the_registry_of_a_reference_that_names_none() -> None:
    read = Reference.read("app:v1", host="docker.io", user="pod a")
    assert read is not None
    assert (read.host, read.user) == ("docker.io", "pod a")
    named = Reference.read(f"{HOST}/app:v1", host="docker.io")
    assert named is not None
    assert named.host == HOST
