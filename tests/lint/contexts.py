"""What else rules are told when their examples are checked: `Subject` takes it."""

from typing import Any, Final

CONTEXTS: Final[dict[str, dict[str, Any]]] = {}
"""By the names of the rules; most need nothing."""
