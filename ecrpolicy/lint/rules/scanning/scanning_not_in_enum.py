"""A word that is none of those allowed."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="scanning-not-in-enum",
    severity=Severity.ERROR,
    kinds=(Kind.SCANNING,),
    check=refused("scanning-not-in-enum"),
    summary="a scan type, frequency or filter type is none",
    what="""
        Finds values of `scanType`, `scanFrequency` and `filterType` that the service does not know.
        Case counts.
        """,
    why="The service refuses the configuration, and the one before it stays.",
    trips="""
        {
          "scanType": "ENHANCED",
          "rules": [
            {
              "scanFrequency": "CONTINUOUS",
              "repositoryFilters": [{"filter": "*", "filterType": "WILDCARD"}]
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
              "repositoryFilters": [{"filter": "*", "filterType": "WILDCARD"}]
            }
          ]
        }
        """,
    references=("Amazon ECR API Reference, “PutRegistryScanningConfiguration”",),
)
