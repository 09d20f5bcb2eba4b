"""The condition operators, by name.

IAM User Guide, "IAM JSON policy elements: Condition operators"; their qualifiers:
"Set operators for multivalued context keys".
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Comparison(StrEnum):
    """What an operator compares, once its negation is taken out."""

    STRING_EQUALS = "StringEquals"
    STRING_EQUALS_IGNORE_CASE = "StringEqualsIgnoreCase"
    STRING_LIKE = "StringLike"
    NUMERIC_EQUALS = "NumericEquals"
    NUMERIC_LESS_THAN = "NumericLessThan"
    NUMERIC_LESS_THAN_EQUALS = "NumericLessThanEquals"
    NUMERIC_GREATER_THAN = "NumericGreaterThan"
    NUMERIC_GREATER_THAN_EQUALS = "NumericGreaterThanEquals"
    DATE_EQUALS = "DateEquals"
    DATE_LESS_THAN = "DateLessThan"
    DATE_LESS_THAN_EQUALS = "DateLessThanEquals"
    DATE_GREATER_THAN = "DateGreaterThan"
    DATE_GREATER_THAN_EQUALS = "DateGreaterThanEquals"
    BOOL = "Bool"
    BINARY_EQUALS = "BinaryEquals"
    IP_ADDRESS = "IpAddress"
    ARN = "ArnLike"
    NULL = "Null"


class Qualifier(StrEnum):
    """How the several values of a context key are taken."""

    NONE = ""
    FOR_ALL_VALUES = "ForAllValues:"
    FOR_ANY_VALUE = "ForAnyValue:"


@dataclass(frozen=True, slots=True)
class Operator:
    """A condition operator as it is written, taken apart."""

    text: str
    comparison: Comparison
    qualifier: Qualifier = Qualifier.NONE
    is_negated: bool = False
    if_exists: bool = False

    @property
    def knows_variables(self) -> bool:
        """Policy variables count in String and Arn operators alone."""
        return self.comparison.startswith(("String", "Arn"))


_NEGATED: Final = {
    "StringNotEquals": Comparison.STRING_EQUALS,
    "StringNotEqualsIgnoreCase": Comparison.STRING_EQUALS_IGNORE_CASE,
    "StringNotLike": Comparison.STRING_LIKE,
    "NumericNotEquals": Comparison.NUMERIC_EQUALS,
    "DateNotEquals": Comparison.DATE_EQUALS,
    "NotIpAddress": Comparison.IP_ADDRESS,
    "ArnNotEquals": Comparison.ARN,
    "ArnNotLike": Comparison.ARN,
}
_POSITIVE: Final = {
    # ArnEquals and ArnLike behave identically ("Amazon Resource Name (ARN) condition operators").
    "ArnEquals": Comparison.ARN,
    **{comparison.value: comparison for comparison in Comparison},
}

OPERATORS: Final = {
    qualifier.value + name + suffix: Operator(
        qualifier.value + name + suffix,
        comparison,
        qualifier,
        is_negated=name in _NEGATED,
        if_exists=bool(suffix),
    )
    for qualifier in Qualifier
    for name, comparison in (_POSITIVE | _NEGATED).items()
    for suffix in ("", "IfExists")
}
"""Every operator that can be written, with its qualifier and suffix."""
