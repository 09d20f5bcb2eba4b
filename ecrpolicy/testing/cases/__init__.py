"""Cases: what policies are given, and what is to come of it, from files in a format of their own.

>>> from ecrpolicy.testing.cases import read_cases
"""

from ecrpolicy.testing.cases.access import AccessCase
from ecrpolicy.testing.cases.case import Case, InvalidCase, Mismatch
from ecrpolicy.testing.cases.files import Found, find_cases, read_cases, read_each
from ecrpolicy.testing.cases.lifecycle import LifecycleCase
from ecrpolicy.testing.cases.refusal import RefusalCase

__all__ = [
    "AccessCase",
    "Case",
    "Found",
    "InvalidCase",
    "LifecycleCase",
    "Mismatch",
    "RefusalCase",
    "find_cases",
    "read_cases",
    "read_each",
]
