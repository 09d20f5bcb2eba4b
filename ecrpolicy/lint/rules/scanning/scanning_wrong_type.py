"""A value of another JSON type."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="scanning-wrong-type",
    severity=Severity.ERROR,
    kinds=(Kind.SCANNING,),
    check=refused("scanning-wrong-type"),
    summary="a value of a scanning configuration has the wrong JSON type",
    what="Finds strings where a list must stand, and so on.",
    why="The service refuses the configuration, and the one before it stays.",
    trips="""
        {
          "scanType": "ENHANCED",
          "rules": [{"scanFrequency": "SCAN_ON_PUSH", "repositoryFilters": ["prod*"]}]
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
