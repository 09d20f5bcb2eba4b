"""A count type of the other storage class."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="archive-count-type",
    severity=Severity.ERROR,
    kinds=(Kind.LIFECYCLE,),
    check=refused("archive-count-type"),
    summary="a count type and a storage class do not go together",
    what="""
        Finds `storageClass` `archive` with another count type than `sinceImageTransitioned`, and
        that count type without `archive`.
        """,
    why="""
        The service refuses the policy. How long an image has been in the archive is all that a rule
        can ask of it there.
        """,
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "any",
                "countType": "sinceImagePushed",
                "countUnit": "days",
                "countNumber": 180,
                "storageClass": "archive"
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
                "storageClass": "archive",
                "countType": "sinceImageTransitioned",
                "countUnit": "days",
                "countNumber": 180
              },
              "action": {"type": "expire"}
            }
          ]
        }
        """,
    references=("Amazon ECR User Guide, “Lifecycle policy properties”",),
)
