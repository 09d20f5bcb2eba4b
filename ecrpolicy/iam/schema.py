"""JSON Schemas of IAM-style policies, for editors: one for each kind, from its grammar.

IAM User Guide, "Grammar of the IAM JSON policy language".
"""

from collections.abc import Mapping
from typing import Any, Final

from ecrpolicy.document.json_schema import DIALECT
from ecrpolicy.iam.actions import facts
from ecrpolicy.iam.grammar import GRAMMARS, PRINCIPAL_KINDS, VERSIONS, Grammar, Presence
from ecrpolicy.iam.model import Kind
from ecrpolicy.iam.operators import OPERATORS

_Json = dict[str, Any]

_ACTION: Final = r"^(\*|[A-Za-z0-9*?-]+:[A-Za-z0-9*?]+)$"
_DESCRIPTIONS: Final[Mapping[str, str]] = {
    "Sid": "What the statement is called.",
    "Effect": "Whether the statement allows or denies.",
    "Principal": "Whom the statement is about.",
    "NotPrincipal": "All but these are whom the statement is about.",
    "Action": "What the statement is about.",
    "NotAction": "The statement is about all actions but these.",
    "Resource": "On what, by ARN.",
    "NotResource": "On all but this.",
    "Condition": "When: all operators and all keys must be met, and one value of each.",
}


def json_schema(kind: Kind) -> dict[str, Any]:
    """The schema of policies of a kind: elements, types, and which of them go together.

    What no schema can say, `parse` does: what is in ARNs, patterns and values.

    >>> json_schema(Kind.REPOSITORY)["title"]
    'A repository policy'
    """
    grammar = GRAMMARS[kind]
    return {
        "$schema": DIALECT,
        "title": f"{grammar.name[0].upper()}{grammar.name[1:]}",
        "type": "object",
        "properties": {
            "Version": {
                "description": "The version of the language; the older one has no variables.",
                "enum": list(VERSIONS),
            },
            "Id": {"description": "What the policy is called.", "type": "string"},
            "Statement": _one_or_several({"$ref": "#/$defs/Statement"}, "What it says."),
        },
        "required": ["Statement"],
        "additionalProperties": False,
        "$defs": {
            "Statement": _statement(grammar),
            "Action": _action(),
            "Principal": _principal(),
            "Condition": _condition(),
            "Value": {"type": ["string", "number", "boolean"]},
        },
    }


def _statement(grammar: Grammar) -> _Json:
    elements: _Json = {
        "Sid": _sid(grammar),
        "Effect": {"enum": ["Allow", "Deny"]},
        "Action": _one_or_several({"$ref": "#/$defs/Action"}),
        "NotAction": _one_or_several({"$ref": "#/$defs/Action"}),
        "Condition": {"$ref": "#/$defs/Condition"},
    }
    groups = [("Action", Presence.REQUIRED)]
    for name, presence in (("Principal", grammar.principal), ("Resource", grammar.resource)):
        if presence is Presence.REFUSED:
            continue
        held: _Json = {"$ref": "#/$defs/Principal"}
        if name == "Resource":
            held = _one_or_several({"type": "string"})
        elements |= {name: held, f"Not{name}": held}
        groups.append((name, presence))
    for name, held in elements.items():
        elements[name] = {"description": _DESCRIPTIONS[name], **held}
    return {
        "type": "object",
        "properties": elements,
        "required": ["Effect"],
        "additionalProperties": False,
        "allOf": [_one_of(name, presence) for name, presence in groups],
    }


def _one_of(name: str, presence: Presence) -> _Json:
    """An element or its negation, and not both."""
    either = [{"required": [name]}, {"required": [f"Not{name}"]}]
    if presence is Presence.REQUIRED:
        return {"oneOf": either}
    return {"not": {"required": [name, f"Not{name}"]}}


def _sid(grammar: Grammar) -> _Json:
    if grammar.plain_unique_sids:
        return {"type": "string", "pattern": "^[A-Za-z0-9]*$"}
    return {"type": "string"}


def _one_or_several(one: _Json, description: str | None = None) -> _Json:
    either: _Json = {"anyOf": [one, {"type": "array", "items": one}]}
    return either if description is None else {"description": description, **either}


def _action() -> _Json:
    """The actions of Amazon ECR, for completion, and whatever may be an action beside."""
    known = [name for service in facts().services.values() for name in service.actions]
    return {"anyOf": [{"enum": sorted(known)}, {"type": "string", "pattern": _ACTION}]}


def _principal() -> _Json:
    several = _one_or_several({"type": "string"})
    members = {
        "type": "object",
        "properties": dict.fromkeys(PRINCIPAL_KINDS, several),
        "additionalProperties": False,
        "minProperties": 1,
    }
    return {"anyOf": [{"const": "*"}, members]}


def _condition() -> _Json:
    keys = {
        "type": "object",
        "additionalProperties": _one_or_several({"$ref": "#/$defs/Value"}),
    }
    return {
        "type": "object",
        "properties": dict.fromkeys(sorted(OPERATORS), keys),
        "additionalProperties": False,
    }
