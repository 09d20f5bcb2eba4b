"""What else rules are told when their examples are checked: `Subject` takes it."""

from typing import Any, Final

from ecrpolicy.snapshot import Registry, Repository

_HOME: Final = Registry(
    "111122223333", "us-east-1", repositories=(Repository("team/prod-web", images=()),)
)
_CLOSED: Final = Registry("444455556666", "us-east-1", policy="")

CONTEXTS: Final[dict[str, dict[str, Any]]] = {
    "all-actions-in-scope-v1": {"scope": "V1"},
    "caching-credential-elsewhere": {"registry": _HOME},
    "caching-registry-elsewhere": {"registry": _HOME},
    "caching-role-elsewhere": {"registry": _HOME},
    "caching-role-needed": {"registry": _HOME},
    "replication-filter-matches-nothing": {"registry": _HOME},
    "replication-not-permitted": {"registry": _HOME, "others": (_CLOSED,)},
    "replication-other-partition": {"registry": _HOME},
    "replication-own-registry": {"registry": _HOME},
    "scanning-filter-matches-nothing": {"registry": _HOME},
}
"""By the names of the rules; most need nothing."""
