"""The operations that this service knows by name, and does not do."""

from collections.abc import Callable
from typing import Final

from ecrpolicy.registry.ecr_api.operation import Call, Json, Operation, of_name, of_registry
from ecrpolicy.registry.refusal import Refusal

_OF_IMAGES: Final = (
    "DescribeImageReplicationStatus",
    "DescribeImageScanFindings",
    "DescribeImageSigningStatus",
    "StartImageScan",
)
_OF_REGISTRIES: Final = (
    "DeleteSigningConfiguration",
    "DeregisterPullTimeUpdateExclusion",
    "DescribeReplicationBackfillResults",
    "GetSigningConfiguration",
    "ListPullTimeUpdateExclusions",
    "ListReplicationBackfills",
    "PutSigningConfiguration",
    "RegisterPullTimeUpdateExclusion",
    "StartReplicationBackfill",
    "StopReplicationBackfill",
)


def _refusing(name: str) -> Callable[[Call, Json], Json]:
    def run(call: Call, request: Json) -> Json:  # noqa: ARG001
        raise Refusal(
            "UnsupportedOperationException",
            f"The operation {name} is not built in this registry service, which is not Amazon "
            "ECR; see its list of operations",
        )

    return run


OPERATIONS = (
    *(Operation(name, _refusing(name), of_name) for name in _OF_IMAGES),
    *(Operation(name, _refusing(name), of_registry) for name in _OF_REGISTRIES),
)
