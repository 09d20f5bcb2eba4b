"""A filter that no repository's name meets."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.scanning import scan_rules
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    registry = subject.registry
    if registry is None or not registry.repositories:
        return
    names = [repository.name for repository in registry.repositories]
    for rule in scan_rules(subject):
        for each in rule.filters:
            if not any(map(each.pattern.matches, names)):
                yield Problem(
                    each.path,
                    f"{shown(each.text)} matches none of the registry's repositories",
                    "a filter without `*` matches names that it is part of, any other the whole "
                    "name",
                )


RULE = Rule(
    name="scanning-filter-matches-nothing",
    severity=Severity.SUGGESTION,
    kinds=(Kind.SCANNING,),
    check=check,
    summary="a scan filter matches no repository that there is",
    what="""
        Finds scan filters that match none of the repositories of the registry, where there is a
        snapshot of it with repositories. Without one, nothing is said: filters that can match no
        name at all are refused, which another rule tells.
        """,
    why="""
        A filter with `*` must cover the whole name: `prod*` does not match `team/prod-web`, and
        what it was meant for is not scanned. It may also be for repositories that are still to
        come.
        """,
    trips="""
        {
          "scanType": "ENHANCED",
          "rules": [
            {
              "scanFrequency": "SCAN_ON_PUSH",
              "repositoryFilters": [{"filter": "prod*", "filterType": "WILDCARD"}]
            }
          ]
        }
        """,
    passes="""
        {
          "scanType": "ENHANCED",
          "rules": [
            {
              "scanFrequency": "SCAN_ON_PUSH",
              "repositoryFilters": [{"filter": "*/prod*", "filterType": "WILDCARD"}]
            }
          ]
        }
        """,
    references=("Amazon ECR User Guide, “Image scanning”, “Using filters”",),
)
