"""A rule for tagged images that does not say which."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="tagged-without-list",
    severity=Severity.ERROR,
    kinds=(Kind.LIFECYCLE,),
    check=refused("tagged-without-list"),
    summary="a rule for tagged images does not say which tags",
    what="""
        Finds rules with `tagStatus` `tagged` and neither a `tagPatternList` nor a `tagPrefixList`.
        """,
    why="""
        The service refuses the policy. A rule for all tagged images has the pattern `*`.
        """,
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "tagged",
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
                "tagPatternList": ["*"],
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
