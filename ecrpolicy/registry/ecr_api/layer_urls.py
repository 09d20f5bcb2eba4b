"""The URLs that layers are downloaded from: signed here, and good for an hour.

Who has one needs no other credentials, as with the URLs of Amazon S3 that Amazon ECR gives out.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from ecrpolicy.registry.content import ranges
from ecrpolicy.registry.content.layers import Blob
from ecrpolicy.registry.seal import BrokenSeal
from ecrpolicy.registry.service import Service

LIFETIME: Final = timedelta(hours=1)
"""How long a URL is good."""

_PURPOSE: Final = "layer url"


class _Ticket(NamedTuple):
    """What a URL lets its holder read, and until when, in seconds since 1970."""

    digest: str
    file: str
    size_bytes: int
    expires: float


def url_of(service: Service, endpoint: str, layer: Blob, now: datetime) -> str:
    """The URL of a layer at an endpoint of the service, such as `http://localhost:5000`."""
    ticket = _Ticket(layer.digest, layer.file, layer.size_bytes, (now + LIFETIME).timestamp())
    return f"{endpoint}/_layers/{service.seal.close(_PURPOSE, ticket)}"


def routes(service: Service) -> list[Route]:
    """Where layers are downloaded."""

    async def download(request: Request) -> Response:
        return _answer(service, request)

    return [Route("/_layers/{ticket}", download, methods=["GET"])]


def _answer(service: Service, request: Request) -> Response:
    try:
        ticket = _Ticket(*service.seal.open(_PURPOSE, request.path_params["ticket"]))
    except BrokenSeal:
        return PlainTextResponse("this is no URL of a layer", 403)
    if service.clock() >= datetime.fromtimestamp(ticket.expires, UTC):
        return PlainTextResponse("the URL has expired: ask for another one", 403)
    try:
        part = ranges.asked(request.headers.get("range"), ticket.size_bytes)
    except ranges.NoSuchPart as none:
        return Response(status_code=416, headers={"Content-Range": none.content_range})
    first, end = (0, ticket.size_bytes) if part is None else (part.first, part.end)
    headers = _headers(ticket, first, end)
    if part is not None:
        headers["Content-Range"] = f"bytes {first}-{end - 1}/{ticket.size_bytes}"
    status = 200 if part is None else 206
    try:
        content: Any = service.blobs.stream(ticket.file, first, end)
    except FileNotFoundError:
        return PlainTextResponse("the layer has been deleted", 404)
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers)
    return StreamingResponse(content, status, headers)


def _headers(ticket: _Ticket, first: int, end: int) -> dict[str, str]:
    return {
        "Content-Type": "application/octet-stream",
        "Content-Length": str(end - first),
        "Accept-Ranges": "bytes",
        "ETag": f'"{ticket.digest}"',
    }
