"""buildah against the service: builds, pushes, pulls, and indexes."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.registry.clients.tools import Tool, tool
from tests.registry.serving import Serving

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient


class Buildah:
    """buildah with a store of its own, logged in."""

    def __init__(self, tool: Tool, serving: Serving, home: Path, password: str) -> None:
        self._tool = tool
        self._registry = serving.netloc
        self._store = (
            *("--storage-driver=vfs", f"--root={home / 'store'}", f"--runroot={home / 'run'}"),
            *("--registries-conf", str(_nothing(home))),
        )
        login = ("--tls-verify=false", "--username=AWS", "--password-stdin", self._registry)
        self.run("login", *login, given=password)

    def run(self, *arguments: str, given: str | None = None) -> str:
        return self._tool.run(*self._store, *arguments, given=given).strip()

    def push(self, image: str, name: str, *options: str) -> None:
        self.run("push", "--tls-verify=false", *options, image, f"docker://{self.at(name)}")

    def at(self, name: str) -> str:
        return f"{self._registry}/{name}"


def _nothing(home: Path) -> Path:
    """A configuration without registries of this machine."""
    file = home / "registries.conf"
    file.write_text("")
    return file


@pytest.fixture
def buildah(shared: Serving, tmp_path: Path, password: str) -> Buildah:
    policy = tmp_path / ".config" / "containers" / "policy.json"
    policy.parent.mkdir(parents=True)
    policy.write_text('{"default":[{"type":"insecureAcceptAnything"}]}')
    # Nothing is run in a container, so nobody's rights are needed.
    variables = {"BUILDAH_ISOLATION": "chroot", "REGISTRY_AUTH_FILE": str(tmp_path / "auth.json")}
    return Buildah(tool("buildah", tmp_path, **variables), shared, tmp_path, password)


def build(buildah: Buildah, directory: Path, content: str) -> str:
    """An image that is built from scratch."""
    file = directory / "hello"
    file.write_text(content)
    container = buildah.run("from", "scratch")
    buildah.run("copy", container, str(file), "/hello")
    buildah.run("config", "--cmd", "/hello", container)
    return buildah.run("commit", "--quiet", container)


def test_what_is_built_is_pushed_and_pulled(
    buildah: Buildah, ecr: "ECRClient", repository: str, tmp_path: Path
) -> None:
    image = build(buildah, tmp_path, "hello")
    buildah.push(image, f"{repository}:v1", f"--digestfile={tmp_path / 'digest'}")
    (found,) = ecr.describe_images(repositoryName=repository)["imageDetails"]
    assert found["imageDigest"] == (tmp_path / "digest").read_text()
    assert found["imageTags"] == ["v1"]
    buildah.run("rmi", "--all", "--force")
    pulled = buildah.run("pull", "--quiet", "--tls-verify=false", buildah.at(f"{repository}:v1"))
    assert pulled == image


def test_an_index_is_pushed(
    buildah: Buildah, ecr: "ECRClient", repository: str, tmp_path: Path
) -> None:
    image = build(buildah, tmp_path, "indexed")
    buildah.run("manifest", "create", "all", image)
    target = f"docker://{buildah.at(f'{repository}:all')}"
    buildah.run("manifest", "push", "--all", "--tls-verify=false", "all", target)
    found = ecr.batch_get_image(repositoryName=repository, imageIds=[{"imageTag": "all"}])
    (index,) = found["images"]
    (member,) = json.loads(index["imageManifest"])["manifests"]
    digests = {
        each["imageDigest"]
        for each in ecr.describe_images(repositoryName=repository)["imageDetails"]
    }
    assert digests == {index["imageId"]["imageDigest"], member["digest"]}
