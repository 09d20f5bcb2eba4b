"""The condition key `aws:ARN`."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import WITH_PRINCIPALS, Kind
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_KEY: Final = "aws:arn"


def check(subject: Subject) -> Iterator[Problem]:
    for condition in policy_of(subject).conditions:
        if condition.lower_key == _KEY:
            yield Problem(
                condition.path,
                "no request has the condition key `aws:ARN`",
                "compare `aws:PrincipalArn`, who calls, or `aws:SourceArn`, for which resource a "
                "service calls",
                at_name=True,
            )


RULE = Rule(
    name="unsupported-global-condition-key",
    severity=Severity.ERROR,
    kinds=WITH_PRINCIPALS,
    check=check,
    example=Kind.REGISTRY,
    summary="a condition compares `aws:ARN`, which no request has",
    what="""
        Finds conditions on `aws:ARN` in policies that say whom they are about.
        In the policies of identities and in SCPs, where only the caller can be meant,
        `deprecated-global-condition-key` finds it.
        """,
    why="""
        It was the name of what are two keys today: the ARN of the caller, and the ARN of the
        resource for which a service calls.
        A condition that compares a key which requests do not have never holds, or always does.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"Service": "codebuild.amazonaws.com"},
            "Action": "ecr:DescribeImages",
            "Resource": "*",
            "Condition": {
              "ArnLike": {"aws:ARN": "arn:aws:codebuild:us-east-1:111122223333:project/build"}
            }
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"Service": "codebuild.amazonaws.com"},
            "Action": "ecr:DescribeImages",
            "Resource": "*",
            "Condition": {
              "ArnLike": {"aws:SourceArn": "arn:aws:codebuild:us-east-1:111122223333:project/build"}
            }
          }
        }
        """,
    references=(
        "IAM User Guide, “AWS global condition context keys”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Unsupported "
        "global condition key”",
    ),
)
