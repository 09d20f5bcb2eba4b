"""A rule for all images that is not the last."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="any-not-last",
    severity=Severity.ERROR,
    kinds=(Kind.LIFECYCLE,),
    check=refused("any-not-last"),
    summary="the rule for all images of a storage class is not its last",
    what="""
        Finds rules with `tagStatus` `any` whose `rulePriority` is not the highest number of their
        storage class.
        """,
    why="""
        The service refuses the policy: no rule after that one could act on anything. A higher
        number means that a rule is applied later.
        """,
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "any",
                "countType": "imageCountMoreThan",
                "countNumber": 10
              },
              "action": {"type": "expire"}
            },
            {
              "rulePriority": 2,
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
              "rulePriority": 2,
              "selection": {
                "tagStatus": "any",
                "countType": "imageCountMoreThan",
                "countNumber": 10
              },
              "action": {"type": "expire"}
            },
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
    references=("Amazon ECR User Guide, “Lifecycle policy properties”",),
)
