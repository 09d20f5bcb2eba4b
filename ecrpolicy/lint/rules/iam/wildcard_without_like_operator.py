"""A wildcard that stands for itself."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.operators import Comparison, Operator
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.facts import Facts
from ecrpolicy.lint.key_types import mismatch
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.openings import is_sensitive, openings
from ecrpolicy.lint.policy import Condition, policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_EXACT: Final = (Comparison.STRING_EQUALS, Comparison.STRING_EQUALS_IGNORE_CASE)
_URL: Final = "aws:referer"


def check(subject: Subject) -> Iterator[Problem]:
    for condition in policy_of(subject).conditions:
        operator = condition.operator
        if operator is None or operator.comparison not in _EXACT:
            continue
        for text, path in condition.values:
            found = _wildcard(text, may_ask=condition.lower_key == _URL)
            if found is not None and mismatch(condition, subject.facts) is None:
                yield Problem(
                    path,
                    f"the {shown(text[found])} in {shown(text)} stands for itself under "
                    f"{shown(condition.operator_name)}",
                    _advice(condition, operator, subject.facts),
                    offset=found,
                )


def _wildcard(text: str, *, may_ask: bool) -> int | None:
    """Where the first wildcard stands that is not in a variable; in URLs, a `?` is none."""
    if "*" not in text and "?" not in text:
        return None
    for opening in openings(text, knows_variables=True):
        for at, letter in enumerate(opening.text, opening.offset):
            if not opening.is_variable and (letter == "*" or not may_ask):
                return at
    return None


def _advice(condition: Condition, operator: Operator, facts: Facts) -> str:
    if is_sensitive(condition.key):
        return "write each value in full"
    key = facts.condition_key(condition.key)
    kind = "Arn" if key is not None and key.type == "ARN" else "String"
    like = "NotLike" if operator.is_negated else "Like"
    suffix = "IfExists" if operator.if_exists else ""
    return f"write {shown(f'{operator.qualifier.value}{kind}{like}{suffix}')} for a pattern"


RULE = Rule(
    name="wildcard-without-like-operator",
    severity=Severity.WARNING,
    kinds=IAM,
    check=check,
    summary="a wildcard stands for itself, for want of an operator with `Like`",
    what="""
        Finds `*` and `?` in the values of `StringEquals`, `StringNotEquals` and their like that
        ignore case.
        Wildcards within variables, such as `${*}`, are meant as they stand; so is a `?` in a value
        of `aws:referer`, which is an address of the web.
        `ArnEquals` knows wildcards.
        """,
    why="""
        The value is compared letter by letter: `team/*` is met by the one text `team/*`.
        There is no fix, because with another operator more requests meet the condition.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:PrincipalTag/team": "store*"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"StringLike": {"aws:PrincipalTag/team": "store*"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition operators”, “String condition "
        "operators”",
        "IAM User Guide, “Access Analyzer policy check reference”, “General Warning – "
        "Wildcard without like operator”",
    ),
)
