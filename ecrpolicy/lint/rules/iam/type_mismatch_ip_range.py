"""A condition on addresses whose value is none."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="type-mismatch-ip-range",
    severity=Severity.ERROR,
    kinds=IAM,
    check=refused("type-mismatch-ip-range"),
    summary="a condition compares addresses with what is none",
    what="""
        Finds values of `IpAddress` and `NotIpAddress` that are neither an IPv4 or IPv6 address nor
        a range such as `203.0.113.0/24`.
        """,
    why="""
        The policy is refused, or the condition never means what was written: a malformed range
        holds no address.
        A `NotIpAddress` with it holds for everybody.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.*"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition operators”, “IP address "
        "condition operators”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Type mismatch IP "
        "range”",
    ),
)
