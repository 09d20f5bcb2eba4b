"""Images that a test makes out of nothing, in a directory: OCI Image Layout Specification."""

import gzip
import hashlib
import io
import json
import tarfile
from pathlib import Path
from typing import Any, Final

OCI_MANIFEST: Final = "application/vnd.oci.image.manifest.v1+json"
OCI_INDEX: Final = "application/vnd.oci.image.index.v1+json"
_CONFIG: Final = "application/vnd.oci.image.config.v1+json"
_LAYER: Final = "application/vnd.oci.image.layer.v1.tar+gzip"


class Layout:
    """A layout in a directory; what is put into it has names, as tags are."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._blobs = directory / "blobs" / "sha256"
        self._blobs.mkdir(parents=True)
        (directory / "oci-layout").write_text('{"imageLayoutVersion":"1.0.0"}')
        self._named: list[dict[str, Any]] = []

    def image(self, name: str, content: bytes, architecture: str = "amd64") -> dict[str, Any]:
        """Put an image of one layer with one file; its descriptor."""
        archive = _archive(content)
        config = {
            "architecture": architecture,
            "os": "linux",
            "config": {"Cmd": ["/hello"]},
            "rootfs": {"type": "layers", "diff_ids": [_digest(archive)]},
            "history": [{"created": "2026-01-31T09:00:00Z", "created_by": "a test"}],
        }
        manifest = {
            "schemaVersion": 2,
            "mediaType": OCI_MANIFEST,
            "config": self._put(_CONFIG, json.dumps(config).encode()),
            "layers": [self._put(_LAYER, gzip.compress(archive, mtime=0))],
        }
        return self._name(name, self._put(OCI_MANIFEST, json.dumps(manifest).encode()))

    def index(self, name: str, **members: dict[str, Any]) -> dict[str, Any]:
        """Put an index of images, each with its architecture; its descriptor."""
        listed = [
            {**each, "platform": {"architecture": architecture, "os": "linux"}}
            for architecture, each in members.items()
        ]
        index = {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": listed}
        return self._name(name, self._put(OCI_INDEX, json.dumps(index).encode()))

    def reference(self, name: str) -> str:
        """What is named, as skopeo and buildah write it."""
        return f"oci:{self.directory}:{name}"

    def _put(self, media_type: str, content: bytes) -> dict[str, Any]:
        digest = _digest(content)
        (self._blobs / digest.removeprefix("sha256:")).write_bytes(content)
        return {"mediaType": media_type, "digest": digest, "size": len(content)}

    def _name(self, name: str, descriptor: dict[str, Any]) -> dict[str, Any]:
        named = {**descriptor, "annotations": {"org.opencontainers.image.ref.name": name}}
        self._named.append(named)
        index = {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": self._named}
        (self.directory / "index.json").write_text(json.dumps(index))
        return descriptor


def _archive(content: bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        file = tarfile.TarInfo("hello")
        file.size = len(content)
        archive.addfile(file, io.BytesIO(content))
    return packed.getvalue()


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
