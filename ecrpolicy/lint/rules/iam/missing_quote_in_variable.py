"""A default of a variable that is not in quotes."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="missing-quote-in-variable",
    severity=Severity.ERROR,
    kinds=IAM,
    check=refused("missing-quote-in-variable"),
    summary="the default of a variable is not in single quotes",
    what="""
        Finds variables with a default, the text behind the comma, that does not stand in single
        quotes, in resources and in the values of String and Arn conditions.
        """,
    why="""
        The policy is refused, from version 2012-10-17 on.
        A default stands in for a key that the request does not have.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:DescribeImages",
            "Resource": "arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team, none}/*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:DescribeImages",
            "Resource": "arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team, 'none'}/*"
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM policy elements: Variables and tags”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Missing quote in "
        "variable”",
    ),
)
