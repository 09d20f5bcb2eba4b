"""A variable without a key."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="empty-variable",
    severity=Severity.ERROR,
    kinds=IAM,
    check=refused("empty-variable"),
    summary="a variable names no key",
    what="""
        Finds `${}`, with or without spaces in it, in resources and in the values of String and Arn
        conditions.
        """,
    why="""
        The policy is refused, from version 2012-10-17 on.
        A template that was filled in with nothing often leaves it behind.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:DescribeImages",
            "Resource": "arn:aws:ecr:*:*:repository/${}/*"
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
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Empty variable”",
    ),
)
