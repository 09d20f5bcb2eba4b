"""Files that are linted, for tests of the command line; and rules that these tests count on."""

import json
from pathlib import Path
from typing import Any

# Tests of the command line look for these rules alone: what others find is tested elsewhere.
SELECT = ("--select", "missing-effect,wildcard-in-service-name,explicit-standard,syntax,linter")

MISSING_EFFECT: dict[str, Any] = {
    "Version": "2012-10-17",
    "Statement": [{"Action": "ecr:GetAuthorizationToken", "Resource": "*"}],
}
FINE: dict[str, Any] = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"}],
}
WILDCARD: dict[str, Any] = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "ecr*:GetAuthorizationToken", "Resource": "*"}],
}
EXPLICIT = """\
{
  "rules": [
    {
      "rulePriority": 1,
      "selection": {
        "tagStatus": "untagged",
        "storageClass": "standard",
        "countType": "imageCountMoreThan",
        "countNumber": 1
      },
      "action": {"type": "expire"}
    }
  ]
}
"""


def write(name: str, value: Any) -> str:
    """Write a file in the working directory: a text as it is, all else as JSON."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = value if isinstance(value, str) else json.dumps(value, indent=2) + "\n"
    path.write_bytes(text.encode())
    return name
