"""A value of another JSON type than it must have."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="data-type-mismatch",
    severity=Severity.ERROR,
    kinds=IAM,
    check=refused("data-type-mismatch"),
    summary="a value has another JSON type than it must have",
    what="""
        Finds values of the wrong JSON type: an `Effect` that is a list, a statement that is a
        string, an action that is a number, a condition that is no object, `null`.
        The values of a condition may be strings, numbers and booleans.
        A `Principal` that is neither `"*"` nor an object is told by `invalid-principal-format`.
        """,
    why="The policy is refused.",
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": ["ecr:BatchGetImage", 7],
            "Resource": "*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {"Effect": "Allow", "Action": ["ecr:BatchGetImage"], "Resource": "*"}
        }
        """,
    references=(
        "IAM User Guide, “Grammar of the IAM JSON policy language”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Data type mismatch”",
    ),
)
