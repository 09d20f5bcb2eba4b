"""AWS JSON 1.1 on the wire: a request's members from its body, a body from an answer."""

import base64
import json
from datetime import datetime
from itertools import chain
from typing import Any, Final, NoReturn

import orjson

from ecrpolicy.registry.refusal import Refusal

CONTENT_TYPE: Final = "application/x-amz-json-1.1"

# No request of the API has objects in lists in objects deeper than 8.
MAX_DEPTH: Final = 32

# The escape of half a surrogate pair: text with one has no UTF-8, and cannot be stored.
_SURROGATE: Final = (b"\\ud", b"\\uD")


def read(body: bytes) -> dict[str, Any]:
    """The members of a request; no body is a request without members.

    Raises Refusal, SerializationException, for what is no JSON object or too deep.
    """
    if not body.strip():
        return {}
    try:
        text = body.decode()
        value = json.loads(text, parse_constant=_refuse_constant)
        if any(each in body for each in _SURROGATE):
            json.dumps(value, ensure_ascii=False).encode()
    # Numbers of thousands of digits raise ValueError, as bad JSON and bad UTF-8 do.
    except (ValueError, RecursionError):
        raise malformed("the body is not JSON in UTF-8") from None
    if not isinstance(value, dict):
        raise malformed("the body is not a JSON object")
    if _is_too_deep(value):
        raise malformed(f"the body has more than {MAX_DEPTH} levels")
    return value


def write(answer: Any) -> bytes:
    """The body of an answer: times as seconds since 1970, blobs in base64."""
    return orjson.dumps(answer, _written, orjson.OPT_PASSTHROUGH_DATETIME)


def malformed(message: str) -> Refusal:
    """The refusal of a body that does not have the form of the API's requests."""
    return Refusal("SerializationException", message)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _is_too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        inner = chain.from_iterable(
            each.values() if isinstance(each, dict) else each for each in level
        )
        level = [each for each in inner if isinstance(each, dict | list)]
        if not level:
            return False
    return True


def _written(value: Any) -> Any:
    match value:
        case datetime():
            return value.timestamp()
        case bytes():
            return base64.b64encode(value).decode()
    raise TypeError(f"an answer has no {type(value).__name__}")
