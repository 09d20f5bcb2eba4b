"""A principal that names nobody."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam import elements
from ecrpolicy.lint.edit import Replace
from ecrpolicy.lint.kind import OF_RESOURCES, Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject
from ecrpolicy.lint.values import at_path

_refused: Final = refused("invalid-principal-format")


def check(subject: Subject) -> Iterator[Problem]:
    for problem in _refused(subject):
        path, held = problem.path, at_path(subject.value, problem.path)
        is_alone = path[-1] in ("Principal", "NotPrincipal") and isinstance(held, str)
        if is_alone and elements.principal("AWS", held) is None:
            yield problem._replace(fix=(Replace(path, {"AWS": held}),))
        else:
            yield problem


RULE = Rule(
    name="invalid-principal-format",
    severity=Severity.ERROR,
    kinds=(*OF_RESOURCES, Kind.ENDPOINT),
    check=check,
    summary="a principal names nobody",
    what="""
        Finds a `Principal` or `NotPrincipal` that is neither `"*"` nor an object, and values in it
        that are nobody: accounts without twelve digits, ARNs of groups, of instance profiles, and
        of sessions without their name, what is no ARN at all.
        The fix writes an account or an ARN that stands alone as `{"AWS": …}`.
        Services and wildcards within principals have rules of their own; in an RCP,
        `rcp-syntax-error-principal` finds everything but `"*"`.
        """,
    why="""
        The policy is refused.
        Groups are no principals: name the role, or the account.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": "arn:aws:iam::444455556666:role/ci",
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
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid "
        "principal format”",
    ),
)
