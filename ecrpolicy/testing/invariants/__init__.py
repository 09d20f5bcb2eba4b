"""What must always hold of policies, and a search for what breaks it.

>>> from ecrpolicy.testing import invariants
"""

from ecrpolicy.testing.invariants.always_keeps import always_keeps
from ecrpolicy.testing.invariants.broken import BreakingRepository
from ecrpolicy.testing.invariants.eventually_expires import eventually_expires
from ecrpolicy.testing.invariants.never import never_archives, never_expires
from ecrpolicy.testing.invariants.result import Counterexample, Outcome, Result

__all__ = [
    "BreakingRepository",
    "Counterexample",
    "Outcome",
    "Result",
    "always_keeps",
    "eventually_expires",
    "never_archives",
    "never_expires",
]
