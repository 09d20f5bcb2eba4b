"""Lists in pages: the tags of a repository, the repositories of a registry.

OCI Distribution Specification, "Listing Tags": in order, `n` at most, those behind `last`.
"""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

from sqlalchemy import select
from starlette.responses import JSONResponse, Response

from ecrpolicy.registry.auth.authorise import EVERY_REPOSITORY
from ecrpolicy.registry.content.images import ACTIVE
from ecrpolicy.registry.metadata import repositories
from ecrpolicy.registry.metadata.tables import images, tags
from ecrpolicy.registry.metadata.tables import repositories as repositories_table
from ecrpolicy.registry.oci_api.errors import Problem
from ecrpolicy.registry.oci_api.request import Request, in_thread

MOST: Final = 1_000
"""What a page has at most, and if nothing is said ("ListImages", "DescribeRepositories")."""

_DIGITS: Final = 9


async def list_tags(request: Request) -> Response:
    """The tags of a repository (end-8a, end-8b), but for those of archived images.

    They cannot be pulled, and `ListImages` leaves them out if it is not asked for them.
    """
    found = await in_thread(_tags, request)
    return _page(request, f"/v2/{request.name}/tags/list", {"name": request.name}, "tags", found)


async def list_repositories(request: Request) -> Response:
    """The repositories of the registry (Docker Registry HTTP API V2, "Listing Repositories")."""
    return _page(
        request, "/v2/_catalog", {}, "repositories", await in_thread(_repositories, request)
    )


def _tags(request: Request) -> Sequence[str]:
    request.count("ListImages")
    with request.service.database.reading() as connection:
        request.check(connection, "ecr:ListImages")
        repository = repositories.require(connection, request.place, request.name)
        return (
            connection.execute(
                select(tags.c.tag)
                .join(images, images.c.id == tags.c.image_id)
                .where(
                    tags.c.repository_id == repository.id,
                    tags.c.tag > _last(request),
                    images.c.status == ACTIVE,
                )
                .order_by(tags.c.tag)
                .limit(_size(request) + 1)
            )
            .scalars()
            .all()
        )


def _repositories(request: Request) -> Sequence[str]:
    request.count("DescribeRepositories")
    with request.service.database.reading() as connection:
        request.check(connection, "ecr:DescribeRepositories", EVERY_REPOSITORY)
        name = repositories_table.c.name
        return (
            connection.execute(
                select(name)
                .where(
                    repositories_table.c.account == request.place.account,
                    repositories_table.c.region == request.place.region,
                    name > _last(request),
                )
                .order_by(name)
                .limit(_size(request) + 1)
            )
            .scalars()
            .all()
        )


def _last(request: Request) -> str:
    return request.query.get("last", "")


def _size(request: Request) -> int:
    told = request.query.get("n")
    if told is None:
        return MOST
    if not (told.isascii() and told.isdecimal() and len(told) <= _DIGITS):
        raise Problem(400, "PAGINATION_NUMBER_INVALID", "`n` is no number")
    return min(int(told), MOST)


def _page(
    request: Request, path: str, members: dict[str, str], kind: str, found: Sequence[str]
) -> Response:
    """The page, and where the next one is if there is more."""
    size = _size(request)
    names = list(found[:size])
    headers = {}
    if names and len(found) > size:
        behind = urlencode({"last": names[-1], "n": size})
        headers["Link"] = f'<{path}?{behind}>; rel="next"'
    return JSONResponse({**members, kind: names}, headers=headers)
