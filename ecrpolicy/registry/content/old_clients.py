"""Images for clients that take manifests of schema 1 alone, as Docker does before its version 1.10.

Amazon ECR User Guide, "Amazon ECR image manifest conversion": what is pushed as schema 2 or in the
format of the OCI is translated to schema 1 for them; schema 1 itself needs no translation, whether
it was pushed with signatures or without.
"""

from datetime import datetime
from typing import Final

from ecrpolicy import quotas
from ecrpolicy.registry.blobs.digests import digest_of
from ecrpolicy.registry.content import layers, uploads
from ecrpolicy.registry.content.conversion import Converted
from ecrpolicy.registry.content.manifests import (
    DOCKER_CONFIG,
    DOCKER_LAYER,
    DOCKER_SCHEMA_1,
    DOCKER_SCHEMA_1_SIGNED,
    DOCKER_SCHEMA_2,
    OCI_CONFIG,
    OCI_LAYER,
    OCI_MANIFEST,
    SCHEMA_1,
    Manifest,
    read,
)
from ecrpolicy.registry.content.media_types import Accepted
from ecrpolicy.registry.content.schema1 import EMPTY_LAYER, EMPTY_LAYER_CONTENT, build
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.service import Service

_CONVERTED: Final = (OCI_MANIFEST, DOCKER_SCHEMA_2, *SCHEMA_1)
_CONFIGURATIONS: Final = frozenset((OCI_CONFIG, DOCKER_CONFIG))

# Schema 1 says nothing of a layer but its digest: not where else it lies, nor how it is packed, and
# a client of that age has never heard of zstd.
_LAYERS: Final = frozenset((OCI_LAYER, f"{OCI_LAYER}+gzip", DOCKER_LAYER, f"{DOCKER_LAYER}.gzip"))

# As much as a manifest may have: the configuration becomes a part of one.
_MAX_BYTES: Final = quotas.MANIFEST_MAX_CHARACTERS


def may_convert(media_type: str, accepted: Accepted) -> bool:
    """Whether it depends on the image alone that a client gets it as schema 1."""
    return media_type in _CONVERTED and _wanted(accepted) is not None


def convert(
    service: Service,
    repository: StoredRepository,
    tag: str,
    stored: Converted,
    accepted: Accepted,
    now: datetime,
) -> Converted | None:
    """The manifest of a tag as schema 1 where a client takes that, None where none can be made.

    The layer of steps that change no file is put in the repository: the client pulls it next.
    """
    wanted = _wanted(accepted)
    if wanted is None or stored.media_type not in _CONVERTED:
        return None
    said = read(stored.manifest, stored.media_type)
    if stored.media_type in SCHEMA_1:
        return _in_other_form(service, stored, said.signed, wanted, now)
    config = _configuration(service, repository, said)
    if config is None:
        return None
    made = build(repository.name, tag, [each.digest for each in said.layers], config)
    if made is None:
        return None
    sent = _sent(service, wanted, made.text, now)
    if sent is not None and made.has_empty_layer:
        _put_empty_layer(service, repository, now)
    return sent


def _in_other_form(
    service: Service, stored: Converted, signed: bytes | None, wanted: str, now: datetime
) -> Converted | None:
    """Schema 1 as it is stored, without its signatures, or with one; `signed` is what they sign."""
    if signed is None:
        return _sent(service, wanted, stored.manifest, now)
    sent = signed if wanted == DOCKER_SCHEMA_1 else stored.manifest
    return Converted(wanted, sent, stored.digest)


def _sent(service: Service, wanted: str, text: bytes, now: datetime) -> Converted | None:
    """A manifest of schema 1, signed or not; whoever has signed it, its digest is the same."""
    sent = service.signer.signed(text, now) if wanted == DOCKER_SCHEMA_1_SIGNED else text
    return Converted(wanted, sent, digest_of(text)) if len(sent) <= _MAX_BYTES else None


def _wanted(accepted: Accepted) -> str | None:
    """Signed, which comes first, if a client takes both: Docker itself reads no other."""
    return next((each for each in SCHEMA_1 if accepted.takes(each)), None)


def _configuration(service: Service, repository: StoredRepository, said: Manifest) -> bytes | None:
    """The configuration of an image that schema 1 has a place for; None of any other."""
    config = said.config
    if config is None or not _CONFIGURATIONS.issuperset((config.media_type, said.artifact_type)):
        return None
    if not _LAYERS.issuperset(each.media_type for each in said.layers):
        return None
    with service.database.reading() as connection:
        blob = layers.find(connection, repository, config.digest)
    if blob is None or blob.size_bytes > _MAX_BYTES:
        return None
    try:
        return b"".join(service.blobs.read(blob.file))
    except FileNotFoundError:
        # It was swept away since it was looked up.
        return None


def _put_empty_layer(service: Service, repository: StoredRepository, now: datetime) -> None:
    """Have the layer there for as long as layers are kept that no image has."""
    if layers.present(service, repository, (EMPTY_LAYER,), now):
        return
    place, name = repository.place, repository.name
    upload = uploads.start(service, place, name, now)
    uploads.append(service, place, name, upload.id, 0, (EMPTY_LAYER_CONTENT,), now)
    uploads.finish(service, place, name, upload.id, EMPTY_LAYER, now, is_repeatable=True)
