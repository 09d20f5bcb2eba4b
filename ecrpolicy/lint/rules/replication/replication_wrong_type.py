"""A value of another JSON type."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="replication-wrong-type",
    severity=Severity.ERROR,
    kinds=(Kind.REPLICATION,),
    check=refused("replication-wrong-type"),
    summary="a value of a replication configuration has the wrong JSON type",
    what="Finds strings where a list must stand, accounts that are numbers, and so on.",
    why="""
        The service refuses the configuration, and the one before it stays. An account whose first
        digit is 0 loses it as a number.
        """,
    trips="""
        {
          "rules": [{"destinations": [{"region": "eu-west-1", "registryId": 111122223333}]}]
        }
        """,
    passes="""
        {
          "rules": [
            {
              "destinations": [{"region": "eu-west-1", "registryId": "111122223333"}],
              "repositoryFilters": [{"filter": "prod", "filterType": "PREFIX_MATCH"}]
            }
          ]
        }
        """,
    references=("Amazon ECR API Reference, “PutReplicationConfiguration”",),
)
