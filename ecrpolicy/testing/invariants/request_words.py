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
    for name, value in _of_session(request):
        yield f"  {name}: {shown(value)}"
    more = len(alike.several) - 1
    yield f"  action: {shown(request.action)}" + (f", and {more:,} more alike" if more else "")
    if request.resource is not None:
        yield f"  resource: {shown(request.resource)}"
    else:
        yield f"  resource: none, in the account {shown(request.resource_account)}"
    for key, value in _context(request).items():
        values = value if isinstance(value, list) else [value]
        yield f"  {shown(key)}: {', '.join(map(shown, values))}"


def asked_json(request: Request) -> dict[str, Any]:
    """The request as `ecrpolicy authorize --request` reads it, without policies."""
    about: dict[str, Any] = {"principal": request.principal, "action": request.action}
    if request.resource is not None:
        about["resource"] = request.resource
    elif request.resource_account is not None:
        about["resourceAccount"] = request.resource_account
    return {**about, **dict(_of_session(request)), "context": _context(request)}


def _of_session(request: Request) -> Iterator[tuple[str, str]]:
    """What is known of a session."""
    for name in ("role", "user", "provider"):
        value = getattr(request, name)
        if value is not None:
            yield name, value


def _context(request: Request) -> dict[str, Any]:
    tags = {f"aws:ResourceTag/{name}": value for name, value in request.resource_tags.items()}
    return {**{key: _plain(value) for key, value in request.context.items()}, **tags}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str) else list(value)
