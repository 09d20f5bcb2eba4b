"""A space in the key of a variable."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="unsupported-space-in-variable",
    severity=Severity.ERROR,
    kinds=IAM,
    check=refused("unsupported-space-in-variable"),
    summary="a space stands in the key of a variable",
    what="""
        Finds variables with a space in their key, or around it, in resources and in the values of
        String and Arn conditions.
        Spaces around the comma and in the default are allowed.
        """,
    why="""
        The policy is refused, from version 2012-10-17 on: no key has a space in its name.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:DescribeImages",
            "Resource": "arn:aws:ecr:*:*:repository/${ aws:username }/*"
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
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Unsupported "
        "space in variable”",
    ),
)
