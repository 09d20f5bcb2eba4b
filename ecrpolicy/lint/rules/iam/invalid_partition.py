"""A partition of an ARN that does not fit."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import listed, shown
from ecrpolicy.lint.arns import PARTITION, REGION, arns_of
from ecrpolicy.lint.kind import WITH_RESOURCES
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject
from ecrpolicy.regions import PARTITIONS

_COMMON: Final = ("aws", "aws-cn", "aws-us-gov")
_KNOWN: Final = frozenset(PARTITIONS.values())


def check(subject: Subject) -> Iterator[Problem]:
    for arn in arns_of(subject):
        partition = arn.literal(PARTITION)
        if partition is None:
            continue
        region = arn.literal(REGION)
        right = PARTITIONS.get(region) if region else None
        advice = f"write {shown(right)}" if right else f"write {listed(_COMMON)}"
        if partition not in _KNOWN:
            told = f"{shown(partition)} in the resource {shown(arn.text)} is no partition"
            yield Problem(
                arn.path,
                told if partition else f"the resource {shown(arn.text)} names no partition",
                advice,
                offset=arn.offset(PARTITION),
            )
        elif region and right not in (None, partition):
            yield Problem(
                arn.path,
                f"the Region {shown(region)} of the resource {shown(arn.text)} is in the "
                f"partition {shown(right)}, not in {shown(partition)}",
                advice,
                offset=arn.offset(PARTITION),
            )


RULE = Rule(
    name="invalid-partition",
    severity=Severity.ERROR,
    kinds=WITH_RESOURCES,
    check=check,
    summary="the partition of an ARN is none, or not that of its Region",
    what="""
        Finds values of `Resource` and `NotResource` whose partition there is not, and those whose
        Region belongs to another partition.
        Partitions and Regions with a wildcard are let be.
        """,
    why="""
        No resource has such an ARN: an `Allow` grants nothing, a `Deny` refuses nothing.
        In the Regions of China and of AWS GovCloud (US), ARNs begin with `arn:aws-cn:` and
        `arn:aws-us-gov:`; a policy that is used in several partitions has `*` there, or takes the
        partition from its template.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "arn:aws:ecr:cn-north-1:111122223333:repository/team/app"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "arn:aws-cn:ecr:cn-north-1:111122223333:repository/team/app"
          }
        }
        """,
    references=(
        "IAM User Guide, “Identify AWS resources with Amazon Resource Names (ARNs)”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid partition”",
    ),
)
