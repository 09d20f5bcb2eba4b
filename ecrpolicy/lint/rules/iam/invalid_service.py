"""A service of an ARN that there is not."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.arns import SERVICE, arns_of, is_service
from ecrpolicy.lint.kind import WITH_RESOURCES
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for arn in arns_of(subject):
        service = arn.literal(SERVICE)
        if service == "":
            yield Problem(
                arn.path,
                f"the resource {shown(arn.text)} names no service",
                "write it between the second and the third colon",
                offset=arn.offset(SERVICE),
            )
        elif service and is_service(subject.facts, service.lower()) is False:
            close = next(iter(subject.facts.index().closest(service)), None)
            yield Problem(
                arn.path,
                f"{shown(service)} in the resource {shown(arn.text)} is no service",
                f"write {shown(close)}" if close else "write the prefix of the service's actions",
                offset=arn.offset(SERVICE),
            )


RULE = Rule(
    name="invalid-service",
    severity=Severity.ERROR,
    kinds=WITH_RESOURCES,
    check=check,
    without_facts="ARNs that name no service are found, and no others.",
    summary="the service of an ARN is none",
    what="""
        Finds values of `Resource` and `NotResource` whose service there is not, or that name none.
        Services with a wildcard are let be.
        In actions, `invalid-service-in-action` finds it.
        """,
    why="""
        No resource has such an ARN: an `Allow` grants nothing, a `Deny` refuses nothing.
        The service in an ARN is mostly the prefix of its actions, and not its name.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:DescribeImages",
            "Resource": "arn:aws:ecr-private:us-east-1:111122223333:repository/team/app"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:DescribeImages",
            "Resource": "arn:aws:ecr:us-east-1:111122223333:repository/team/app"
          }
        }
        """,
    references=(
        "IAM User Guide, “Identify AWS resources with Amazon Resource Names (ARNs)”",
        "Service Authorization Reference, “Actions, resources, and condition keys for AWS "
        "services”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid service”",
    ),
)
