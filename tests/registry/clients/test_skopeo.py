"""skopeo against the service: what it says of images, and what it moves."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.registry.clients.layouts import OCI_INDEX, OCI_MANIFEST, Layout
from tests.registry.clients.tools import Tool, tool
from tests.registry.content.schema_1 import signed, unsigned
from tests.registry.oci_api.client import Registry, password_of
from tests.registry.serving import READER, Serving

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

SCHEMA_1_SIGNED = "application/vnd.docker.distribution.manifest.v1+prettyjws"
DOCKER_SCHEMA_2 = "application/vnd.docker.distribution.manifest.v2+json"
BIG = bytes(range(256)) * 40_000


class Skopeo:
    """skopeo, logged in."""

    def __init__(self, tool: Tool, serving: Serving, home: Path, password: str) -> None:
        self._tool = tool
        self._registry = serving.netloc
        self._file = home / "auth.json"
        tool.run(
            *("login", "--tls-verify=false", f"--authfile={self._file}", "--username=AWS"),
            *("--password-stdin", self._registry),
            given=password,
        )

    def copy(self, source: str, target: str, *options: str, fails: bool = False) -> str:
        return self._tool.run(
            *("--insecure-policy", "copy", "--src-tls-verify=false", "--dest-tls-verify=false"),
            *(f"--authfile={self._file}", *options, source, target),
            fails=fails,
        )

    def ask(self, command: str, *arguments: str, fails: bool = False) -> str:
        options = ("--tls-verify=false", f"--authfile={self._file}")
        return self._tool.run(command, *options, *arguments, fails=fails)

    def digest_of(self, manifest: Path) -> str:
        return self._tool.run("manifest-digest", manifest).strip()

    def at(self, name: str, reference: str = "") -> str:
        return f"docker://{self._registry}/{name}{reference}"


@pytest.fixture
def skopeo(shared: Serving, tmp_path: Path, password: str) -> Skopeo:
    return Skopeo(tool("skopeo", tmp_path), shared, tmp_path, password)


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path / "layout")


def test_skopeo_finds_the_digest_of_a_signed_manifest(
    skopeo: Skopeo, shared: Serving, repository: str, tmp_path: Path
) -> None:
    registry = Registry(shared)
    manifest = signed(unsigned(registry.push_blob(repository, BIG)))
    file = tmp_path / "manifest.json"
    file.write_bytes(manifest)
    path = f"/v2/{repository}/manifests/v1"
    answer = registry.ask("PUT", path, manifest, Content_Type=SCHEMA_1_SIGNED)
    digest = answer.headers["docker-content-digest"]
    assert skopeo.digest_of(file) == digest
    assert skopeo.ask("inspect", "--raw", skopeo.at(repository, f"@{digest}")) == manifest.decode()


def test_an_image_goes_there_and_back(
    skopeo: Skopeo, layout: Layout, repository: str, tmp_path: Path
) -> None:
    pushed = layout.image("hello", BIG)
    skopeo.copy(layout.reference("hello"), skopeo.at(repository, ":v1"))
    told = json.loads(skopeo.ask("inspect", skopeo.at(repository, ":v1")))
    assert told["Digest"] == pushed["digest"]
    assert told["RepoTags"] == ["v1"]
    skopeo.copy(skopeo.at(repository, ":v1"), f"dir:{tmp_path / 'pulled'}")
    (layer,) = json.loads((tmp_path / "pulled" / "manifest.json").read_text())["layers"]
    digest = layer["digest"].removeprefix("sha256:")
    pulled = (tmp_path / "pulled" / digest).read_bytes()
    assert pulled == (layout.directory / "blobs" / "sha256" / digest).read_bytes()


def test_tags_are_listed_and_deleted(skopeo: Skopeo, layout: Layout, repository: str) -> None:
    layout.image("hello", b"one")
    for tag in ("v1", "v2"):
        skopeo.copy(layout.reference("hello"), skopeo.at(repository, f":{tag}"))
    assert json.loads(skopeo.ask("list-tags", skopeo.at(repository)))["Tags"] == ["v1", "v2"]
    # skopeo looks up the digest, and deletes that.
    skopeo.ask("delete", skopeo.at(repository, ":v1"))
    assert json.loads(skopeo.ask("list-tags", skopeo.at(repository)))["Tags"] == []


def test_an_index_goes_with_its_images(
    skopeo: Skopeo, layout: Layout, ecr: "ECRClient", repository: str
) -> None:
    arm, intel = layout.image("arm", b"arm", "arm64"), layout.image("intel", b"intel")
    index = layout.index("all", arm64=arm, amd64=intel)
    skopeo.copy(layout.reference("all"), skopeo.at(repository, ":all"), "--all")
    told = json.loads(skopeo.ask("inspect", "--raw", skopeo.at(repository, ":all")))
    assert told["mediaType"] == OCI_INDEX
    found = {
        each["imageDigest"]: each.get("imageTags", [])
        for each in ecr.describe_images(repositoryName=repository)["imageDetails"]
    }
    assert found == {index["digest"]: ["all"], arm["digest"]: [], intel["digest"]: []}


@pytest.mark.parametrize(("form", "media_type"), [("oci", OCI_MANIFEST), ("v2s2", DOCKER_SCHEMA_2)])
def test_both_formats_are_pushed(
    skopeo: Skopeo,
    layout: Layout,
    ecr: "ECRClient",
    repository: str,
    form: str,
    media_type: str,
) -> None:
    layout.image("hello", b"formats")
    skopeo.copy(layout.reference("hello"), skopeo.at(repository, ":v1"), f"--format={form}")
    (image,) = ecr.batch_get_image(repositoryName=repository, imageIds=[{"imageTag": "v1"}])[
        "images"
    ]
    assert image["imageManifestMediaType"] == media_type


def test_a_repository_that_is_not_there(skopeo: Skopeo, layout: Layout, name: str) -> None:
    layout.image("hello", b"nowhere")
    told = skopeo.copy(layout.reference("hello"), skopeo.at(name, ":v1"), fails=True)
    assert f"The repository with name '{name}' does not exist in the registry with id" in told


def test_an_immutable_tag(
    skopeo: Skopeo, layout: Layout, ecr: "ECRClient", repository: str
) -> None:
    ecr.put_image_tag_mutability(repositoryName=repository, imageTagMutability="IMMUTABLE")
    layout.image("one", b"one")
    layout.image("two", b"two")
    skopeo.copy(layout.reference("one"), skopeo.at(repository, ":v1"))
    skopeo.copy(layout.reference("one"), skopeo.at(repository, ":v1"))
    told = skopeo.copy(layout.reference("two"), skopeo.at(repository, ":v1"), fails=True)
    assert f"The image tag 'v1' already exists in the '{repository}' repository" in told


def test_who_may_only_read(
    shared: Serving, layout: Layout, repository: str, tmp_path: Path
) -> None:
    home = tmp_path / "reader"
    home.mkdir()
    reader = Skopeo(tool("skopeo", home), shared, home, password_of(shared, READER))
    layout.image("hello", b"mine")
    told = reader.copy(layout.reference("hello"), reader.at(repository, ":v1"), fails=True)
    assert f"User: {READER.principal} is not authorized to perform: ecr:InitiateLayerUpload" in told


def test_who_is_not_known_does_not_come_in(shared: Serving, tmp_path: Path) -> None:
    skopeo = tool("skopeo", tmp_path)
    told = skopeo.run(
        *("login", "--tls-verify=false", f"--authfile={tmp_path / 'auth.json'}"),
        *("--username=AWS", "--password-stdin", shared.netloc),
        given="a password of nobody",
        fails=True,
    )
    assert "invalid username/password" in told
