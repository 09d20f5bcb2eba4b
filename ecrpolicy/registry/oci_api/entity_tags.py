"""Entity tags: the digest is that of a manifest and of a blob (RFC 9110, "ETag")."""

from starlette.responses import Response

from ecrpolicy.registry.oci_api.request import Request


def headers_of(digest: str) -> dict[str, str]:
    """The headers that tell which content this is."""
    return {"Docker-Content-Digest": digest, "ETag": f'"{digest}"'}


def unchanged(request: Request, digest: str) -> Response | None:
    """The answer to a client that has the content already (RFC 9110, "If-None-Match"), else None.

    As Docker's registry does, a tag without its quotes is taken too.
    """
    known = request.headers.get("if-none-match", "").split(",")
    if {"*", digest}.isdisjoint(each.strip().removeprefix("W/").strip('"') for each in known):
        return None
    return Response(status_code=304, headers=headers_of(digest))
