"""Patterns and prefixes in one rule."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="two-tag-lists",
    severity=Severity.ERROR,
    kinds=(Kind.LIFECYCLE,),
    check=refused("two-tag-lists"),
    summary="a rule has a list of patterns and a list of prefixes",
    what="""
        Finds rules with both a `tagPatternList` and a `tagPrefixList`. One policy may have both, in
        different rules.
        """,
    why="The service refuses the policy.",
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "tagged",
                "tagPatternList": ["v*"],
                "tagPrefixList": ["prod"],
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
                "tagPatternList": ["v*"],
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
