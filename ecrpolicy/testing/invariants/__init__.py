"""What must always hold of policies, and a search for what breaks it.

>>> from ecrpolicy.testing import invariants
"""

from ecrpolicy.testing.invariants.allows_at_most import AddedRequest, allows_at_most
from ecrpolicy.testing.invariants.always_keeps import always_keeps
from ecrpolicy.testing.invariants.broken import BreakingRepository
from ecrpolicy.testing.invariants.eventually_expires import eventually_expires
from ecrpolicy.testing.invariants.never import never_archives, never_expires
from ecrpolicy.testing.invariants.never_allows import AllowedRequest, never_allows
from ecrpolicy.testing.invariants.result import Counterexample, Outcome, Result
from ecrpolicy.testing.invariants.who import (
    Who,
    account,
    anybody,
    outside_account,
    role,
    service,
    user,
)

__all__ = [
    "AddedRequest",
    "AllowedRequest",
    "BreakingRepository",
    "Counterexample",
    "Outcome",
    "Result",
    "Who",
    "account",
    "allows_at_most",
    "always_keeps",
    "anybody",
    "eventually_expires",
    "never_allows",
    "never_archives",
    "never_expires",
    "outside_account",
    "role",
    "service",
    "user",
]
