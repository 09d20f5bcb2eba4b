"""A resource that does not begin as an ARN does."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import WITH_RESOURCES
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="invalid-arn-prefix",
    severity=Severity.ERROR,
    kinds=WITH_RESOURCES,
    check=refused("invalid-arn-prefix"),
    summary="a resource is no ARN",
    what="""
        Finds values of `Resource` and `NotResource` that do not begin with `arn:`, in lower case.
        `*` alone is every resource.
        Repository policies name no resources.
        """,
    why="""
        The policy is refused.
        Where the name of a repository stands, its ARN was meant:
        `arn:aws:ecr:REGION:ACCOUNT:repository/NAME`.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "team/app"
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
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid ARN prefix”",
    ),
)
