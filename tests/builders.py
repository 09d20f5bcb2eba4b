"""Short ways to write down the policies and repositories of tests."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from ecrpolicy import lifecycle
from ecrpolicy.lifecycle import LifecyclePolicy, Preview
from ecrpolicy.snapshot import Image, Repository

NOW = datetime(2026, 1, 31, tzinfo=UTC)
INDEX = "application/vnd.oci.image.index.v1+json"


def digest(digit: str) -> str:
    """A digest of one hexadecimal digit repeated."""
    return "sha256:" + digit * 64


def image(digit: str, *tags: str, days: float = 0, **members: Any) -> Image:
    """An image pushed some days before `NOW`."""
    pushed_at = members.pop("pushed_at", NOW - timedelta(days=days))
    return Image(digest=digest(digit), pushed_at=pushed_at, tags=tags, **members)


def ago(days: float) -> datetime:
    """The instant some days before `NOW`."""
    return NOW - timedelta(days=days)


def rule(
    selection: dict[str, Any],
    *,
    priority: int = 1,
    action: str = "expire",
    description: str | None = None,
) -> dict[str, Any]:
    """A rule of a policy document."""
    said = {"type": action}
    if action == "transition":
        said["targetStorageClass"] = "archive"
    described = {} if description is None else {"description": description}
    return {"rulePriority": priority, **described, "selection": selection, "action": said}


def document(*rules: Any) -> dict[str, Any]:
    """A policy document of some rules, or of what else stands in their place."""
    return {"rules": list(rules)}


def any_image() -> dict[str, Any]:
    """The part of a selection that takes every image."""
    return {"tagStatus": "any"}


def untagged() -> dict[str, Any]:
    """The part of a selection that takes images without tags."""
    return {"tagStatus": "untagged"}


def prefixes(*entries: str) -> dict[str, Any]:
    """The part of a selection that asks for prefixes."""
    return {"tagStatus": "tagged", "tagPrefixList": list(entries)}


def patterns(*entries: str) -> dict[str, Any]:
    """The part of a selection that asks for patterns."""
    return {"tagStatus": "tagged", "tagPatternList": list(entries)}


def count(number: int) -> dict[str, Any]:
    """The part of a selection that keeps some images."""
    return {"countType": "imageCountMoreThan", "countNumber": number}


def pushed(days: int) -> dict[str, Any]:
    """The part of a selection that keeps images for some days after their push."""
    return {"countType": "sinceImagePushed", "countUnit": "days", "countNumber": days}


def pulled(days: int) -> dict[str, Any]:
    """The part of a selection that keeps images for some days after their last pull."""
    return {"countType": "sinceImagePulled", "countUnit": "days", "countNumber": days}


def archived(days: int) -> dict[str, Any]:
    """The part of a selection that keeps archived images for some days."""
    return {
        "storageClass": "archive",
        "countType": "sinceImageTransitioned",
        "countUnit": "days",
        "countNumber": days,
    }


def policy(*rules: dict[str, Any]) -> LifecyclePolicy:
    """A policy of some rules."""
    return lifecycle.parse({"rules": list(rules)})


def preview(rules: Iterable[dict[str, Any]], *images: Image) -> Preview:
    """What some rules do with some images at `NOW`."""
    return lifecycle.evaluate(policy(*rules), Repository("app", images), now=NOW)


def gone(preview: Preview) -> list[tuple[str, int]]:
    """What goes, in order: the digit of each image's digest, and the priority of the rule."""
    return [(result.image.digest[-1], result.rule_priority) for result in preview.results]
