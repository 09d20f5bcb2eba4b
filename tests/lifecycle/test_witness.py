"""Images that were made up, in words."""

from datetime import UTC, datetime
from typing import Any

import pytest

from ecrpolicy.lifecycle.witness import details, digest_of, line, lines
from ecrpolicy.snapshot import Image, StorageClass
from tests.builders import NOW, ago, image


def of_tags(*several: tuple[str, ...], **members: Any) -> list[Image]:
    """Images with these tags that are alike in all else."""
    return [image(f"{at:x}", *tags, **members) for at, tags in enumerate(several)]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (image("a", "v1", days=3), "an image with the tag `v1`, pushed 3 d ago"),
        (image("a", "v1", "w"), "an image with the tags `v1` and `w`, pushed just now"),
        (image("a", days=0.5), "an image without a tag, pushed 12 h ago"),
        (
            image("a", days=9, pulled_at=ago(8), archived_at=ago(4)),
            "an image without a tag, pushed 9 d ago, pulled 8 d ago, archived 4 d ago",
        ),
        (image("a", "v\x1b[2J"), r"an image with the tag `v\x1b[2J`, pushed just now"),
    ],
)
def test_an_image_is_told_by_its_tags_and_times(made: Image, expected: str) -> None:
    assert line(made, NOW) == expected
    assert list(lines([made], NOW)) == [expected]


def test_images_that_are_alike_but_for_their_tags_share_a_line() -> None:
    images = [
        *of_tags(("a",), ("b",), ("c",), days=1),
        *of_tags(("a", "b"), ("c", "d"), days=1),
        *of_tags((), (), days=2),
        *of_tags(("a",), ("b",), ("c",), ("d",), ("e",), days=2),
    ]
    assert list(lines(images, NOW)) == [
        "3 images with a tag each, pushed 1 d ago: `a`; `b`; `c`",
        "2 images with 2 tags each, pushed 1 d ago: `a` and `b`; `c` and `d`",
        "2 times: an image without a tag, pushed 2 d ago",
        "5 images with a tag each, pushed 2 d ago: `a`; `b`; `c`; and so on, to `e`",
    ]


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


def test_made_up_digests_are_digests() -> None:
    assert digest_of(255) == "sha256:" + "0" * 62 + "ff"
