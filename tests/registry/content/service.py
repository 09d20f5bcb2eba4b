"""A service without its web: what content needs, on a directory of its own."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert

from ecrpolicy.registry.auth.authority import Authority
from ecrpolicy.registry.blobs.durable import make_directory
from ecrpolicy.registry.blobs.store import BlobStore
from ecrpolicy.registry.content import pushing, uploads
from ecrpolicy.registry.content.layers import Layer
from ecrpolicy.registry.content.manifests import OCI_INDEX, OCI_MANIFEST
from ecrpolicy.registry.content.pushing import Pushed
from ecrpolicy.registry.metadata.database import Database
from ecrpolicy.registry.metadata.repositories import StoredRepository, require
from ecrpolicy.registry.metadata.tables import metadata, repositories
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.seal import Seal
from ecrpolicy.registry.service import Service
from ecrpolicy.registry.settings import Settings
from ecrpolicy.registry.signer import Signer
from ecrpolicy.registry.throttle import Throttle

HERE: Final = Place("111122223333", "us-east-1")
NOW: Final = datetime(2026, 3, 1, 12, tzinfo=UTC)


def open_content(data: Path) -> Service:
    """A service on a directory, which may have been one before."""
    identities = data / "identities.json"
    make_directory(data)
    if not identities.exists():
        identities.write_text(json.dumps([{"AccountId": HERE.account}]))
        identities.chmod(0o600)
    settings = Settings(data, identities, HERE.account)
    make_directory(settings.uploads)
    database = Database(settings.database)
    metadata.create_all(database.engine)
    return Service(
        settings,
        database,
        BlobStore(settings.blobs),
        Authority.read(identities),
        Seal(b"secret"),
        Signer(settings.signing_key),
        Throttle.off(),
        lambda: NOW,
    )


def make_repository(service: Service, name: str = "web", **columns: Any) -> StoredRepository:
    """A repository; `columns` are those of its table."""
    values = {
        "account": HERE.account,
        "region": HERE.region,
        "name": name,
        "created_at": NOW,
        "mutability": "MUTABLE",
        "exclusion_filters": [],
        "scan_on_push": False,
        "encryption": {"encryptionType": "AES256"},
        **columns,
    }
    with service.database.writing() as connection:
        connection.execute(insert(repositories).values(values))
        return require(connection, HERE, name)


def sha256(content: bytes) -> str:
    """The digest of content."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def push_layer(service: Service, content: bytes, name: str = "web", now: datetime = NOW) -> Layer:
    """Upload a layer in one piece."""
    upload = uploads.start(service, HERE, name, now)
    uploads.append(service, HERE, name, upload.id, 0, [content], now)
    return uploads.finish(service, HERE, name, upload.id, sha256(content), now, is_repeatable=True)


def manifest_of(config: bytes, layers: Sequence[bytes] = (), **members: Any) -> bytes:
    """The manifest of an image of the OCI."""
    told = {
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "config": descriptor(config, "application/vnd.oci.image.config.v1+json"),
        "layers": [descriptor(each, "application/vnd.oci.image.layer.v1.tar") for each in layers],
        **members,
    }
    return json.dumps(told).encode()


def index_of(*manifests: bytes, **members: Any) -> bytes:
    """An index of images."""
    children = [descriptor(each, OCI_MANIFEST) for each in manifests]
    told = {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": children, **members}
    return json.dumps(told).encode()


def descriptor(content: bytes, media_type: str) -> Mapping[str, Any]:
    """What refers to content."""
    return {"mediaType": media_type, "digest": sha256(content), "size": len(content)}


def push_image(
    service: Service, manifest: bytes, tag: str | None = None, name: str = "web", **more: Any
) -> Pushed:
    """Put an image whose layers are there."""
    return pushing.put_image(service, HERE, name, manifest, tag=tag, **{"now": NOW, **more})


def push(
    service: Service, text: str, tag: str | None = None, name: str = "web", **more: Any
) -> Pushed:
    """Push a whole image, of one layer; what it is made of hangs on the text alone."""
    config, layer = f"config of {text}".encode(), f"layer of {text}".encode()
    for each in (config, layer):
        push_layer(service, each, name)
    return push_image(service, manifest_of(config, [layer]), tag, name, **more)
