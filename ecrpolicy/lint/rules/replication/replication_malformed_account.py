"""A destination whose account is none."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="replication-malformed-account",
    severity=Severity.ERROR,
    kinds=(Kind.REPLICATION,),
    check=refused("replication-malformed-account"),
    summary="the account of a destination has not twelve digits",
    what="Finds a `registryId` that is not an account of twelve digits.",
    why="The service refuses the configuration, and the one before it stays.",
    trips="""
        {
          "rules": [{"destinations": [{"region": "eu-west-1", "registryId": "1111-2222-3333"}]}]
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
