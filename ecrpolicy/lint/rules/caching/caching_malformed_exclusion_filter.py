"""An exclusion filter that no tag has in it."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-malformed-exclusion-filter",
    severity=Severity.ERROR,
    kinds=(Kind.TEMPLATES,),
    check=refused("caching-malformed-exclusion-filter"),
    summary="an exclusion filter can be part of no tag, or has more than two wildcards",
    what="""
        Finds exclusion filters with other characters than those of tags and `*`, with more than 128
        characters, and with three `*` or more.
        """,
    why="The service refuses the template.",
    trips="""
        {
          "repositoryCreationTemplates": [
            {
              "prefix": "ROOT",
              "appliedFor": ["REPLICATION"],
              "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
              "imageTagMutabilityExclusionFilters": [
                {
                  "filter": "*-*-*",
                  "filterType": "WILDCARD"
                }
              ]
            }
          ]
        }
        """,
    passes="""
        {
          "repositoryCreationTemplates": [
            {
              "prefix": "ROOT",
              "appliedFor": ["REPLICATION"],
              "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
              "imageTagMutabilityExclusionFilters": [
                {
                  "filter": "*-*",
                  "filterType": "WILDCARD"
                }
              ]
            }
          ]
        }
        """,
    references=(
        "Amazon ECR API Reference, “PutImageTagMutability”",
        "Amazon ECR User Guide, “Preventing image tags from being overwritten in Amazon ECR”",
    ),
)
