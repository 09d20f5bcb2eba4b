"""A rule that scans no repository."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.settings import settings_of
from ecrpolicy.lint.subject import Subject
from ecrpolicy.lint.values import objects


def check(subject: Subject) -> Iterator[Problem]:
    value, start = settings_of(subject)
    for rule, path in objects(value, "rules", path=start):
        if rule.get("repositoryFilters") == []:
            yield Problem(
                (*path, "repositoryFilters"),
                "the rule is for no repository",
                "write the filter `*` for all, or delete the rule",
            )


RULE = Rule(
    name="scanning-no-filters",
    severity=Severity.WARNING,
    kinds=(Kind.SCANNING,),
    check=check,
    summary="a scanning rule has no filter",
    what="Finds rules whose `repositoryFilters` is `[]`.",
    why="""
        The service takes the rule, and no repository meets it. In replication rules, no filter
        stands for all repositories; in scanning rules it is `*`.
        """,
    trips="""
        {
          "scanType": "ENHANCED",
          "rules": [{"scanFrequency": "SCAN_ON_PUSH", "repositoryFilters": []}]
        }
        """,
    passes="""
        {
          "scanType": "ENHANCED",
          "rules": [
            {
              "scanFrequency": "SCAN_ON_PUSH",
              "repositoryFilters": [{"filter": "*", "filterType": "WILDCARD"}]
            }
          ]
        }
        """,
    references=("Amazon ECR API Reference, “RegistryScanningRule”",),
)
