"""An ARN without the Region that it must have."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.arns import REGION, arns_of
from ecrpolicy.lint.kind import WITH_RESOURCES
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for arn in arns_of(subject):
        if arn.literal(REGION) == "" and arn.always_has(REGION):
            yield Problem(
                arn.path,
                f"the resource {shown(arn.text)} names no Region",
                "write it, or `*`, between the third and the fourth colon",
                offset=arn.offset(REGION),
            )


RULE = Rule(
    name="missing-arn-region",
    severity=Severity.ERROR,
    kinds=WITH_RESOURCES,
    check=check,
    without_facts="""
        ARNs of Amazon ECR and Amazon ECR Public are checked; of those of other services, nothing
        is said.
        """,
    summary="an ARN names no Region, though such resources are in one",
    what="""
        Finds values of `Resource` and `NotResource` whose Region is empty, where all resources of
        the service that can be meant have a Region in their ARN.
        Roles and buckets, whose ARNs have none, are no problem; `*` stands for any Region.
        """,
    why="No resource has such an ARN: an `Allow` grants nothing, a `Deny` refuses nothing.",
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "arn:aws:ecr::111122223333:repository/team/app"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "arn:aws:ecr:*:111122223333:repository/team/app"
          }
        }
        """,
    references=(
        "IAM User Guide, “Identify AWS resources with Amazon Resource Names (ARNs)”",
        "Service Authorization Reference, “Actions, resources, and condition keys for AWS "
        "services”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Missing ARN Region”",
    ),
)
