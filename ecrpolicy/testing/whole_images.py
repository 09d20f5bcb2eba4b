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


@dataclass(frozen=True, slots=True)
class WholeImage:
    """A manifest, with the content that has to be uploaded before it, by digest.

    `manifests` are the digests of an index's children.
    """

    digest: str
    manifest: str
    media_type: str
    content: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    manifests: tuple[str, ...] = ()


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


def digest_of(content: bytes) -> str:
    """The digest by which content is referred to."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _whole(media_type: str, members: Mapping[str, Any], **known: Any) -> WholeImage:
    text = json.dumps({"schemaVersion": 2, "mediaType": media_type, **members})
    return WholeImage(digest_of(text.encode()), text, media_type, **known)


def _descriptor(media_type: str, content: bytes) -> dict[str, Any]:
    """What a manifest says of content."""
    return {"mediaType": media_type, "digest": digest_of(content), "size": len(content)}
