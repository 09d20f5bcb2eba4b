"""What refers to an image: signatures, SBOMs and the like.

OCI Distribution Specification, "Listing Referrers".
"""

import json
from typing import Any, Final
from urllib.parse import urlencode

from starlette.responses import Response

from ecrpolicy.registry.content import referrers
from ecrpolicy.registry.content.manifests import OCI_INDEX
from ecrpolicy.registry.content.referrers import Page, Referrer
from ecrpolicy.registry.metadata import repositories
from ecrpolicy.registry.oci_api.errors import Problem
from ecrpolicy.registry.oci_api.request import Request, in_thread
from ecrpolicy.registry.seal import BrokenSeal

MOST: Final = 1_000
"""How many an index lists, if they have room in a manifest; the next ones are in another."""

_FILTER: Final = "artifactType"
_BEHIND: Final = "last"
_PURPOSE: Final = "referrers"


async def list_referrers(request: Request) -> Response:
    """An index of the images whose subject is the digest, be it there or not (end-12a, end-12b).

    No action is there for it ("Actions defined by Amazon Elastic Container Registry"): who may get
    an image may see what refers to it, as the index is one, too.
    """
    page = await in_thread(_page, request)
    headers = {"Content-Type": OCI_INDEX}
    if _wanted(request) is not None:
        headers["OCI-Filters-Applied"] = _FILTER
    if page.last is not None:
        headers["Link"] = _link(request, page.last)
    index = {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": page.told}
    body = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    return Response(body, headers=headers)


def _page(request: Request) -> Page:
    wanted = _wanted(request)
    request.count("BatchGetImage")
    with request.service.database.reading() as connection:
        request.check(connection, "ecr:BatchGetImage")
        repository = repositories.require(connection, request.place, request.name)
        found = referrers.of(
            connection,
            repository,
            request.resource.reference,
            () if wanted is None else (wanted,),
            last_id=_last(request),
            limit=MOST + 1,
        )
        return referrers.page(found, MOST, _descriptor)


def _wanted(request: Request) -> str | None:
    return request.query.get(_FILTER) or None


def _last(request: Request) -> int | None:
    told = request.query.get(_BEHIND)
    if told is None:
        return None
    try:
        last: int = request.service.seal.open(_PURPOSE, told)
    except BrokenSeal:
        raise Problem(400, "UNSUPPORTED", f"`{_BEHIND}` is not of this service") from None
    return last


def _link(request: Request, last: Referrer) -> str:
    wanted = _wanted(request)
    asked = {} if wanted is None else {_FILTER: wanted}
    query = urlencode({**asked, _BEHIND: request.service.seal.close(_PURPOSE, last.id)})
    return f'</v2/{request.name}/referrers/{request.resource.reference}?{query}>; rel="next"'


def _descriptor(referrer: Referrer) -> dict[str, Any]:
    descriptor: dict[str, Any] = {
        "mediaType": referrer.media_type,
        "digest": referrer.digest,
        "size": referrer.manifest_bytes,
    }
    if referrer.artifact_type is not None:
        descriptor["artifactType"] = referrer.artifact_type
    if referrer.annotations:
        descriptor["annotations"] = dict(referrer.annotations)
    return descriptor
