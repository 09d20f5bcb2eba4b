"""A Region in a condition that there is not."""

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.operators import Comparison
from ecrpolicy.iam.patterns import has_wildcard
from ecrpolicy.iam.variables import has_variables
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.matching import like
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject
from ecrpolicy.regions import PARTITIONS

_KEYS: Final = ("aws:requestedregion", "ec2:region")
_GLOBAL: Final = "aws-global"
_REGIONS: Final = (*PARTITIONS, _GLOBAL)


def check(subject: Subject) -> Iterator[Problem]:
    for condition in policy_of(subject).conditions:
        means = _MEANS.get(condition.operator.comparison) if condition.operator else None
        if means is None or condition.lower_key not in _KEYS:
            continue
        for text, path in condition.values:
            if has_variables(text) or (means is not like and has_wildcard(text)):
                continue
            if not any(means(text, region) for region in _REGIONS):
                close = get_close_matches(text.lower(), PARTITIONS, n=1)
                yield Problem(
                    path,
                    f"{shown(text)} is no Region",
                    f"write {shown(close[0])}" if close else "write it as in `us-east-1`",
                )


def _is_but_for_case(text: str, region: str) -> bool:
    return text.lower() == region


_MEANS: Final[Mapping[Comparison, Callable[[str, str], bool]]] = {
    Comparison.STRING_EQUALS: str.__eq__,
    Comparison.STRING_EQUALS_IGNORE_CASE: _is_but_for_case,
    Comparison.STRING_LIKE: like,
}


RULE = Rule(
    name="invalid-region",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    summary="a condition compares a Region that there is not",
    what="""
        Finds values of String conditions on `aws:RequestedRegion` and `ec2:Region` that are no
        Region, and patterns that mean none.
        A pattern that is compared as it is, is told by `wildcard-without-like-operator`.
        Variables are let be, and so is `aws-global`, as the endpoints of some global services are
        called.
        Regions that AWS has opened after this version of the linter are not known to it.
        """,
    why="""
        No request has such a value: what was to be allowed in a Region is not, or what was to be
        denied elsewhere is denied there too.
        Global services are called in one Region, mostly `us-east-1`.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "*",
            "Condition": {
              "StringEquals": {"aws:RequestedRegion": ["eu-central-1", "eu-west1"]}
            }
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
            "Condition": {
              "StringEquals": {"aws:RequestedRegion": ["eu-central-1", "eu-west-1"]}
            }
          }
        }
        """,
    references=(
        "IAM User Guide, “AWS global condition context keys”",
        "AWS General Reference, “AWS Regions and Endpoints”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid Region”",
    ),
)
