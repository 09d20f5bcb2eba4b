"""Lifecycle policies: which images of a repository go, under which rule, and why.

>>> from ecrpolicy import lifecycle
"""

from typing import TYPE_CHECKING

from ecrpolicy.later import importer

if TYPE_CHECKING:
    from ecrpolicy.lifecycle.evaluate import evaluate
    from ecrpolicy.lifecycle.explain import Explanation, Match, Reason, RuleExplanation
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
    from ecrpolicy.lifecycle.summary import Group, Summary

_LATER: "dict[str, str | None]" = {
    "Action": "model",
    "Age": "reading",
    "CountType": "model",
    "CountUnit": "model",
    "Explanation": "explain",
    "Group": "summary",
    "LifecyclePolicy": "model",
    "Match": "explain",
    "Preview": "preview",
    "Reading": "reading",
    "Reason": "explain",
    "Result": "preview",
    "Results": "preview",
    "Rule": "model",
    "RuleAction": "model",
    "RuleExplanation": "explain",
    "RuleStorageClass": "model",
    "Selection": "model",
    "Summary": "summary",
    "TagStatus": "model",
    "TargetStorageClass": "model",
    "evaluate": "evaluate",
    "parse": "parse",
    "service_error": "parse",
}

__all__ = [
    "Action",
    "Age",
    "CountType",
    "CountUnit",
    "Explanation",
    "Group",
    "LifecyclePolicy",
    "Match",
    "Preview",
    "Reading",
    "Reason",
    "Result",
    "Results",
    "Rule",
    "RuleAction",
    "RuleExplanation",
    "RuleStorageClass",
    "Selection",
    "Summary",
    "TagStatus",
    "TargetStorageClass",
    "evaluate",
    "parse",
    "service_error",
]

__getattr__ = importer(__name__)
