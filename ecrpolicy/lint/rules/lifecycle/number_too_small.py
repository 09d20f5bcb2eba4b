"""A number below 1."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="number-too-small",
    severity=Severity.ERROR,
    kinds=(Kind.LIFECYCLE,),
    check=refused("number-too-small"),
    summary="a priority or a count is less than 1",
    what="Finds `rulePriority` and `countNumber` of 0 and below.",
    why="""
        The service refuses the policy. No rule can keep nothing at all: to empty a repository,
        delete its images, or the repository.
        """,
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "untagged",
                "countType": "imageCountMoreThan",
                "countNumber": 0
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
                "countType": "imageCountMoreThan",
                "countNumber": 1
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
