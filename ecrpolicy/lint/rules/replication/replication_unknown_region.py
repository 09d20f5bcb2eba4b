"""A destination in a Region that is none."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="replication-unknown-region",
    severity=Severity.ERROR,
    kinds=(Kind.REPLICATION,),
    check=refused("replication-unknown-region"),
    summary="the Region of a destination is none that is known",
    what="""
        Finds a `region` that is in no partition of AWS. Where a Region is spelled almost the same,
        the help names it.
        """,
    why="The service refuses the configuration, and the one before it stays.",
    trips="""
        {
          "rules": [{"destinations": [{"region": "eu-west", "registryId": "111122223333"}]}]
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
