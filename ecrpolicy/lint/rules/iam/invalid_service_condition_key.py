"""A condition key that its service does not have."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.condition_keys import found_in
from ecrpolicy.lint.facts import Facts
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_SHARED: Final = "aws"
_SOME_DOMAIN: Final = re.compile("[./]")
_VARYING: Final = re.compile(r"\$\{\w+\}|<\w+>")
_ELSEWHERE: Final = "look it up in the Service Authorization Reference"


def check(subject: Subject) -> Iterator[Problem]:
    facts = subject.facts
    for condition in policy_of(subject).conditions:
        prefix, _, name = condition.lower_key.partition(":")
        if not name or prefix == _SHARED or _SOME_DOMAIN.search(prefix):
            continue
        if _is_key(condition.key, facts):
            continue
        is_service = facts.is_service(prefix)
        if is_service:
            yield Problem(
                condition.path,
                f"the service {shown(prefix)} has no condition key {shown(condition.key)}",
                _advice(condition.key, facts),
                at_name=True,
            )
        elif is_service is False and not _is_prefix(prefix, facts):
            yield Problem(
                condition.path,
                f"{shown(prefix)} in the condition key {shown(condition.key)} is no service",
                _advice_on_service(condition.key, facts),
                at_name=True,
            )


def _is_key(key: str, facts: Facts) -> bool:
    """Whether there is such a key, or would be with a tag behind it."""
    tag = f"{key.removesuffix('/')}/tag"
    if any(facts.condition_key(each) is not None for each in (key, tag)):
        return True
    return any(found_in(facts.index().condition_keys, each) is not None for each in (key, tag))


def _is_prefix(prefix: str, facts: Facts) -> bool:
    """Whether some service has keys that begin with another word than its prefix."""
    return any(key.partition(":")[0] == prefix for key in facts.index().condition_keys)


def _advice_on_service(key: str, facts: Facts) -> str:
    prefix, _, name = key.partition(":")
    likely = [f"{each}:{name}" for each in facts.index().closest(prefix)]
    likely.sort(key=lambda each: facts.condition_key(each) is None)
    return f"write {shown(likely[0])}" if likely else _ELSEWHERE


def _advice(key: str, facts: Facts) -> str:
    prefix = key.partition(":")[0].lower()
    service = facts.service(prefix)
    names = {name.lower(): name for name in (service.condition_keys if service else ())}
    own = {lowered: name for lowered, name in names.items() if lowered.startswith(f"{prefix}:")}
    close = get_close_matches(key.lower(), own, n=1)
    if close:
        return f"write {shown(_VARYING.sub('KEY', own[close[0]]))}"
    return _ELSEWHERE


RULE = Rule(
    name="invalid-service-condition-key",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    without_facts="""
        Keys of Amazon ECR and Amazon ECR Public are checked; of those of other services, nothing
        is said.
        """,
    summary="a condition key is none of its service",
    what="""
        Finds condition keys whose service does not have them, and those whose service there is
        not.
        Case does not count.
        Keys of identity providers, which begin with a domain, are let be, and keys that begin with
        `aws:` are told by `invalid-global-condition-key`.
        Keys of tags that name no tag are told by `missing-tag-key-in-condition`.
        """,
    why="No request has such a key: the condition never holds, or always does.",
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "*",
            "Condition": {"StringEquals": {"ecr:RepositoryName": "team/app"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "*",
            "Condition": {"StringEquals": {"ecr:ResourceTag/team": "app"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition”",
        "Service Authorization Reference, “Actions, resources, and condition keys for AWS "
        "services”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid service "
        "condition key”",
    ),
)
