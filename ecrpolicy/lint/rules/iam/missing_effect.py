"""A statement without an effect."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="missing-effect",
    severity=Severity.ERROR,
    kinds=IAM,
    check=refused("missing-effect"),
    summary="a statement does not say whether it allows or denies",
    what="Finds statements that have no `Effect`.",
    why="The policy is refused: nothing is allowed unless the statement says so.",
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {"Action": "ecr:GetAuthorizationToken", "Resource": "*"}
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"}
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Effect”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Missing effect”",
    ),
)
