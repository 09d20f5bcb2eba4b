"""A policy without statements."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="missing-statement",
    severity=Severity.ERROR,
    kinds=IAM,
    check=refused("missing-statement"),
    summary="a policy has no statements",
    what="Finds policies without `Statement`, and those whose list of statements is empty.",
    why="""
        The policy is refused.
        Where nothing is to be allowed or denied any more, the policy itself is to be deleted.
        """,
    trips="""
        {
          "Version": "2012-10-17"
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {"Effect": "Allow", "Action": "ecr:BatchGetImage", "Resource": "*"}
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Statement”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Missing statement”",
    ),
)
