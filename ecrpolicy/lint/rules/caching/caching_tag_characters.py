"""A resource tag with characters that no tag has."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-tag-characters",
    severity=Severity.ERROR,
    kinds=(Kind.TEMPLATES,),
    check=refused("caching-tag-characters"),
    summary="a resource tag of a template has characters that are not allowed",
    what="""
        Finds keys and values with other characters than letters, digits, spaces and `+ - = . _ : /
        @`.
        """,
    why="The service refuses the template.",
    trips="""
        {
          "repositoryCreationTemplates": [
            {
              "prefix": "ROOT",
              "appliedFor": ["REPLICATION"],
              "resourceTags": [
                {
                  "Key": "team",
                  "Value": "web & api"
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
              "resourceTags": [
                {
                  "Key": "team",
                  "Value": "web + api"
                }
              ]
            }
          ]
        }
        """,
    references=("Amazon ECR User Guide, “Tagging a private repository”, “Tag restrictions”",),
)
