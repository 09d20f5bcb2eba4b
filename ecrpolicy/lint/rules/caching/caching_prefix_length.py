"""A prefix that is too short or too long."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-prefix-length",
    severity=Severity.ERROR,
    kinds=(Kind.CACHING, Kind.TEMPLATES),
    check=refused("caching-prefix-length"),
    summary="the prefix of a cache rule or a template is too short or too long",
    what="""
        Finds prefixes of cache rules of fewer than 2 or more than 30 characters, and of templates
        of none or more than 256.
        """,
    why="""
        The service refuses the rule or the template. For all repositories, write `ROOT`.
        """,
    trips="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "a",
              "upstreamRegistryUrl": "quay.io"
            }
          ]
        }
        """,
    passes="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "ROOT",
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
