"""Images that were made up, as the service prints them."""

from datetime import UTC, datetime

from ecrpolicy.lifecycle.witness import details
from ecrpolicy.snapshot import Image, StorageClass


def test_what_an_image_has_is_printed_and_nothing_else() -> None:
    pushed, pulled, archived, back = (datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2, 3, 4))
    digest, other = (f"sha256:{letter * 64}" for letter in "ab")
    assert details(Image(digest, pushed)) == {
        "imageDigest": digest,
        "imageSizeInBytes": 0,
        "imagePushedAt": "2026-01-01T00:00:00+00:00",
        "imageStatus": "ACTIVE",
    }
    full = Image(
        digest,
        pushed,
        ("a", "b"),
        size_bytes=7,
        pulled_at=pulled,
        storage_class=StorageClass.ACTIVATING,
        archived_at=archived,
        activated_at=back,
        manifest_media_type="m",
        artifact_media_type="t",
        subject=other,
        repository="web",
        registry_id="111122223333",
    )
    assert details(full) == {
        "repositoryName": "web",
        "registryId": "111122223333",
        "imageDigest": digest,
        "imageTags": ["a", "b"],
        "imageSizeInBytes": 7,
        "imagePushedAt": "2026-01-01T00:00:00+00:00",
        "lastRecordedPullTime": "2026-01-02T00:00:00+00:00",
        "imageStatus": "ACTIVATING",
        "lastArchivedAt": "2026-01-03T00:00:00+00:00",
        "lastActivatedAt": "2026-01-04T00:00:00+00:00",
        "imageManifestMediaType": "m",
        "artifactMediaType": "t",
        "subjectManifestDigest": other,
    }
    archive = Image(digest, pushed, storage_class=StorageClass.ARCHIVE, archived_at=archived)
    assert details(archive)["imageStatus"] == "ARCHIVED"
