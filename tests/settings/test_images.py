"""What the settings come to for each image of a repository."""

from typing import Any

import pytest

from ecrpolicy import settings
from ecrpolicy.scanning import Circumstances, ScanStatus
from ecrpolicy.settings import ImageState, Settings
from ecrpolicy.snapshot import Image, Repository, StorageClass, TagMutability
from tests.builders import NOW, ago, image
from tests.registry_builders import cache, enhanced, registry, scan

TOLD: dict[str, Any] = {
    "scanning_configuration": enhanced(scan("CONTINUOUS_SCAN", "*")),
    "pull_through_cache_rules": (cache("quay"),),
}


def states(*images: Image, name: str = "quay/web", **told: Any) -> list[ImageState]:
    """The states of images of a repository whose tags may move, unless it is told otherwise."""
    own = {each: told.pop(each) for each in tuple(told) if each.startswith("image_tag")}
    members = {"image_tag_mutability": TagMutability.MUTABLE, **own}
    home = registry(Repository(name, images, **members), **{**TOLD, **told})
    [found] = settings.effective(Settings.of(home))
    return list(settings.image_states(found, Circumstances(NOW)))


def test_each_image_has_its_own_state() -> None:
    archived = image("b", days=400, storage_class=StorageClass.ARCHIVE)
    young, other = states(image("a"), archived)
    assert [each.status for each in young.scans] == [ScanStatus.ACTIVE]
    assert [each.status for each in other.scans] == [ScanStatus.IMAGE_ARCHIVED]
    assert [each.image.digest for each in (young, other)] == [image("a").digest, archived.digest]


@pytest.mark.parametrize("configuration", [None, {}])
def test_how_it_is_scanned_may_not_be_known(configuration: Any) -> None:
    """Nor is it where the registry has no rules, and the repository's own setting is not told."""
    archived = image("b", storage_class=StorageClass.ARCHIVE)
    young, other = states(image("a"), archived, scanning_configuration=configuration)
    assert young.scans == ()
    assert [each.status for each in other.scans] == [ScanStatus.IMAGE_ARCHIVED]


@pytest.mark.parametrize(("days", "looks"), [(0.9, None), (1.9, None), (2, True), (None, None)])
def test_a_cached_copy_is_due_by_the_pull_that_is_recorded(
    days: float | None, looks: bool | None
) -> None:
    pulled_at = None if days is None else ago(days)
    [found] = states(image("a", "v1", days=10, pulled_at=pulled_at))
    assert found.looks_upstream is looks


@pytest.mark.parametrize(("days", "looks"), [(0.9, False), (1, None)])
def test_an_import_is_a_look(days: float, looks: bool | None) -> None:
    [found] = states(image("a", "v1", days=days, pulled_at=NOW))
    assert found.looks_upstream is looks


def test_what_no_cache_rule_serves_looks_nowhere() -> None:
    pulled = image("a", "v1", pulled_at=ago(2))
    assert states(pulled, name="web")[0].looks_upstream is False
    assert states(pulled, pull_through_cache_rules=None)[0].looks_upstream is None


def test_a_pull_looks_by_tags_that_may_move_alone() -> None:
    """A digest names one image for ever, an immutable tag stays, the archive serves nothing."""
    old: dict[str, Any] = {"days": 10, "pulled_at": ago(5)}
    tagged = image("a", "v1", "latest", **old)
    archived = image("b", "v2", storage_class=StorageClass.ARCHIVE, **old)

    def looks(each: Image, **told: Any) -> tuple[bool | None, tuple[str, ...]]:
        [found] = states(each, **told)
        return found.looks_upstream, found.movable_tags

    assert looks(tagged) == (True, ("v1", "latest"))
    assert looks(image("c", **old)) == (False, ())
    assert looks(archived) == (False, ())
    assert looks(tagged, image_tag_mutability=TagMutability.IMMUTABLE) == (False, ())
    excluding: dict[str, Any] = {
        "image_tag_mutability": TagMutability.IMMUTABLE_WITH_EXCLUSION,
        "image_tag_mutability_exclusion_filters": ("latest",),
    }
    assert looks(tagged, **excluding) == (True, ("latest",))
    assert looks(tagged, image_tag_mutability=None) == (None, ("v1", "latest"))
