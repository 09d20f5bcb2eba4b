"""What kinds of documents there are."""

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """The kind of a document; those of IAM-style policies are called as in `ecrpolicy.iam.Kind`."""

    LIFECYCLE = "lifecycle"
    IDENTITY = "identity"
    BOUNDARY = "boundary"
    SESSION = "session"
    SCP = "scp"
    RCP = "rcp"
    ENDPOINT = "endpoint"
    REPOSITORY = "repository"
    REGISTRY = "registry"
    RESOURCE = "resource"
    SCANNING = "scanning"
    REPLICATION = "replication"
    CACHING = "caching"
    TEMPLATES = "templates"


OF_IDENTITIES: Final = (Kind.IDENTITY, Kind.BOUNDARY, Kind.SESSION)
"""Policies that grant to, or limit, the identity that they are attached to."""

OF_RESOURCES: Final = (Kind.REPOSITORY, Kind.REGISTRY, Kind.RESOURCE)
"""Policies of a resource: each statement says whom it is about."""

WITH_PRINCIPALS: Final = (*OF_RESOURCES, Kind.ENDPOINT, Kind.RCP)
"""Policies whose statements may have a `Principal`."""

IAM: Final = (*OF_IDENTITIES, Kind.SCP, Kind.RCP, Kind.ENDPOINT, *OF_RESOURCES)
"""All IAM-style policies."""

WITH_RESOURCES: Final = tuple(kind for kind in IAM if kind is not Kind.REPOSITORY)
"""Policies whose statements may have a `Resource`."""

ALL: Final = tuple(Kind)
"""All documents."""
