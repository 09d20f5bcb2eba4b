"""Manifests: what the text of one says of its image.

OCI Image Format Specification, "Image Manifest" and "Image Index"; Docker's "Image Manifest
Version 2, Schema 2" and "Schema 1". Amazon ECR User Guide, "Container image manifest formats".
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

from ecrpolicy import quotas
from ecrpolicy.registry.blobs.digests import is_digest
from ecrpolicy.registry.content.refusals import invalid
from ecrpolicy.registry.content.signed import signed_text
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.snapshot import INDEX_MEDIA_TYPES

DOCKER_SCHEMA_1: Final = "application/vnd.docker.distribution.manifest.v1+json"
DOCKER_SCHEMA_1_SIGNED: Final = "application/vnd.docker.distribution.manifest.v1+prettyjws"
DOCKER_SCHEMA_2: Final = "application/vnd.docker.distribution.manifest.v2+json"
DOCKER_LIST: Final = "application/vnd.docker.distribution.manifest.list.v2+json"
OCI_MANIFEST: Final = "application/vnd.oci.image.manifest.v1+json"
OCI_INDEX: Final = "application/vnd.oci.image.index.v1+json"

MEDIA_TYPES: Final = (
    OCI_MANIFEST,
    OCI_INDEX,
    DOCKER_SCHEMA_2,
    DOCKER_LIST,
    DOCKER_SCHEMA_1,
    DOCKER_SCHEMA_1_SIGNED,
)
"""What can be pushed; other manifests are refused."""

SCHEMA_1: Final = (DOCKER_SCHEMA_1_SIGNED, DOCKER_SCHEMA_1)
"""Both forms of schema 1, with signatures and without."""

# What packs a layer follows its type: behind `+` in the OCI's, behind a dot in Docker's.
OCI_CONFIG: Final = "application/vnd.oci.image.config.v1+json"
DOCKER_CONFIG: Final = "application/vnd.docker.container.image.v1+json"
OCI_LAYER: Final = "application/vnd.oci.image.layer.v1.tar"
DOCKER_LAYER: Final = "application/vnd.docker.image.rootfs.diff.tar"
OCI_FOREIGN_LAYER: Final = "application/vnd.oci.image.layer.nondistributable.v1.tar"
DOCKER_FOREIGN_LAYER: Final = "application/vnd.docker.image.rootfs.foreign.diff.tar"

_LAYER_OF_SCHEMA_1: Final = "application/vnd.docker.container.image.rootfs.diff+x-gtar"

# Layers that may lie elsewhere; what packs them follows (OCI Image Format Specification,
# "Non-Distributable Layers"; Docker's "Image Manifest Version 2, Schema 2"). Only these: the
# address of any other content is one more place where it may be had.
_FOREIGN_LAYERS: Final = (OCI_FOREIGN_LAYER, DOCKER_FOREIGN_LAYER)
_MAX_MEMBERS: Final = 10_000

# The escape of half a surrogate pair: text with one has no UTF-8, and cannot be stored.
_SURROGATE: Final = b"\\ud"


@dataclass(frozen=True, slots=True)
class Descriptor:
    """What a manifest refers to. A `foreign` layer is elsewhere, and never pushed."""

    media_type: str
    digest: str
    size_bytes: int
    is_foreign: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says: an image has a configuration and layers, an index has children.

    `artifact_type` is the media type of the configuration where nothing else is said (OCI
    Distribution Specification, "Listing Referrers"). `signed` is what the digest is that of, where
    it is not the whole text.
    """

    media_type: str
    artifact_type: str | None
    config: Descriptor | None = None
    layers: tuple[Descriptor, ...] = ()
    children: tuple[Descriptor, ...] = ()
    subject: Descriptor | None = None
    annotations: Mapping[str, str] = field(default_factory=dict, hash=False)
    signed: bytes | None = field(default=None, repr=False)

    @property
    def blobs(self) -> tuple[str, ...]:
        """The digests of the blobs that must be there: configuration and layers, each once."""
        config = () if self.config is None else (self.config,)
        pushed = (each for each in self.layers if not each.is_foreign)
        return tuple(dict.fromkeys(each.digest for each in (*config, *pushed)))


def read(manifest: bytes, media_type: str | None = None) -> Manifest:
    """What a manifest says; `media_type` is what whoever sent it calls it.

    Raises Refusal: InvalidParameterException for what is no manifest, for one without a media type
    anywhere, and for one that calls itself otherwise.
    """
    if not manifest or len(manifest) > quotas.MANIFEST_MAX_CHARACTERS:
        raise invalid(
            "imageManifest",
            f"Member must have length between 1 and {quotas.MANIFEST_MAX_CHARACTERS}, inclusive",
        )
    told = _object(manifest)
    own = told.get("mediaType")
    found = media_type or own or _media_type_of_schema_1(told)
    if found not in MEDIA_TYPES or own not in (None, found):
        raise _malformed()
    if found in SCHEMA_1:
        return _schema_1(manifest, told, found)
    if told.get("schemaVersion") != 2:
        raise _malformed()
    subject = told.get("subject")
    common: dict[str, Any] = {
        "media_type": found,
        "subject": None if subject is None else _descriptor(subject),
        "annotations": _annotations(told.get("annotations")),
    }
    artifact_type = _optional_text(told.get("artifactType"))
    if found in INDEX_MEDIA_TYPES:
        children = tuple(_descriptors(told.get("manifests")))
        return Manifest(artifact_type=artifact_type, children=children, **common)
    config = _descriptor(told.get("config"))
    layers = tuple(_descriptors(told.get("layers")))
    kind = artifact_type or config.media_type
    return Manifest(artifact_type=kind, config=config, layers=layers, **common)


def _object(manifest: bytes) -> dict[str, Any]:
    try:
        # JSON is UTF-8 (RFC 8259, "Character Encoding"), and what the ECR API answers is text.
        told = json.loads(manifest.decode(), parse_constant=_refuse_constant)
        if _SURROGATE in manifest.lower():
            json.dumps(told, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise _malformed() from None
    if not isinstance(told, dict):
        raise _malformed()
    return told


def _refuse_constant(name: str) -> NoReturn:
    """`NaN` and `Infinity` are no JSON."""
    raise ValueError(name)


def _media_type_of_schema_1(told: Mapping[str, Any]) -> str | None:
    """Schema 1 does not name itself; it is what Docker 1.9 pushes."""
    if told.get("schemaVersion") != 1:
        return None
    return DOCKER_SCHEMA_1_SIGNED if "signatures" in told else DOCKER_SCHEMA_1


def _schema_1(manifest: bytes, told: Mapping[str, Any], media_type: str) -> Manifest:
    signed = None
    if "signatures" in told:
        signed = _signed(manifest, told)
    elif media_type == DOCKER_SCHEMA_1_SIGNED:
        raise _malformed()
    if told.get("schemaVersion") != 1:
        raise _malformed()
    layers = []
    for each in _list(told.get("fsLayers")):
        digest = each.get("blobSum") if isinstance(each, dict) else None
        if not isinstance(digest, str) or not is_digest(digest):
            raise _malformed()
        layers.append(Descriptor(_LAYER_OF_SCHEMA_1, digest, 0))
    return Manifest(media_type, None, layers=tuple(layers), signed=signed)


def _signed(manifest: bytes, told: Mapping[str, Any]) -> bytes:
    """The text that was signed: it must say the same as the whole one, which some clients read."""
    unsigned = {name: value for name, value in told.items() if name != "signatures"}
    try:
        signed = signed_text(manifest, _list(told["signatures"]))
        is_same = _object(signed) == unsigned
    except (ValueError, RecursionError):
        raise _malformed() from None
    if not is_same:
        raise _malformed()
    return signed


def _descriptors(value: Any) -> Iterator[Descriptor]:
    return (_descriptor(each) for each in _list(value))


def _descriptor(value: Any) -> Descriptor:
    if not isinstance(value, dict):
        raise _malformed()
    media_type, digest, size = value.get("mediaType"), value.get("digest"), value.get("size")
    if not isinstance(media_type, str) or not isinstance(digest, str) or not is_digest(digest):
        raise _malformed()
    if not isinstance(size, int) or isinstance(size, bool) or not 0 <= size < 2**63:
        raise _malformed()
    is_elsewhere = _has_urls(value.get("urls")) and media_type.startswith(_FOREIGN_LAYERS)
    return Descriptor(media_type, digest, size, is_foreign=is_elsewhere)


def _has_urls(value: Any) -> bool:
    if value is None:
        return False
    if not all(isinstance(each, str) for each in _list(value)):
        raise _malformed()
    return bool(value)


def _annotations(value: Any) -> Mapping[str, str]:
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise _malformed()
    return value


def _optional_text(value: Any) -> str | None:
    if value is None or (isinstance(value, str) and value):
        return value
    raise _malformed()


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > _MAX_MEMBERS:
        raise _malformed()
    return value


def _malformed() -> Refusal:
    """Amazon ECR says this of whatever it does not take as a manifest."""
    return invalid("ImageManifest", "Invalid JSON syntax")
