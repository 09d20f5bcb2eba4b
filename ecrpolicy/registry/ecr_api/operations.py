"""All operations of the API, by name, and what each does here."""

from collections.abc import Mapping
from itertools import chain
from typing import Final

from ecrpolicy.registry.ecr_api import (
    account_settings,
    authorization,
    cache_rules,
    creation_templates,
    image_listing,
    images,
    layers,
    lifecycle,
    not_built,
    previews,
    registry_settings,
    replication,
    repositories,
    repository_policies,
    resource_tags,
    scanning,
)
from ecrpolicy.registry.ecr_api.operation import Operation

OPERATIONS: Final[Mapping[str, Operation]] = {
    operation.name: operation
    for operation in chain(
        account_settings.OPERATIONS,
        authorization.OPERATIONS,
        cache_rules.OPERATIONS,
        creation_templates.OPERATIONS,
        image_listing.OPERATIONS,
        images.OPERATIONS,
        layers.OPERATIONS,
        lifecycle.OPERATIONS,
        not_built.OPERATIONS,
        previews.OPERATIONS,
        registry_settings.OPERATIONS,
        replication.OPERATIONS,
        repositories.OPERATIONS,
        repository_policies.OPERATIONS,
        resource_tags.OPERATIONS,
        scanning.OPERATIONS,
    )
}
