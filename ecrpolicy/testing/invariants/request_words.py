"""Requests that break an invariant, in words and as JSON."""

from collections.abc import Iterator
from typing import Any

from ecrpolicy.iam import Request
from ecrpolicy.iam.wording import shown
from ecrpolicy.testing.invariants.subjects import Alike


def asked_lines(request: Request, alike: Alike) -> Iterator[str]:
    """The request in lines, a member each."""
    who = "anonymous caller" if request.principal is None else shown(request.principal)
    yield f"  principal: {who}"
    more = len(alike.several) - 1
    yield f"  action: {shown(request.action)}" + (f", and {more:,} more alike" if more else "")
    yield f"  resource: {'none' if request.resource is None else shown(request.resource)}"
    for key, value in _context(request).items():
        values = value if isinstance(value, list) else [value]
        yield f"  {shown(key)}: {', '.join(map(shown, values))}"


def asked_json(request: Request) -> dict[str, Any]:
    """The request as `ecrpolicy authorize --request` reads it, without policies."""
    about: dict[str, Any] = {"principal": request.principal, "action": request.action}
    if request.resource is not None:
        about["resource"] = request.resource
    if request.role is not None:
        about["role"] = request.role
    return {**about, "context": _context(request)}


def _context(request: Request) -> dict[str, Any]:
    tags = {f"aws:ResourceTag/{name}": value for name, value in request.resource_tags.items()}
    return {**{key: _plain(value) for key, value in request.context.items()}, **tags}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str) else list(value)
