"""A member that no replication configuration has."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="replication-unknown-member",
    severity=Severity.ERROR,
    kinds=(Kind.REPLICATION,),
    check=refused("replication-unknown-member"),
    summary="a member that no replication configuration has",
    what="""
        Finds members that the service does not know. Where a known one is spelled almost the same,
        the help names it.
        """,
    why="The service refuses the configuration, and the one before it stays.",
    trips="""
        {
          "rules": [
            {
              "destinations": [{"region": "eu-west-1", "registryId": "111122223333"}],
              "filter": "prod"
            }
          ]
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
