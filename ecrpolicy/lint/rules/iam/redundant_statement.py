"""A statement that stands there twice."""

from collections import Counter
from collections.abc import Hashable, Iterator
from typing import Any

from ecrpolicy.finding import Severity
from ecrpolicy.lint.edit import Remove
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import Element, Principals, Statement, policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    statements = policy_of(subject).statements
    if len(statements) < 2:
        return
    seen: dict[Hashable, int] = {}
    hints = [_hint(statement) for statement in statements]
    alike = {hint for hint, times in Counter(hints).items() if times > 1}
    for statement, hint in zip(statements, hints, strict=True):
        if hint not in alike:
            continue
        meaning = _meaning(statement)
        number = statement.path[-1]
        if meaning is None or not isinstance(number, int):
            continue
        first = seen.setdefault(meaning, number)
        if first != number:
            yield Problem(
                statement.path,
                f"statement {first + 1} says the same",
                "delete it, or write what it was to say",
                fix=(Remove(statement.path),),
            )


def _hint(statement: Statement) -> Hashable:
    """What is the same for statements that say the same, and soon found."""
    actions, principals = statement.action or statement.not_action, statement.principal
    resources = statement.resource or statement.not_resource
    return (
        statement.effect,
        min(map(str.lower, actions.texts), default="") if actions else None,
        min(resources.texts, default="") if resources else None,
        min(each.text for each in principals.values) if principals and principals.values else None,
        bool(statement.conditions),
    )


def _meaning(statement: Statement) -> Hashable | None:
    """What two statements have in common that say the same; None where it is not known."""
    elements = (statement.action, statement.not_action, statement.resource, statement.not_resource)
    principals = (statement.principal, statement.not_principal)
    if statement.effect is None or not _is_whole(statement.value.get("Condition", {})):
        return None
    if not all(each is None or each.is_complete for each in (*elements, *principals)):
        return None
    if not all(each.is_complete for each in statement.conditions):
        return None
    return (
        statement.effect,
        tuple(_values(each, ignores_case=at < 2) for at, each in enumerate(elements)),
        tuple(map(_those, principals)),
        frozenset(
            (each.operator_name, each.lower_key, frozenset(value.text for value in each.values))
            for each in statement.conditions
        ),
    )


def _is_whole(block: Any) -> bool:
    return isinstance(block, dict) and all(isinstance(keys, dict) for keys in block.values())


def _values(element: Element | None, *, ignores_case: bool) -> frozenset[str] | None:
    if element is None:
        return None
    return frozenset(text.lower() if ignores_case else text for text in element.texts)


def _those(principals: Principals | None) -> frozenset[tuple[str, str]] | None:
    if principals is None:
        return None
    return frozenset((each.kind, each.text) for each in principals.values)


RULE = Rule(
    name="redundant-statement",
    severity=Severity.SUGGESTION,
    kinds=IAM,
    check=check,
    summary="two statements say the same",
    what="""
        Finds statements that have the same elements as one before, whatever their `Sid`.
        The order of values does not count, nor whether a single one stands in a list.
        """,
    why="""
        The second one says nothing.
        Who changes one of the two later may not see the other, which then still allows what was to
        be taken away.
        The fix deletes it; it changes no decision.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "Pull",
              "Effect": "Allow",
              "Action": ["ecr:BatchGetImage"],
              "Resource": "*"
            },
            {
              "Sid": "Read",
              "Effect": "Allow",
              "Action": "ecr:BatchGetImage",
              "Resource": "*"
            }
          ]
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "Pull",
              "Effect": "Allow",
              "Action": "ecr:BatchGetImage",
              "Resource": "*"
            },
            {
              "Sid": "Read",
              "Effect": "Allow",
              "Action": "ecr:DescribeImages",
              "Resource": "*"
            }
          ]
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Statement”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Redundant "
        "statement”",
    ),
)
