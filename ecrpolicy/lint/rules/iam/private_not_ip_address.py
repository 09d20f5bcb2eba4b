"""An exception for source addresses that no request has."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.operators import Comparison, Operator, Qualifier
from ecrpolicy.lint.addresses import private_values
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_KEY: Final = "aws:sourceip"


def check(subject: Subject) -> Iterator[Problem]:
    for condition in policy_of(subject).conditions:
        operator = condition.operator
        if condition.lower_key != _KEY or operator is None or not _is_meant(operator):
            continue
        private = private_values(condition)
        if private and condition.is_complete and len(private) == len(condition.values):
            yield Problem(
                condition.path,
                "no request comes from the private addresses of `aws:SourceIp`: nobody is excepted",
                "name public addresses, or compare `aws:VpcSourceIp` together with `aws:SourceVpc`",
            )


def _is_meant(operator: Operator) -> bool:
    return (
        operator.comparison is Comparison.IP_ADDRESS
        and operator.is_negated
        and operator.qualifier is not Qualifier.FOR_ANY_VALUE
    )


RULE = Rule(
    name="private-not-ip-address",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    summary="a condition on `aws:SourceIp` excepts private addresses only, and always holds",
    what="""
        Finds `NotIpAddress` conditions on `aws:SourceIp` all of whose values are private: the
        ranges of RFC 1918, shared, loopback and link-local addresses, and their like in IPv6.
        """,
    why="""
        `aws:SourceIp` is the public address that a request comes from; requests through a VPC
        endpoint do not have it at all.
        The condition therefore holds for all of them: a `Deny` that was to spare the own network
        spares nobody.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"NotIpAddress": {"aws:SourceIp": ["10.0.0.0/8", "192.168.0.0/16"]}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “AWS global condition context keys”, “aws:SourceIp”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Private NotIpAddress”",
    ),
)
