"""A condition key without the one that it needs beside it."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.operators import Comparison
from ecrpolicy.iam.values import boolean_of
from ecrpolicy.iam.wording import listed, shown
from ecrpolicy.lint.kind import IAM, Kind
from ecrpolicy.lint.openings import narrows
from ecrpolicy.lint.policy import Condition, Statement, policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_VIA_SERVICE: Final = "aws:viaawsservice"
_PAIRS: Final = {
    "aws:vpcsourceip": ("aws:SourceVpc", "aws:SourceVpce", "aws:SourceVpcArn"),
    "aws:ec2instancesourceprivateipv4": ("aws:Ec2InstanceSourceVpc",),
    _VIA_SERVICE: ("aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"),
}


def check(subject: Subject) -> Iterator[Problem]:
    for statement in policy_of(subject).statements:
        for condition in statement.conditions:
            wanted = _PAIRS.get(condition.lower_key)
            if wanted is None or not _lets_through(statement, condition):
                continue
            if statement.has_all_conditions and not _has_any(statement, wanted):
                yield Problem(
                    condition.path,
                    f"{shown(condition.key)} says little on its own",
                    f"compare {listed(wanted)} in the same statement",
                    at_name=True,
                )


def _lets_through(statement: Statement, condition: Condition) -> bool:
    operator = condition.operator
    if operator is None or operator.comparison is Comparison.NULL:
        return False
    if condition.lower_key != _VIA_SERVICE:
        return narrows(statement, operator)
    return statement.allows and any(boolean_of(value.text) for value in condition.values)


def _has_any(statement: Statement, keys: tuple[str, ...]) -> bool:
    return any(statement.conditions_on(key.lower()) for key in keys)


RULE = Rule(
    name="missing-paired-condition-keys",
    severity=Severity.SECURITY_WARNING,
    kinds=IAM,
    check=check,
    example=Kind.REPOSITORY,
    summary="a condition key says little without another one beside it",
    what="""
        Finds conditions that let requests through, in an `Allow` or as the exception of a `Deny`,
        on keys that need another one in the same statement:

        `aws:VpcSourceIp` needs `aws:SourceVpc`, `aws:SourceVpcArn` or `aws:SourceVpce`,
        `aws:Ec2InstanceSourcePrivateIPv4` needs `aws:Ec2InstanceSourceVpc`, and `aws:ViaAWSService`
        with the value `true` in an `Allow` needs `aws:CalledVia`, `aws:CalledViaFirst` or
        `aws:CalledViaLast`.
        """,
    why="""
        Private addresses are the same in every network: anybody may have a VPC with that range.
        `aws:ViaAWSService` is true whatever service passes a request on, those that nobody thought
        of among them.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "ecr:DescribeImages",
            "Condition": {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/16"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "ecr:DescribeImages",
            "Condition": {
              "IpAddress": {"aws:VpcSourceIp": "10.0.0.0/16"},
              "StringEquals": {"aws:SourceVpc": "vpc-1a2b3c4d"}
            }
          }
        }
        """,
    references=(
        "IAM User Guide, “AWS global condition context keys”, “aws:VpcSourceIp”",
        "IAM User Guide, “AWS global condition context keys”, “aws:Ec2InstanceSourcePrivateIPv4”",
        "IAM User Guide, “AWS global condition context keys”, “aws:CalledVia”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Security Warning – "
        "Missing paired condition keys”",
    ),
)
