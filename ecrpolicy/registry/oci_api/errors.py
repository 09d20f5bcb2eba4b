"""Errors of the registry API: their shape, and what a refusal of the service is there.

OCI Distribution Specification, "Error Codes". Texts are Amazon ECR's where they are known.
"""

import json
from collections.abc import Mapping
from typing import Final

from ecrpolicy.registry.refusal import Refusal


class Problem(Exception):
    """An answer that is an error: an HTTP status, a code of the specification, and a text."""

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers or {}

    @property
    def body(self) -> bytes:
        """The JSON that the specification asks for.

        >>> Problem(404, "BLOB_UNKNOWN", "there is none").body
        b'{"errors":[{"code":"BLOB_UNKNOWN","message":"there is none"}]}'
        """
        error = {"code": self.code, "message": self.message}
        return json.dumps({"errors": [error]}, separators=(",", ":")).encode()


# Statuses are those that the specification lists for an endpoint ("Endpoints"); where it lists
# none, those that its reference implementation sends.
_PROBLEMS: Final[Mapping[str, tuple[int, str]]] = {
    "AccessDeniedException": (403, "DENIED"),
    "EmptyUploadException": (400, "BLOB_UPLOAD_INVALID"),
    "ImageDigestDoesNotMatchException": (400, "MANIFEST_INVALID"),
    "ImageNotFoundException": (404, "MANIFEST_UNKNOWN"),
    "ImageTagAlreadyExistsException": (400, "TAG_INVALID"),
    "InvalidLayerException": (400, "DIGEST_INVALID"),
    "InvalidLayerPartException": (416, "BLOB_UPLOAD_INVALID"),
    "LayerInaccessibleException": (404, "BLOB_UNKNOWN"),
    "LayerPartTooSmallException": (400, "SIZE_INVALID"),
    "LayersNotFoundException": (404, "MANIFEST_BLOB_UNKNOWN"),
    "LimitExceededException": (403, "DENIED"),
    "ReferencedImagesNotFoundException": (404, "MANIFEST_BLOB_UNKNOWN"),
    "RepositoryNotFoundException": (404, "NAME_UNKNOWN"),
    "ThrottlingException": (429, "TOOMANYREQUESTS"),
    "UnsupportedImageTypeException": (400, "MANIFEST_INVALID"),
    "UploadNotFoundException": (404, "BLOB_UPLOAD_UNKNOWN"),
}


def problem_of(refusal: Refusal, about: str) -> Problem:
    """A refusal as an error; `about` is the code of a request that says what cannot be.

    >>> problem_of(Refusal("ThrottlingException", "Rate exceeded", status=429), "NAME_INVALID").code
    'TOOMANYREQUESTS'
    """
    status, code = _PROBLEMS.get(refusal.code, (400, about))
    return Problem(status, code, refusal.message)
