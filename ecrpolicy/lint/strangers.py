"""Whether conditions keep strangers out: callers from accounts that nobody thought of.

A condition does if it compares a key that tells where a caller comes from with values that
strangers cannot have. IAM User Guide, "AWS global condition context keys".
"""

import re
from collections.abc import Sequence
from typing import Final

from ecrpolicy.arn import is_account
from ecrpolicy.iam.operators import Comparison, Operator, Qualifier
from ecrpolicy.iam.patterns import has_wildcard, literal_head
from ecrpolicy.iam.values import boolean_of, network_of
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.policy import Condition, Statement

_ACCOUNTS: Final = frozenset(("aws:principalaccount", "aws:sourceaccount", "aws:vpceaccount"))
_ARNS: Final = frozenset(("aws:principalarn", "aws:sourcearn", "aws:federatedprovider"))
_ADDRESS: Final = "aws:sourceip"

# Each with the beginning that all values of it have.
_IDS: Final = {
    "aws:principalorgid": "o-",
    "aws:sourceorgid": "o-",
    "aws:vpceorgid": "o-",
    "aws:principalorgpaths": "o-",
    "aws:sourceorgpaths": "o-",
    "aws:vpceorgpaths": "o-",
    "aws:sourcevpc": "vpc-",
    "aws:ec2instancesourcevpc": "vpc-",
    "aws:sourcevpce": "vpce-",
    "aws:userid": "",
    "aws:principalservicename": "",
}
_KEYS: Final = frozenset((*_ACCOUNTS, *_ARNS, *_IDS, _ADDRESS))

# Every identity has those, and nobody else; some have these.
_OF_IDENTITIES: Final = frozenset(("aws:principalaccount", "aws:principalarn", "aws:userid"))
_OF_MEMBERS: Final = frozenset(("aws:principalorgid", "aws:principalorgpaths", "aws:username"))
_TAGS: Final = "aws:principaltag/"

# They tell whose the resource is: compared with a variable, they tell who may call.
_OF_RESOURCE: Final = frozenset(
    ("aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths")
)

# So many characters of an id before a wildcard are more than a stranger can choose.
_LEAST_HEAD: Final = 6

# Larger ranges of addresses, of versions 4 and 6, are a good part of the internet.
_MOST: Final = {4: 2 ** (32 - 8), 6: 2 ** (128 - 32)}

_VARIABLE: Final = re.compile(r"\$\{([^}]*)\}")

# Stands in patterns for what is no wildcard.
_PLAIN: Final = "\0"


def keep_out(conditions: Sequence[Condition], *, knows_variables: bool | None) -> bool:
    """Whether an allow with the conditions leaves strangers out, or may turn out to.

    Where one asks for an identity, another need not say what happens without one.
    """
    if any(keeps_out(each, knows_variables=knows_variables) for each in conditions):
        return True
    return any(map(_asks_for_identity, conditions)) and any(
        _limits_identities(each, knows_variables=knows_variables) for each in conditions
    )


def keeps_out(condition: Condition, *, knows_variables: bool | None) -> bool:
    """Whether an allow with the condition leaves strangers out, or may turn out to.

    >>> from ecrpolicy.lint.policy import statement_of
    >>> def condition(operator, value):
    ...     block = {operator: {"aws:PrincipalOrgID": value}}
    ...     return statement_of({"Condition": block}).conditions[0]
    >>> keeps_out(condition("StringEquals", "o-exampleorgid"), knows_variables=True)
    True
    >>> keeps_out(condition("StringLike", "o-*"), knows_variables=True)
    False
    """
    operator, key = condition.operator, condition.lower_key
    if operator is None:
        return True
    if key in _KEYS:
        return why_not(condition, knows_variables=knows_variables) is None
    if operator.is_negated or _holds_where_missing(operator):
        return False
    return key in _OF_RESOURCE and _is_about_caller(condition, knows_variables=knows_variables)


def why_not(condition: Condition, *, knows_variables: bool | None) -> str | None:
    """Why a condition on such a key lets strangers in; None where it does not, or on other keys."""
    operator = condition.operator
    if operator is None or condition.lower_key not in _KEYS:
        return None
    if operator.comparison is Comparison.NULL:
        return "`Null` asks only whether the key is there"
    if operator.is_negated:
        return f"{shown(operator.text)} holds for all others"
    if _holds_where_missing(operator):
        return f"{shown(operator.text)} holds where the key is missing"
    value = _open_value(condition, operator, knows_variables=knows_variables)
    return None if value is None else f"{shown(value)} covers those of others"


def excludes_strangers(deny: Statement, *, knows_variables: bool | None) -> bool:
    """Whether a deny is about strangers, as of everybody outside an organization, or may be."""
    principal = deny.principal
    if principal is not None and principal.is_complete and not principal.has_everybody:
        return False
    return (
        principal is None
        or not deny.conditions
        or not deny.has_all_conditions
        or any(_excepts_friends(each, knows_variables=knows_variables) for each in deny.conditions)
    )


def _excepts_friends(condition: Condition, *, knows_variables: bool | None) -> bool:
    """Whether a condition of a deny holds for all but some callers, who are no strangers."""
    operator, key = condition.operator, condition.lower_key
    if operator is None or not operator.is_negated:
        return operator is None
    if key in _OF_RESOURCE:
        return _is_about_caller(condition, knows_variables=knows_variables)
    return (
        key in _KEYS and _open_value(condition, operator, knows_variables=knows_variables) is None
    )


def _asks_for_identity(condition: Condition) -> bool:
    """Whether a condition never holds for services and for callers without credentials."""
    operator, key = condition.operator, condition.lower_key
    if operator is None or operator.is_negated or _holds_where_missing(operator):
        return False
    if operator.comparison is Comparison.NULL:
        return key in _OF_IDENTITIES and all(
            boolean_of(value.text) is False for value in condition.values
        )
    return key in _OF_IDENTITIES or key in _OF_MEMBERS or key.startswith(_TAGS)


def _limits_identities(condition: Condition, *, knows_variables: bool | None) -> bool:
    """Whether a condition keeps strangers out, but for those that have no identity."""
    operator, key = condition.operator, condition.lower_key
    if operator is None or operator.is_negated or key not in _OF_IDENTITIES:
        return False
    is_there = operator.comparison is Comparison.NULL
    return (
        not is_there and _open_value(condition, operator, knows_variables=knows_variables) is None
    )


def _holds_where_missing(operator: Operator) -> bool:
    return operator.if_exists or operator.qualifier is Qualifier.FOR_ALL_VALUES


def _is_about_caller(condition: Condition, *, knows_variables: bool | None) -> bool:
    """Whether what tells whose the resource is must be what the caller has."""
    return knows_variables is not False and all(
        any(
            key.lower().startswith(("aws:principal", "aws:source")) for key in _variables(each.text)
        )
        for each in condition.values
    )


def _variables(text: str) -> list[str]:
    return _VARIABLE.findall(text)


def _is_fixed(variable: str) -> bool:
    """Whether a caller cannot choose it: it is about the resource, or to be filled in by a tool."""
    return variable.lower().startswith("aws:resource") or ":" not in variable


def _open_value(
    condition: Condition, operator: Operator, *, knows_variables: bool | None
) -> str | None:
    """The first value that strangers can have."""
    key = condition.lower_key
    for value in condition.values:
        if _is_open(value.text, operator, key, knows_variables=knows_variables):
            return value.text
    return None


def _is_open(text: str, operator: Operator, key: str, *, knows_variables: bool | None) -> bool:
    if key == _ADDRESS and operator.comparison is Comparison.IP_ADDRESS:
        network = network_of(text)
        return network is not None and network.last - network.first >= _MOST[network.version]
    if operator.comparison not in _TEXT:
        return False
    if operator.comparison is Comparison.ARN and key not in _ARNS:
        return False
    pattern = text
    if operator.comparison not in (Comparison.STRING_LIKE, Comparison.ARN):
        pattern = pattern.replace("*", _PLAIN).replace("?", _PLAIN)
    if knows_variables is not False and "${" in text:
        if any(map(_is_fixed, _variables(text))):
            return False
        pattern = _VARIABLE.sub("*", pattern)
    if not has_wildcard(pattern):
        return False
    if key in _ACCOUNTS:
        return not is_account(pattern.rstrip("*"))
    if key in _ARNS:
        return _is_open_arn(pattern)
    return len(literal_head(pattern)) < len(_IDS.get(key, "")) + _LEAST_HEAD


_TEXT: Final = frozenset(
    (
        Comparison.STRING_EQUALS,
        Comparison.STRING_EQUALS_IGNORE_CASE,
        Comparison.STRING_LIKE,
        Comparison.ARN,
    )
)


def _is_open_arn(pattern: str) -> bool:
    """Whether the pattern covers ARNs of any account; some ARNs, as those of buckets, name none."""
    fields = pattern.split(":", 5)
    if len(fields) < 5:
        return True
    account = fields[4]
    if not account:
        return len(fields) < 6 or len(literal_head(fields[5])) < _LEAST_HEAD
    return has_wildcard(account) and not is_account(account.rstrip("*"))
