"""A list of tags where no tags are asked for."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="list-without-tagged",
    severity=Severity.ERROR,
    kinds=(Kind.LIFECYCLE,),
    check=refused("list-without-tagged"),
    summary="a rule for untagged images, or for all, lists tags",
    what="""
        Finds `tagPatternList` and `tagPrefixList` in rules whose `tagStatus` is `untagged` or
        `any`.
        """,
    why="""
        The service refuses the policy. Whoever wrote the list wanted images with those tags: then
        `tagStatus` is `tagged`.
        """,
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "any",
                "tagPrefixList": ["dev"],
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
