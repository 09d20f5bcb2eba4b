"""A word that is none of those allowed."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="not-in-enum",
    severity=Severity.ERROR,
    kinds=(Kind.LIFECYCLE,),
    check=refused("not-in-enum"),
    summary="a word is none of those that may stand there",
    what="""
        Finds values of `tagStatus`, `countType`, `countUnit`, `storageClass`, `type` and
        `targetStorageClass` that the service does not know. Case counts: `Expire` is not `expire`.
        Where a known word is much the same, the help names it.
        """,
    why="The service refuses the policy.",
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
              "action": {"type": "Expire"}
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
