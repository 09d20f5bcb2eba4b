"""Where a transition goes."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="target-storage-class",
    severity=Severity.ERROR,
    kinds=(Kind.LIFECYCLE,),
    check=refused("target-storage-class"),
    summary="a transition does not say where to, or an expiry does",
    what="Finds `transition` without `targetStorageClass`, and `expire` with it.",
    why="""
        The service refuses the policy, the first of the two with a text that says no more than that
        it cannot read it.
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
              "action": {"type": "transition"}
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
