"""Referrers (OCI Distribution Specification, "Listing Referrers")."""

from ecrpolicy.registry.content import archive, referrers
from ecrpolicy.registry.content.manifests import OCI_MANIFEST
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.service import Service
from tests.registry.content.service import (
    HERE,
    NOW,
    descriptor,
    make_repository,
    manifest_of,
    push_image,
    push_layer,
    sha256,
)

SUBJECT = manifest_of(b"subject")
SIGNATURE, SBOM = "application/vnd.cncf.notary.signature", "application/spdx+json"


def refer(service: Service, kind: str, text: str, name: str = "web") -> bytes:
    push_layer(service, b"{}", name)
    manifest = manifest_of(
        b"{}",
        subject=descriptor(SUBJECT, OCI_MANIFEST),
        artifactType=kind,
        annotations={"text": text},
    )
    push_image(service, manifest, name=name)
    return manifest


def test_referrers_are_told_with_what_they_are(service: Service, web: StoredRepository) -> None:
    manifest = refer(service, SIGNATURE, "ana")
    with service.database.reading() as connection:
        (found,) = referrers.of(connection, web, sha256(SUBJECT))
    assert found.digest == sha256(manifest)
    assert found.media_type == OCI_MANIFEST
    assert found.artifact_type == SIGNATURE
    assert found.manifest_bytes == len(manifest)
    assert found.size_bytes == len(b"{}")
    assert found.annotations == {"text": "ana"}


def test_referrers_are_chosen(service: Service, web: StoredRepository) -> None:
    make_repository(service, "api")
    refer(service, SIGNATURE, "elsewhere", "api")
    first, second, third = (
        sha256(refer(service, kind, text))
        for kind, text in ((SIGNATURE, "1"), (SBOM, "2"), (SIGNATURE, "3"))
    )
    archive.set_storage_class(service, HERE, "web", {"imageDigest": third}, "ARCHIVE", NOW)
    subject = sha256(SUBJECT)
    with service.database.reading() as connection:

        def digests(*types: str, **chosen: object) -> list[str]:
            found = referrers.of(connection, web, subject, types, **chosen)  # type: ignore[arg-type]
            return [each.digest for each in found]

        assert digests() == [first, second]
        assert digests(SIGNATURE) == [first]
        assert digests(SIGNATURE, SBOM) == [first, second]
        assert digests("application/x") == []
        assert digests(statuses=("ACTIVE", "ARCHIVED")) == [first, second, third]
        assert digests(limit=1) == [first]
        (one,) = referrers.of(connection, web, subject, limit=1)
        assert digests(last_id=one.id) == [second]
        assert referrers.of(connection, web, first) == ()
