"""A priority that two rules have."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="duplicate-priority",
    severity=Severity.ERROR,
    kinds=(Kind.LIFECYCLE,),
    check=refused("duplicate-priority"),
    summary="two rules have the same priority",
    what="""
        Finds rules whose `rulePriority` a rule before has, whatever their storage classes.
        """,
    why="The service refuses the policy: it could not tell which of the two comes first.",
    trips="""
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
            },
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "tagged",
                "tagPrefixList": ["test"],
                "countType": "sinceImagePushed",
                "countUnit": "days",
                "countNumber": 14
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
            },
            {
              "rulePriority": 2,
              "selection": {
                "tagStatus": "tagged",
                "tagPrefixList": ["test"],
                "countType": "sinceImagePushed",
                "countUnit": "days",
                "countNumber": 14
              },
              "action": {"type": "expire"}
            }
          ]
        }
        """,
    references=("Amazon ECR User Guide, “Lifecycle policy properties”",),
)
