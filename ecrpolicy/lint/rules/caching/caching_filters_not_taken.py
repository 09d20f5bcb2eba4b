"""Exclusion filters without an exclusion."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-filters-not-taken",
    severity=Severity.ERROR,
    kinds=(Kind.TEMPLATES,),
    check=refused("caching-filters-not-taken"),
    summary="a mutability without exclusion has exclusion filters",
    what="""
        Finds `imageTagMutabilityExclusionFilters` beside `MUTABLE`, `IMMUTABLE` or nothing, which
        is `MUTABLE`.
        """,
    why="The service refuses the template.",
    trips="""
        {
          "repositoryCreationTemplates": [
            {
              "prefix": "ROOT",
              "appliedFor": ["REPLICATION"],
              "imageTagMutability": "IMMUTABLE",
              "imageTagMutabilityExclusionFilters": [
                {
                  "filter": "latest",
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
                  "filter": "latest",
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
