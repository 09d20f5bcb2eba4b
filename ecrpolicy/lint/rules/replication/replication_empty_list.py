"""An empty list of filters."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="replication-empty-list",
    severity=Severity.ERROR,
    kinds=(Kind.REPLICATION,),
    check=refused("replication-empty-list"),
    summary="a replication rule has an empty list of filters",
    what="Finds rules whose `repositoryFilters` is `[]`.",
    why="""
        The service refuses the configuration, and the one before it stays. Without
        `repositoryFilters`, a rule is for all repositories.
        """,
    trips="""
        {
          "rules": [
            {
              "destinations": [{"region": "eu-west-1", "registryId": "111122223333"}],
              "repositoryFilters": []
            }
          ]
        }
        """,
    passes="""
        {
          "rules": [
            {"destinations": [{"region": "eu-west-1", "registryId": "111122223333"}]}
          ]
        }
        """,
    references=("Amazon ECR API Reference, “ReplicationRule”",),
)
