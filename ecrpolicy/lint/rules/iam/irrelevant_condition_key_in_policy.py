"""A condition on whose the resource is, in the resource's own policy."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.variables import has_variables
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import OF_RESOURCES
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_KEYS: Final = {
    "aws:resourceaccount": "aws:PrincipalAccount",
    "aws:resourceorgid": "aws:PrincipalOrgID",
    "aws:resourceorgpaths": "aws:PrincipalOrgPaths",
    "s3:resourceaccount": "aws:PrincipalAccount",
}


def check(subject: Subject) -> Iterator[Problem]:
    for condition in policy_of(subject).conditions:
        other = _KEYS.get(condition.lower_key)
        if other is None or not condition.is_complete:
            continue
        if not any(has_variables(value.text) for value in condition.values):
            yield Problem(
                condition.path,
                f"{shown(condition.key)} is the same for every request that this policy is about",
                f"compare {shown(other)}, or delete the condition",
                at_name=True,
            )


RULE = Rule(
    name="irrelevant-condition-key-in-policy",
    severity=Severity.SUGGESTION,
    kinds=OF_RESOURCES,
    check=check,
    summary="a policy of a resource asks whose the resource is",
    what="""
        Finds conditions on `aws:ResourceAccount`, `aws:ResourceOrgID`, `aws:ResourceOrgPaths` and
        `s3:ResourceAccount` in policies of resources, unless they are compared with a variable,
        such as `${aws:PrincipalAccount}`.
        """,
    why="""
        The policy is that of the resource: its account and its organization are known before
        anybody calls, and the condition holds always, or never.
        Who wrote it may have meant the account of the caller.
        In policies of identities and of endpoints the keys tell which resources are meant.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "ecr:BatchGetImage",
            "Condition": {"StringEquals": {"aws:ResourceOrgID": "o-a1b2c3d4e5"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "ecr:BatchGetImage",
            "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “AWS global condition context keys”, “aws:ResourceAccount”",
        "IAM User Guide, “AWS global condition context keys”, “aws:ResourceOrgID”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Irrelevant "
        "condition key in policy”",
    ),
)
