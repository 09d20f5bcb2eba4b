"""What the AWS CLI would have printed, for tests of the command line."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
POLICY = FIXTURES / "policies" / "storefront-web.json"
IMAGES = FIXTURES / "snapshots" / "storefront-web.describe-images.json"
MANIFESTS = FIXTURES / "snapshots" / "storefront-web.batch-get-image.json"

NOW = "2026-01-31T00:00:00Z"
STOREFRONT = (str(POLICY), "--images", str(IMAGES), "--manifests", str(MANIFESTS), "--now", NOW)

INDEX = "application/vnd.oci.image.index.v1+json"

Details = dict[str, Any]


def digest(digit: str) -> str:
    """A digest of one hexadecimal digit repeated."""
    return "sha256:" + digit * 64


def image(digit: str, *tags: str, **members: Any) -> Details:
    """One image as `describe-images` prints it, pushed long ago."""
    tagged = {"imageTags": list(tags)} if tags else {}
    return {
        "registryId": "111122223333",
        "repositoryName": "team/app",
        "imageDigest": digest(digit),
        **tagged,
        "imageSizeInBytes": 1000,
        "imagePushedAt": "2026-01-01T00:00:00+00:00",
        "imageManifestMediaType": "application/vnd.oci.image.manifest.v1+json",
        "imageStatus": "ACTIVE",
        **members,
    }


def listing(*images: Details, **members: Any) -> str:
    """The output of `describe-images`, indented as the CLI prints it."""
    return json.dumps({"imageDetails": list(images), **members}, indent=4)


def rule(priority: int = 1, description: str | None = None, **selection: Any) -> Details:
    """A rule that keeps the newest image, unless its selection says otherwise."""
    described = {} if description is None else {"description": description}
    counted = {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1}
    return {
        "rulePriority": priority,
        **described,
        "selection": counted | selection,
        "action": {"type": "expire"},
    }


def policy(*rules: Details) -> str:
    """A policy text of some rules; of one that keeps the newest image, where none is given."""
    return json.dumps({"rules": list(rules) or [rule()]}, indent=2)


def policy_answer(text: str) -> str:
    """The output of `get-lifecycle-policy`."""
    answer = {
        "registryId": "111122223333",
        "repositoryName": "team/app",
        "lifecyclePolicyText": text,
        "lastEvaluatedAt": "2026-01-30T00:00:00+00:00",
    }
    return json.dumps(answer, indent=4)


def manifests(**children: Sequence[str]) -> str:
    """The output of `batch-get-image` for indexes: the digits of each and of its children."""
    images = [
        {
            "registryId": "111122223333",
            "repositoryName": "team/app",
            "imageId": {"imageDigest": digest(index.removeprefix("index_"))},
            "imageManifest": json.dumps(
                {"schemaVersion": 2, "manifests": [{"digest": digest(each)} for each in held]}
            ),
            "imageManifestMediaType": INDEX,
        }
        for index, held in children.items()
    ]
    return json.dumps({"images": images, "failures": []}, indent=4)


def service_preview(*results: tuple[str, int], **members: Any) -> str:
    """The output of `get-lifecycle-policy-preview`: the digits of what expires, and the rules."""
    answer = {
        "registryId": "111122223333",
        "repositoryName": "team/app",
        "status": "COMPLETE",
        "previewResults": [
            {
                "imageTags": [],
                "imageDigest": digest(digit),
                "imagePushedAt": "2026-01-01T00:00:00+00:00",
                "action": {"type": "EXPIRE"},
                "appliedRulePriority": priority,
            }
            for digit, priority in results
        ],
        "summary": {"expiringImageTotalCount": len(results)},
    }
    return json.dumps({**answer, **members}, indent=4)
