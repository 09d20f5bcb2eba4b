"""A resource tag that AWS keeps to itself."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-reserved-tag",
    severity=Severity.ERROR,
    kinds=(Kind.TEMPLATES,),
    check=refused("caching-reserved-tag"),
    summary="a resource tag of a template starts with `aws:`",
    what="Finds keys and values that start with `aws:`, in letters of either case.",
    why="The service refuses the template.",
    trips="""
        {
          "repositoryCreationTemplates": [
            {
              "prefix": "ROOT",
              "appliedFor": ["REPLICATION"],
              "resourceTags": [{"Key": "aws:team", "Value": "web"}]
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
              "resourceTags": [{"Key": "team", "Value": "web"}]
            }
          ]
        }
        """,
    references=("Amazon ECR User Guide, “Tagging a private repository”, “Tag restrictions”",),
)
