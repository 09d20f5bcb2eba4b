"""A service of an ARN that is not in lower case."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.arns import SERVICE, arns_of, is_service
from ecrpolicy.lint.kind import WITH_RESOURCES
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for arn in arns_of(subject):
        service = arn.literal(SERVICE) or ""
        right = service.lower()
        if service != right and is_service(subject.facts, right) is not False:
            yield Problem(
                arn.path,
                f"the service {shown(service)} of the resource {shown(arn.text)} is not in lower "
                "case",
                f"write {shown(right)}",
                offset=arn.offset(SERVICE),
            )


RULE = Rule(
    name="invalid-arn-service-case",
    severity=Severity.ERROR,
    kinds=WITH_RESOURCES,
    check=check,
    without_facts="All ARNs are checked, those too whose service there is not.",
    summary="the service of an ARN is not in lower case",
    what="""
        Finds values of `Resource` and `NotResource` with a capital letter in their service.
        Where there is no such service in lower case either, `invalid-service` tells it.
        In actions, case does not count.
        """,
    why="""
        ARNs are compared with regard to case: an `Allow` grants nothing, a `Deny` refuses nothing.
        There is no fix, because the statement would decide otherwise than now.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "arn:aws:ECR:us-east-1:111122223333:repository/team/app"
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
        "IAM User Guide, “IAM JSON policy elements: Resource”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid ARN "
        "service case”",
    ),
)
