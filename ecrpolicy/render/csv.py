"""Every image of a preview as comma-separated values, older first, for spreadsheets."""

import csv
import io

from ecrpolicy.lifecycle import Preview
from ecrpolicy.lifecycle.ranking import pushed_time
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


def preview(preview: Preview) -> str:
    """A row an image: what happens to it, and why; the tags are separated by spaces."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEADER)
    images = preview.repository.images
    for image in sorted(images, key=lambda image: (pushed_time(image), image.digest)):
        result = preview.by_digest.get(image.digest)
        reason, priority = preview.explainer.reason(image)
        writer.writerow(
            (
                image.digest,
                " ".join(map(printable, image.tags)),
                image.pushed_at.isoformat(),
                image.size_bytes,
                result.action.name if result else "",
                "" if priority is None else priority,
                reason.name,
                "true" if result and result.cascade else "false",
                "true" if result and result.cannot_tell else "false",
            )
        )
    return text.getvalue()
