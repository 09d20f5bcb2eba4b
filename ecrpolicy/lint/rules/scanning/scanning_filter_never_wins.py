"""A filter whose repositories another rule takes."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.document.location import pointer
from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.matching import contains
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.scanning import Filter, ScanRule, scan_rules
from ecrpolicy.lint.subject import Subject

_STRENGTHS: Final = {"MANUAL": 1, "SCAN_ON_PUSH": 2, "CONTINUOUS_SCAN": 3}


def check(subject: Subject) -> Iterator[Problem]:
    rules = scan_rules(subject)
    for rule in rules:
        stronger = [each for each in rules if _strength(each) > _strength(rule) > 0]
        for each in rule.filters:
            found = _winner(stronger, each)
            if found is not None:
                winner, other = found
                yield Problem(
                    each.path,
                    f"{shown(each.text)} never decides: {shown(other.text)} of "
                    f"{shown(pointer(*winner.path))} matches all its repositories, and "
                    f"{shown(winner.frequency)} goes before {shown(rule.frequency)}",
                    "delete it, or make the other filter narrower",
                )


def _strength(rule: ScanRule) -> int:
    return _STRENGTHS.get(rule.frequency or "", 0)


def _winner(rules: list[ScanRule], mine: Filter) -> tuple[ScanRule, Filter] | None:
    for rule in rules:
        for other in rule.filters:
            if contains(other.pattern, mine.pattern):
                return rule, other
    return None


RULE = Rule(
    name="scanning-filter-never-wins",
    severity=Severity.WARNING,
    kinds=(Kind.SCANNING,),
    check=check,
    summary="a rule of a stronger frequency matches all that a scan filter matches",
    what="""
        Finds scan filters that decide about no repository, because a filter of another rule
        matches all theirs and has the stronger frequency: `CONTINUOUS_SCAN` goes before
        `SCAN_ON_PUSH`, and that before `MANUAL`.
        Filters that overlap in part are let be.
        """,
    why="""
        The order of the rules does not matter, nor how close a filter comes to a name. `*` for
        continuous scans leaves nothing for any other rule, and the exceptions that seem to stand
        beside it are scanned, and paid for, like all the rest.
        """,
    trips="""
        {
          "scanType": "ENHANCED",
          "rules": [
            {
              "scanFrequency": "CONTINUOUS_SCAN",
              "repositoryFilters": [{"filter": "*", "filterType": "WILDCARD"}]
            },
            {
              "scanFrequency": "SCAN_ON_PUSH",
              "repositoryFilters": [{"filter": "dev*", "filterType": "WILDCARD"}]
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
              "repositoryFilters": [{"filter": "prod*", "filterType": "WILDCARD"}]
            },
            {
              "scanFrequency": "SCAN_ON_PUSH",
              "repositoryFilters": [{"filter": "*", "filterType": "WILDCARD"}]
            }
          ]
        }
        """,
    references=(
        "Amazon ECR User Guide, “Image scanning”, “Using filters”",
        "Amazon ECR User Guide, “Enhanced scanning”",
    ),
)
