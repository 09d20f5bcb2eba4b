"""A condition without values."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.emptiness import Form, without_values
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="empty-array-condition",
    severity=Severity.SUGGESTION,
    kinds=IAM,
    check=without_values(Form.PLAIN),
    summary="a condition has an empty list of values",
    what="""
        Finds operators without qualifier and `IfExists` whose key has an empty list of values.
        Qualifiers and `IfExists` have rules of their own: `empty-array-condition-forallvalues`,
        `empty-array-condition-foranyvalue` and `empty-array-condition-ifexists`.
        """,
    why="""
        No value meets an empty list: the condition never holds, and the statement is about no
        request.
        With a negated operator it always holds.
        Amazon's documents do not agree on what comes of it, which is one more reason not to write
        it.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:RequestedRegion": []}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:RequestedRegion": ["us-east-1"]}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition operators”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Empty array "
        "condition”",
    ),
)
