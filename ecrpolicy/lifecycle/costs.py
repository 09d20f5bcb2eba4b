"""What storage costs a month, at a price that the reader gives; of any currency.

A GB is 1,000,000,000 bytes. Images in the archive have another price, and are left out. Within a
repository, a layer is stored once, however many images have it: where the manifests of all images
are given, so it is counted.

The service gives an index the size of its greatest child (Amazon ECR API Reference, "ImageDetail",
imageSizeInBytes). That child is stored once and counted by itself, so an index costs nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, NamedTuple

from ecrpolicy.lifecycle.compare import Comparison
from ecrpolicy.lifecycle.forecast import Forecast
from ecrpolicy.lifecycle.preview import Preview
from ecrpolicy.snapshot import Image, StorageClass

_GB: Final = Decimal(10) ** 9


class Amount(NamedTuple):
    """What is stored at some time, and what that costs a month."""

    when: str
    bytes: int
    per_month: Decimal


@dataclass(frozen=True, slots=True)
class Costs:
    """What storage costs a month, before and after.

    `layers_once`: layers that images share are counted once; else with each image, for the
    manifests of some are not given.
    """

    price_per_gb_month: Decimal
    layers_once: bool
    amounts: tuple[Amount, ...]

    def to_json(self) -> dict[str, Any]:
        """The costs as plain JSON values; money as text, for it is decimal."""
        return {
            "pricePerGbMonth": str(self.price_per_gb_month),
            "layersCountedOnce": self.layers_once,
            "amounts": [
                {
                    "when": amount.when,
                    "bytes": amount.bytes,
                    "perMonth": f"{amount.per_month:.6f}",
                }
                for amount in self.amounts
            ],
        }


def of_preview(preview: Preview, price: Decimal) -> Costs:
    """What storage costs before a run and after it."""
    return _costs(
        preview.repository.images,
        price,
        [("before the run", preview.repository.images), ("after it", _left(preview))],
    )


def of_comparison(comparison: Comparison, price: Decimal) -> Costs:
    """What storage costs before a run, and after it under each of the policies."""
    images = comparison.old.repository.images
    return _costs(
        images,
        price,
        [
            ("before the run", images),
            ("after it under the old policy", _left(comparison.old)),
            ("after it under the new policy", _left(comparison.new)),
        ],
    )


def of_forecast(forecast: Forecast, price: Decimal, days: Iterable[int]) -> Costs:
    """What storage costs before the first run, and after the runs of some days."""
    images = forecast.repository.images
    return _costs(
        (*images, *forecast.pushes),
        price,
        [
            ("before the first run", images),
            *((f"after day {day}", forecast.kept_after(day)) for day in days),
        ],
    )


def _left(preview: Preview) -> Iterator[Image]:
    """The images that a run leaves where they are."""
    return (each for each in preview.repository.images if each.digest not in preview.by_digest)


def _costs(
    everything: Sequence[Image], price: Decimal, stored: Iterable[tuple[str, Iterable[Image]]]
) -> Costs:
    layers_once = all(image.layers or image.is_index for image in everything)
    amounts = []
    for when, images in stored:
        size = _bytes(images, layers_once=layers_once)
        amounts.append(Amount(when, size, size * price / _GB))
    return Costs(price, layers_once, tuple(amounts))


def _bytes(images: Iterable[Image], *, layers_once: bool) -> int:
    """The bytes of the images that are not archived."""
    there = [
        image
        for image in images
        if image.storage_class is not StorageClass.ARCHIVE and not image.is_index
    ]
    if not layers_once:
        return sum(image.size_bytes for image in there)
    layers = {layer.digest: layer.size_bytes for image in there for layer in image.layers}
    return sum(layers.values())
