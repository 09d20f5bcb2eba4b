"""The page of a preview: the storage curve."""

from datetime import timedelta

from ecrpolicy.render.report import previews
from ecrpolicy.render.report.model import Curve
from ecrpolicy.snapshot import Image
from tests.builders import NOW, any_image, count, image, preview, pushed, rule


def curve(rules: list[dict[str, object]], *images: Image) -> Curve:
    """The storage curve of a preview."""
    found = previews.report(preview(rules, *images)).curve
    assert found is not None
    return found


def test_the_highest_point_is_kept_of_many() -> None:
    small = [
        Image(f"sha256:{number:064x}", NOW - timedelta(days=100, hours=-number), size_bytes=1)
        for number in range(409)
    ]
    huge = image("f", days=20, size_bytes=1_000)
    found = curve([rule(any_image() | pushed(10))], *small, huge)
    assert len(found.points) < 409
    assert found.points[-2:] == [(huge.pushed_at, 410, 1_409), (NOW, 0, 0)]


def test_what_is_archived_is_kept() -> None:
    old, young = image("a", days=20, size_bytes=5), image("b", days=1, size_bytes=7)
    archiving = rule(any_image() | pushed(10), action="transition")
    assert curve([archiving], old, young).points[-1] == (NOW, 2, 12)
    assert curve([rule(any_image() | pushed(10))], old, young).points[-1] == (NOW, 1, 7)


def test_time_does_not_run_backwards() -> None:
    later = image("a", days=-3, size_bytes=5)
    points = curve([rule(any_image() | count(1))], later, image("b", days=1)).points
    assert [point.at for point in points] == [NOW - timedelta(days=1)] + [later.pushed_at] * 2


def test_an_empty_repository_has_no_curve() -> None:
    assert previews.report(preview([rule(any_image() | count(1))])).curve is None
