"""An action that is nothing to the policy's resource."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy import iam
from ecrpolicy.finding import Severity
from ecrpolicy.iam import elements
from ecrpolicy.iam.binding import IDENTITY_ONLY_ACTIONS
from ecrpolicy.iam.grammar import GRAMMARS
from ecrpolicy.iam.patterns import has_wildcard, matcher
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.actions import is_known
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject
from ecrpolicy.lint.values import at_path

_refused: Final = refused("unsupported-action-in-policy")
_SERVICE: Final = "ecr"
_EVERYTHING: Final = "*"


def check(subject: Subject) -> Iterator[Problem]:
    for problem in _refused(subject):
        text = at_path(subject.value, problem.path)
        if not isinstance(text, str) or is_known(text, subject.facts):
            yield problem
    if subject.kind is Kind.REGISTRY and subject.scope == "V1":
        return
    grammar = GRAMMARS[iam.Kind(subject.kind.value)]
    for statement in policy_of(subject).statements:
        for text, path in statement.action.values if statement.action else ():
            if elements.action(text) is None and _is_nothing(text, subject):
                yield Problem(
                    path,
                    f"{shown(text)} is nothing that {grammar.name} has a say in",
                    "delete it, or allow it in a policy of the user or role",
                    severity=Severity.WARNING if _is_of_ecr(text) else None,
                )


def _is_of_ecr(text: str) -> bool:
    return text.partition(":")[0].lower() == _SERVICE


def _is_nothing(text: str, subject: Subject) -> bool:
    """Whether an action that there is, is of another service, or about no repository."""
    facts, prefix = subject.facts, text.partition(":")[0].lower()
    if text == _EVERYTHING or not is_known(text, facts):
        return False
    if not has_wildcard(prefix) and facts.is_service(prefix) is False:
        return False
    if not matcher(prefix)(_SERVICE):
        return True
    if subject.kind is not Kind.REPOSITORY:
        return False
    meant = [
        action
        for action in facts.actions(text) or ()
        if action.name.lower() not in IDENTITY_ONLY_ACTIONS
    ]
    return bool(meant) and not any(action.has_resource for action in meant)


RULE = Rule(
    name="unsupported-action-in-policy",
    severity=Severity.ERROR,
    kinds=(Kind.REPOSITORY, Kind.REGISTRY),
    check=check,
    summary="an action is nothing that can be done to the resource of the policy",
    what="""
        Finds values of `Action` in repository policies that mean nothing which is done to a
        repository: actions of other services, and actions about the whole registry, such as
        `ecr:PutReplicationConfiguration`. The latter are warnings: Amazon ECR stores such a policy,
        and they have no effect in it.
        In registry policies it finds actions of other services and, where the scope is known to be
        V1, all but the three that there are, and `NotAction`.
        `ecr:GetAuthorizationToken` and `ecr:CreatePullThroughCacheRule` are told by
        `granted-by-identity-policies-only`, actions that there are not by `invalid-action`.
        """,
    why="""
        A policy of a repository decides about what is done to that repository, and about nothing
        else: an `Allow` of another action grants nothing.
        A registry policy of scope V1 with other actions is refused.
        Policies of identities are the place for actions about the registry.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "444455556666"},
            "Action": ["ecr:DescribeImages", "ecr:DescribeRegistry"]
          }
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
        "Amazon ECR User Guide, “Private repository policies”",
        "Amazon ECR User Guide, “Private registry permissions”",
        "Service Authorization Reference, “Actions, resources, and condition keys for Amazon "
        "Elastic Container Registry”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Unsupported "
        "action in policy”",
    ),
)
