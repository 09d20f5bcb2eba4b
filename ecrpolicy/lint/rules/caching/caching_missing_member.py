"""A member that must be there."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-missing-member",
    severity=Severity.ERROR,
    kinds=(Kind.CACHING, Kind.TEMPLATES),
    check=refused("caching-missing-member"),
    summary="a cache rule or a template lacks a member",
    what="""
        Finds cache rules without `ecrRepositoryPrefix` or `upstreamRegistryUrl`, templates without
        `prefix` or `appliedFor`, and what within them has not all its members.
        """,
    why="The service refuses the rule or the template.",
    trips="""
        {
          "pullThroughCacheRules": [{"upstreamRegistryUrl": "quay.io"}]
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
    references=(
        "Amazon ECR API Reference, “CreatePullThroughCacheRule”",
        "Amazon ECR API Reference, “CreateRepositoryCreationTemplate”",
    ),
)
