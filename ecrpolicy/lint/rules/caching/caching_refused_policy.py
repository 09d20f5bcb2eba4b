"""A policy in a template that would be refused."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-refused-policy",
    severity=Severity.ERROR,
    kinds=(Kind.TEMPLATES,),
    check=refused("caching-refused-policy"),
    summary="the policy that stands in a template would be refused",
    what="""
        Finds a `repositoryPolicy` or a `lifecyclePolicy` whose text is not one that the service
        takes, and says why. The rules about such policies have pages of their own.
        """,
    why="""
        Repositories would be created without the policy, or not at all, and nobody would be there
        to read the error.
        """,
    trips=r"""
        {
          "repositoryCreationTemplates": [
            {
              "prefix": "ROOT",
              "appliedFor": ["REPLICATION"],
              "lifecyclePolicy": "{\"rules\": []}"
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
              "lifecyclePolicy": ""
            }
          ]
        }
        """,
    references=(
        "Amazon ECR User Guide, “Templates to control repositories created during a pull "
        "through cache, create on push, or replication action”",
    ),
)
