"""Lifecycle policies: put, shown, taken away. What runs them is `ecrpolicy.registry.lifecycle`."""

import json
from typing import Any, Final

from sqlalchemy import Connection, update

from ecrpolicy import lifecycle
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.registry.ecr_api.errors import invalid, spoken
from ecrpolicy.registry.ecr_api.operation import Call, Json, Operation
from ecrpolicy.registry.ecr_api.policy_text import read
from ecrpolicy.registry.metadata import repositories as stored
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.metadata.tables import repositories
from ecrpolicy.registry.refusal import Refusal

_PARAMETER: Final = "LifecyclePolicyText"


def checked(text: str, parameter: str = _PARAMETER) -> str:
    """A policy as it is stored and given back: on one line, as the service prints it.

    Raises Refusal, with the service's own words where they are known, for what is no policy;
    `parameter` is what the request calls it.
    Source: Amazon ECR API Reference, "GetLifecyclePolicy", the example of the answer.
    """
    try:
        lifecycle.parse(text)
        value = read(text)
    except InvalidPolicy as error:
        raise _refusal(error, parameter) from None
    except ValueError:
        raise invalid(parameter, "a string has half a surrogate pair") from None
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _refusal(error: InvalidPolicy, parameter: str) -> Refusal:
    findings = error.findings
    known = next((each for each in findings if each.service_text is not None), findings[0])
    if known.service_text is None:
        return invalid(parameter, known.message)
    said = lifecycle.service_error(known.service_text)
    return spoken(said.replace(f"'{_PARAMETER}'", f"'{parameter}'"))


def policy_of(repository: StoredRepository) -> str:
    """The policy of a repository that has one; raises Refusal where it has none."""
    if repository.lifecycle_policy is None:
        raise Refusal(
            "LifecyclePolicyNotFoundException",
            "Lifecycle policy does not exist for the repository with name "
            f"'{repository.name}' in the registry with id '{repository.place.account}'",
        )
    return repository.lifecycle_policy


def _put(call: Call, request: Json) -> Json:
    text = checked(request["lifecyclePolicyText"])
    with call.service.database.writing() as connection:
        found = stored.require(connection, call.place, request["repositoryName"])
        _store(connection, found, text)
    return _told(found, text)


def _get(call: Call, request: Json) -> Json:
    with call.service.database.reading() as connection:
        found = stored.require(connection, call.place, request["repositoryName"])
    return {**_told(found, policy_of(found)), **_evaluated(found)}


def _delete(call: Call, request: Json) -> Json:
    with call.service.database.writing() as connection:
        found = stored.require(connection, call.place, request["repositoryName"])
        text = policy_of(found)
        _store(connection, found, None)
    return {**_told(found, text), **_evaluated(found)}


def _store(connection: Connection, repository: StoredRepository, text: str | None) -> None:
    """A new policy has not been evaluated yet."""
    connection.execute(
        update(repositories)
        .where(repositories.c.id == repository.id)
        .values(lifecycle_policy=text, lifecycle_evaluated_at=None)
    )


def _told(repository: StoredRepository, text: str) -> dict[str, Any]:
    return {
        "registryId": repository.place.account,
        "repositoryName": repository.name,
        "lifecyclePolicyText": text,
    }


def _evaluated(repository: StoredRepository) -> dict[str, Any]:
    """When the policy was last run, if it was."""
    at = repository.lifecycle_evaluated_at
    return {} if at is None else {"lastEvaluatedAt": at}


OPERATIONS = (
    Operation("PutLifecyclePolicy", _put),
    Operation("GetLifecyclePolicy", _get),
    Operation("DeleteLifecyclePolicy", _delete),
)
