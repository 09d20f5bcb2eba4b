"""A member that no scanning configuration has."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="scanning-unknown-member",
    severity=Severity.ERROR,
    kinds=(Kind.SCANNING,),
    check=refused("scanning-unknown-member"),
    summary="a member that no scanning configuration has",
    what="""
        Finds members that the service does not know. Where a known one is spelled almost the same,
        the help names it.
        """,
    why="The service refuses the configuration, and the one before it stays.",
    trips="""
        {"scanType": "ENHANCED", "rules": [], "frequency": "MANUAL"}
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
