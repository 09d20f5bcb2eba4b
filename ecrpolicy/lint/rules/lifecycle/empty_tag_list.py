"""A list of tags that has none."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="empty-tag-list",
    severity=Severity.ERROR,
    kinds=(Kind.LIFECYCLE,),
    check=refused("empty-tag-list"),
    summary="a list of tags is empty",
    what="""
        Finds an empty `tagPatternList` or `tagPrefixList`. In rules for untagged images, or for
        all, any list is one too many: another rule tells that.
        """,
    why="""
        The service refuses the policy. Modules of Terraform often write `[]` for a list that was
        not given.
        """,
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "tagged",
                "tagPrefixList": [],
                "countType": "imageCountMoreThan",
                "countNumber": 10
              },
              "action": {"type": "expire"}
            }
          ]
        }
        """,
    passes="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "tagged",
                "tagPrefixList": ["dev"],
                "countType": "imageCountMoreThan",
                "countNumber": 10
              },
              "action": {"type": "expire"}
            }
          ]
        }
        """,
    references=("Amazon ECR User Guide, “Lifecycle policy properties”",),
)
