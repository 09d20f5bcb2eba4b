"""Cases that pin what comes out today."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ecrpolicy import iam
from ecrpolicy.lifecycle import Preview
from ecrpolicy.snapshot import Image, StorageClass
from ecrpolicy.sources import iam_cases
from ecrpolicy.wording import instant

_STATUS: Final = {
    StorageClass.STANDARD: "ACTIVE",
    StorageClass.ARCHIVE: "ARCHIVED",
    StorageClass.ACTIVATING: "ACTIVATING",
}


def of_preview(preview: Preview, policy: Mapping[str, Any] | str) -> dict[str, Any]:
    """A case of what a preview says; `policy` stands there, as it is or as the path of its file."""
    images = preview.repository.images
    manifests = {
        image.digest: list(image.manifests or ())
        for image in images
        if image.is_index and not image.has_unknown_children
    }
    results = [
        {
            "imageDigest": result.image.digest,
            "action": result.action.name,
            "appliedRulePriority": result.rule_priority,
            **({"cascade": True} if result.cascade else {}),
            **({"cannotTell": True} if result.cannot_tell else {}),
        }
        for result in preview.results
    ]
    return {
        "now": instant(preview.now),
        "policy": policy,
        "images": list(map(details, images)),
        **({"manifests": manifests} if manifests else {}),
        "expected": {"results": results},
    }


def details(image: Image) -> dict[str, Any]:
    """An image as `describe-images` prints it, without what it has not."""
    members: dict[str, Any] = {
        "repositoryName": image.repository,
        "registryId": image.registry_id,
        "imageDigest": image.digest,
        "imageTags": list(image.tags),
        "imageSizeInBytes": image.size_bytes,
        "imagePushedAt": image.pushed_at,
        "lastRecordedPullTime": image.pulled_at,
        "imageStatus": _STATUS[image.storage_class],
        "lastArchivedAt": image.archived_at,
        "lastActivatedAt": image.activated_at,
        "imageManifestMediaType": image.manifest_media_type,
        "artifactMediaType": image.artifact_media_type,
        "subjectManifestDigest": image.subject,
    }
    return {
        name: instant(value) if name.endswith(("At", "Time")) else value
        for name, value in members.items()
        if value not in (None, [])
    }


def of_request(found: iam_cases.Case, given: Mapping[str, Any]) -> dict[str, Any]:
    """A case of what is decided; `given` is the document with the request."""
    if found.policies is None:
        return {**given, "expected": {"refused": True}}
    decision = iam.authorize(found.request, found.policies)
    return {**given, "expected": {"effect": decision.effect.value}}


def rebased(policies: Any, before: Path, after: Path) -> Any:
    """Policies of a case that is moved to another folder: their paths lead from there."""
    if isinstance(policies, list):
        return [rebased(each, before, after) for each in policies]
    if isinstance(policies, str) and iam_cases.is_path(policies):
        return path_from(after, before / policies)
    return policies


def path_from(folder: Path, file: Path) -> str:
    """The path of a file from a folder, with `/` on every system."""
    return Path(os.path.relpath(file, folder)).as_posix()
