"""A replication filter that no repository's name begins with."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="replication-malformed-filter",
    severity=Severity.ERROR,
    kinds=(Kind.REPLICATION,),
    check=refused("replication-malformed-filter"),
    summary="a replication filter can be the beginning of no repository name",
    what="""
        Finds filters with other characters than those of repository names. `*` is among those: a
        filter is a prefix as it stands.
        """,
    why="The service refuses the configuration, and the one before it stays.",
    trips="""
        {
          "rules": [
            {
              "destinations": [{"region": "eu-west-1", "registryId": "111122223333"}],
              "repositoryFilters": [{"filter": "prod*", "filterType": "PREFIX_MATCH"}]
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
