"""An exclusion that excludes nothing."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-filters-needed",
    severity=Severity.ERROR,
    kinds=(Kind.TEMPLATES,),
    check=refused("caching-filters-needed"),
    summary="a mutability with exclusion has no exclusion filters",
    what="""
        Finds `MUTABLE_WITH_EXCLUSION` and `IMMUTABLE_WITH_EXCLUSION` without
        `imageTagMutabilityExclusionFilters`.
        """,
    why="The service refuses the template.",
    trips="""
        {
          "repositoryCreationTemplates": [
            {
              "prefix": "ROOT",
              "appliedFor": ["REPLICATION"],
              "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION"
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
