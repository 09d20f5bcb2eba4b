"""What storage costs a month."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from ecrpolicy import lifecycle
from ecrpolicy.lifecycle.costs import Costs, of_comparison, of_forecast, of_preview
from ecrpolicy.snapshot import Image, Layer, Repository, StorageClass
from tests.builders import INDEX, NOW, any_image, count, digest, image, policy, pushed, rule

GB = 1_000_000_000
PRICE = Decimal("0.10")
BASE = Layer(digest("0"), 3 * GB)


def amounts(found: Costs) -> list[tuple[str, int, str]]:
    """The amounts, with money as text."""
    return [(each.when, each.bytes, str(each.per_month.normalize())) for each in found.amounts]


def previewed(*images: Image, selection: dict[str, Any] | None = None, **said: Any) -> Costs:
    """The costs of a run that keeps the newest image, unless told otherwise."""
    judged = policy(rule(selection or any_image() | count(1), **said))
    preview = lifecycle.evaluate(judged, Repository("app", images), now=NOW)
    return of_preview(preview, PRICE)


def test_a_price_is_for_a_thousand_million_bytes_a_month() -> None:
    found = previewed(image("a", size_bytes=2 * GB), image("b", days=1, size_bytes=GB // 2))
    assert amounts(found) == [
        ("before the run", 2_500_000_000, "0.25"),
        ("after it", 2_000_000_000, "0.2"),
    ]
    assert not found.layers_once


def test_money_is_decimal() -> None:
    found = previewed(image("a", size_bytes=GB // 3))
    assert found.amounts[0].per_month == Decimal("0.0333333333")
    assert found.to_json()["amounts"][0] == {
        "when": "before the run",
        "bytes": 333_333_333,
        "perMonth": "0.033333",
    }
    assert found.to_json()["pricePerGbMonth"] == "0.10"


def test_layers_that_images_share_are_counted_once_where_all_are_known() -> None:
    """Two images of 4 and 5 GB that share 3: 6 GB; without the older one, 5."""
    found = previewed(
        image("a", size_bytes=5 * GB, layers=(BASE, Layer(digest("1"), 2 * GB))),
        image("b", days=1, size_bytes=4 * GB, layers=(BASE, Layer(digest("2"), GB))),
    )
    assert found.layers_once
    assert amounts(found) == [("before the run", 6 * GB, "0.6"), ("after it", 5 * GB, "0.5")]


def test_an_index_costs_nothing_beside_its_children() -> None:
    """Images for two platforms, of 1.0 and 0.9 GB; their index has the size of the greater."""
    size = GB // 10
    one, other = (Layer(digest("1"), 10 * size), Layer(digest("2"), 9 * size))
    children = (
        image("a", size_bytes=10 * size, layers=(one,)),
        image("b", size_bytes=9 * size, layers=(other,)),
    )
    held = (digest("a"), digest("b"))
    index = image("e", size_bytes=10 * size, manifest_media_type=INDEX, manifests=held)
    found = previewed(*children, index)
    assert found.layers_once
    assert amounts(found)[0] == ("before the run", 1_900_000_000, "0.19")
    without = previewed(*(replace(each, layers=()) for each in children), index)
    assert not without.layers_once
    assert amounts(without)[0] == ("before the run", 1_900_000_000, "0.19")


def test_one_image_whose_layers_are_unknown_is_enough_to_count_images() -> None:
    found = previewed(image("a", size_bytes=5 * GB, layers=(BASE,)), image("b", size_bytes=GB))
    assert not found.layers_once
    assert found.amounts[0].bytes == 6 * GB


def test_the_archive_is_not_priced() -> None:
    there = image("a", days=9, size_bytes=GB, storage_class=StorageClass.ARCHIVE)
    found = previewed(
        there,
        image("b", days=9, size_bytes=4 * GB),
        selection=any_image() | pushed(3),
        action="transition",
    )
    assert amounts(found) == [("before the run", 4 * GB, "0.4"), ("after it", 0, "0")]


def test_a_comparison_has_both_policies() -> None:
    images = tuple(image(digit, days=age, size_bytes=GB) for age, digit in enumerate("abc"))
    found = lifecycle.compare(
        policy(rule(any_image() | count(2))),
        policy(rule(any_image() | count(1))),
        Repository("app", images),
        now=NOW,
    )
    assert amounts(of_comparison(found, PRICE)) == [
        ("before the run", 3 * GB, "0.3"),
        ("after it under the old policy", 2 * GB, "0.2"),
        ("after it under the new policy", GB, "0.1"),
    ]


def test_a_forecast_has_some_days() -> None:
    """`a` goes on day 3, `c` comes on day 2 and goes on day 7."""
    found = lifecycle.forecast(
        policy(rule(any_image() | pushed(4))),
        Repository("app", (image("a", days=2, size_bytes=GB),)),
        now=NOW,
        days=9,
        pushes=(image("c", days=-2, size_bytes=5 * GB),),
    )
    assert [each.day for each in found.departures] == [3, 7]
    assert amounts(of_forecast(found, PRICE, (0, 2, 3, 9))) == [
        ("before the first run", GB, "0.1"),
        ("after day 0", GB, "0.1"),
        ("after day 2", 6 * GB, "0.6"),
        ("after day 3", 5 * GB, "0.5"),
        ("after day 9", 0, "0"),
    ]


def test_layers_of_images_to_come_are_not_known() -> None:
    images = tuple(image(digit, f"v{digit}", days=int(digit), layers=(BASE,)) for digit in "12")
    repository = Repository("app", images)
    judged = policy(rule(any_image() | count(1)))
    quiet = lifecycle.forecast(judged, repository, now=NOW, days=30)
    assert of_forecast(quiet, PRICE, ()).layers_once
    busy = lifecycle.forecast(
        judged,
        repository,
        now=NOW,
        days=30,
        rhythm=lifecycle.Rhythm.of(repository, now=NOW, pushes_per_day=1),
    )
    assert busy.pushes
    assert not of_forecast(busy, PRICE, ()).layers_once
