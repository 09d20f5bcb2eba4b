"""What else rules are told when their examples are checked: `Subject` takes it."""

from typing import Any, Final

CONTEXTS: Final[dict[str, dict[str, Any]]] = {
    "all-actions-in-scope-v1": {"scope": "V1"},
}
"""By the names of the rules; most need nothing."""
