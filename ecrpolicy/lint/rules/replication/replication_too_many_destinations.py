"""More than 25 destinations."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="replication-too-many-destinations",
    severity=Severity.ERROR,
    kinds=(Kind.REPLICATION,),
    check=refused("replication-too-many-destinations"),
    summary="the rules together have more than 25 destinations",
    what="""
        Finds configurations with 26 unlike destinations or more. One that several rules name counts
        once.
        """,
    why="The service refuses the configuration, and the one before it stays.",
    trips="""
        {
          "rules": [
            {
              "destinations": [
                {"region": "eu-west-1", "registryId": "000000000001"},
                {"region": "eu-west-1", "registryId": "000000000002"},
                {"region": "eu-west-1", "registryId": "000000000003"},
                {"region": "eu-west-1", "registryId": "000000000004"},
                {"region": "eu-west-1", "registryId": "000000000005"},
                {"region": "eu-west-1", "registryId": "000000000006"},
                {"region": "eu-west-1", "registryId": "000000000007"},
                {"region": "eu-west-1", "registryId": "000000000008"},
                {"region": "eu-west-1", "registryId": "000000000009"},
                {"region": "eu-west-1", "registryId": "000000000010"},
                {"region": "eu-west-1", "registryId": "000000000011"},
                {"region": "eu-west-1", "registryId": "000000000012"},
                {"region": "eu-west-1", "registryId": "000000000013"},
                {"region": "eu-west-1", "registryId": "000000000014"},
                {"region": "eu-west-1", "registryId": "000000000015"},
                {"region": "eu-west-1", "registryId": "000000000016"},
                {"region": "eu-west-1", "registryId": "000000000017"},
                {"region": "eu-west-1", "registryId": "000000000018"},
                {"region": "eu-west-1", "registryId": "000000000019"},
                {"region": "eu-west-1", "registryId": "000000000020"},
                {"region": "eu-west-1", "registryId": "000000000021"},
                {"region": "eu-west-1", "registryId": "000000000022"},
                {"region": "eu-west-1", "registryId": "000000000023"},
                {"region": "eu-west-1", "registryId": "000000000024"},
                {"region": "eu-west-1", "registryId": "000000000025"},
                {"region": "eu-west-1", "registryId": "000000000026"}
              ]
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
    references=("Amazon ECR User Guide, “Private image replication”",),
)
