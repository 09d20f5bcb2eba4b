"""More than five exclusion filters."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-too-many-exclusion-filters",
    severity=Severity.ERROR,
    kinds=(Kind.TEMPLATES,),
    check=refused("caching-too-many-exclusion-filters"),
    summary="there are more than five exclusion filters",
    what="Finds `imageTagMutabilityExclusionFilters` with six filters or more.",
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
                  "filter": "a",
                  "filterType": "WILDCARD"
                },
                {
                  "filter": "b",
                  "filterType": "WILDCARD"
                },
                {
                  "filter": "c",
                  "filterType": "WILDCARD"
                },
                {
                  "filter": "d",
                  "filterType": "WILDCARD"
                },
                {
                  "filter": "e",
                  "filterType": "WILDCARD"
                },
                {
                  "filter": "f",
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
    references=("Amazon ECR API Reference, “PutImageTagMutability”",),
)
