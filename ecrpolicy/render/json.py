"""Previews, forecasts and comparisons as JSON.

A preview has the members of the service's GetLifecyclePolicyPreview answer: what reads the one
reads the other; what the service does not tell stands beside it under names of our own: `cascade`
and `cannotTell` in a result, and `ecrpolicy` for the whole.
"""

import json
from collections.abc import Sequence
from typing import Any

from ecrpolicy.finding import Finding
from ecrpolicy.lifecycle import (
    Action,
    Comparison,
    Explanation,
    Forecast,
    LifecyclePolicy,
    Preview,
    Result,
    Search,
)
from ecrpolicy.lifecycle.costs import Costs
from ecrpolicy.lifecycle.differences import Difference
from ecrpolicy.render.in_use_words import Guard
from ecrpolicy.snapshot import Repository, StorageClass


def preview(
    preview: Preview,
    explanations: Sequence[Explanation],
    policy_text: str | None,
    guard: Guard | None = None,
    costs: Costs | None = None,
) -> str:
    """The whole preview; `policy_text` as it was given, else written anew."""
    answer = {
        **_subject(preview.repository, policy_text or _policy_text(preview.policy)),
        "status": "COMPLETE",
        "previewResults": [_result(result) for result in preview.results],
        "summary": _summary(preview),
        "ecrpolicy": {
            "now": preview.now.isoformat(),
            "summary": preview.summarise().to_json(),
            "warnings": [finding(warning) for warning in preview.warnings],
            "explanations": [explanation.to_json() for explanation in explanations],
            **_besides(guard, costs),
        },
    }
    return text(answer)


def forecast(
    forecast: Forecast,
    firsts: Sequence[str],
    policy_text: str | None,
    guard: Guard | None = None,
    costs: Costs | None = None,
) -> str:
    """The whole forecast, and when the first image with a tag that meets each pattern goes."""
    return text(
        {
            **_subject(forecast.repository, policy_text or _policy_text(forecast.policy)),
            **forecast.to_json(),
            "first": [
                {
                    "tags": pattern,
                    "departure": forecast.departure_json(found)
                    if (found := forecast.first(pattern))
                    else None,
                }
                for pattern in firsts
            ],
            **_besides(guard, costs),
        }
    )


def comparison(
    comparison: Comparison | None,
    search: Search | None,
    old_text: str,
    new_text: str,
    guard: Guard | None = None,
    costs: Costs | None = None,
) -> str:
    """The whole comparison, and whether the policies can differ, as far as it was asked for."""
    answer: dict[str, Any] = {
        "oldLifecyclePolicyText": old_text,
        "newLifecyclePolicyText": new_text,
    }
    if comparison is not None:
        repository = comparison.old.repository
        registry = {"registryId": repository.registry_id} if repository.registry_id else {}
        answer |= {**registry, "repositoryName": repository.name, **comparison.to_json()}
        answer["warnings"] = [
            {"policy": name, **finding(warning)} for name, warning in comparison.warnings
        ]
    answer |= _besides(guard, costs)
    if search is not None:
        answer["anyRepository"] = search.to_json()
    return text(answer)


def text(value: Any) -> str:
    """JSON for people and programs: indented, ASCII alone."""
    return json.dumps(value, indent=2) + "\n"


def _subject(repository: Repository, policy_text: str) -> dict[str, Any]:
    """Which repository, and which policy."""
    registry = {"registryId": repository.registry_id} if repository.registry_id else {}
    return {**registry, "repositoryName": repository.name, "lifecyclePolicyText": policy_text}


def _besides(guard: Guard | None, costs: Costs | None) -> dict[str, Any]:
    """What is in use, what goes against expectations, costs: as far as they were asked for."""
    answer: dict[str, Any] = {}
    if guard is not None:
        answer["inUse"] = guard.in_use.to_json() if guard.in_use else None
        answer["unmet"] = [each.to_json() for each in guard.unmet]
    if costs is not None:
        answer["costs"] = costs.to_json()
    return answer


def _policy_text(policy: LifecyclePolicy) -> str:
    return json.dumps(policy.document())


def _result(result: Result) -> dict[str, Any]:
    image = result.image
    action = {"type": result.action.name}
    if result.action is Action.TRANSITION:
        action["targetStorageClass"] = "ARCHIVE"
    written: dict[str, Any] = {
        "imageTags": list(image.tags),
        "imageDigest": image.digest,
        "imagePushedAt": image.pushed_at.isoformat(),
        "action": action,
        "appliedRulePriority": result.rule_priority,
    }
    if image.storage_class is not StorageClass.ACTIVATING:
        written["storageClass"] = image.storage_class.name
    return written | {
        "imageSizeInBytes": image.size_bytes,
        "cascade": result.cascade,
        "cannotTell": result.cannot_tell,
    }


def _summary(preview: Preview) -> dict[str, Any]:
    expiring = sum(result.action is Action.EXPIRE for result in preview.results)
    summary: dict[str, Any] = {"expiringImageTotalCount": expiring}
    if transitioning := len(preview.results) - expiring:
        summary["transitioningImageTotalCounts"] = [
            {"targetStorageClass": "ARCHIVE", "imageTotalCount": transitioning}
        ]
    return summary


def finding(finding: Finding) -> dict[str, Any]:
    """A finding as plain JSON values."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "help": finding.help,
        "images": list(finding.images),
    }


def differences(found: Sequence[Difference]) -> str:
    """Where a preview and the service's own differ."""
    return text({"differences": [difference.to_json() for difference in found]})
