"""oras, the Python library, against the service: files as artifacts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from oras.client import OrasClient
from oras.defaults import unknown_config_media_type

from tests.registry.oci_api.client import Registry
from tests.registry.serving import Serving


@pytest.fixture
def oras(shared: Serving, password: str) -> Iterator[OrasClient]:
    client = OrasClient(hostname=shared.netloc, insecure=True, auth_backend="basic")
    client.auth.set_basic_auth("AWS", password)
    yield client
    client.session.close()


def test_a_file_goes_there_and_back(
    oras: OrasClient,
    shared: Serving,
    repository: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bill.json").write_text('{"materials": []}')
    target = f"{shared.netloc}/{repository}:sbom"
    answer = oras.push(target=target, files=["bill.json:application/spdx+json"])
    assert answer.status_code == 201
    (tmp_path / "pulled").mkdir()
    (pulled,) = oras.pull(target=target, outdir=str(tmp_path / "pulled"))
    assert Path(pulled).read_text() == '{"materials": []}'


def test_tags_are_listed(
    oras: OrasClient, shared: Serving, repository: str, registry: Registry
) -> None:
    for tag in ("b", "a"):
        registry.push_image(repository, tag, tag.encode())
    assert oras.get_tags(f"{shared.netloc}/{repository}") == ["a", "b"]


def test_a_file_in_chunks(
    oras: OrasClient,
    shared: Serving,
    repository: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    content = bytes(range(256)) * 8_000
    Path("big.bin").write_bytes(content)
    target = f"{shared.netloc}/{repository}:big"
    oras.push(target=target, files=["big.bin"], do_chunked=True, chunk_size=500_000)
    manifest = oras.get_manifest(target)
    assert manifest["config"]["mediaType"] == unknown_config_media_type
    (layer,) = manifest["layers"]
    assert oras.get_blob(target, layer["digest"]).content == content
