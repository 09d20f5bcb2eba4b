"""A version that is none."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="invalid-version",
    severity=Severity.ERROR,
    kinds=IAM,
    check=refused("invalid-version"),
    summary="the version of the policy language is none",
    what="Finds a `Version` other than `2012-10-17` and `2008-10-17`.",
    why="""
        The policy is refused.
        It is the version of the language, and not of the policy: the day of the last change does
        not belong there.
        `2012-10-17` is the one to write; under `2008-10-17`, variables are plain text.
        """,
    trips="""
        {
          "Version": "2026-01-31",
          "Statement": {"Effect": "Allow", "Action": "ecr:BatchGetImage", "Resource": "*"}
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {"Effect": "Allow", "Action": "ecr:BatchGetImage", "Resource": "*"}
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Version”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid version”",
    ),
)
