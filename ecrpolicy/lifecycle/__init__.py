"""Lifecycle policies: which images of a repository go, under which rule, and why.

>>> from ecrpolicy import lifecycle
"""

from typing import TYPE_CHECKING

from ecrpolicy.later import importer

if TYPE_CHECKING:
    from ecrpolicy.lifecycle.any_repository import Search, search
    from ecrpolicy.lifecycle.compare import Comparison, Turn, Turned, compare
    from ecrpolicy.lifecycle.evaluate import evaluate
    from ecrpolicy.lifecycle.expectations import Expectation, ExpectationKind, Unmet, unmet
    from ecrpolicy.lifecycle.explain import Explanation, Match, Reason, RuleExplanation
    from ecrpolicy.lifecycle.forecast import Forecast, Kept, forecast
    from ecrpolicy.lifecycle.future import Departure
    from ecrpolicy.lifecycle.in_use import InUse, Through, Use, in_use
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

_LATER: "dict[str, str | None]" = {
    "Action": "model",
    "Age": "reading",
    "ChangeKind": "rule_changes",
    "Comparison": "compare",
    "CountType": "model",
    "CountUnit": "model",
    "Departure": "future",
    "Expectation": "expectations",
    "ExpectationKind": "expectations",
    "Explanation": "explain",
    "Family": "rhythm",
    "Forecast": "forecast",
    "Group": "summary",
    "InUse": "in_use",
    "Kept": "forecast",
    "LifecyclePolicy": "model",
    "Match": "explain",
    "Preview": "preview",
    "Reading": "reading",
    "Reason": "explain",
    "Result": "preview",
    "Results": "preview",
    "Rhythm": "rhythm",
    "Rule": "model",
    "RuleAction": "model",
    "RuleChange": "rule_changes",
    "RuleExplanation": "explain",
    "RuleStorageClass": "model",
    "Search": "any_repository",
    "Selection": "model",
    "Summary": "summary",
    "TagStatus": "model",
    "TargetStorageClass": "model",
    "Through": "in_use",
    "Turn": "compare",
    "Turned": "compare",
    "Unmet": "expectations",
    "Use": "in_use",
    "compare": "compare",
    "evaluate": "evaluate",
    "forecast": "forecast",
    "in_use": "in_use",
    "parse": "parse",
    "search": "any_repository",
    "service_error": "parse",
    "unmet": "expectations",
}

__all__ = [
    "Action",
    "Age",
    "ChangeKind",
    "Comparison",
    "CountType",
    "CountUnit",
    "Departure",
    "Expectation",
    "ExpectationKind",
    "Explanation",
    "Family",
    "Forecast",
    "Group",
    "InUse",
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
    "Through",
    "Turn",
    "Turned",
    "Unmet",
    "Use",
    "compare",
    "evaluate",
    "forecast",
    "in_use",
    "parse",
    "search",
    "service_error",
    "unmet",
]

__getattr__ = importer(__name__)
