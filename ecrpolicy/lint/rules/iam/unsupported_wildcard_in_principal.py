"""A wildcard within a principal."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import OF_RESOURCES, Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="unsupported-wildcard-in-principal",
    severity=Severity.ERROR,
    kinds=(*OF_RESOURCES, Kind.ENDPOINT),
    check=refused("unsupported-wildcard-in-principal"),
    summary="a principal is a pattern",
    what="""
        Finds `*` and `?` within a principal, such as all roles of an account or all services.
        `*` alone, under `AWS` or in place of all principals, is everybody and no pattern.
        In an RCP, `rcp-syntax-error-principal` finds everything but `*`.
        """,
    why="""
        The policy is refused: principals are not compared as patterns are.
        Where all roles with some prefix are meant, `*` together with a condition on
        `aws:PrincipalArn` means them; a condition on the account or the organization should stand
        beside it.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::444455556666:role/ci-*"},
            "Action": "ecr:DescribeImages"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "444455556666"},
            "Action": "ecr:DescribeImages",
            "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::444455556666:role/ci-*"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “AWS JSON policy elements: Principal”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Unsupported "
        "wildcard in principal”",
    ),
)
