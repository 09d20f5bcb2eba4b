"""A JSON Schema of lifecycle policies, for editors."""

from typing import Any, Final

from ecrpolicy import quotas
from ecrpolicy.document.json_schema import schema_of
from ecrpolicy.lifecycle.model import LifecyclePolicy


def json_schema() -> dict[str, Any]:
    """The schema: members, types, and which of them go together in one rule.

    What concerns several rules, such as equal priorities, no schema can say: `parse` does.

    >>> json_schema()["title"]
    'Amazon ECR lifecycle policy'
    """
    schema = schema_of(LifecyclePolicy)
    definitions = schema["$defs"]
    definitions["Selection"]["allOf"] = _SELECTION
    definitions["RuleAction"]["allOf"] = _ACTION
    definitions["Rule"]["allOf"] = _RULE
    return schema


def _where(member: str, *values: str) -> dict[str, Any]:
    return {"properties": {member: {"enum": list(values)}}, "required": [member]}


def _without(*members: str) -> dict[str, Any]:
    return {"properties": dict.fromkeys(members, False)}


def _when(condition: dict[str, Any], then: dict[str, Any]) -> dict[str, Any]:
    return {"if": condition, "then": then}


_WILDCARDS: Final = quotas.TAG_PATTERN_MAX_WILDCARDS
_FEW_WILDCARDS: Final = rf"^[^*]*(?:\*[^*]*){{0,{_WILDCARDS}}}$"

_SELECTION: Final = [
    _when(
        _where("tagStatus", "tagged"),
        {"oneOf": [{"required": ["tagPatternList"]}, {"required": ["tagPrefixList"]}]},
    ),
    _when(_where("tagStatus", "untagged", "any"), _without("tagPatternList", "tagPrefixList")),
    {"properties": {"tagPatternList": {"items": {"pattern": _FEW_WILDCARDS}}}},
    _when(_where("countType", "imageCountMoreThan"), _without("countUnit")),
    _when(
        _where("countType", "sinceImagePushed", "sinceImagePulled", "sinceImageTransitioned"),
        {"required": ["countUnit"]},
    ),
    _when(
        _where("countType", "imageCountMoreThan", "sinceImagePushed", "sinceImagePulled"),
        {"properties": {"storageClass": {"const": "standard"}}},
    ),
    _when(
        _where("countType", "sinceImageTransitioned"),
        {
            "properties": {
                "storageClass": {"const": "archive"},
                "countNumber": {"minimum": quotas.ARCHIVED_MIN_DAYS},
            },
            "required": ["storageClass"],
        },
    ),
]

_ACTION: Final = [
    _when(_where("type", "transition"), {"required": ["targetStorageClass"]}),
    _when(_where("type", "expire"), _without("targetStorageClass")),
]


def _acting(kind: str) -> dict[str, Any]:
    return {"properties": {"action": {"properties": {"type": {"const": kind}}}}}


def _counting(count_type: str) -> dict[str, Any]:
    selection = {"properties": {"countType": {"const": count_type}}, "required": ["countType"]}
    return {"properties": {"selection": selection}, "required": ["selection"]}


_RULE: Final = [
    _when(_counting("sinceImagePulled"), _acting("transition")),
    _when(_counting("sinceImageTransitioned"), _acting("expire")),
]
