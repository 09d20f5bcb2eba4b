"""A description that is too long."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-description-length",
    severity=Severity.ERROR,
    kinds=(Kind.TEMPLATES,),
    check=refused("caching-description-length"),
    summary="the description of a template is longer than 256 characters",
    what="Finds a `description` of 257 characters or more.",
    why="The service refuses the template.",
    trips="""
        {
          "repositoryCreationTemplates": [
            {
              "prefix": "ROOT",
              "appliedFor": ["REPLICATION"],
              "description": "LONG"
            }
          ]
        }
        """.replace("LONG", "repositories of the team, " * 10),
    passes="""
        {
          "repositoryCreationTemplates": [
            {
              "prefix": "ROOT",
              "appliedFor": ["REPLICATION"],
              "description": "repositories of the team"
            }
          ]
        }
        """,
    references=("Amazon ECR API Reference, “CreateRepositoryCreationTemplate”",),
)
