"""A policy of more than 50 rules."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="too-many-rules",
    severity=Severity.ERROR,
    kinds=(Kind.LIFECYCLE,),
    check=refused("too-many-rules"),
    summary="a policy has more than 50 rules",
    what="Finds policies with 51 rules or more.",
    why="""
        The service refuses the policy. A pattern with wildcards often takes the place of several
        rules.
        """,
    trips="""
        {
          "rules": [
            {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {},
            {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {},
            {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {},
            {}, {}, {}, {}, {}, {}, {}, {}, {}
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
    references=("Amazon ECR User Guide, “Amazon ECR service quotas”",),
)
