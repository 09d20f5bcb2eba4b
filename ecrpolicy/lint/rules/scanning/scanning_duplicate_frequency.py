"""Two rules of one frequency."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="scanning-duplicate-frequency",
    severity=Severity.ERROR,
    kinds=(Kind.SCANNING,),
    check=refused("scanning-duplicate-frequency"),
    summary="two rules have the same scan frequency",
    what="Finds rules whose `scanFrequency` a rule before has.",
    why="The service refuses the configuration, and the one before it stays.",
    trips="""
        {
          "scanType": "ENHANCED",
          "rules": [
            {
              "scanFrequency": "SCAN_ON_PUSH",
              "repositoryFilters": [{"filter": "prod*", "filterType": "WILDCARD"}]
            },
            {
              "scanFrequency": "SCAN_ON_PUSH",
              "repositoryFilters": [{"filter": "web*", "filterType": "WILDCARD"}]
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
              "repositoryFilters": [
                {"filter": "prod*", "filterType": "WILDCARD"},
                {"filter": "web*", "filterType": "WILDCARD"}
              ]
            }
          ]
        }
        """,
    references=("Amazon ECR API Reference, “PutRegistryScanningConfiguration”",),
)
