"""A variable that is not closed."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="missing-brace-in-variable",
    severity=Severity.ERROR,
    kinds=IAM,
    check=refused("missing-brace-in-variable"),
    summary="a variable is not closed",
    what="""
        Finds `${` without a `}` behind it, in resources and in the values of String and Arn
        conditions.
        Each value is told for its first mistake; so it is with the other rules about variables.
        """,
    why="""
        The policy is refused, from version 2012-10-17 on: every `${` starts a variable.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:DescribeImages",
            "Resource": "arn:aws:ecr:*:*:repository/${aws:username/*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:DescribeImages",
            "Resource": "arn:aws:ecr:*:*:repository/${aws:username}/*"
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM policy elements: Variables and tags”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Missing brace in "
        "variable”",
    ),
)
