"""A statement without actions."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="missing-action",
    severity=Severity.ERROR,
    kinds=IAM,
    check=refused("missing-action"),
    summary="a statement does not say which actions it is about",
    what="""
        Finds statements that have neither `Action` nor `NotAction`.
        An empty list is told by `empty-array-action`.
        """,
    why="The policy is refused. `*` means all actions.",
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {"Effect": "Allow", "Resource": "*"}
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:GetAuthorizationToken",
            "Resource": "*"
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Action”",
        "IAM User Guide, “IAM JSON policy elements: NotAction”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Missing action”",
    ),
)
