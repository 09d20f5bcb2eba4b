"""A condition key of all services that there is not."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.condition_keys import global_key, global_names
from ecrpolicy.lint.kind import IAM, Kind
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_PREFIX: Final = "aws:"
_TOLD_ELSEWHERE: Final = "aws:arn"
_OF_SNS: Final = "aws:sourceowner"


def check(subject: Subject) -> Iterator[Problem]:
    for condition in policy_of(subject).conditions:
        key = condition.lower_key
        if not key.startswith(_PREFIX) or _is_known(key) or key == _PREFIX:
            continue
        if not (key == _OF_SNS and subject.kind is Kind.RESOURCE):
            yield Problem(
                condition.path,
                f"there is no condition key {shown(condition.key)}",
                _advice(key),
                at_name=True,
            )


def _is_known(key: str) -> bool:
    if key == _TOLD_ELSEWHERE or global_key(key) is not None:
        return True
    return global_key(f"{key.removesuffix('/')}/tag") is not None


def _advice(key: str) -> str:
    names = {name.lower(): name for name in global_names() if name.startswith(_PREFIX)}
    close = get_close_matches(key, names, n=1)
    if close:
        return f"write {shown(names[close[0]])}"
    return "look it up in the IAM User Guide, “AWS global condition context keys”"


RULE = Rule(
    name="invalid-global-condition-key",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    summary="a condition key that begins with `aws:` is none",
    what="""
        Finds condition keys that begin with `aws:` and are none of those that all services share.
        Case does not count.
        Keys of tags that name no tag are told by `missing-tag-key-in-condition`, and `aws:ARN` by
        rules of its own.
        `aws:SourceOwner`, which Amazon SNS alone has, is let be in policies of other services'
        resources.
        Keys that AWS has added after this version of the linter are not known to it.
        """,
    why="No request has such a key: the condition never holds, or always does.",
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:PrincipalOrganizationID": "o-a1b2c3d4e5"}}
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
            "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “AWS global condition context keys”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid global "
        "condition key”",
    ),
)
