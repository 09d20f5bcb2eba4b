"""What a condition says of requests that do not have its key.

IAM User Guide, "IAM JSON policy elements: Condition operators", "…IfExists condition operators";
"Set operators for multivalued context keys".
"""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.iam.operators import Comparison, Qualifier
from ecrpolicy.iam.values import boolean_of
from ecrpolicy.lint.policy import Condition, Statement


def holds_without_key(condition: Condition) -> bool | None:
    """Whether a condition holds where its key is missing; None where that is not known.

    >>> from ecrpolicy.lint.policy import statement_of
    >>> def read(operator):
    ...     return statement_of({"Condition": {operator: {"aws:TagKeys": "a"}}}).conditions[0]
    >>> [holds_without_key(read(name)) for name in ("StringEquals", "StringEqualsIfExists")]
    [False, True]
    """
    operator = condition.operator
    if operator is None:
        return None
    if operator.qualifier is Qualifier.FOR_ALL_VALUES:
        return True
    if operator.comparison is Comparison.NULL:
        return False if operator.qualifier is Qualifier.FOR_ANY_VALUE else _asks_for_none(condition)
    if operator.qualifier is Qualifier.FOR_ANY_VALUE:
        return operator.if_exists
    return operator.is_negated or operator.if_exists


def has_all_keys(statement: Statement) -> bool:
    """Whether it is known which keys a statement compares; what with need not be.

    >>> from ecrpolicy.lint.policy import statement_of
    >>> has_all_keys(statement_of({"Condition": {"Bool": {"aws:SecureTransport": UNKNOWN}}}))
    True
    >>> has_all_keys(statement_of({"Condition": {"Bool": UNKNOWN}}))
    False
    """
    block = statement.value.get("Condition")
    if not isinstance(block, dict):
        return block is not UNKNOWN
    return not any(keys is UNKNOWN for keys in block.values())


def _asks_for_none(condition: Condition) -> bool | None:
    """Whether a Null condition holds where the key is missing."""
    if any(boolean_of(value.text) for value in condition.values):
        return True
    return False if condition.is_complete else None
