"""Images to be pushed whole: manifests, and the few bytes of content that they refer to.

A service refuses the manifest of an image whose configuration or layers nobody has uploaded
(Amazon ECR API Reference, "PutImage", LayersNotFoundException).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

_IMAGE: Final = "application/vnd.oci.image.manifest.v1+json"
_INDEX: Final = "application/vnd.oci.image.index.v1+json"
_CONFIG: Final = "application/vnd.oci.image.config.v1+json"
_LAYER: Final = "application/vnd.oci.image.layer.v1.tar"

# An archive of tar without files: two blocks of zeros.
_NO_FILES: Final = bytes(1024)

# OCI image specification, "Guidance for an Empty Descriptor": what stands for no configuration.
_EMPTY: Final = "application/vnd.oci.empty.v1+json"
_NO_CONFIG: Final = b"{}"
_SIGNATURE: Final = "application/vnd.example.signature"


@dataclass(frozen=True, slots=True)
class WholeImage:
    """A manifest, with the content that has to be uploaded before it, by digest.

    `manifests` are the digests of an index's children, `subject` is that of the image that a
    referrer is about.
    """

    digest: str
    manifest: str
    media_type: str
    content: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    manifests: tuple[str, ...] = ()
    subject: str | None = None


@cache
def image(number: int) -> WholeImage:
    """The image of a number: all have one layer, and each a configuration of its own."""
    rootfs = {"type": "layers", "diff_ids": [digest_of(_NO_FILES)]}
    labels = {"Labels": {"number": str(number)}}
    told = {"architecture": "amd64", "os": "linux", "config": labels, "rootfs": rootfs}
    config = json.dumps(told).encode()
    document = {
        "config": _descriptor(_CONFIG, config),
        "layers": [_descriptor(_LAYER, _NO_FILES)],
    }
    content = {digest_of(each): each for each in (config, _NO_FILES)}
    return _whole(_IMAGE, document, content=content)


def index(children: Sequence[WholeImage]) -> WholeImage:
    """An index of images."""
    held = [_descriptor(each.media_type, each.manifest.encode()) for each in children]
    digests = tuple(each.digest for each in children)
    return _whole(_INDEX, {"manifests": held}, manifests=digests)


def referrer(subject: WholeImage) -> WholeImage:
    """A referrer of an image, such as a signature; all have the same content."""
    document = {
        "artifactType": _SIGNATURE,
        "config": _descriptor(_EMPTY, _NO_CONFIG),
        "layers": [_descriptor(_LAYER, _NO_FILES)],
        "subject": _descriptor(subject.media_type, subject.manifest.encode()),
    }
    content = {digest_of(each): each for each in (_NO_CONFIG, _NO_FILES)}
    return _whole(_IMAGE, document, content=content, subject=subject.digest)


def digest_of(content: bytes) -> str:
    """The digest by which content is referred to."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _whole(media_type: str, members: Mapping[str, Any], **known: Any) -> WholeImage:
    text = json.dumps({"schemaVersion": 2, "mediaType": media_type, **members})
    return WholeImage(digest_of(text.encode()), text, media_type, **known)


def _descriptor(media_type: str, content: bytes) -> dict[str, Any]:
    """What a manifest says of content."""
    return {"mediaType": media_type, "digest": digest_of(content), "size": len(content)}
