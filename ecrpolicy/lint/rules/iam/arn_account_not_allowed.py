"""An account in the ARN of a resource that has none."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.arns import ACCOUNT, arns_of
from ecrpolicy.lint.kind import WITH_RESOURCES, Kind
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for arn in arns_of(subject):
        if arn.literal(ACCOUNT) and arn.never_has(ACCOUNT):
            yield Problem(
                arn.path,
                f"the resource {shown(arn.text)} names an account, and such resources have none",
                f"write {shown(arn.without_surplus())}",
                offset=arn.offset(ACCOUNT),
            )


RULE = Rule(
    name="arn-account-not-allowed",
    severity=Severity.ERROR,
    kinds=tuple(kind for kind in WITH_RESOURCES if kind is not Kind.REGISTRY),
    check=check,
    without_facts="""
        Nothing is checked: all resources of Amazon ECR and Amazon ECR Public belong to an account.
        """,
    summary="an ARN names an account, where such resources have none",
    what="""
        Finds values of `Resource` and `NotResource` with an account, where no resource of the
        service that can be meant has one in its ARN: buckets, for example.
        `*` is no account.
        """,
    why="No resource has such an ARN: an `Allow` grants nothing, a `Deny` refuses nothing.",
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "s3:GetObject",
            "Resource": "arn:aws:s3::111122223333:layers/*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::layers/*"
          }
        }
        """,
    references=(
        "IAM User Guide, “Identify AWS resources with Amazon Resource Names (ARNs)”",
        "Service Authorization Reference, “Actions, resources, and condition keys for AWS "
        "services”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – ARN account not "
        "allowed”",
    ),
)
