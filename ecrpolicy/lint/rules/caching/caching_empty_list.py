"""An empty list of exclusion filters."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-empty-list",
    severity=Severity.ERROR,
    kinds=(Kind.TEMPLATES,),
    check=refused("caching-empty-list"),
    summary="a template has an empty list of exclusion filters",
    what="Finds templates whose `imageTagMutabilityExclusionFilters` is `[]`.",
    why="The service refuses the template.",
    trips="""
        {
          "repositoryCreationTemplates": [
            {
              "prefix": "ROOT",
              "appliedFor": ["REPLICATION"],
              "imageTagMutability": "IMMUTABLE",
              "imageTagMutabilityExclusionFilters": []
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
              "imageTagMutability": "IMMUTABLE"
            }
          ]
        }
        """,
    references=("Amazon ECR API Reference, “CreateRepositoryCreationTemplate”",),
)
