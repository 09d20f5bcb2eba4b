"""Cases that pin what comes out today."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ecrpolicy import iam
from ecrpolicy.lifecycle import Preview
from ecrpolicy.lifecycle.witness import details
from ecrpolicy.sources import iam_cases


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
        "now": preview.now.isoformat(),
        "policy": policy,
        "images": list(map(details, images)),
        **({"manifests": manifests} if manifests else {}),
        "expected": {"results": results},
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
