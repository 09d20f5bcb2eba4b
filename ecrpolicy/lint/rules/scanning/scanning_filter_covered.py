"""A filter that matches nothing but what another one of its rule matches."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.edit import Remove
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.matching import contains
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.scanning import Filter, ScanRule, scan_rules
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for rule in scan_rules(subject):
        for at, each in enumerate(rule.filters):
            other = _cover(rule, at)
            if other is not None:
                yield Problem(
                    each.path,
                    f"{shown(each.text)} matches no repository that {shown(other.text)} does not",
                    "delete it",
                    fix=(Remove(each.object_path),),
                )


def _cover(rule: ScanRule, at: int) -> Filter | None:
    """Another filter that matches all that one does; of two that match the same, the first."""
    mine = rule.filters[at].pattern
    for number, other in enumerate(rule.filters):
        if number != at and contains(other.pattern, mine):
            is_first = number < at
            if is_first or not contains(mine, other.pattern):
                return other
    return None


RULE = Rule(
    name="scanning-filter-covered",
    severity=Severity.SUGGESTION,
    kinds=(Kind.SCANNING,),
    check=check,
    summary="another filter of the same rule matches all that a scan filter matches",
    what="""
        Finds scan filters that could go without any repository being scanned otherwise: `prod*`
        beside `prod`, and anything beside `*`.
        A filter without `*` matches every name that it is part of.
        The fix deletes it.
        """,
    why="""
        Whoever reads the filters takes each of them for a choice. Mostly the wider one is a
        mistake: `prod` matches `not-prod-at-all` too.
        """,
    trips="""
        {
          "scanType": "ENHANCED",
          "rules": [
            {
              "scanFrequency": "CONTINUOUS_SCAN",
              "repositoryFilters": [
                {"filter": "*", "filterType": "WILDCARD"},
                {"filter": "prod*", "filterType": "WILDCARD"}
              ]
            }
          ]
        }
        """,
    passes="""
        {
          "scanType": "ENHANCED",
          "rules": [
            {
              "scanFrequency": "CONTINUOUS_SCAN",
              "repositoryFilters": [
                {"filter": "web*", "filterType": "WILDCARD"},
                {"filter": "prod*", "filterType": "WILDCARD"}
              ]
            }
          ]
        }
        """,
    references=("Amazon ECR User Guide, “Image scanning”, “Using filters”",),
)
