"""Who may push may also let others in."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.arn import Arn
from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import listed, shown
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.matching import means
from ecrpolicy.lint.policy import Statement, Value, policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_CONTROL: Final = ("ecr:SetRepositoryPolicy", "ecr:PutRegistryPolicy")
_PUSH: Final = "ecr:PutImage"
_ALL: Final = ("*", "ecr:*", "*:*")


def check(subject: Subject) -> Iterator[Problem]:
    if subject.kind is Kind.REGISTRY and subject.scope == "V1":
        return  # which knows none of these actions
    control = _CONTROL[:1] if subject.kind is Kind.REPOSITORY else _CONTROL
    for statement in policy_of(subject).statements:
        action = statement.action
        if not statement.allows or action is None or not statement.means(_PUSH):
            continue
        if not any(map(statement.means, control)) or _is_administrator(subject, statement):
            continue
        for value in action.values:
            found = [each for each in control if means(value.text, each)]
            if found:
                yield Problem(value.path, _message(value, found), _help(value))


def _message(value: Value, found: list[str]) -> str:
    if value.text.lower() in (each.lower() for each in found):
        return f"who may push may also change who else may: {shown(value.text)} is allowed"
    return (
        f"who may push may also change who else may: {shown(value.text)} means "
        f"{listed(found, 'and')} too"
    )


def _help(value: Value) -> str:
    if "*" in value.text or "?" in value.text:
        return "name the actions that are meant"
    return "allow it to administrators alone, in a statement of their own"


def _is_administrator(subject: Subject, statement: Statement) -> bool:
    """Whether the statement seems to be for those who look after all of it.

    That is an identity-based policy of all actions on all resources, and a grant to the account
    itself, which leaves the choice to the policies of its identities.
    """
    action, resource, principal = statement.action, statement.resource, statement.principal
    if subject.kind is Kind.IDENTITY:
        may_be_all = action is not None and (
            not action.is_complete or any(each.lower() in _ALL for each in action.texts)
        )
        return may_be_all and (
            resource is None or not resource.is_complete or "*" in resource.texts
        )
    if principal is None or subject.registry is None:
        return False
    account = subject.registry.account
    arns = [Arn.read(each.text) for each in principal.values]
    return principal.is_complete and all(
        each.text == account or (arn is not None and arn.account == account)
        for each, arn in zip(principal.values, arns, strict=True)
    )


RULE = Rule(
    name="pusher-controls-policy",
    severity=Severity.SECURITY_WARNING,
    kinds=(Kind.REPOSITORY, Kind.REGISTRY, Kind.IDENTITY),
    check=check,
    summary="who may push may also change who else is let in",
    what="""
        Finds statements that allow `ecr:PutImage` together with `ecr:SetRepositoryPolicy` or
        `ecr:PutRegistryPolicy`: by name, by `ecr:*`, or by a pattern such as `ecr:Put*`.

        An identity-based policy of all actions on all resources is let be: it is for
        administrators. So is a grant to the registry's own account, where a snapshot says which
        that is.
        """,
    why="""
        A build that pushes images needs five actions. With one of these besides, whoever takes it
        over grants themselves, or any other account, all that the policy does not give them:
        deleting images, or pulling from elsewhere.
        `ecr:Put*` looks like pushing, and means the registry's policy and its replication too.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::444455556666:role/Build"},
            "Action": "ecr:*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::444455556666:role/Build"},
            "Action": [
              "ecr:BatchCheckLayerAvailability",
              "ecr:InitiateLayerUpload",
              "ecr:UploadLayerPart",
              "ecr:CompleteLayerUpload",
              "ecr:PutImage"
            ]
          }
        }
        """,
    references=(
        "Amazon ECR User Guide, “Required IAM permissions for pushing an image”",
        "Service Authorization Reference, “Actions, resources, and condition keys for Amazon "
        "Elastic Container Registry”",
    ),
)
