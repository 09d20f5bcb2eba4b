"""A request of the registry API, after what all of them have in common has been looked at."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, ParamSpec, TypeVar
from urllib.parse import parse_qs

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.types import Receive, Scope

from ecrpolicy.caching import NewRepository
from ecrpolicy.iam.request import Context
from ecrpolicy.registry.auth import authorise
from ecrpolicy.registry.auth.caller import Caller
from ecrpolicy.registry.auth.context import keys_of_tags, request_context
from ecrpolicy.registry.content.creation import PushTarget
from ecrpolicy.registry.oci_api.authentication import authenticate
from ecrpolicy.registry.oci_api.errors import Problem
from ecrpolicy.registry.oci_api.hosts import place_of
from ecrpolicy.registry.oci_api.paths import Resource, read
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.registry.service import Service

_MAX_QUERY: Final = 4 * 1024
_PARAMETERS: Final = 16
_MAX_LENGTH_DIGITS: Final = 18

_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks for what, when, in which registry.

    Names of headers are in lower case; values of one that was sent several times are joined.
    """

    service: Service
    caller: Caller
    place: Place
    now: datetime
    context: Context = field(repr=False)
    resource: Resource
    method: str
    headers: Mapping[str, str] = field(repr=False)
    query: Mapping[str, str] = field(repr=False)
    _http: HttpRequest = field(repr=False)

    @property
    def name(self) -> str:
        """The repository."""
        return self.resource.name

    @property
    def length(self) -> int | None:
        """The size of the body, None where it is not told beforehand; raises Problem."""
        told = self.headers.get("content-length")
        if told is None:
            return None
        if not (told.isascii() and told.isdecimal() and len(told) <= _MAX_LENGTH_DIGITS):
            raise Problem(400, "SIZE_INVALID", "`Content-Length` is no number")
        return int(told)

    @property
    def has_body(self) -> bool:
        """Whether content may come with it."""
        return bool(self.length) or "transfer-encoding" in self.headers

    def body(self) -> AsyncIterator[bytes]:
        """The body, piece by piece."""
        return self._http.stream()

    def count(self, operation: str) -> None:
        """Count it as a call of an operation of the API; raises Refusal where there are too many.

        As in the JSON API, the quota is that of the caller's account.
        """
        own = Place(self.caller.account, self.place.region)
        self.service.throttle.take(own, operation, self.now)

    def check(self, connection: Connection, action: str, name: str | None = None) -> None:
        """Raise Refusal unless the caller may take an action, such as `ecr:PutImage`.

        It is about the repository of the request, if no other is named.
        """
        names = (self.name if name is None else name,)
        authorise.check(
            self.service, connection, self.caller, self.place, action, names, self.context
        )

    def may(self, connection: Connection, action: str, name: str) -> bool:
        """Whether the caller may take an action on a repository."""
        try:
            self.check(connection, action, name)
        except Refusal:
            return False
        return True

    def require(self, *operations: str) -> None:
        """Count it as calls of operations, and raise Refusal unless the caller may call them."""
        for operation in operations:
            self.count(operation)
        with self.service.database.reading() as connection:
            for operation in operations:
                self.check(connection, f"ecr:{operation}")


def push_target(request: Request) -> PushTarget:
    """What finds the repository that is pushed to.

    A template for `CREATE_ON_PUSH` makes it for who may create it as it will be, tags and all: so
    it is of a pull through a cache ("IAM permissions required to sync an upstream registry with an
    Amazon ECR private registry").
    """

    def allow(connection: Connection, made: NewRepository) -> None:
        tags = made.resource_tags
        context = {**request.context, **keys_of_tags(tags.items())}
        for action in ("CreateRepository", "TagResource") if tags else ("CreateRepository",):
            authorise.check(
                request.service,
                connection,
                request.caller,
                request.place,
                f"ecr:{action}",
                (made.name,),
                context,
            )

    return PushTarget(request.now, allow)


async def in_thread(function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """What a function returns that waits for the disk: others are served meanwhile."""
    return await run_in_threadpool(function, *args, **kwargs)


def received(service: Service, scope: Scope, receive: Receive) -> Request:
    """The request of a scope; raises Problem where it has no caller or makes no sense."""
    now = service.clock()
    headers = _headers(scope)
    home = Place(service.settings.account, service.settings.region)
    place = place_of(headers.get("host", "")[:256], home)
    caller = authenticate(service, headers, place.region, now)
    resource = read(scope["path"].removeprefix("/v2").removeprefix("/"))
    client = scope.get("client")
    context = request_context(
        source=client[0] if client else None,
        is_secure=scope["scheme"] == "https",
        headers=headers,
        region=place.region,
        now=now,
    )
    return Request(
        service,
        caller,
        place,
        now,
        context,
        resource,
        scope["method"],
        headers,
        _query(scope["query_string"]),
        HttpRequest(scope, receive),
    )


def _headers(scope: Scope) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1"), value.decode("latin-1")
        found[key] = f"{found[key]},{text}" if key in found else text
    return found


def _query(query: bytes) -> dict[str, str]:
    """The parameters; of one that stands there several times, the first counts."""
    if not query:
        return {}
    if len(query) > _MAX_QUERY:
        raise Problem(414, "UNSUPPORTED", "The query is too long")
    try:
        parameters = parse_qs(
            query.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_PARAMETERS,
        )
    except ValueError:
        raise Problem(400, "UNSUPPORTED", "The query cannot be read") from None
    return {name: values[0] for name, values in parameters.items()}
