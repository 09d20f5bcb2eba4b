"""Manifests that the service makes for old clients, read by what reads those of old registries."""

import gzip
import json
from pathlib import Path

from tests.registry.clients.tools import tool
from tests.registry.oci_api.client import Registry, descriptor, digest_of, manifest_of

SIGNED = "application/vnd.docker.distribution.manifest.v1+prettyjws"
LAYER = gzip.compress(bytes(1024), mtime=0)
STEPS = json.dumps(
    {
        "architecture": "arm64",
        "os": "linux",
        "created": "2026-01-31T09:00:00Z",
        "config": {"Cmd": ["/app"]},
        "rootfs": {"type": "layers", "diff_ids": [digest_of(bytes(1024))]},
        "history": [
            {"created": "2026-01-31T08:00:00Z", "created_by": "ADD"},
            {"created": "2026-01-31T09:00:00Z", "created_by": "CMD", "empty_layer": True},
        ],
    }
).encode()


def test_skopeo_makes_an_image_of_the_oci_of_schema_1(
    registry: Registry, repository: str, tmp_path: Path
) -> None:
    """It reads the signed text, the history and the layer with nothing in it."""
    skopeo = tool("skopeo", tmp_path)
    for blob in (STEPS, LAYER):
        registry.push_blob(repository, blob)
    config = descriptor("application/vnd.oci.image.config.v1+json", STEPS)
    assert registry.push_manifest(repository, "v1", manifest_of(LAYER, config=config)).status == 201
    answer = registry.ask("GET", f"/v2/{repository}/manifests/v1", Accept=SIGNED)

    pulled = tmp_path / "pulled"
    pulled.mkdir()
    (pulled / "version").write_text("Directory Transport Version: 1.1\n")
    (pulled / "manifest.json").write_bytes(answer.body)
    for each in answer.json["fsLayers"]:
        blob = registry.ask("GET", f"/v2/{repository}/blobs/{each['blobSum']}").body
        (pulled / each["blobSum"].removeprefix("sha256:")).write_bytes(blob)

    told = skopeo.run("manifest-digest", pulled / "manifest.json").strip()
    assert told == answer.headers["docker-content-digest"]
    made = tmp_path / "made"
    skopeo.run("--insecure-policy", "copy", f"dir:{pulled}", f"dir:{made}", "--format=oci")
    manifest = json.loads((made / "manifest.json").read_text())
    assert [each["digest"] for each in manifest["layers"]] == [digest_of(LAYER)]
    image = json.loads((made / manifest["config"]["digest"].removeprefix("sha256:")).read_text())
    assert image["architecture"] == "arm64"
    assert image["config"]["Cmd"] == ["/app"]
    assert image["rootfs"]["diff_ids"] == [digest_of(bytes(1024))]
