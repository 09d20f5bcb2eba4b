"""The registry itself and its policy."""

import logging
from typing import Final

from ecrpolicy import iam
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.registry.ecr_api.errors import invalid
from ecrpolicy.registry.ecr_api.operation import Call, Json, Operation, of_registry
from ecrpolicy.registry.ecr_api.policy_text import laid_out, read
from ecrpolicy.registry.metadata.registries import account_setting, settings_of, store_settings
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.refusal import Refusal

_LOG: Final = logging.getLogger("ecrpolicy.registry")


def _describe(call: Call, request: Json) -> Json:  # noqa: ARG001
    with call.service.database.reading() as connection:
        settings = settings_of(connection, call.place)
    return {
        "registryId": call.place.account,
        "replicationConfiguration": settings.replication,
    }


def _put_policy(call: Call, request: Json) -> Json:
    with call.service.database.writing() as connection:
        scope = account_setting(connection, call.place, "REGISTRY_POLICY_SCOPE")
        text = _checked(request["policyText"], scope)
        store_settings(connection, call.place, policy=text)
    return _told(call, text)


def _checked(text: str, scope: str) -> str:
    """The policy as it is stored; raises Refusal for what is none."""
    try:
        iam.parse(text, kind=iam.Kind.REGISTRY, scope="V1" if scope == "V1" else "V2")
        return laid_out(read(text))
    except (InvalidPolicy, ValueError) as error:
        # The service says no more than this; who runs it may know what is wrong.
        _LOG.info("a registry policy was refused: %s", error)
        raise invalid("PolicyText", "Invalid registry policy provided") from None


def _get_policy(call: Call, request: Json) -> Json:  # noqa: ARG001
    with call.service.database.reading() as connection:
        text = settings_of(connection, call.place).policy
    if text is None:
        raise _no_policy(call.place)
    return _told(call, text)


def _delete_policy(call: Call, request: Json) -> Json:  # noqa: ARG001
    with call.service.database.writing() as connection:
        text = settings_of(connection, call.place).policy
        if text is None:
            raise _no_policy(call.place)
        store_settings(connection, call.place, policy=None)
    return _told(call, text)


def _told(call: Call, text: str) -> Json:
    return {"registryId": call.place.account, "policyText": text}


def _no_policy(place: Place) -> Refusal:
    return Refusal(
        "RegistryPolicyNotFoundException",
        f"Registry policy does not exist in the registry with id '{place.account}'",
    )


OPERATIONS = (
    Operation("DescribeRegistry", _describe, of_registry),
    Operation("PutRegistryPolicy", _put_policy, of_registry),
    Operation("GetRegistryPolicy", _get_policy, of_registry),
    Operation("DeleteRegistryPolicy", _delete_policy, of_registry),
)
