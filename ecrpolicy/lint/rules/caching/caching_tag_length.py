"""A resource tag that is too long, or has no key."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-tag-length",
    severity=Severity.ERROR,
    kinds=(Kind.TEMPLATES,),
    check=refused("caching-tag-length"),
    summary="a resource tag of a template is too long, or has no key",
    what="Finds keys of no character, keys of more than 128 and values of more than 256.",
    why="The service refuses the template.",
    trips="""
        {
          "repositoryCreationTemplates": [
            {
              "prefix": "ROOT",
              "appliedFor": ["REPLICATION"],
              "resourceTags": [{"Key": "", "Value": "web"}]
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
