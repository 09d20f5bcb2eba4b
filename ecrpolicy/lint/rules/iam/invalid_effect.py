"""An effect that is none."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.lint.edit import Replace
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.spelling import in_right_case
from ecrpolicy.lint.subject import Subject
from ecrpolicy.lint.values import at_path

_refused: Final = refused("invalid-effect")
_EFFECTS: Final = ("Allow", "Deny")


def check(subject: Subject) -> Iterator[Problem]:
    for problem in _refused(subject):
        effect = in_right_case(at_path(subject.value, problem.path), _EFFECTS)
        yield problem._replace(fix=(Replace(problem.path, effect),)) if effect else problem


RULE = Rule(
    name="invalid-effect",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    summary="an effect is neither `Allow` nor `Deny`",
    what="""
        Finds `Effect` with any other word.
        Case counts. The fix mends words that are wrong in nothing else.
        """,
    why="The policy is refused.",
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {"Effect": "Permit", "Action": "ecr:BatchGetImage", "Resource": "*"}
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {"Effect": "Allow", "Action": "ecr:BatchGetImage", "Resource": "*"}
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Effect”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid effect”",
    ),
)
