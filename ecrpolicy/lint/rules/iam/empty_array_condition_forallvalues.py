"""A condition without values, for all values."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.emptiness import Form, without_values
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="empty-array-condition-forallvalues",
    severity=Severity.SUGGESTION,
    kinds=IAM,
    check=without_values(Form.FOR_ALL_VALUES),
    summary="a condition with `ForAllValues` has an empty list of values",
    what="""
        Finds operators with `ForAllValues` whose key has an empty list of values.
        `Null` with a qualifier is told by `null-with-qualifier`.
        """,
    why="""
        `ForAllValues` holds where the key is missing, or empty; no other value meets an empty list.
        `Null` with the value `true` asks whether a key is missing, in so many words.
        With a negated operator the condition always holds.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:TagResource",
            "Resource": "*",
            "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": []}}
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
            "Condition": {"Null": {"aws:TagKeys": "true"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition operators”",
        "IAM User Guide, “Set operators for multivalued context keys”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Empty array "
        "condition ForAllValues”",
    ),
)
