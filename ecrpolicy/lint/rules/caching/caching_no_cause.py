"""A template for nothing."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-no-cause",
    severity=Severity.ERROR,
    kinds=(Kind.TEMPLATES,),
    check=refused("caching-no-cause"),
    summary="a template is for no way in which repositories come to be",
    what="Finds templates whose `appliedFor` is empty.",
    why="Such a template is never used.",
    trips="""
        {
          "repositoryCreationTemplates": [{"prefix": "ROOT", "appliedFor": []}]
        }
        """,
    passes="""
        {
          "repositoryCreationTemplates": [{"prefix": "ROOT", "appliedFor": ["REPLICATION"]}]
        }
        """,
    references=("Amazon ECR API Reference, “CreateRepositoryCreationTemplate”",),
)
