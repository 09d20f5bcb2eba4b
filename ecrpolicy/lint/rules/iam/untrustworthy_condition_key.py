"""A condition on what callers say of themselves."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import IAM, Kind
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_KEYS: Final = frozenset(("aws:useragent", "aws:referer"))


def check(subject: Subject) -> Iterator[Problem]:
    for condition in policy_of(subject).conditions:
        if condition.lower_key in _KEYS:
            yield Problem(
                condition.path,
                f"callers write {shown(condition.key)} as they like",
                "compare what AWS sets, such as `aws:PrincipalOrgID`, `aws:SourceVpce` or "
                "`aws:PrincipalArn`",
                at_name=True,
            )


RULE = Rule(
    name="untrustworthy-condition-key",
    severity=Severity.SECURITY_WARNING,
    kinds=IAM,
    check=check,
    example=Kind.REPOSITORY,
    summary="a condition compares what callers can write as they like",
    what="""
        Finds conditions on `aws:UserAgent` and `aws:Referer`, whatever the operator.
        """,
    why="""
        Both are headers of the request, which a client fills in: whoever knows or guesses the value
        meets the condition.
        They keep out those who do not try to get in.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "ecr:DescribeImages",
            "Condition": {"StringLike": {"aws:UserAgent": "*docker*"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "ecr:DescribeImages",
            "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “AWS global condition context keys”, “aws:UserAgent”",
        "IAM User Guide, “AWS global condition context keys”, “aws:Referer”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Security Warning – "
        "Untrustworthy condition key”",
    ),
)
