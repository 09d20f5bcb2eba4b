"""A variable that is none for another reason."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="malformed-variable",
    severity=Severity.ERROR,
    kinds=IAM,
    check=refused("malformed-variable"),
    summary="what stands between `${` and `}` is no variable",
    what="""
        Finds variables with characters in their key that no key has, such as quotes, commas and
        wildcards, in resources and in the values of String and Arn conditions.
        What other rules have a name for, an open brace, a missing quote, a space, no key at all,
        they tell.
        `${*}`, `${?}` and `${$}` are the characters themselves, and fine.
        """,
    why="The policy is refused, from version 2012-10-17 on.",
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:DescribeImages",
            "Resource": "arn:aws:ecr:*:*:repository/${*a}/*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:DescribeImages",
            "Resource": "arn:aws:ecr:*:*:repository/${*}/*"
          }
        }
        """,
    references=("IAM User Guide, “IAM policy elements: Variables and tags”",),
)
