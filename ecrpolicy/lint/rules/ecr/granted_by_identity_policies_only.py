"""Actions that a policy of a repository or a registry has no say in."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.binding import IDENTITY_ONLY_ACTIONS
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.edit import Remove
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.matching import means
from ecrpolicy.lint.policy import Value, policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    if subject.kind is Kind.REGISTRY and subject.scope == "V1":
        return  # the parser refuses them
    for statement in policy_of(subject).statements:
        element = statement.action
        found = [each for each in element.values if _is_idle(subject, each)] if element else []
        has_others = element is not None and len(found) < len(element.values)
        for text, path in found:
            yield Problem(
                path,
                f"{shown(text)} is granted by identity-based policies alone: it has no effect here",
                "allow it in a policy of the user or role",
                fix=(Remove(path),) if has_others else (),
            )


def _is_idle(subject: Subject, value: Value) -> bool:
    """Whether an action means these actions and no others."""
    text = value.text.lower()
    if not text.startswith("ecr:") or not any(means(text, each) for each in IDENTITY_ONLY_ACTIONS):
        return False
    meant = subject.facts.actions(value.text)
    return bool(meant) and all(each.name.lower() in IDENTITY_ONLY_ACTIONS for each in meant or ())


RULE = Rule(
    name="granted-by-identity-policies-only",
    severity=Severity.WARNING,
    kinds=(Kind.REPOSITORY, Kind.REGISTRY),
    check=check,
    summary="a policy of a repository or registry names an action that it has no say in",
    what="""
        Finds `ecr:GetAuthorizationToken` and `ecr:CreatePullThroughCacheRule` in repository
        policies and in registry policies, and patterns that mean nothing else.
        A registry policy of scope V1 is refused for them, which another rule tells.
        The fix deletes them where other actions stay.
        """,
    why="""
        A token is not got from a repository: it is good for every registry that lets its owner
        in. Only the policies of the user or role decide about it, and about new cache rules.
        An allow here lets nobody log in, and a deny stops nobody.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
            "Action": [
              "ecr:GetAuthorizationToken",
              "ecr:BatchGetImage",
              "ecr:GetDownloadUrlForLayer"
            ]
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
    references=(
        "Amazon ECR User Guide, “Private repository policies”",
        "Amazon ECR User Guide, “Private registry permissions”",
    ),
)
