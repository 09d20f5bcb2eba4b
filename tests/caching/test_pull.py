"""What a pull through a cache does."""

from datetime import timedelta
from typing import Any

import pytest

from ecrpolicy import caching
from ecrpolicy.caching import BETWEEN_LOOKS, BETWEEN_RECORDS, Pull, Pulled
from ecrpolicy.snapshot import Repository, StorageClass, TagMutability
from tests.builders import NOW, ago, digest, image

LEAST = timedelta.resolution


@pytest.mark.parametrize(
    ("since", "due"),
    [
        (timedelta(0), False),
        (timedelta(hours=24) - LEAST, False),
        (timedelta(hours=24), True),
        (timedelta(days=9), True),
    ],
)
def test_the_upstream_is_asked_again_24_hours_after_the_last_look(
    since: timedelta, *, due: bool
) -> None:
    assert caching.is_due(NOW - since, NOW) is due
    assert timedelta(days=1) == BETWEEN_LOOKS == BETWEEN_RECORDS


def test_what_a_snapshot_tells_settles_some_looks() -> None:
    assert caching.looks_upstream(ago(2), NOW) is True
    assert caching.looks_upstream(ago(2) + LEAST, NOW) is None
    assert caching.looks_upstream(NOW, NOW) is None
    assert caching.looks_upstream(None, NOW) is None
    assert caching.looks_upstream(None, NOW, imported_at=ago(1) + LEAST) is False
    assert caching.looks_upstream(None, NOW, imported_at=ago(1)) is None
    assert caching.looks_upstream(ago(2), NOW, imported_at=ago(3)) is True


def pulled(reference: str, looked_days_ago: float = 2, **members: Any) -> Pulled:
    """A pull of a name that has one image, with the tag `v1`."""
    there = Repository("quay/web", (image("a", "v1"),), **members)
    return caching.pull(there, reference, looked_at=ago(looked_days_ago), now=NOW)


def test_a_pull_imports_serves_or_renews() -> None:
    assert caching.pull(None, "v1", looked_at=None, now=NOW).pull is Pull.IMPORTED
    assert pulled("v2").pull is Pull.IMPORTED
    assert pulled("v1", 0.5).pull is Pull.SERVED
    assert pulled("v1").pull is Pull.RENEWED


def test_a_digest_is_not_renewed() -> None:
    assert pulled(digest("a")).pull is Pull.FIXED
    assert pulled(digest("b")).pull is Pull.IMPORTED


def test_an_immutable_tag_is_not_renewed_and_the_filter_is_told() -> None:
    immutable: dict[str, Any] = {"image_tag_mutability": TagMutability.IMMUTABLE}
    assert pulled("v1", **immutable) == Pulled(Pull.KEPT)
    assert pulled("v2", **immutable) == Pulled(Pull.IMPORTED)
    excluded: dict[str, Any] = {
        "image_tag_mutability": TagMutability.IMMUTABLE_WITH_EXCLUSION,
        "image_tag_mutability_exclusion_filters": ("v*",),
    }
    assert pulled("v1", **excluded) == Pulled(Pull.RENEWED, "v*")


def test_an_archived_image_is_not_served() -> None:
    """Guide, "Archiving an image": one that is archived cannot be pulled."""
    archived = image("a", "v1", storage_class=StorageClass.ARCHIVE)
    for mutability in (TagMutability.MUTABLE, TagMutability.IMMUTABLE):
        there = Repository(
            "quay/web", (archived, image("b", "v2")), image_tag_mutability=mutability
        )
        for reference in ("v1", digest("a")):
            found = caching.pull(there, reference, looked_at=NOW, now=NOW)
            assert found == Pulled(Pull.ARCHIVED)
        assert caching.pull(there, digest("b"), looked_at=NOW, now=NOW).pull is Pull.FIXED


def test_of_images_that_are_not_known_nothing_is_said() -> None:
    found = caching.pull(Repository("quay/web"), "v1", looked_at=None, now=NOW)
    assert found.pull is Pull.UNKNOWN
