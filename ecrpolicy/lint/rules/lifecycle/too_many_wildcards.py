"""A pattern of more than four wildcards."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="too-many-wildcards",
    severity=Severity.ERROR,
    kinds=(Kind.LIFECYCLE,),
    check=refused("too-many-wildcards"),
    summary="a tag pattern has more than four wildcards",
    what="""
        Finds patterns with five `*` or more. In a prefix, `*` is a character like any other.
        """,
    why="The service refuses the policy.",
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "tagged",
                "tagPatternList": ["*-*-*-*-*"],
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
                "tagPatternList": ["*-*-*-*"],
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
