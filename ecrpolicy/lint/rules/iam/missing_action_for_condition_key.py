"""A condition on what only another action may set."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.actions import AccessLevel
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.facts import Facts
from ecrpolicy.lint.grants import may_allow
from ecrpolicy.lint.kind import OF_IDENTITIES, OF_RESOURCES
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.presence import holds_without_key
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_SOURCE_IDENTITY: Final = "sts:sourceidentity"
_TRANSITIVE: Final = "sts:transitivetagkeys"
_TAG_SESSION: Final = "sts:TagSession"
_SET_IDENTITY: Final = "sts:SetSourceIdentity"

# What is needed to give a session tags and a source identity, which some actions do not take.
_OF_SESSIONS: Final[dict[str, tuple[str, ...]]] = {
    "sts:assumerole": (_TAG_SESSION, _SET_IDENTITY),
    "sts:assumerolewithsaml": (_TAG_SESSION, _SET_IDENTITY),
    "sts:assumerolewithwebidentity": (_TAG_SESSION, _SET_IDENTITY),
    "sts:getfederationtoken": (_TAG_SESSION,),
}


def check(subject: Subject) -> Iterator[Problem]:
    policy = policy_of(subject)
    for statement in policy.statements:
        action = statement.action
        conditions = [each for each in statement.conditions if _may_need(each.lower_key)]
        if not statement.allows or action is None or not conditions:
            continue
        for text, path in action.values:
            for condition in conditions:
                needed = _needed(text, condition.lower_key, subject.facts)
                if (
                    needed is not None
                    and holds_without_key(condition) is False
                    and not may_allow(policy, needed)
                ):
                    yield Problem(
                        path,
                        f"{shown(text)} is allowed with {shown(condition.key)}, which takes "
                        f"{shown(needed)} to set",
                        f"add {shown(needed)}",
                    )


def _may_need(key: str) -> bool:
    """Whether setting a key may take an action of its own."""
    return _is_tag(key) or key in (_TRANSITIVE, _SOURCE_IDENTITY)


def _is_tag(key: str) -> bool:
    return key == "aws:tagkeys" or key.startswith("aws:requesttag/")


def _needed(action: str, key: str, facts: Facts) -> str | None:
    """The action that is needed to set a key in requests for another action."""
    is_tag = _is_tag(key)
    of_session = _OF_SESSIONS.get(action.lower())
    if of_session is not None:
        if is_tag or key == _TRANSITIVE:
            return _TAG_SESSION
        return _SET_IDENTITY if key == _SOURCE_IDENTITY and _SET_IDENTITY in of_session else None
    found = facts.action(action) if is_tag else None
    for name in found.dependent_actions if found else ():
        needed = facts.action(name)
        if needed is not None and needed.access_level is AccessLevel.TAGGING:
            return needed.name
    return None


RULE = Rule(
    name="missing-action-for-condition-key",
    severity=Severity.ERROR,
    kinds=(*OF_IDENTITIES, *OF_RESOURCES),
    check=check,
    without_facts="""
        Actions of AWS STS, Amazon ECR and Amazon ECR Public are checked; of those of other
        services, nothing is said.
        """,
    summary="a condition asks for what the caller may not set without another action",
    what="""
        Finds statements that allow an action only with tags, or with a source identity, where the
        policy does not allow the action that is needed to give them: `ecr:TagResource` beside
        `ecr:CreateRepository` and `aws:RequestTag/…` or `aws:TagKeys`, `sts:TagSession` and
        `sts:SetSourceIdentity` beside `sts:AssumeRole` and its like.
        Actions with wildcards are not looked at, nor are conditions that hold where the key is
        missing.
        """,
    why="""
        A request without tags does not meet the condition, and a request with tags needs the other
        action as well.
        Nothing is allowed, unless another policy allows the rest.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:CreateRepository",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:RequestTag/team": "storefront"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": ["ecr:CreateRepository", "ecr:TagResource"],
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:RequestTag/team": "storefront"}}
          }
        }
        """,
    references=(
        "Amazon ECR User Guide, “Using Tag-Based Access Control”",
        "IAM User Guide, “Pass session tags in AWS STS”",
        "IAM User Guide, “Monitor and control actions taken with assumed roles”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Missing action "
        "for condition key”",
    ),
)
