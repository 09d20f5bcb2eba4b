"""A statement about no action."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="empty-array-action",
    severity=Severity.ERROR,
    kinds=IAM,
    check=refused("empty-array-action"),
    summary="a statement has an empty list of actions",
    what="Finds `Action` and `NotAction` that are an empty list.",
    why="""
        An empty `Action` means nothing, an empty `NotAction` everything: neither can be meant.
        IAM Access Analyzer has it as a suggestion; here it is an error, because such a policy is
        refused.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {"Effect": "Allow", "Action": [], "Resource": "*"}
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": ["ecr:BatchGetImage"],
            "Resource": "*"
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Action”",
        "IAM User Guide, “IAM JSON policy elements: NotAction”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Empty array "
        "action”",
    ),
)
