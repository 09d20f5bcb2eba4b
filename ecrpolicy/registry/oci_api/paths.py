"""What a path of the registry API is about (OCI Distribution Specification, "Endpoints").

Everything that comes from a path is checked here, before anything is done with it.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from ecrpolicy import quotas, tagging
from ecrpolicy.registry.blobs.digests import is_digest
from ecrpolicy.registry.oci_api.errors import Problem
from ecrpolicy.wording import printable

# `/v2/` and the longest of names; the rest of a path has 200 characters at most.
_MAX_PATH: Final = quotas.REPOSITORY_NAME_MAX_CHARACTERS + 256
_UPLOAD: Final = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


class Kind(Enum):
    """The kinds of what can be asked about."""

    API = auto()
    CATALOG = auto()
    TAGS = auto()
    MANIFEST = auto()
    BLOB = auto()
    UPLOADS = auto()
    UPLOAD = auto()
    REFERRERS = auto()


@dataclass(frozen=True, slots=True)
class Resource:
    """What is asked about: in a repository, and there by a tag, a digest or the id of an upload."""

    kind: Kind
    name: str = ""
    reference: str = ""

    @property
    def invalid(self) -> str:
        """The code of an error in what a request says of it."""
        return _INVALID.get(self.kind, "NAME_INVALID")


_INVALID: Final = {
    Kind.MANIFEST: "MANIFEST_INVALID",
    Kind.BLOB: "DIGEST_INVALID",
    Kind.UPLOADS: "BLOB_UPLOAD_INVALID",
    Kind.UPLOAD: "BLOB_UPLOAD_INVALID",
    Kind.REFERRERS: "MANIFEST_INVALID",
}

# The last parts of a path, before which the name of a repository stands.
_BY_REFERENCE: Final = {
    "manifests": Kind.MANIFEST,
    "blobs": Kind.BLOB,
    "referrers": Kind.REFERRERS,
}


def read(path: str) -> Resource:
    """What a path below `/v2/` is about; raises Problem.

    `path` is what follows `/v2/`, decoded.

    >>> read("team/web/manifests/v1")
    Resource(kind=<Kind.MANIFEST: 4>, name='team/web', reference='v1')
    """
    if path == "":
        return Resource(Kind.API)
    if path == "_catalog":
        return Resource(Kind.CATALOG)
    if len(path) > _MAX_PATH:
        raise Problem(414, "NAME_INVALID", "The path is too long")
    found = _split(path)
    if found is None:
        raise Problem(404, "UNSUPPORTED", "404 page not found")
    problem = tagging.name_problem(found.name)
    if problem is not None:
        # The service's text without its code, which is that of the API.
        text = (problem.service_text or "").partition(": ")[2]
        raise Problem(400, "NAME_INVALID", text or problem.message)
    _check_reference(found)
    return found


def _split(path: str) -> Resource | None:
    rest, _, last = path.rpartition("/")
    name, _, word = rest.rpartition("/")
    if word == "tags" and last == "list":
        return Resource(Kind.TAGS, name)
    if word == "blobs" and last == "uploads":
        return Resource(Kind.UPLOADS, name)
    if word == "uploads" and name.endswith("/blobs"):
        name = name.removesuffix("/blobs")
        return Resource(Kind.UPLOAD, name, last) if last else Resource(Kind.UPLOADS, name)
    kind = _BY_REFERENCE.get(word)
    return None if kind is None else Resource(kind, name, last)


def _check_reference(resource: Resource) -> None:
    reference = resource.reference
    if resource.kind in (Kind.BLOB, Kind.REFERRERS):
        require_digest(reference)
    elif resource.kind is Kind.UPLOAD and not _UPLOAD.fullmatch(reference):
        raise Problem(404, "BLOB_UPLOAD_UNKNOWN", "The upload does not exist")
    elif resource.kind is Kind.MANIFEST and ":" in reference:
        require_digest(reference)


def require_digest(text: str) -> str:
    """The text, which must be a digest; raises Problem."""
    if not is_digest(text):
        message = f"`{printable(text)[:80]}` is no digest: write `sha256:` and 64 of `0-9a-f`"
        raise Problem(400, "DIGEST_INVALID", message)
    return text
