"""What the texts of policies hold, where nothing more is asked than whether they are some."""

import json
from typing import Any


def lifecycle_rules(text: str) -> list[Any] | None:
    """The rules of a lifecycle policy, whatever they are; None where the text is no such policy.

    >>> lifecycle_rules('{"rules": []}'), lifecycle_rules("rules: []")
    ([], None)
    """
    policy = _object(text)
    rules = None if policy is None else policy.get("rules")
    return rules if isinstance(rules, list) else None


def is_repository_policy(text: str) -> bool:
    """Whether the text can be a repository's policy: it has statements, whatever they are.

    >>> is_repository_policy('{"Statement": []}'), is_repository_policy("{}")
    (True, False)
    """
    policy = _object(text)
    return policy is not None and "Statement" in policy


def _object(text: str) -> dict[str, Any] | None:
    """The JSON object that a text holds; None where it holds none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
