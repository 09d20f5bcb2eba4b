"""A word that is none of those allowed."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-not-in-enum",
    severity=Severity.ERROR,
    kinds=(Kind.CACHING, Kind.TEMPLATES),
    check=refused("caching-not-in-enum"),
    summary="a word in a cache rule or a template is none of those that may stand there",
    what="""
        Finds values of `upstreamRegistry`, `appliedFor`, `encryptionType`, `imageTagMutability` and
        `filterType` that the service does not know. Case counts.
        """,
    why="The service refuses the rule or the template.",
    trips="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "quay",
              "upstreamRegistryUrl": "quay.io",
              "upstreamRegistry": "quay.io"
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
    references=(
        "Amazon ECR API Reference, “CreatePullThroughCacheRule”",
        "Amazon ECR API Reference, “CreateRepositoryCreationTemplate”",
    ),
)
