"""The condition key `aws:ARN`, of the caller."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import OF_IDENTITIES, Kind
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_KEY: Final = "aws:arn"


def check(subject: Subject) -> Iterator[Problem]:
    for condition in policy_of(subject).conditions:
        if condition.lower_key == _KEY:
            yield Problem(
                condition.path,
                "the guide has no condition key `aws:ARN` any more",
                "compare `aws:PrincipalArn`",
                at_name=True,
            )


RULE = Rule(
    name="deprecated-global-condition-key",
    severity=Severity.WARNING,
    kinds=(*OF_IDENTITIES, Kind.SCP),
    check=check,
    summary="a condition compares `aws:ARN`, the old name of `aws:PrincipalArn`",
    what="""
        Finds conditions on `aws:ARN` in policies that do not say whom they are about.
        In other policies, where a service or its source may be meant,
        `unsupported-global-condition-key` finds it.
        """,
    why="""
        The key is not among the global condition keys any more, and nobody can rely on it: a
        condition on a key that requests do not have never holds, or always does.
        `aws:PrincipalArn` is the ARN of the caller; of a session, that of its role.
        There is no fix, because decisions may change: the values may have to be written anew.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Action": "ecr:Delete*",
            "Resource": "*",
            "Condition": {
              "ArnNotLike": {"aws:ARN": "arn:aws:iam::111122223333:role/admin"}
            }
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Action": "ecr:Delete*",
            "Resource": "*",
            "Condition": {
              "ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/admin"}
            }
          }
        }
        """,
    references=(
        "IAM User Guide, “AWS global condition context keys”, “aws:PrincipalArn”",
        "IAM User Guide, “Access Analyzer policy check reference”, “General Warning – "
        "Deprecated global condition key”",
    ),
)
