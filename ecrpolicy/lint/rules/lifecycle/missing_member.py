"""A member that must be there."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="missing-member",
    severity=Severity.ERROR,
    kinds=(Kind.LIFECYCLE,),
    check=refused("missing-member"),
    summary="a member that must be there is not",
    what="""
        Finds policies without `rules`, rules without `rulePriority`, `selection` or `action`,
        selections without `tagStatus`, `countType` or `countNumber`, and actions without `type`.
        """,
    why="""
        The service refuses the policy, and the repository keeps the one that it had, or none.
        """,
    trips="""
        {
          "rules": [
            {
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
