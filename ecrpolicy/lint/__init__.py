"""Rules about policies and settings: what is wrong, what is dangerous, what does nothing.

A rule is one file in `ecrpolicy.lint.rules`, with its documentation.

>>> from ecrpolicy import lint
>>> lint.find("wildcard-in-service-name").severity
<Severity.SUGGESTION: 'suggestion'>
"""

from ecrpolicy.lint.catalog import FAMILIES, family_of, find, names, rules_for
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

__all__ = [
    "FAMILIES",
    "Kind",
    "Problem",
    "Rule",
    "Subject",
    "family_of",
    "find",
    "names",
    "rules_for",
]
