"""An expression that a tool fills in."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import ALL
from ecrpolicy.lint.refusals import told_by_reader
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="template-expression",
    severity=Severity.SUGGESTION,
    kinds=ALL,
    check=told_by_reader,
    summary="a JSON file is a template, which another tool fills in",
    what="""
        Finds the first `${…}` of a JSON file that cannot be a policy variable: the name of a
        condition key has one `:` in it, and `${var.region}`, `${account_id}` and
        `${AWS::AccountId}` have none, or two.
        The file is then read as a template, such as Terraform's `templatefile` takes. What is
        filled in is not known, and no rule guesses at it; all else is checked.
        """,
    why="""
        What the expressions become is not seen here: lint the plan, or the file that is made.
        Where nothing fills the file in, Amazon ECR and IAM refuse the text, or take it as it
        stands.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:DescribeImages",
            "Resource": "arn:aws:ecr:${var.region}:111122223333:repository/team/*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:DescribeImages",
            "Resource": "arn:aws:ecr:*:111122223333:repository/${aws:PrincipalTag/team}/*"
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM policy elements: Variables and tags”",
        "Terraform documentation, “templatefile Function”",
    ),
)
