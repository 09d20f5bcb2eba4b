"""A Region of an ARN that is none."""

from collections.abc import Iterator
from difflib import get_close_matches

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.arns import REGION, WrittenArn, arns_of
from ecrpolicy.lint.kind import WITH_RESOURCES
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject
from ecrpolicy.regions import PARTITIONS


def check(subject: Subject) -> Iterator[Problem]:
    for arn in arns_of(subject):
        region = arn.literal(REGION)
        if region and not (region in PARTITIONS or _is_as_known(arn)):
            close = get_close_matches(region.lower(), PARTITIONS, n=1)
            yield Problem(
                arn.path,
                f"{shown(region)} in the resource {shown(arn.text)} is no Region",
                f"write {shown(close[0])}"
                if close
                else "write a Region such as `us-east-1`, or `*`",
                offset=arn.offset(REGION),
            )


def _is_as_known(arn: WrittenArn) -> bool:
    """Whether such resources have just that in place of a Region, or have no Region at all."""
    return arn.is_named(REGION) or arn.never_has(REGION)


RULE = Rule(
    name="invalid-arn-region",
    severity=Severity.ERROR,
    kinds=WITH_RESOURCES,
    check=check,
    summary="the Region of an ARN is none",
    what="""
        Finds values of `Resource` and `NotResource` with a Region that there is not.
        Regions with a wildcard are let be.
        Where no resource of the kind has a Region in its ARN, `arn-region-not-allowed` tells it; a
        Region of another partition is told by `invalid-partition`.
        Regions that AWS has opened after this version of the linter are not known to it.
        """,
    why="No resource has such an ARN: an `Allow` grants nothing, a `Deny` refuses nothing.",
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "arn:aws:ecr:us-east1:111122223333:repository/team/app"
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
        "IAM User Guide, “Identify AWS resources with Amazon Resource Names (ARNs)”",
        "AWS General Reference, “AWS Regions and Endpoints”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid ARN Region”",
    ),
)
