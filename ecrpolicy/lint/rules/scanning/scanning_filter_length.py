"""A filter that is empty, or too long."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="scanning-filter-length",
    severity=Severity.ERROR,
    kinds=(Kind.SCANNING,),
    check=refused("scanning-filter-length"),
    summary="a scan filter is empty, or longer than 255 characters",
    what="Finds filters of no characters, and of 256 or more.",
    why="The service refuses the configuration, and the one before it stays.",
    trips="""
        {
          "scanType": "ENHANCED",
          "rules": [
            {
              "scanFrequency": "SCAN_ON_PUSH",
              "repositoryFilters": [{"filter": "", "filterType": "WILDCARD"}]
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
              "repositoryFilters": [{"filter": "*", "filterType": "WILDCARD"}]
            }
          ]
        }
        """,
    references=("Amazon ECR API Reference, “PutRegistryScanningConfiguration”",),
)
