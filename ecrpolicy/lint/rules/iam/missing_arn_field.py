"""An ARN that is too short."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import WITH_RESOURCES
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="missing-arn-field",
    severity=Severity.ERROR,
    kinds=WITH_RESOURCES,
    check=refused("missing-arn-field"),
    summary="an ARN has fewer parts than six",
    what="""
        Finds ARNs in `Resource` and `NotResource` with fewer than six parts, which colons
        separate.
        An ARN may end early with a `*`, which stands for all parts that follow.
        """,
    why="""
        The policy is refused.
        Often the empty parts have been left out: the ARN of a bucket has three colons in a row.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "arn:aws:ecr:repository/team/app"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "arn:aws:ecr:us-east-1:111122223333:repository/team/app"
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Resource”",
        "IAM User Guide, “Identify AWS resources with Amazon Resource Names (ARNs)”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Missing ARN field”",
    ),
)
