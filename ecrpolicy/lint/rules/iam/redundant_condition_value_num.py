"""Numbers of which one decides."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.operators import Comparison
from ecrpolicy.iam.values import number_of
from ecrpolicy.iam.wording import listed, shown
from ecrpolicy.lint.edit import Remove
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import Condition, Value, policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_DECIDES: Final = {
    Comparison.NUMERIC_LESS_THAN: ("greatest", max),
    Comparison.NUMERIC_LESS_THAN_EQUALS: ("greatest", max),
    Comparison.NUMERIC_GREATER_THAN: ("least", min),
    Comparison.NUMERIC_GREATER_THAN_EQUALS: ("least", min),
}


def check(subject: Subject) -> Iterator[Problem]:
    for condition in policy_of(subject).conditions:
        operator = condition.operator
        if operator is None or operator.comparison not in _DECIDES:
            continue
        which, best = _DECIDES[operator.comparison]
        numbers = _numbers(condition)
        if len(numbers) < 2:
            continue
        deciding = best(numbers, key=lambda each: each[0])[1]
        others = [value for _, value in numbers if value is not deciding]
        yield Problem(
            others[0].path,
            f"{shown(operator.text)} compares with the {which} of its values alone, "
            f"{shown(deciding.text)}: {listed([each.text for each in others], 'and')} "
            f"{'has' if len(others) == 1 else 'have'} no effect",
            f"write {shown(deciding.text)} alone, or the value that is meant",
            fix=tuple(Remove(each.path) for each in others),
        )


def _numbers(condition: Condition) -> list[tuple[Decimal, Value]]:
    read = ((number_of(value.text), value) for value in condition.values)
    return [(number, value) for number, value in read if number is not None]


RULE = Rule(
    name="redundant-condition-value-num",
    severity=Severity.SUGGESTION,
    kinds=IAM,
    check=check,
    summary="a number is compared with several others, of which only one decides",
    what="""
        Finds several numbers beside `NumericLessThan`, `NumericLessThanEquals`,
        `NumericGreaterThan` and `NumericGreaterThanEquals`.
        Values that are no numbers do not count; `type-mismatch-number` finds those.
        """,
    why="""
        One value that is met is enough: what is less than the greatest of them need not be less
        than the others.
        Who wrote two values may have meant both.
        The fix deletes those without effect; it changes no decision.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {
              "NumericLessThan": {"aws:MultiFactorAuthAge": ["2700", "3600"]}
            }
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
            "Condition": {"NumericLessThan": {"aws:MultiFactorAuthAge": "2700"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition operators”, “Numeric condition "
        "operators”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Redundant "
        "condition value num”",
    ),
)
