"""What the registry says about scans, and what follows for its repositories."""

from typing import Any

from ecrpolicy import scanning
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.registry.ecr_api.errors import refusal_of
from ecrpolicy.registry.ecr_api.operation import Call, Json, Operation, of_registry
from ecrpolicy.registry.metadata import repositories
from ecrpolicy.registry.metadata.registries import settings_of, store_settings
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.scanning import EffectiveScanning, ScanFrequency, ScanningConfiguration


def _get(call: Call, request: Json) -> Json:  # noqa: ARG001
    with call.service.database.reading() as connection:
        found = settings_of(connection, call.place).scanning
    return {"registryId": call.place.account, "scanningConfiguration": found}


def _put(call: Call, request: Json) -> Json:
    try:
        configuration = scanning.parse(request)
    except InvalidPolicy as error:
        raise refusal_of(error, "rules") from None
    told = {
        "scanType": configuration.scan_type.value,
        "rules": [each.document() for each in configuration.rules],
    }
    with call.service.database.writing() as connection:
        store_settings(connection, call.place, scanning=told)
    return {"registryScanningConfiguration": told}


def _of_repositories(call: Call, request: Json) -> Json:
    found: list[StoredRepository] = []
    failures: list[Json] = []
    with call.service.database.reading() as connection:
        configuration = scanning.parse(settings_of(connection, call.place).scanning)
        for name in request["repositoryNames"]:
            repository = repositories.find(connection, call.place, name)
            if repository is None:
                failures.append(_missing(call, name))
            else:
                found.append(repository)
    return {
        "scanningConfigurations": [_told(each, configuration) for each in found],
        "failures": failures,
    }


def _missing(call: Call, name: str) -> Json:
    return {
        "repositoryName": name,
        "failureCode": "REPOSITORY_NOT_FOUND",
        "failureReason": repositories.missing(call.place, name).message,
    }


def _told(repository: StoredRepository, configuration: ScanningConfiguration) -> Json:
    effective = scanning.evaluate(configuration, repository.snapshot({}))
    return {
        "repositoryArn": repository.arn,
        "repositoryName": repository.name,
        "scanOnPush": effective.frequency is ScanFrequency.SCAN_ON_PUSH,
        "appliedScanFilters": [
            {"filter": text, "filterType": "WILDCARD"} for text in effective.applied
        ],
        **_frequency(effective),
    }


def _frequency(effective: EffectiveScanning) -> dict[str, Any]:
    """The API has no word for a repository whose scans are off."""
    return {} if effective.frequency is None else {"scanFrequency": effective.frequency.value}


OPERATIONS = (
    Operation("GetRegistryScanningConfiguration", _get, of_registry),
    Operation("PutRegistryScanningConfiguration", _put, of_registry),
    Operation(
        "BatchGetRepositoryScanningConfiguration",
        _of_repositories,
        lambda request: request["repositoryNames"],
    ),
)
