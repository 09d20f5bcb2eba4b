"""A JSON Schema of case files, for editors."""

from typing import Any, Final

from ecrpolicy.document.json_schema import DIALECT
from ecrpolicy.lifecycle.schema import json_schema as of_lifecycle_policies
from ecrpolicy.sources import iam_cases
from ecrpolicy.testing.cases import wire


def json_schema() -> dict[str, Any]:
    """The schema: one case, a list of them, or `cases` with named policies.

    What names of images, references and times must be, no schema can say: reading the file does.

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
    lifecycle["oneOf"] = [_having("images"), _having("snapshot")]
    names = [_having(name) for name in ("expires", "archives", "keeps")]
    definitions["Expected"]["oneOf"] = [_having("results"), {"anyOf": names}]
    definitions["ExpectedAnswer"]["anyOf"] = [
        _having("effect"),
        {**_having("refused"), "properties": {"refused": {"const": True}}},
    ]
    definitions["AccessCase"]["required"] = ["request", "expected"]
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
