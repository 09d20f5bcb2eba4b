"""A filter type that is none."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="replication-not-in-enum",
    severity=Severity.ERROR,
    kinds=(Kind.REPLICATION,),
    check=refused("replication-not-in-enum"),
    summary="the type of a replication filter is none",
    what="""
        Finds a `filterType` other than `PREFIX_MATCH`. Scan filters are `WILDCARD`; these are not.
        """,
    why="The service refuses the configuration, and the one before it stays.",
    trips="""
        {
          "rules": [
            {
              "destinations": [{"region": "eu-west-1", "registryId": "111122223333"}],
              "repositoryFilters": [{"filter": "prod", "filterType": "WILDCARD"}]
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
