"""A principal in an SCP."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.lint.edit import Remove
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject
from ecrpolicy.lint.values import at_path

_refused: Final = refused("scp-syntax-error-principal")
_EVERYBODY: Final = ("*", {"AWS": "*"}, {"AWS": ["*"]})


def check(subject: Subject) -> Iterator[Problem]:
    for problem in _refused(subject):
        path = problem.path
        is_everybody = path[-1] == "Principal" and at_path(subject.value, path) in _EVERYBODY
        yield problem._replace(fix=(Remove(path),)) if is_everybody else problem


RULE = Rule(
    name="scp-syntax-error-principal",
    severity=Severity.ERROR,
    kinds=(Kind.SCP,),
    check=check,
    summary="a service control policy says whom it is about",
    what="""
        Finds `Principal` and `NotPrincipal` in SCPs.
        The fix deletes a principal that is everybody: that is what is meant anyway.
        """,
    why="""
        The policy is refused: it is about all users and roles of the accounts that it is attached
        to.
        Who is meant, or excepted, is said by a condition, for example on `aws:PrincipalArn`.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "ecr:*",
            "Resource": "*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {"Effect": "Deny", "Action": "ecr:*", "Resource": "*"}
        }
        """,
    references=(
        "AWS Organizations User Guide, “SCP syntax”, “Elements summary”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – SCP syntax error "
        "principal”",
    ),
)
