"""A replication configuration of more than ten rules."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="replication-too-many-rules",
    severity=Severity.ERROR,
    kinds=(Kind.REPLICATION,),
    check=refused("replication-too-many-rules"),
    summary="a replication configuration has more than ten rules",
    what="Finds configurations with 11 rules or more.",
    why="""
        The service refuses the configuration, and the one before it stays. Rules with the same
        destinations can be one, with the filters of all.
        """,
    trips="""
        {"rules": [{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}]}
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
    references=("Amazon ECR User Guide, “Private image replication”",),
)
