"""Pages: where the last one ended, in a token that only this service can have made.

A token holds the key of the last row that was sent, so that pages go on behind it whatever comes
and goes in between. It is good for the same question alone: operation, registry, parameters.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from ecrpolicy.registry.ecr_api.errors import invalid
from ecrpolicy.registry.ecr_api.operation import Call, Json
from ecrpolicy.registry.seal import BrokenSeal

DEFAULT_SIZE: Final = 100
"""How many rows a page has where `maxResults` does not say ("DescribeRepositories", and others)."""

_OF_THE_PAGE: Final = ("nextToken", "maxResults")

_Row = TypeVar("_Row")


def page(
    call: Call,
    kind: str,
    request: Json,
    fetch: Callable[[Any, int], Sequence[_Row]],
    key: Callable[[_Row], Any],
) -> tuple[Sequence[_Row], str | None]:
    """A page, and the token of the next one, None where there is none.

    `fetch` takes the key of the last row that was sent, None at the beginning, and how many rows
    to get at most, in the order of their keys; `key` is a row's, as JSON. Raises Refusal for a
    token that is not of this question.
    """
    size = request.get("maxResults", DEFAULT_SIZE)
    rows = fetch(start(call, kind, request), size + 1)
    if len(rows) <= size:
        return rows, None
    return rows[:size], token(call, kind, request, key(rows[size - 1]))


def start(call: Call, kind: str, request: Json) -> Any:
    """The key of the last row that was sent, None at the beginning; raises Refusal."""
    given = request.get("nextToken")
    if given is None:
        return None
    try:
        return call.service.seal.open(_purpose(call, kind, request), given)
    except BrokenSeal:
        raise invalid("nextToken", "Invalid token") from None


def token(call: Call, kind: str, request: Json, last: Any) -> str:
    """The token of the page behind a row, by the row's key."""
    return call.service.seal.close(_purpose(call, kind, request), last)


def with_token(answer: dict[str, Any], next_token: str | None) -> dict[str, Any]:
    """The answer, with its `nextToken` if there is a page behind it."""
    return answer if next_token is None else {**answer, "nextToken": next_token}


def _purpose(call: Call, kind: str, request: Json) -> str:
    asked = {name: value for name, value in request.items() if name not in _OF_THE_PAGE}
    question = [kind, call.place.account, call.place.region, asked]
    return "page " + json.dumps(question, sort_keys=True, separators=(",", ":"))


def not_paged(request: Json, member: str) -> None:
    """Raise Refusal where pages are asked for of what `member` names one by one.

    Amazon ECR API Reference, "DescribeImages", "maxResults" and "nextToken".
    """
    for each in _OF_THE_PAGE:
        if each in request:
            raise invalid(each, f"Member must be null when {member} is given")
