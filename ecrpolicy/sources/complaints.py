"""What pydantic says of a document, in this library's words."""

import json
from typing import Final, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ecrpolicy.document import pointer
from ecrpolicy.document.shape import shown

MAX_COMPLAINTS: Final = 20

_JSON_TYPES: Final = {
    "string_type": "a string",
    "list_type": "a list",
    "tuple_type": "a list",
    "int_type": "an integer",
    "int_parsing": "an integer",
    "int_from_float": "an integer",
    "bool_type": "a boolean",
    "dict_type": "an object",
    "model_type": "an object",
    "dataclass_type": "an object",
}


class Complaint(NamedTuple):
    """What is wrong at a JSON pointer."""

    pointer: str
    message: str
    help: str | None


def is_syntax_error(error: ValidationError) -> bool:
    """Whether the text was not one JSON document."""
    return any(detail["type"] == "json_invalid" for detail in error.errors(include_url=False))


def complaints(error: ValidationError) -> list[Complaint]:
    """The complaints of pydantic, the first `MAX_COMPLAINTS`."""
    details = error.errors(include_url=False)[:MAX_COMPLAINTS]
    return [_complaint(detail) for detail in details]


def written(value: object) -> str:
    """A value as it stands in JSON, no longer than a line takes: a string between quotes.

    >>> written("1"), written(1)
    ('"1"', '1')
    """
    return shown(json.dumps(value, default=str, ensure_ascii=False))


def _complaint(detail: ErrorDetails) -> Complaint:
    kind, path = detail["type"], detail["loc"]
    place = pointer(*path)
    if kind == "missing":
        return Complaint(pointer(*path[:-1]), f"the member `{path[-1]}` is missing", None)
    if kind == "extra_forbidden":
        return Complaint(place, f"no member is called `{path[-1]}`", "mend its name, or delete it")
    if expected := _JSON_TYPES.get(kind):
        return Complaint(place, f"expected {expected}, found `{written(detail['input'])}`", None)
    if kind in ("enum", "literal_error"):
        choices = detail["ctx"]["expected"].replace(" or ", ", ").replace("'", "`")
        return Complaint(place, f"`{shown(detail['input'])}` is none of {choices}", None)
    if kind == "timezone_aware":
        problem = f"the time `{shown(detail['input'])}` has no time zone"
        return Complaint(place, problem, "add an offset such as `+00:00`")
    if kind.startswith(("datetime", "timezone")):
        problem = f"`{shown(detail['input'])}` is no time"
        return Complaint(place, problem, "write ISO 8601 with an offset, or epoch seconds")
    if kind == "json_invalid":
        reason = detail.get("ctx", {}).get("error", "it is not JSON")
        return Complaint(place, f"the text cannot be read: {reason}", "give it as it was printed")
    if kind == "value_error":
        return Complaint(place, str(detail.get("ctx", {}).get("error", detail["msg"])), None)
    return Complaint(place, f"{detail['msg'].lower()}: `{shown(detail['input'])}`", None)
