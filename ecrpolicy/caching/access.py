"""Who may fill a cache: by the registry's policy, by identity policies, or by neither.

Amazon ECR User Guide, "Using pull through cache rules", "Required IAM permissions" and "Using
registry permissions".
"""

from typing import Final

from ecrpolicy.iam import (
    Answer,
    Identities,
    OperationAnswer,
    WhoCan,
    authorize_in,
    authorize_operation_in,
    who_can,
)
from ecrpolicy.iam.operations import PULL_THROUGH_CACHE
from ecrpolicy.snapshot import Registry

_CREATE: Final = "ecr:CreateRepository"
_IMPORT: Final = "ecr:BatchImportUpstreamImage"


def may_cache(
    registry: Registry, identities: Identities, principal: str | None, name: str
) -> OperationAnswer:
    """Whether a caller may pull a name that a cache rule serves.

    Importing the image is needed, and creating the repository where there is none; either may be
    granted by the registry's policy or by the caller's own.
    """
    return authorize_operation_in(registry, identities, principal, PULL_THROUGH_CACHE, name)


def may_create(
    registry: Registry, identities: Identities, principal: str | None, name: str
) -> Answer:
    """Whether a caller may create the repository of a name."""
    return authorize_in(registry, identities, principal, _CREATE, name)


def who_can_create(registry: Registry, identities: Identities, name: str) -> WhoCan:
    """Who may create the repository of a name."""
    return who_can(registry, identities, _CREATE, name)


def who_can_import(registry: Registry, identities: Identities, name: str) -> WhoCan:
    """Who may have an image of an upstream registry imported into the repository of a name."""
    return who_can(registry, identities, _IMPORT, name)
