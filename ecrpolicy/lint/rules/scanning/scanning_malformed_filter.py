"""A filter that no repository's name can have in it."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="scanning-malformed-filter",
    severity=Severity.ERROR,
    kinds=(Kind.SCANNING,),
    check=refused("scanning-malformed-filter"),
    summary="a scan filter can be part of no repository name",
    what="""
        Finds filters with other characters than lower-case letters, digits, `*` and single `.`,
        `_`, `-` or `/` between them.
        """,
    why="""
        The service refuses the configuration, and the one before it stays. No repository would have
        matched.
        """,
    trips="""
        {
          "scanType": "ENHANCED",
          "rules": [
            {
              "scanFrequency": "SCAN_ON_PUSH",
              "repositoryFilters": [{"filter": "Prod*", "filterType": "WILDCARD"}]
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
              "repositoryFilters": [{"filter": "prod*", "filterType": "WILDCARD"}]
            }
          ]
        }
        """,
    references=(
        "Amazon ECR API Reference, “PutRegistryScanningConfiguration”",
        "Amazon ECR User Guide, “Image scanning”, “Using filters”",
    ),
)
