"""A replication filter that is too short or too long."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="replication-filter-length",
    severity=Severity.ERROR,
    kinds=(Kind.REPLICATION,),
    check=refused("replication-filter-length"),
    summary="a replication filter has fewer than 2 or more than 256 characters",
    what="Finds filters of one character or none, and of 257 or more.",
    why="""
        The service refuses the configuration, and the one before it stays. A rule for all
        repositories has no filters.
        """,
    trips="""
        {
          "rules": [
            {
              "destinations": [{"region": "eu-west-1", "registryId": "111122223333"}],
              "repositoryFilters": [{"filter": "", "filterType": "PREFIX_MATCH"}]
            }
          ]
        }
        """,
    passes="""
        {
          "rules": [{"destinations": [{"region": "eu-west-1", "registryId": "111122223333"}]}]
        }
        """,
    references=("Amazon ECR API Reference, “PutReplicationConfiguration”",),
)
