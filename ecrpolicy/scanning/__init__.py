"""Scanning configurations: which repositories of a registry are scanned, when, and why.

>>> from ecrpolicy import scanning
"""

from ecrpolicy.scanning.evaluate import EffectiveScanning, Source, evaluate, evaluate_all
from ecrpolicy.scanning.explain import Explanation, FilterExplanation
from ecrpolicy.scanning.model import (
    FilterType,
    RepositoryFilter,
    ScanFrequency,
    ScanningConfiguration,
    ScanningRule,
    ScanType,
)
from ecrpolicy.scanning.outlook import Circumstances, possible_states
from ecrpolicy.scanning.parse import parse
from ecrpolicy.scanning.status import (
    Duration,
    ScanState,
    ScanStatus,
    recognised_at_first,
    scan_state,
)

__all__ = [
    "Circumstances",
    "Duration",
    "EffectiveScanning",
    "Explanation",
    "FilterExplanation",
    "FilterType",
    "RepositoryFilter",
    "ScanFrequency",
    "ScanState",
    "ScanStatus",
    "ScanType",
    "ScanningConfiguration",
    "ScanningRule",
    "Source",
    "evaluate",
    "evaluate_all",
    "parse",
    "possible_states",
    "recognised_at_first",
    "scan_state",
]
