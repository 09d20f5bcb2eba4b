"""A policy without rules."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="no-rules",
    severity=Severity.ERROR,
    kinds=(Kind.LIFECYCLE,),
    check=refused("no-rules"),
    summary="a policy has no rules",
    what="Finds an empty list of `rules`.",
    why="""
        The service refuses the policy. A repository whose images all stay has no policy: delete it.
        """,
    trips="""
        {"rules": []}
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
    references=("Amazon ECR User Guide, “Lifecycle policy properties”",),
)
