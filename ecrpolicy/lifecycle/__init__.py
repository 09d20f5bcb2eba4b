"""Lifecycle policies: which images of a repository go, under which rule, and why.

>>> from ecrpolicy import lifecycle
"""

from ecrpolicy.lifecycle.any_repository import Search, search
from ecrpolicy.lifecycle.compare import Comparison, Turn, Turned, compare
from ecrpolicy.lifecycle.evaluate import evaluate
from ecrpolicy.lifecycle.explain import Explanation, Match, Reason, RuleExplanation
from ecrpolicy.lifecycle.forecast import Forecast, Kept, forecast
from ecrpolicy.lifecycle.future import Departure
from ecrpolicy.lifecycle.model import (
    Action,
    CountType,
    CountUnit,
    LifecyclePolicy,
    Rule,
    RuleAction,
    RuleStorageClass,
    Selection,
    TagStatus,
    TargetStorageClass,
)
from ecrpolicy.lifecycle.parse import parse, service_error
from ecrpolicy.lifecycle.preview import Preview, Result, Results
from ecrpolicy.lifecycle.reading import Age, Reading
from ecrpolicy.lifecycle.rhythm import Family, Rhythm
from ecrpolicy.lifecycle.rule_changes import ChangeKind, RuleChange
from ecrpolicy.lifecycle.summary import Group, Summary

__all__ = [
    "Action",
    "Age",
    "ChangeKind",
    "Comparison",
    "CountType",
    "CountUnit",
    "Departure",
    "Explanation",
    "Family",
    "Forecast",
    "Group",
    "Kept",
    "LifecyclePolicy",
    "Match",
    "Preview",
    "Reading",
    "Reason",
    "Result",
    "Results",
    "Rhythm",
    "Rule",
    "RuleAction",
    "RuleChange",
    "RuleExplanation",
    "RuleStorageClass",
    "Search",
    "Selection",
    "Summary",
    "TagStatus",
    "TargetStorageClass",
    "Turn",
    "Turned",
    "compare",
    "evaluate",
    "forecast",
    "parse",
    "search",
    "service_error",
]
