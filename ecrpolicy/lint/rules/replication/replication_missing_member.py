"""A member that must be there."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="replication-missing-member",
    severity=Severity.ERROR,
    kinds=(Kind.REPLICATION,),
    check=refused("replication-missing-member"),
    summary="a replication rule, a destination or a filter lacks a member",
    what="""
        Finds configurations without `rules`, rules without `destinations`, destinations without
        `region` or `registryId`, filters without `filter` or `filterType`, and `deleteReplication`
        without `enabled`.
        """,
    why="The service refuses the configuration, and the one before it stays.",
    trips="""
        {"rules": [{"destinations": [{"region": "eu-west-1"}]}]}
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
