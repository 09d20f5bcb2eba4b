"""Some source addresses that no request has."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.operators import Comparison
from ecrpolicy.iam.values import network_of
from ecrpolicy.iam.wording import listed
from ecrpolicy.lint.addresses import private_values
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_KEY: Final = "aws:sourceip"


def check(subject: Subject) -> Iterator[Problem]:
    for condition in policy_of(subject).conditions:
        operator = condition.operator
        if condition.lower_key != _KEY or operator is None:
            continue
        if operator.comparison is not Comparison.IP_ADDRESS or operator.is_negated:
            continue
        private = private_values(condition)
        ranges = [value for value in condition.values if network_of(value.text) is not None]
        if 0 < len(private) < len(ranges):
            which = listed([value.text for value in private], "and")
            yield Problem(
                private[0].path,
                f"no request comes from {which}: private addresses have no effect here",
                "name public addresses, or compare `aws:VpcSourceIp` together with `aws:SourceVpc`",
            )


RULE = Rule(
    name="private-ip-address-subset",
    severity=Severity.SUGGESTION,
    kinds=IAM,
    check=check,
    summary="a condition on `aws:SourceIp` has private addresses among others",
    what="""
        Finds `IpAddress` conditions on `aws:SourceIp` some of whose values are private, and others
        not: the ranges of RFC 1918, shared, loopback and link-local addresses, and their like in
        IPv6.
        Where all are private, `private-ip-address` finds it.
        """,
    why="""
        `aws:SourceIp` is the public address that a request comes from.
        Requests through a VPC endpoint do not have the key at all; their private address is
        `aws:VpcSourceIp`.
        The private addresses are never met.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {
              "IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "10.0.0.0/8"]}
            }
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
            "Condition": {
              "IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "198.51.100.0/24"]}
            }
          }
        }
        """,
    references=(
        "IAM User Guide, “AWS global condition context keys”, “aws:SourceIp”",
        "IAM User Guide, “AWS global condition context keys”, “aws:VpcSourceIp”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Private IP "
        "address subset”",
    ),
)
