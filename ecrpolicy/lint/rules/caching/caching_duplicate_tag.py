"""A tag that a template gives twice."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-duplicate-tag",
    severity=Severity.ERROR,
    kinds=(Kind.TEMPLATES,),
    check=refused("caching-duplicate-tag"),
    summary="two resource tags of a template have the same key",
    what="""
        Finds keys in `resourceTags` that stand twice. Case counts: `team` and `Team` are two keys.
        """,
    why="The service refuses the template.",
    trips="""
        {
          "repositoryCreationTemplates": [
            {
              "prefix": "ROOT",
              "appliedFor": ["REPLICATION"],
              "resourceTags": [
                {"Key": "team", "Value": "web"},
                {"Key": "team", "Value": "api"}
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
              "resourceTags": [{"Key": "team", "Value": "web"}]
            }
          ]
        }
        """,
    references=("Amazon ECR User Guide, “Tagging a private repository”, “Tag restrictions”",),
)
