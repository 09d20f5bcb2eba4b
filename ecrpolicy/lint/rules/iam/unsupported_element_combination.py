"""An element and its negation in one statement."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="unsupported-element-combination",
    severity=Severity.ERROR,
    kinds=IAM,
    check=refused("unsupported-element-combination"),
    summary="a statement has an element together with its negation",
    what="""
        Finds statements with `Action` and `NotAction`, `Principal` and `NotPrincipal`, or
        `Resource` and `NotResource`.
        """,
    why="""
        The policy is refused: each of the two says on its own what the statement is about.
        Where all but a few actions are meant, `NotAction` alone says so.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Action": "ecr:*",
            "NotAction": "ecr:Get*",
            "Resource": "*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {"Effect": "Deny", "NotAction": "ecr:Get*", "Resource": "*"}
        }
        """,
    references=(
        "IAM User Guide, “Grammar of the IAM JSON policy language”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Unsupported "
        "element combination”",
    ),
)
