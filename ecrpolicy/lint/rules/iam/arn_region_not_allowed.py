"""A Region in the ARN of a resource that has none."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.arns import REGION, arns_of
from ecrpolicy.lint.kind import WITH_RESOURCES, Kind
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for arn in arns_of(subject):
        if arn.literal(REGION) and arn.never_has(REGION):
            yield Problem(
                arn.path,
                f"the resource {shown(arn.text)} names a Region, and such resources have none",
                f"write {shown(arn.without_surplus())}",
                offset=arn.offset(REGION),
            )


RULE = Rule(
    name="arn-region-not-allowed",
    severity=Severity.ERROR,
    kinds=tuple(kind for kind in WITH_RESOURCES if kind is not Kind.REGISTRY),
    check=check,
    without_facts="""
        ARNs of Amazon ECR and Amazon ECR Public are checked; of those of other services, nothing
        is said.
        """,
    summary="an ARN names a Region, where such resources have none",
    what="""
        Finds values of `Resource` and `NotResource` with a Region, where no resource of the
        service that can be meant has one in its ARN: repositories of Amazon ECR Public, roles and
        buckets, for example.
        `*` is no Region.
        """,
    why="No resource has such an ARN: an `Allow` grants nothing, a `Deny` refuses nothing.",
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr-public:PutImage",
            "Resource": "arn:aws:ecr-public:us-east-1:111122223333:repository/app"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr-public:PutImage",
            "Resource": "arn:aws:ecr-public::111122223333:repository/app"
          }
        }
        """,
    references=(
        "IAM User Guide, “Identify AWS resources with Amazon Resource Names (ARNs)”",
        "Service Authorization Reference, “Actions, resources, and condition keys for AWS "
        "services”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – ARN Region not "
        "allowed”",
    ),
)
