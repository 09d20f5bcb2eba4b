"""Whether an operator compares what a condition key is.

IAM User Guide, "IAM JSON policy elements: Condition operators"; the types of the keys: "AWS global
condition context keys", and the Service Authorization Reference.
"""

from typing import Final, NamedTuple

from ecrpolicy.iam.operators import OPERATORS, Comparison, Operator
from ecrpolicy.iam.variables import has_variables
from ecrpolicy.lint.facts import Facts
from ecrpolicy.lint.policy import Condition

_FIELDS: Final = 6
_IN_SECONDS: Final = "aws:epochtime"
_TAG: Final = "tag/"

_STRING, _ARN, _NUMERIC, _DATE = "String", "ARN", "Numeric", "Date"
_BOOL, _IP_ADDRESS, _BINARY = "Bool", "IPAddress", "Binary"
_BEGINNINGS: Final = {
    "String": _STRING,
    "Arn": _ARN,
    "Numeric": _NUMERIC,
    "Date": _DATE,
    "Bool": _BOOL,
    "Ip": _IP_ADDRESS,
    "Binary": _BINARY,
}
# `Null` compares no type.
_COMPARED: Final = {
    comparison: kind
    for comparison in Comparison
    for name, kind in _BEGINNINGS.items()
    if comparison.startswith(name)
}
_CALLED: Final = {
    _STRING: ("a text", "texts"),
    _ARN: ("an ARN", "ARNs"),
    _NUMERIC: ("a number", "numbers"),
    _DATE: ("a date", "dates"),
    _BOOL: ("a boolean", "booleans"),
    _IP_ADDRESS: ("an address", "addresses"),
    _BINARY: ("binary", "bytes"),
}
_INSTEAD: Final = {
    _STRING: ("StringEquals", "StringNotEquals"),
    _ARN: ("ArnLike", "ArnNotLike"),
    _NUMERIC: ("NumericEquals", "NumericNotEquals"),
    _DATE: ("DateEquals", "DateNotEquals"),
    _BOOL: ("Bool", "Bool"),
    _IP_ADDRESS: ("IpAddress", "NotIpAddress"),
    _BINARY: ("BinaryEquals", "BinaryEquals"),
}


class Mismatch(NamedTuple):
    """What a key is, what the operator compares, and an operator that compares the former."""

    is_a: str
    compares: str
    instead: str


def mismatch(condition: Condition, facts: Facts) -> Mismatch | None:
    """How operator and key do not fit; None where they do, or where that is not known.

    Tags are free texts, in which anything may stand. An ARN may be compared as text; a text that is
    compared with ARNs alone is known to be one.
    """
    operator = condition.operator
    compared = None if operator is None else _COMPARED.get(operator.comparison)
    if operator is None or compared is None:
        return None
    key = facts.condition_key(condition.key)
    if key is None or key.type == compared or key.type not in _CALLED:
        return None
    if _fits(condition, key.type, compared):
        return None
    return Mismatch(_CALLED[key.type][0], _CALLED[compared][1], _instead(operator, key.type))


def _fits(condition: Condition, kind: str, compared: str) -> bool:
    if kind == _STRING:
        if _TAG in condition.lower_key:
            return True
        return compared == _ARN and all(_may_be_arn(value.text) for value in condition.values)
    if kind == _DATE:
        return compared == _NUMERIC and condition.lower_key == _IN_SECONDS
    return kind == _ARN and compared == _STRING


def _may_be_arn(text: str) -> bool:
    return has_variables(text) or (text.startswith("arn:") and text.count(":") >= _FIELDS - 1)


def _instead(operator: Operator, kind: str) -> str:
    """An operator of another type, with the same qualifier and suffix."""
    name = _INSTEAD[kind][operator.is_negated]
    plain = operator.comparison.value
    for one, other in ((_NUMERIC, _DATE), (_DATE, _NUMERIC)):
        if kind == other and plain.startswith(one) and not operator.is_negated:
            name = plain.replace(one, other)
    suffix = "IfExists" if operator.if_exists else ""
    written = f"{operator.qualifier.value}{name}{suffix}"
    return written if written in OPERATORS else name
