"""Decisions and answers about IAM-style policies, as plain JSON values."""

from collections.abc import Iterable
from typing import Any

from ecrpolicy.iam import (
    Answer,
    Assumption,
    Decision,
    Grantee,
    OpenCondition,
    OperationAnswer,
    OperationDecision,
    WhatCan,
    WhoCan,
)
from ecrpolicy.iam.access import ByLevel

Json = dict[str, Any]


def decision(decision: Decision) -> Json:
    """What was asked, the answer, and why."""
    return {
        "allowed": decision.allowed,
        **_asked(decision),
        **decision.explain().to_json(),
    }


def operation(found: OperationDecision) -> Json:
    """Every action of an operation, and those that are missing."""
    return {
        "operation": found.operation.name,
        "allowed": found.allowed,
        "missing": list(found.missing),
        "actions": [decision(each) for each in found.decisions.values()],
    }


def answer(found: Answer) -> Json:
    """An answer about a registry, with what it hangs on."""
    return {
        "verdict": found.verdict.value,
        **_asked(found.decision),
        "ways": _ways(found),
        "assumes": _assumptions(found.assumes),
        "explanation": found.decision.explain().to_json(),
        "needs": [answer(each) for each in found.further],
    }


def operation_answer(found: OperationAnswer) -> Json:
    """The answers to every action of an operation."""
    return {
        "operation": found.operation.name,
        "verdict": found.verdict.value,
        "missing": list(found.missing),
        "actions": [answer(each) for each in found.answers],
    }


def who_can(found: WhoCan) -> Json:
    """Who may take an action."""
    return {
        "action": found.action,
        "resource": found.resource,
        "grantees": [_grantee(each) for each in found.grantees],
        "assumes": _assumptions(found.assumes),
    }


def what_can(found: WhatCan) -> Json:
    """What a caller may do."""
    return {
        "principal": found.principal,
        "registry": _levels(found.registry),
        "repositories": {name: _levels(levels) for name, levels in found.repositories.items()},
        "assumes": _assumptions(found.assumes),
    }


def _asked(decision: Decision) -> Json:
    request = decision.request
    return {
        "principal": request.principal,
        "action": request.action,
        "resource": request.resource,
    }


def _grantee(grantee: Grantee) -> Json:
    return {
        "kind": grantee.kind.value,
        "name": grantee.name,
        "verdict": grantee.answer.verdict.value,
        "ways": _ways(grantee.answer),
        "assumes": _assumptions(grantee.answer.assumes),
    }


def _levels(levels: ByLevel) -> Json:
    return {
        level.value: [
            {
                "action": each.request.action,
                "verdict": each.verdict.value,
                "ways": _ways(each),
            }
            for each in answers
        ]
        for level, answers in levels.items()
    }


def _ways(answer: Answer) -> list[list[Json]]:
    return [[_condition(each) for each in way] for way in answer.ways]


def _condition(open_condition: OpenCondition) -> Json:
    condition = open_condition.condition
    asked = (
        {}
        if condition is None
        else {
            "operator": condition.operator.text,
            "key": condition.key,
            "values": list(condition.values),
        }
    )
    return {
        "policy": open_condition.policy,
        "statement": open_condition.statement,
        "sid": open_condition.sid,
        "effect": open_condition.effect.value,
        **asked,
        "variables": list(open_condition.variables),
    }


def _assumptions(assumes: Iterable[Assumption]) -> list[Json]:
    return [{"text": each.text, "settledBy": each.settled_by} for each in assumes]
