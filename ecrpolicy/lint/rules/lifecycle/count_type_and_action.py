"""An action that the count type does not go with."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="count-type-and-action",
    severity=Severity.ERROR,
    kinds=(Kind.LIFECYCLE,),
    check=refused("count-type-and-action"),
    summary="a count type and an action do not go together",
    what="""
        Finds `sinceImagePulled` with `expire`, and `sinceImageTransitioned` with `transition`.
        """,
    why="""
        The service refuses the policy. Images that nobody pulls are archived first, and archived
        images can only be expired.
        """,
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "any",
                "countType": "sinceImagePulled",
                "countUnit": "days",
                "countNumber": 90
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
                "tagStatus": "any",
                "countType": "sinceImagePulled",
                "countUnit": "days",
                "countNumber": 90
              },
              "action": {"type": "transition", "targetStorageClass": "archive"}
            }
          ]
        }
        """,
    references=("Amazon ECR User Guide, “Lifecycle policy properties”",),
)
