"""A member that no cache rule or template has."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-unknown-member",
    severity=Severity.ERROR,
    kinds=(Kind.CACHING, Kind.TEMPLATES),
    check=refused("caching-unknown-member"),
    summary="a member that no cache rule or template has",
    what="""
        Finds members that the service does not know. Where a known one is spelled almost the same,
        the help names it.
        """,
    why="The service refuses the rule or the template.",
    trips="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "quay",
              "upstreamRegistryUrl": "quay.io",
              "upstreamUrl": "quay.io"
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
