"""Every image of a preview, a forecast or a comparison, as comma-separated values."""

import csv
import io

from ecrpolicy.lifecycle import Comparison, Forecast, Preview
from ecrpolicy.lifecycle.ranking import pushed_time
from ecrpolicy.snapshot import Image
from ecrpolicy.wording import printable

_HEADER = (
    "imageDigest",
    "imageTags",
    "imagePushedAt",
    "imageSizeInBytes",
    "action",
    "appliedRulePriority",
    "reason",
    "cascade",
    "cannotTell",
)

_FORECAST_HEADER = (
    "day",
    "at",
    "imageDigest",
    "imageTags",
    "imagePushedAt",
    "imageSizeInBytes",
    "action",
    "appliedRulePriority",
    "cascade",
    "cannotTell",
    "pushedMeanwhile",
)
_COMPARISON_HEADER = (
    "imageDigest",
    "imageTags",
    "imagePushedAt",
    "imageSizeInBytes",
    "turn",
    "oldAction",
    "oldAppliedRulePriority",
    "newAction",
    "newAppliedRulePriority",
    "causes",
    "cannotTell",
)


def preview(preview: Preview) -> str:
    """A row an image, older first: what happens to it, and why; spaces separate the tags."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEADER)
    images = preview.repository.images
    for image in sorted(images, key=lambda image: (pushed_time(image), image.digest)):
        result = preview.by_digest.get(image.digest)
        reason, priority = preview.explainer.reason(image)
        writer.writerow(
            (
                *_image(image),
                result.action.name if result else "",
                "" if priority is None else priority,
                reason.name,
                _flag(result and result.cascade),
                _flag(result and result.cannot_tell),
            )
        )
    return text.getvalue()


def forecast(forecast: Forecast) -> str:
    """A row a departure, in order, then a row for each image that stays, without a day."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_FORECAST_HEADER)
    for each in forecast.departures:
        writer.writerow(
            (
                each.day,
                forecast.at(each.day).isoformat(),
                *_image(each.image),
                each.action.name,
                each.rule_priority,
                _flag(each.cascade),
                _flag(each.cannot_tell),
                _flag(each.image.digest in forecast.first_runs),
            )
        )
    for image in forecast.staying:
        is_new = _flag(image.digest in forecast.first_runs)
        writer.writerow(("", "", *_image(image), "", "", "false", "false", is_new))
    return text.getvalue()


def comparison(comparison: Comparison) -> str:
    """A row an image, older first: what happens to it under both policies, and why it differs."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COMPARISON_HEADER)
    images = comparison.old.repository.images
    for image in sorted(images, key=lambda image: (pushed_time(image), image.digest)):
        turned = comparison.by_digest.get(image.digest)
        writer.writerow(
            (
                *_image(image),
                turned.turn.name if turned else "",
                *_fate(comparison.old, image),
                *_fate(comparison.new, image),
                "; ".join(map(str, turned.causes)) if turned else "",
                _flag(turned and turned.cannot_tell),
            )
        )
    return text.getvalue()


def _fate(preview: Preview, image: Image) -> tuple[str | int, str | int]:
    result = preview.by_digest.get(image.digest)
    return (result.action.name, result.rule_priority) if result else ("", "")


def _image(image: Image) -> tuple[str | int, ...]:
    tags = " ".join(map(printable, image.tags))
    return image.digest, tags, image.pushed_at.isoformat(), image.size_bytes


def _flag(is_so: object) -> str:
    return "true" if is_so else "false"
