"""An allow for everybody but some."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import OF_RESOURCES, Kind
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for statement in policy_of(subject).statements:
        if statement.allows and statement.not_principal is not None:
            yield Problem(
                statement.not_principal.path,
                "everybody is allowed but those whom `NotPrincipal` names",
                "name who is allowed, with `Principal`",
                at_name=True,
            )


RULE = Rule(
    name="allow-with-not-principal",
    severity=Severity.SECURITY_WARNING,
    kinds=(*OF_RESOURCES, Kind.ENDPOINT),
    check=check,
    summary="a statement allows everybody but those whom it names",
    what="Finds `NotPrincipal` in statements with `Effect` `Allow`.",
    why="""
        It allows everybody else in the world, anonymous callers too.
        Who is to be left out is left out by not being allowed, or by a `Deny`.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:role/guest"},
            "Action": "ecr:DescribeImages"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::111122223333:role/ci"},
            "Action": "ecr:DescribeImages"
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: NotPrincipal”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Security Warning – Allow "
        "with NotPrincipal”",
    ),
)
