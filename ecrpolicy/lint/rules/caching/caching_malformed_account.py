"""A registry that is no account."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-malformed-account",
    severity=Severity.ERROR,
    kinds=(Kind.CACHING,),
    check=refused("caching-malformed-account"),
    summary="the `registryId` of a cache rule is no account",
    what="Finds a `registryId` of a cache rule that has not twelve digits.",
    why="The service refuses the rule.",
    trips="""
        {
          "pullThroughCacheRules": [
            {
              "registryId": "1234",
              "ecrRepositoryPrefix": "quay",
              "upstreamRegistryUrl": "quay.io"
            }
          ]
        }
        """,
    passes="""
        {
          "pullThroughCacheRules": [
            {
              "registryId": "111122223333",
              "ecrRepositoryPrefix": "quay",
              "upstreamRegistryUrl": "quay.io"
            }
          ]
        }
        """,
    references=("Amazon ECR API Reference, “CreatePullThroughCacheRule”",),
)
