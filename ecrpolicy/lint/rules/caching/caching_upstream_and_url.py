"""A kind of registry that its address contradicts."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-upstream-and-url",
    severity=Severity.ERROR,
    kinds=(Kind.CACHING,),
    check=refused("caching-upstream-and-url"),
    summary="`upstreamRegistry` is not what its URL stands for",
    what="""
        Finds an `upstreamRegistry` that is another kind than the `upstreamRegistryUrl` belongs to.
        """,
    why="The service refuses the rule.",
    trips="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "quay",
              "upstreamRegistryUrl": "quay.io",
              "upstreamRegistry": "k8s"
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
              "upstreamRegistry": "quay"
            }
          ]
        }
        """,
    references=("Amazon ECR API Reference, “CreatePullThroughCacheRule”",),
)
