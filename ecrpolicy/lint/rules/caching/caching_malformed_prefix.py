"""A prefix that no repository's name begins with."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-malformed-prefix",
    severity=Severity.ERROR,
    kinds=(Kind.CACHING, Kind.TEMPLATES),
    check=refused("caching-malformed-prefix"),
    summary="a prefix can be the beginning of no repository name",
    what="""
        Finds prefixes of cache rules and templates with other characters than those of repository
        names, or with `.`, `_`, `-` or `/` in the wrong place.
        """,
    why="The service refuses the rule or the template.",
    trips="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "Quay",
              "upstreamRegistryUrl": "quay.io"
            }
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
    references=(
        "Amazon ECR API Reference, “CreatePullThroughCacheRule”",
        "Amazon ECR API Reference, “CreateRepositoryCreationTemplate”",
    ),
)
