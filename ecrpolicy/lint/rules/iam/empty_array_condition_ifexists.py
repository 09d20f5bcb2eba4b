"""A condition without values, with `IfExists`."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.emptiness import Form, without_values
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="empty-array-condition-ifexists",
    severity=Severity.SUGGESTION,
    kinds=IAM,
    check=without_values(Form.IF_EXISTS),
    summary="a condition with `IfExists` has an empty list of values",
    what="""
        Finds operators with `IfExists`, without qualifier, whose key has an empty list of values.
        """,
    why="""
        No value meets an empty list: the condition holds only where the key is missing, which
        `Null` with the value `true` asks in so many words.
        With a negated operator it always holds.
        The fix writes `Null`, where nothing else in the `Condition` has to be moved; it changes no
        decision.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"StringEqualsIfExists": {"aws:RequestedRegion": []}}
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
            "Condition": {"Null": {"aws:RequestedRegion": "true"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition operators”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Empty array "
        "condition IfExists”",
    ),
)
