"""A JSON Schema of case files, for editors."""

from datetime import UTC, datetime
from typing import Any, Final

from ecrpolicy.document.json_schema import DIALECT
from ecrpolicy.iam.request import ACTION
from ecrpolicy.lifecycle.schema import json_schema as of_lifecycle_policies
from ecrpolicy.sources import iam_cases
from ecrpolicy.testing.cases import wire


def json_schema() -> dict[str, Any]:
    """The schema: one case, a list of them, or `cases` with named policies.

    What images, their names and references must be, no schema can say: reading the file does.

    >>> json_schema()["title"]
    'Cases of ecrpolicy'
    """
    definitions: dict[str, Any] = {}
    policy = of_lifecycle_policies()
    definitions |= policy.pop("$defs")
    del policy["$schema"]
    definitions["LifecyclePolicy"] = policy
    for name, model in (
        ("LifecycleCase", wire.Lifecycle),
        ("AccessCase", iam_cases.CaseModel),
        ("RefusalCase", wire.Refusal),
    ):
        made = model.model_json_schema()
        definitions |= made.pop("$defs", {})
        definitions[name] = {**made, "title": name}
    _say_what_goes_together(definitions)
    return {
        "$schema": DIALECT,
        "title": "Cases of ecrpolicy",
        "description": "What policies are given, and what is to come of it.",
        **_when({"type": "array"}, _LIST, _when(_having("cases"), _FILE, _ref("Case"))),
        "$defs": {**definitions, "Case": _CASE},
    }


def _say_what_goes_together(definitions: dict[str, Any]) -> None:
    lifecycle = definitions["LifecycleCase"]
    lifecycle["properties"]["policy"] = {
        "description": "The policy, or the path of its file; left out, the repository's own.",
        "anyOf": [_ref("LifecyclePolicy"), _TEXT],
    }
    lifecycle["properties"]["images"] = {
        "description": "Images in shorthand, or as `describe-images` prints them.",
        "type": "array",
        "items": {"anyOf": [_LINE, _DETAILS]},
    }
    lifecycle["properties"]["snapshot"] = {
        "anyOf": [_TEXT, {"type": "array", "items": _TEXT}, _NULL]
    }
    lifecycle["properties"]["now"] = {"anyOf": [_TIME, _EPOCH, _NULL]}
    lifecycle["oneOf"] = [_having("images"), _having("snapshot")]
    for name in ("expires", "archives", "keeps"):
        definitions["Expected"]["properties"][name] = {"anyOf": [_NAMES, _NULL]}
    for case in ("LifecycleCase", "AccessCase", "RefusalCase"):
        definitions[case]["properties"]["name"] = {"anyOf": [_NAME, _NULL]}
    names = [_having(name) for name in ("expires", "archives", "keeps")]
    definitions["Expected"]["oneOf"] = [_having("results"), {"anyOf": names}]
    definitions["ExpectedAnswer"]["anyOf"] = [
        _having("effect"),
        {**_having("refused"), "properties": {"refused": {"const": True}}},
    ]
    definitions["AccessCase"]["required"] = ["request", "expected"]
    request = definitions["RequestModel"]["properties"]
    request["action"] = {**_TEXT, "pattern": ACTION}
    request["context"]["additionalProperties"] = {
        "anyOf": [*_VALUES, {"type": "array", "items": {"anyOf": _VALUES}}]
    }
    refusal = definitions["RefusalCase"]
    del definitions["Kind"]
    refusal["properties"]["kind"] = {"enum": list(map(str, wire.OF_POLICIES))}
    refusal["oneOf"] = [_having("policy"), _having("text")]


def _having(member: str) -> dict[str, Any]:
    return {"required": [member]}


def _when(condition: dict[str, Any], then: Any, otherwise: Any) -> dict[str, Any]:
    return {"if": condition, "then": then, "else": otherwise}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}


_TEXT: Final = {"type": "string"}
_NAME: Final = {**_TEXT, "minLength": 1}
_NAMES: Final = {"type": "array", "items": _TEXT, "uniqueItems": True}
_NULL: Final = {"type": "null"}
_VALUES: Final = [{"type": each} for each in ("string", "boolean", "number")]
_TIME: Final = {
    **_TEXT,
    "description": "ISO 8601 with an offset.",
    "pattern": "^[0-9]{4}[0-9W-]*[T ][0-9]{2}[0-9:.,]*(Z|[+-][0-9]{2}[0-9:.]*)$",
    "examples": ["2026-01-31T00:00:00Z"],
}
_EPOCH: Final = {
    "type": "number",
    "description": "Epoch seconds.",
    "minimum": int(datetime.min.replace(tzinfo=UTC).timestamp()),
    "maximum": int(datetime.max.replace(tzinfo=UTC, microsecond=0).timestamp()),
}
_LINE: Final = {**_TEXT, "pattern": "@", "examples": ["prod-1, latest @ 10d pulled 2d"]}
_DETAILS: Final = {"type": "object", "required": ["imageDigest", "imagePushedAt"]}
_LIST: Final = {"type": "array", "items": _ref("Case")}
_CASE: Final = {
    "type": "object",
    **_when(
        _having("request"),
        _ref("AccessCase"),
        _when(_having("problems"), _ref("RefusalCase"), _ref("LifecycleCase")),
    ),
}
_FILE: Final = {
    "type": "object",
    "properties": {
        "$schema": _TEXT,
        "about": {"description": "For readers."},
        "policies": {"description": "Policies by names, for `$ref`.", "type": "object"},
        "cases": _LIST,
    },
    "additionalProperties": False,
}
