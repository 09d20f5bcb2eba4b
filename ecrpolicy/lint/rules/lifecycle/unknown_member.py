"""A member that no policy has."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="unknown-member",
    severity=Severity.ERROR,
    kinds=(Kind.LIFECYCLE,),
    check=refused("unknown-member"),
    summary="a member that no policy has",
    what="""
        Finds members that the service does not know: misspelled ones, and those of other services'
        policies. Where a known one is spelled almost the same, the help names it.
        """,
    why="The service refuses the policy. It does not pass over what it does not know.",
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "untagged",
                "countType": "sinceImagePushed",
                "countUnit": "days",
                "countNumber": 14
              },
              "action": {"type": "expire"},
              "rulePriorty": 1
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
                "tagStatus": "untagged",
                "countType": "sinceImagePushed",
                "countUnit": "days",
                "countNumber": 14
              },
              "action": {"type": "expire"}
            }
          ]
        }
        """,
    references=(
        "Amazon ECR User Guide, “Lifecycle policy properties”",
        "Amazon ECR API Reference, “PutLifecyclePolicy”",
    ),
)
