"""Repository policies: who may do what with one repository."""

import logging
from typing import Any, Final

from sqlalchemy import Connection, update

from ecrpolicy import iam
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.registry.auth import authorise
from ecrpolicy.registry.ecr_api.errors import invalid
from ecrpolicy.registry.ecr_api.operation import Call, Json, Operation
from ecrpolicy.registry.ecr_api.policy_text import laid_out, read
from ecrpolicy.registry.metadata import repositories as stored
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.metadata.tables import repositories
from ecrpolicy.registry.refusal import Refusal

_LOG: Final = logging.getLogger("ecrpolicy.registry")

_SET: Final = "ecr:SetRepositoryPolicy"


def put(call: Call, request: Json) -> Json:
    """Set the policy; one that would keep the caller from setting another needs `force`."""
    text = checked(request["policyText"])
    with call.service.database.writing() as connection:
        found = stored.require(connection, call.place, request["repositoryName"])
        _store(connection, found, text)
        if not request.get("force", False):
            _check_lock_out(connection, call, found)
    return _shown(found, text)


def show(call: Call, request: Json) -> Json:
    """The policy of a repository that has one."""
    with call.service.database.reading() as connection:
        found = stored.require(connection, call.place, request["repositoryName"])
    return _shown(found, _policy_of(found))


def remove(call: Call, request: Json) -> Json:
    """Take the policy away, and give back what it was."""
    with call.service.database.writing() as connection:
        found = stored.require(connection, call.place, request["repositoryName"])
        text = _policy_of(found)
        _store(connection, found, None)
    return _shown(found, text)


def checked(text: str, parameter: str = "PolicyText") -> str:
    """The policy as it is stored; raises Refusal for what is none.

    `parameter` is what the request calls it.
    """
    try:
        iam.parse(text, kind=iam.Kind.REPOSITORY)
        return laid_out(read(text))
    except (InvalidPolicy, ValueError) as error:
        # The service says no more than this; who runs it may know what is wrong.
        _LOG.info("a repository policy was refused: %s", error)
        raise invalid(parameter, "Invalid repository policy provided") from None


def _check_lock_out(connection: Connection, call: Call, repository: StoredRepository) -> None:
    """Ask under the new policy whether the caller may set the next one.

    Amazon ECR API Reference, "SetRepositoryPolicy", "force". The policy stands in the transaction
    already; refused, it is undone.
    """
    decision = authorise.decide(
        call.service, connection, call.caller, call.place, _SET, repository.name, call.context
    )
    if not decision.allowed:
        raise invalid(
            "PolicyText",
            "The policy would prevent you from setting another policy in the future, use force to "
            "set it anyway",
        )


def _policy_of(repository: StoredRepository) -> str:
    if repository.policy is None:
        raise Refusal(
            "RepositoryPolicyNotFoundException",
            f"Repository policy does not exist for the repository with name '{repository.name}' "
            f"in the registry with id '{repository.place.account}'",
        )
    return repository.policy


def _store(connection: Connection, repository: StoredRepository, text: str | None) -> None:
    connection.execute(
        update(repositories).where(repositories.c.id == repository.id).values(policy=text)
    )


def _shown(repository: StoredRepository, text: str) -> dict[str, Any]:
    return {
        "registryId": repository.place.account,
        "repositoryName": repository.name,
        "policyText": text,
    }


OPERATIONS: Final = (
    Operation("SetRepositoryPolicy", put),
    Operation("GetRepositoryPolicy", show),
    Operation("DeleteRepositoryPolicy", remove),
)
