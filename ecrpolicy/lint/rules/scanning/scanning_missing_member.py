"""A member that must be there."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="scanning-missing-member",
    severity=Severity.ERROR,
    kinds=(Kind.SCANNING,),
    check=refused("scanning-missing-member"),
    summary="a scanning rule or a filter lacks a member",
    what="""
        Finds rules without `scanFrequency` or `repositoryFilters`, and filters without `filter` or
        `filterType`.
        """,
    why="The service refuses the configuration, and the one before it stays.",
    trips="""
        {
          "scanType": "ENHANCED",
          "rules": [{"scanFrequency": "SCAN_ON_PUSH"}]
        }
        """,
    passes="""
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
    references=("Amazon ECR API Reference, “PutRegistryScanningConfiguration”",),
)
