"""A principal in a policy of an identity."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import OF_IDENTITIES
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="unsupported-principal",
    severity=Severity.ERROR,
    kinds=OF_IDENTITIES,
    check=refused("unsupported-principal"),
    summary="a policy of an identity says whom it is about",
    what="""
        Finds `Principal` and `NotPrincipal` in identity-based policies, permissions boundaries and
        session policies.
        In SCPs, `scp-syntax-error-principal` finds them.
        """,
    why="""
        The policy is refused: it is about the identity that it is attached to, and nobody else.
        With a principal, a policy of a resource was meant, such as a repository policy.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "111122223333"},
            "Action": "ecr:DescribeImages",
            "Resource": "*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {"Effect": "Allow", "Action": "ecr:DescribeImages", "Resource": "*"}
        }
        """,
    references=(
        "IAM User Guide, “AWS JSON policy elements: Principal”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Unsupported principal”",
    ),
)
