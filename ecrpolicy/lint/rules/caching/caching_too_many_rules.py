"""More than 50 cache rules."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-too-many-rules",
    severity=Severity.ERROR,
    kinds=(Kind.CACHING,),
    check=refused("caching-too-many-rules"),
    summary="a registry has more than 50 pull-through cache rules",
    what="Finds 51 cache rules or more.",
    why="The service refuses those beyond the quota.",
    trips="""
        {
          "pullThroughCacheRules": [
            {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {},
            {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {},
            {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {},
            {}, {}, {}, {}, {}, {}, {}, {}, {}
          ]
        }
        """,
    passes="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "quay",
              "upstreamRegistryUrl": "quay.io"
            }
          ]
        }
        """,
    references=("Amazon ECR User Guide, “Amazon ECR service quotas”",),
)
