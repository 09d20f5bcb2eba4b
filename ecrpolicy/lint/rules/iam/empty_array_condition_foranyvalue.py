"""A condition without values, for any value."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.emptiness import Form, without_values
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="empty-array-condition-foranyvalue",
    severity=Severity.SUGGESTION,
    kinds=IAM,
    check=without_values(Form.FOR_ANY_VALUE),
    summary="a condition with `ForAnyValue` has an empty list of values",
    what="""
        Finds operators with `ForAnyValue` whose key has an empty list of values.
        `Null` with a qualifier is told by `null-with-qualifier`.
        """,
    why="""
        No value meets an empty list: the condition never holds, and the statement is about no
        request.
        With `IfExists`, it holds only where the key is missing; `Null` with the value `true` asks
        that in so many words, and the fix writes it, where nothing else in the `Condition` has to
        be moved.
        With a negated operator, it holds whatever values the key has.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:TagResource",
            "Resource": "*",
            "Condition": {"ForAnyValue:StringEquals": {"aws:TagKeys": []}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:TagResource",
            "Resource": "*",
            "Condition": {"ForAnyValue:StringEquals": {"aws:TagKeys": ["team"]}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition operators”",
        "IAM User Guide, “Set operators for multivalued context keys”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Empty array "
        "condition ForAnyValue”",
    ),
)
