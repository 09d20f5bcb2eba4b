"""Manifests that may be pulled, and layers that may not."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.arn import Arn, is_account
from ecrpolicy.finding import Severity
from ecrpolicy.lint.grants import may_allow
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.policy import Principals, Statement, policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_MANIFEST: Final = "ecr:BatchGetImage"
_LAYERS: Final = "ecr:GetDownloadUrlForLayer"
# Who gives an image another tag reads its manifest, and no layers.
_COPIES: Final = "ecr:PutImage"


def check(subject: Subject) -> Iterator[Problem]:
    policy = policy_of(subject)
    if not policy.is_complete:
        return
    of_identity = subject.kind is Kind.IDENTITY
    if of_identity and may_allow(policy, _COPIES):
        return
    for statement in policy.statements:
        action = statement.action
        if not (statement.allows and action is not None and statement.means(_MANIFEST)):
            continue
        if not any(_may_complete(statement, each) for each in policy.statements):
            where = " here" if of_identity else ""
            yield Problem(
                action.path,
                f"`{_MANIFEST}` is allowed and `{_LAYERS}` is not{where}: no image can be pulled",
                f"add `{_LAYERS}`",
                severity=Severity.SUGGESTION if of_identity else None,
            )


def _may_complete(statement: Statement, other: Statement) -> bool:
    """Whether a statement allows the layers to somebody who has the manifest by another one."""
    if other.denies or other.means(_LAYERS) is False:
        return False
    one, two = _groups(statement.principal), _groups(other.principal)
    return one is None or two is None or not one.isdisjoint(two)


def _groups(principals: Principals | None) -> frozenset[str] | None:
    """The accounts and the services of principals; None where anybody may be meant."""
    if principals is None or not principals.is_complete or principals.has_everybody:
        return None
    found = set()
    for each in principals.values:
        arn = Arn.read(each.text)
        group = each.text if arn is None else arn.account
        if each.kind != "Service" and not is_account(group):
            return None
        found.add(group)
    return frozenset(found)


RULE = Rule(
    name="layers-cannot-be-pulled",
    severity=Severity.WARNING,
    kinds=(Kind.REPOSITORY, Kind.IDENTITY),
    check=check,
    summary="a policy lets manifests be pulled and layers not",
    what="""
        Finds repository policies that allow `ecr:BatchGetImage`, and nowhere
        `ecr:GetDownloadUrlForLayer`, or only to other accounts and services.
        In identity-based policies it is a suggestion, since another policy of the same role may
        allow the rest, and those that allow `ecr:PutImage` are let be: an image is given another
        tag without its layers.
        Statements whose actions are not known yet are given the benefit of the doubt.
        """,
    why="""
        A pull fetches the manifest with the first action and each layer with the second.
        Without it, `docker pull` fails with “denied” after the manifest has been found, which
        looks as though the repository policy worked.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
            "Action": "ecr:BatchGetImage"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
            "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
          }
        }
        """,
    references=("Amazon ECR User Guide, “Private repository policy examples”",),
)
