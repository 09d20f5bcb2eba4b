"""A cache rule of another account's registry."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-registry-elsewhere",
    severity=Severity.ERROR,
    kinds=(Kind.CACHING,),
    check=refused("caching-registry-elsewhere"),
    summary="a rule is of another registry than the one it is given for",
    what="""
        Finds a `registryId` that is not the account of the registry that the rule is given for,
        where that is known.
        """,
    why="""
        The rule is one of another registry: in this one it serves no name.
        """,
    trips="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "quay",
              "upstreamRegistryUrl": "quay.io",
              "registryId": "444455556666"
            }
          ]
        }
        """,
    passes="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "quay",
              "upstreamRegistryUrl": "quay.io",
              "registryId": "111122223333"
            }
          ]
        }
        """,
    references=("Amazon ECR API Reference, “PullThroughCacheRule”",),
)
