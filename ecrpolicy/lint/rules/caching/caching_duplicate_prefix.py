"""A prefix that stands twice."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-duplicate-prefix",
    severity=Severity.ERROR,
    kinds=(Kind.CACHING, Kind.TEMPLATES),
    check=refused("caching-duplicate-prefix"),
    summary="two cache rules, or two templates, have the same prefix",
    what="""
        Finds prefixes that an earlier cache rule or template has. A `/` at the end makes no
        difference.
        """,
    why="The service refuses the second.",
    trips="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "team",
              "upstreamRegistryUrl": "quay.io"
            },
            {
              "ecrRepositoryPrefix": "team/",
              "upstreamRegistryUrl": "public.ecr.aws"
            }
          ]
        }
        """,
    passes="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "team",
              "upstreamRegistryUrl": "quay.io"
            },
            {
              "ecrRepositoryPrefix": "public",
              "upstreamRegistryUrl": "public.ecr.aws"
            }
          ]
        }
        """,
    references=(
        "Amazon ECR API Reference, “CreatePullThroughCacheRule”",
        "Amazon ECR API Reference, “CreateRepositoryCreationTemplate”",
    ),
)
