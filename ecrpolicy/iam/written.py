"""From the model of an IAM-style policy back to its document."""

from collections.abc import Iterable
from typing import Any

from ecrpolicy.iam.model import Condition, Policy, Principals, Statement

_Json = dict[str, Any]


def written(policy: Policy) -> _Json:
    """The document of a policy, as plain JSON values; one value alone stands without a list."""
    told = {"Version": policy.version, "Id": policy.id}
    made: _Json = {name: text for name, text in told.items() if text is not None}
    return made | {"Statement": [_statement(each) for each in policy.statements]}


def _statement(statement: Statement) -> _Json:
    made: _Json = {} if statement.sid is None else {"Sid": statement.sid}
    made["Effect"] = statement.effect.value
    if (principal := statement.principal) is not None:
        made[_name("Principal", is_negated=principal.is_negated)] = _principal(principal)
    for name, element in (("Action", statement.action), ("Resource", statement.resource)):
        if element is not None:
            made[_name(name, is_negated=element.is_negated)] = _one_or_several(element.values)
    if statement.conditions:
        made["Condition"] = _condition(statement.conditions)
    return made


def _name(element: str, *, is_negated: bool) -> str:
    return f"Not{element}" if is_negated else element


def _principal(principal: Principals) -> str | _Json:
    if principal.values == (("AWS", "*"),):
        return "*"
    by_kind: dict[str, list[str]] = {}
    for kind, value in principal.values:
        by_kind.setdefault(kind, []).append(value)
    return {kind: _one_or_several(values) for kind, values in by_kind.items()}


def _condition(conditions: Iterable[Condition]) -> _Json:
    block: dict[str, _Json] = {}
    for each in conditions:
        block.setdefault(each.operator.text, {})[each.key] = _one_or_several(each.values)
    return block


def _one_or_several(values: Iterable[str]) -> str | list[str]:
    listed = list(values)
    return listed[0] if len(listed) == 1 else listed
