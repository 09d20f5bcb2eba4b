"""Cases for tests about cases."""

import json
from typing import Any

from ecrpolicy.sources.files import Source

KEEP_ONE = {
    "rules": [
        {
            "rulePriority": 1,
            "selection": {
                "tagStatus": "tagged",
                "tagPatternList": ["prod-*"],
                "countType": "imageCountMoreThan",
                "countNumber": 1,
            },
            "action": {"type": "expire"},
        },
        {
            "rulePriority": 2,
            "selection": {
                "tagStatus": "untagged",
                "countType": "sinceImagePushed",
                "countUnit": "days",
                "countNumber": 14,
            },
            "action": {"type": "expire"},
        },
    ]
}
"""Of images with tags that begin with `prod-`, the youngest stays; untagged ones 14 days."""

IMAGES = ["prod-1 @ 10d", "prod-2 @ 3d", "untagged @ 20d", "dev @ 400d"]
"""Of these, the first and the third expire."""

ALICE = "arn:aws:iam::111122223333:user/alice"
APP = "arn:aws:ecr:us-east-1:111122223333:repository/app"


def lifecycle(**members: Any) -> dict[str, Any]:
    """A case about these images, with other members."""
    expected = {"expires": ["prod-1", "#3"]}
    return {"policy": KEEP_ONE, "images": IMAGES, "expected": expected, **members}


def access(effect: str | None = "ALLOW", allowed: str = "ecr:*", **members: Any) -> dict[str, Any]:
    """A case about whether alice, who is allowed some actions, may pull."""
    statement = {"Effect": "Allow", "Action": allowed, "Resource": "*"}
    expected = {} if effect is None else {"expected": {"effect": effect}}
    return {
        "request": {"principal": ALICE, "action": "ecr:BatchGetImage", "resource": APP},
        "policies": {"identity": [{"Version": "2012-10-17", "Statement": statement}]},
        **expected,
        **members,
    }


def source(value: object, file: str = "c.ecrpolicy.json") -> Source:
    """A file that holds a value, or a text."""
    text = value if isinstance(value, str) else json.dumps(value)
    return Source(text.encode(), file)
