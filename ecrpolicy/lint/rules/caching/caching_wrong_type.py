"""A value of another JSON type."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-wrong-type",
    severity=Severity.ERROR,
    kinds=(Kind.CACHING, Kind.TEMPLATES),
    check=refused("caching-wrong-type"),
    summary="a value of a cache rule or a template has the wrong JSON type",
    what="""
        Finds strings where a list must stand, objects where the text of a policy must stand, and so
        on.
        """,
    why="The service refuses the rule or the template.",
    trips="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": ["quay"],
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
