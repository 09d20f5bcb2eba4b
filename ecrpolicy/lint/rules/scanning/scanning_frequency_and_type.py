"""A frequency that the scan type does not know."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="scanning-frequency-and-type",
    severity=Severity.ERROR,
    kinds=(Kind.SCANNING,),
    check=refused("scanning-frequency-and-type"),
    summary="a scan type does not know the frequency of a rule",
    what="""
        Finds `CONTINUOUS_SCAN` in basic scanning, and `MANUAL` in enhanced scanning. A
        configuration without `scanType` is basic.
        """,
    why="The service refuses the configuration, and the one before it stays.",
    trips="""
        {
          "scanType": "BASIC",
          "rules": [
            {
              "scanFrequency": "CONTINUOUS_SCAN",
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
