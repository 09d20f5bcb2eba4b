"""Manifests of one format as manifests of the other.

Amazon ECR User Guide, "Amazon ECR image manifest conversion": of an image that is pulled by tag,
the format that is stored if the client takes it, else one that can be made of it. An index has
one format; what is pulled by digest is never another one. Schema 1 is made by `old_clients`: it
takes more than a manifest.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ecrpolicy.registry.blobs.digests import digest_of
from ecrpolicy.registry.content.manifests import (
    DOCKER_CONFIG,
    DOCKER_FOREIGN_LAYER,
    DOCKER_LAYER,
    DOCKER_SCHEMA_2,
    OCI_CONFIG,
    OCI_FOREIGN_LAYER,
    OCI_LAYER,
    OCI_MANIFEST,
)
from ecrpolicy.registry.content.media_types import Accepted

# OCI Image Specification, "Compatibility Matrix"; Docker's names take a dot before what packs them.
_TO_DOCKER: Final[Mapping[str, str]] = {
    OCI_CONFIG: DOCKER_CONFIG,
    OCI_LAYER: DOCKER_LAYER,
    f"{OCI_LAYER}+gzip": f"{DOCKER_LAYER}.gzip",
    f"{OCI_LAYER}+zstd": f"{DOCKER_LAYER}.zstd",
    OCI_FOREIGN_LAYER: DOCKER_FOREIGN_LAYER,
    f"{OCI_FOREIGN_LAYER}+gzip": f"{DOCKER_FOREIGN_LAYER}.gzip",
}
_TO_OCI: Final[Mapping[str, str]] = {docker: oci for oci, docker in _TO_DOCKER.items()}
_OF_DESCRIPTORS: Final = ("size", "digest", "urls")


@dataclass(frozen=True, slots=True)
class Converted:
    """A manifest as it is stored or sent, and the digest that clients find of it."""

    media_type: str
    manifest: bytes
    digest: str


def convert(manifest: bytes, media_type: str, accepted: Accepted) -> Converted | None:
    """The manifest in a format that the client takes, None where none can be made of it.

    It is made of a configuration and layers of known types, and nothing else: what the other
    format has no place for, such as annotations, is left out.
    """
    for stored, wanted, names in (
        (OCI_MANIFEST, DOCKER_SCHEMA_2, _TO_DOCKER),
        (DOCKER_SCHEMA_2, OCI_MANIFEST, _TO_OCI),
    ):
        if media_type == stored and accepted.takes(wanted):
            return _renamed(json.loads(manifest), wanted, names)
    return None


def _renamed(manifest: Any, media_type: str, names: Mapping[str, str]) -> Converted | None:
    descriptors = [manifest["config"], *manifest["layers"]]
    if any(each.get("mediaType") not in names for each in descriptors):
        return None
    config, *layers = (_descriptor(each, names) for each in descriptors)
    made = {"schemaVersion": 2, "mediaType": media_type, "config": config, "layers": layers}
    text = json.dumps(made, separators=(",", ":")).encode()
    return Converted(media_type, text, digest_of(text))


def _descriptor(each: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    kept = {name: each[name] for name in _OF_DESCRIPTORS if name in each}
    return {"mediaType": names[each["mediaType"]], **kept}
