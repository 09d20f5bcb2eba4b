"""Uploads as they are stored."""

import re
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select

from ecrpolicy.registry.content.refusals import upload_not_found
from ecrpolicy.registry.metadata.repositories import StoredRepository, require
from ecrpolicy.registry.metadata.tables import uploads
from ecrpolicy.registry.place import Place

_ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class UploadRow:
    """What the database says of an upload; sizes are bytes."""

    id: str
    size_bytes: int
    parts: int
    last_part_bytes: int
    has_small_part: bool


def is_upload_id(text: str) -> bool:
    """Whether a text can be the id of an upload; nothing else becomes the name of a file."""
    return _ID.fullmatch(text) is not None


def require_upload(
    connection: Connection, place: Place, name: str, upload_id: str
) -> tuple[StoredRepository, UploadRow]:
    """A repository and an upload to it; raises Refusal where one of them is not there."""
    repository = require(connection, place, name)
    row = (
        connection.execute(
            select(
                uploads.c.id,
                uploads.c.size_bytes,
                uploads.c.parts,
                uploads.c.last_part_bytes,
                uploads.c.has_small_part,
            ).where(uploads.c.id == upload_id, uploads.c.repository_id == repository.id)
        ).first()
        if is_upload_id(upload_id)
        else None
    )
    if row is None:
        raise upload_not_found(place, name, upload_id)
    return repository, UploadRow(*row)
