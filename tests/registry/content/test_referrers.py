"""Referrers (OCI Distribution Specification, "Listing Referrers")."""

import pytest

from ecrpolicy.registry.content import archive, referrers
from ecrpolicy.registry.content.manifests import OCI_MANIFEST
from ecrpolicy.registry.content.referrers import Referrer
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
        assert list(referrers.of(connection, web, first)) == []


@pytest.fixture
def pushed(service: Service, web: StoredRepository) -> list[str]:
    """Five referrers of one size, in the order of their pushes."""
    return [sha256(refer(service, SBOM, str(number))) for number in range(5)]


def paged(service: Service, web: StoredRepository, most: int) -> tuple[list[list[str]], list[int]]:
    """The digests of each page, and how many referrers were read for it."""
    pages: list[list[str]] = []
    counts: list[int] = []
    last: int | None = None
    with service.database.reading() as connection:
        while True:
            read: list[Referrer] = []

            def tell(each: Referrer, read: list[Referrer] = read) -> dict[str, str]:
                read.append(each)
                return {"digest": each.digest}

            found = referrers.of(connection, web, sha256(SUBJECT), last_id=last)
            page = referrers.page(found, most, tell)
            pages.append([each["digest"] for each in page.told])
            counts.append(len(read))
            if page.last is None:
                return pages, counts
            last = page.last.id


def test_a_page_has_so_many_at_most(
    service: Service, web: StoredRepository, pushed: list[str]
) -> None:
    assert paged(service, web, 2) == ([pushed[:2], pushed[2:4], pushed[4:]], [3, 3, 1])
    assert paged(service, web, 5) == ([pushed], [5])


@pytest.mark.parametrize(("room", "sizes"), [(0, [1] * 5), (2, [2, 2, 1]), (4, [4, 1])])
def test_a_page_ends_where_there_is_no_room(
    service: Service,
    web: StoredRepository,
    pushed: list[str],
    monkeypatch: pytest.MonkeyPatch,
    room: int,
    sizes: list[int],
) -> None:
    each = len('{"digest": "sha256:"},') + 64
    monkeypatch.setattr(referrers, "MOST_BYTES", room * each)
    pages, counts = paged(service, web, 1_000)
    assert [digest for page in pages for digest in page] == pushed
    assert [len(page) for page in pages] == sizes
    # One more is read, to know that there is more, and none behind that.
    assert counts == [*(size + 1 for size in sizes[:-1]), sizes[-1]]


@pytest.mark.parametrize(("room", "sizes"), [(0, [1] * 5), (2, [2, 2, 1])])
def test_a_page_ends_where_much_was_read(
    service: Service,
    web: StoredRepository,
    pushed: list[str],
    monkeypatch: pytest.MonkeyPatch,
    room: int,
    sizes: list[int],
) -> None:
    with service.database.reading() as connection:
        each = next(referrers.of(connection, web, sha256(SUBJECT))).manifest_bytes
    monkeypatch.setattr(referrers, "_MOST_READ", room * each)
    pages, _ = paged(service, web, 1_000)
    assert [digest for page in pages for digest in page] == pushed
    assert [len(page) for page in pages] == sizes
