"""A condition key that is not of the form of one."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="invalid-condition-key-format",
    severity=Severity.ERROR,
    kinds=IAM,
    check=refused("invalid-condition-key-format"),
    summary="a condition key is not of the form `service:name`",
    what="""
        Finds condition keys without a colon, with nothing before or behind it, and with a space
        before it.
        Whether there is such a key is told by `invalid-global-condition-key` and
        `invalid-service-condition-key`.
        """,
    why="""
        The policy is refused.
        Every context key says whose it is: `aws:` is that of all services.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "*",
            "Condition": {"Bool": {"SecureTransport": "true"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "*",
            "Condition": {"Bool": {"aws:SecureTransport": "true"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition”",
        "IAM User Guide, “AWS global condition context keys”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid "
        "condition key format”",
    ),
)
