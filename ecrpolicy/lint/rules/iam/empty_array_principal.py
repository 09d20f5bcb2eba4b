"""Principals of which there are none."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.grammar import PRINCIPAL_KINDS
from ecrpolicy.lint.kind import OF_RESOURCES, Kind
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_refused: Final = refused("empty-array-principal")


def check(subject: Subject) -> Iterator[Problem]:
    yield from _refused(subject)
    for statement in policy_of(subject).statements:
        held = statement.value.get("Principal")
        if not isinstance(held, dict) or not held:
            continue
        if all(kind in PRINCIPAL_KINDS and several == [] for kind, several in held.items()):
            path = (*statement.path, "Principal")
            yield Problem(
                path,
                "`Principal` names nobody: the statement is about no request",
                "say whom it is about, or delete the statement",
            )


RULE = Rule(
    name="empty-array-principal",
    severity=Severity.WARNING,
    kinds=(*OF_RESOURCES, Kind.ENDPOINT),
    check=check,
    summary="a statement has empty lists of principals",
    what="""
        Finds `Principal` and `NotPrincipal` all of whose lists are empty, as in `{"AWS": []}`.
        A list that is empty beside one that is not is left alone.
        """,
    why="""
        The statement is about no request, and what it was to grant or to refuse is not.
        An empty `NotPrincipal` excepts nobody: that cannot be meant, and such a policy is refused.
        IAM Access Analyzer has it as a suggestion.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": []},
            "Action": "ecr:BatchGetImage"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": ["111122223333"]},
            "Action": "ecr:BatchGetImage"
          }
        }
        """,
    references=(
        "IAM User Guide, “AWS JSON policy elements: Principal”",
        "IAM User Guide, “AWS JSON policy elements: NotPrincipal”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Empty array "
        "principal”",
    ),
)
