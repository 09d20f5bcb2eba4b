"""A kind of principal that there is not."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.grammar import PRINCIPAL_KINDS
from ecrpolicy.lint.kind import OF_RESOURCES, Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.spelling import renamed
from ecrpolicy.lint.subject import Subject

_refused: Final = refused("invalid-principal-key")


def check(subject: Subject) -> Iterator[Problem]:
    for problem in _refused(subject):
        yield renamed(problem, subject.value, PRINCIPAL_KINDS)


RULE = Rule(
    name="invalid-principal-key",
    severity=Severity.ERROR,
    kinds=(*OF_RESOURCES, Kind.ENDPOINT),
    check=check,
    summary="no kind of principal is called so",
    what="""
        Finds members of `Principal` and `NotPrincipal` other than `AWS`, `Service`, `Federated`
        and `CanonicalUser`.
        Case counts. The fix mends names that are wrong in nothing else.
        In an RCP, `rcp-syntax-error-principal` finds everything but `"*"`.
        """,
    why="The policy is refused.",
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"Role": "arn:aws:iam::444455556666:role/ci"},
            "Action": "ecr:DescribeImages"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::444455556666:role/ci"},
            "Action": "ecr:DescribeImages"
          }
        }
        """,
    references=(
        "IAM User Guide, “AWS JSON policy elements: Principal”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid principal key”",
    ),
)
