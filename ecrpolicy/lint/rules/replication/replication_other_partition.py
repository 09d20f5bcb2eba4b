"""A destination in another partition."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="replication-other-partition",
    severity=Severity.ERROR,
    kinds=(Kind.REPLICATION,),
    check=refused("replication-other-partition"),
    summary="a destination is in another partition than its registry",
    what="""
        Finds destinations in China or in GovCloud of a registry that is elsewhere, and the other
        way about, where it is known of which registry the configuration is.
        """,
    why="Images are not replicated between partitions.",
    trips="""
        {
          "rules": [{"destinations": [{"region": "cn-north-1", "registryId": "111122223333"}]}]
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
    references=("Amazon ECR User Guide, “Private image replication”",),
)
