"""A statement that does not say whom it is about."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.lint.edit import Add
from ecrpolicy.lint.kind import OF_RESOURCES, Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_refused: Final = refused("missing-principal")
_EVERYBODY: Final = "*"


def check(subject: Subject) -> Iterator[Problem]:
    for problem in _refused(subject):
        if subject.kind is Kind.RCP:
            yield problem._replace(fix=(Add((*problem.path, "Principal"), _EVERYBODY),))
        else:
            yield problem


RULE = Rule(
    name="missing-principal",
    severity=Severity.ERROR,
    kinds=(*OF_RESOURCES, Kind.RCP),
    check=check,
    summary="a statement does not say whom it is about",
    what="""
        Finds statements with neither `Principal` nor `NotPrincipal` in policies of resources and
        in RCPs.
        Those that name nobody are told by `empty-array-principal` and `empty-object-principal`.
        In an RCP, the fix adds the only principal that there can be, `"*"`.
        """,
    why="""
        The policy is refused.
        A policy of an identity is about that identity; a policy of a resource must say who is
        meant.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {"Effect": "Allow", "Action": "ecr:DescribeImages"}
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "444455556666"},
            "Action": "ecr:DescribeImages"
          }
        }
        """,
    references=(
        "IAM User Guide, “AWS JSON policy elements: Principal”",
        "Amazon ECR User Guide, “Private repository policies”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Missing principal”",
    ),
)
