"""Conditions that ask only whether a key is there, as `Null` does in so many words.

IAM User Guide, "IAM JSON policy elements: Condition operators", "Condition operator to check
existence of condition keys".
"""

import json
from typing import Final

from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.edit import Edit, Remove, Rename, Replace
from ecrpolicy.lint.policy import Condition, Statement

_NULL: Final = "Null"


def asking_whether_missing(key: str) -> str:
    """What to write to ask whether a key is missing."""
    return _written(key, "true")


def asking_whether_there(key: str) -> str:
    """What to write to ask whether a key is there."""
    return _written(key, "false")


def as_null(statement: Statement, condition: Condition, answer: str) -> tuple[Edit, ...]:
    """Makes a condition ask by `Null`; nothing where more than its own block would have to change.

    >>> from ecrpolicy.lint.policy import statement_of
    >>> statement = statement_of({"Condition": {"StringNotLike": {"aws:TagKeys": "*"}}})
    >>> as_null(statement, statement.conditions[0], "true")
    (Rename(path=('Condition', 'StringNotLike'), name='Null'), \
Replace(path=('Condition', 'StringNotLike', 'aws:TagKeys'), value='true'))
    """
    block = statement.value["Condition"]
    if _NULL in block or len(block[condition.operator_name]) != 1:
        return ()
    return Rename(condition.operator_path, _NULL), Replace(condition.path, answer)


def without(statement: Statement, condition: Condition) -> tuple[Edit, ...]:
    """Takes a condition away, with all that would be empty without it."""
    block = statement.value["Condition"]
    path = condition.path
    if len(block[condition.operator_name]) == 1:
        path = condition.operator_path if len(block) > 1 else condition.operator_path[:-1]
    return (Remove(path),)


def _written(key: str, answer: str) -> str:
    block = json.dumps({_NULL: {key: answer}}, ensure_ascii=False)
    return f"write {shown(block[1:-1])}"
