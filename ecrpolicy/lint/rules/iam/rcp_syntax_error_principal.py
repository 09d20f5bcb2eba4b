"""A principal of an RCP other than everybody."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.lint.edit import Replace
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject
from ecrpolicy.lint.values import at_path

_refused: Final = refused("rcp-syntax-error-principal")
_EVERYBODY: Final = ({"AWS": "*"}, {"AWS": ["*"]})


def check(subject: Subject) -> Iterator[Problem]:
    for problem in _refused(subject):
        is_everybody = problem.path[-1] == "Principal" and (
            at_path(subject.value, problem.path) in _EVERYBODY
        )
        yield problem._replace(fix=(Replace(problem.path, "*"),)) if is_everybody else problem


RULE = Rule(
    name="rcp-syntax-error-principal",
    severity=Severity.ERROR,
    kinds=(Kind.RCP,),
    check=check,
    summary="a resource control policy is about somebody in particular",
    what="""
        Finds principals of RCPs other than `"*"`, and `NotPrincipal`.
        A statement without a principal is told by `missing-principal`.
        """,
    why="""
        The policy is refused.
        Who is meant, or excepted, is said by a condition, for example on `aws:PrincipalArn` or
        `aws:PrincipalOrgID`.
        `{"AWS": "*"}` means everybody as well; the fix writes it as `"*"`.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Principal": {"AWS": "*"},
            "Action": "ecr:*",
            "Resource": "*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {"Effect": "Deny", "Principal": "*", "Action": "ecr:*", "Resource": "*"}
        }
        """,
    references=(
        "AWS Organizations User Guide, “RCP syntax”, “Principal element”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – RCP syntax error "
        "principal”",
    ),
)
