"""Which callers a deny of an RCP is about: services that call for somebody, or all others.

AWS Organizations User Guide, "Resource control policies (RCPs)"; IAM User Guide, "AWS global
condition context keys": requests of services have no key about their caller but
`aws:PrincipalIsAWSService` and their names, and no other requests have one about a source.
"""

from typing import Final

from ecrpolicy.iam.operators import Comparison
from ecrpolicy.iam.patterns import has_wildcard
from ecrpolicy.iam.values import boolean_of
from ecrpolicy.lint.policy import Condition, Statement
from ecrpolicy.lint.presence import has_all_keys, holds_without_key

_IS_SERVICE: Final = "aws:principalisawsservice"
_NAMES: Final = ("aws:principalservicename", "aws:principalservicenameslist")
_TAG: Final = "aws:principaltag/"
_OF_CALLERS: Final = frozenset(
    (
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalorgid",
        "aws:principalorgpaths",
    )
)
_OF_SOURCES: Final = frozenset(
    ("aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths")
)
_OF_NETWORKS: Final = frozenset(
    (
        "aws:sourceip",
        "aws:sourcevpc",
        "aws:sourcevpcarn",
        "aws:sourcevpce",
        "aws:vpceaccount",
        "aws:vpceorgid",
        "aws:vpceorgpaths",
        "aws:vpcsourceip",
    )
)
_TEXTS: Final = (
    Comparison.STRING_EQUALS,
    Comparison.STRING_EQUALS_IGNORE_CASE,
    Comparison.STRING_LIKE,
)


def is_of_callers(condition: Condition) -> bool:
    """Whether requests of services do not have its key."""
    return condition.lower_key in _OF_CALLERS or condition.lower_key.startswith(_TAG)


def is_of_sources(condition: Condition) -> bool:
    """Whether only requests of services have its key."""
    return condition.lower_key in _OF_SOURCES


def is_about_services(statement: Statement) -> bool:
    """Whether no condition keeps requests of services out, nor asks about them.

    >>> from ecrpolicy.lint.policy import statement_of
    >>> def read(**block):
    ...     return statement_of({"Condition": block})
    >>> is_about_services(read(StringNotEquals={"aws:PrincipalOrgID": "o-a1b2c3d4e5"}))
    True
    >>> is_about_services(read(BoolIfExists={"aws:PrincipalIsAWSService": "false"}))
    False
    """
    return has_all_keys(statement) and not any(map(_keeps_services_out, statement.conditions))


def is_about_others(statement: Statement) -> bool:
    """Whether no condition keeps all requests out but those of services, nor asks about callers."""
    return has_all_keys(statement) and not any(
        is_of_callers(each) or _keeps_others_out(each) for each in statement.conditions
    )


def is_for_services_alone(statement: Statement) -> bool:
    """Whether a condition on the caller keeps all other requests out."""
    return has_all_keys(statement) and any(
        _holds_for(each, "false") is False
        if each.lower_key == _IS_SERVICE
        else each.lower_key in _NAMES and holds_without_key(each) is False
        for each in statement.conditions
    )


def asks_for_source(statement: Statement) -> bool:
    """Whether a condition does not hold without a source, or may turn out not to."""
    return not has_all_keys(statement) or any(
        is_of_sources(each) and holds_without_key(each) is not True for each in statement.conditions
    )


def _keeps_services_out(condition: Condition) -> bool:
    key = condition.lower_key
    if key == _IS_SERVICE:
        return _holds_for(condition, "true") is not True
    if key in _NAMES or key in _OF_SOURCES:
        return True
    if not is_of_callers(condition) and key not in _OF_NETWORKS:
        return False
    return holds_without_key(condition) is not True


def _keeps_others_out(condition: Condition) -> bool:
    key = condition.lower_key
    if key == _IS_SERVICE:
        return _holds_for(condition, "false") is not True
    return (key in _NAMES or key in _OF_SOURCES) and holds_without_key(condition) is not True


def _holds_for(condition: Condition, value: str) -> bool | None:
    """Whether a condition holds for a request whose key is `true`, or `false`; None if unsure."""
    operator = condition.operator
    if operator is None or not condition.is_complete:
        return None
    if operator.comparison is Comparison.BOOL:
        wanted = {boolean_of(each.text) for each in condition.values}
        return boolean_of(value) in wanted
    texts = {each.text.lower() for each in condition.values}
    if operator.comparison in _TEXTS and not any(map(has_wildcard, texts)):
        return (value in texts) is not operator.is_negated
    return None
