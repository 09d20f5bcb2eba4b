"""A scanning configuration of more than two rules."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="scanning-too-many-rules",
    severity=Severity.ERROR,
    kinds=(Kind.SCANNING,),
    check=refused("scanning-too-many-rules"),
    summary="a scanning configuration has more than two rules",
    what="Finds configurations with three rules or more.",
    why="""
        The service refuses the configuration, and the one before it stays. There is one rule for
        each frequency.
        """,
    trips="""
        {
          "scanType": "ENHANCED",
          "rules": [
            {
              "scanFrequency": "SCAN_ON_PUSH",
              "repositoryFilters": [{"filter": "a", "filterType": "WILDCARD"}]
            },
            {
              "scanFrequency": "CONTINUOUS_SCAN",
              "repositoryFilters": [{"filter": "b", "filterType": "WILDCARD"}]
            },
            {
              "scanFrequency": "SCAN_ON_PUSH",
              "repositoryFilters": [{"filter": "c", "filterType": "WILDCARD"}]
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
                {"filter": "a", "filterType": "WILDCARD"},
                {"filter": "c", "filterType": "WILDCARD"}
              ]
            },
            {
              "scanFrequency": "CONTINUOUS_SCAN",
              "repositoryFilters": [{"filter": "b", "filterType": "WILDCARD"}]
            }
          ]
        }
        """,
    references=("Amazon ECR API Reference, “PutRegistryScanningConfiguration”",),
)
