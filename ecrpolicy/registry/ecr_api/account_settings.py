"""Account settings (Amazon ECR API Reference, "PutAccountSetting")."""

from typing import Final

from ecrpolicy.iam.request import Context
from ecrpolicy.registry.ecr_api.errors import invalid
from ecrpolicy.registry.ecr_api.operation import Call, Json, Operation, of_registry
from ecrpolicy.registry.metadata.registries import (
    ACCOUNT_SETTINGS,
    account_setting,
    store_account_setting,
)
from ecrpolicy.registry.refusal import Refusal

_VALUES: Final = {
    "BASIC_SCAN_TYPE_VERSION": ("AWS_NATIVE",),
    "REGISTRY_POLICY_SCOPE": ("V2",),
    "BLOB_MOUNTING": ("ENABLED", "DISABLED"),
}


def _get(call: Call, request: Json) -> Json:
    name = _known(request["name"])
    with call.service.database.reading() as connection:
        value = account_setting(connection, call.place, name)
    return {"name": name, "value": value}


def _put(call: Call, request: Json) -> Json:
    name, value = _known(request["name"]), request["value"]
    if value not in _VALUES[name]:
        raise _none_of("value", _VALUES[name])
    with call.service.database.writing() as connection:
        store_account_setting(connection, call.place, name, value)
    return {"name": name, "value": value}


def _known(name: str) -> str:
    if name not in ACCOUNT_SETTINGS:
        raise _none_of("name", tuple(ACCOUNT_SETTINGS))
    return name


def _none_of(path: str, choices: tuple[str, ...]) -> Refusal:
    return invalid(path, f"Member must satisfy enum value set: [{', '.join(choices)}]")


def _context(request: Json) -> Context:
    """Policies can be about single settings (Service Authorization Reference, "Amazon ECR")."""
    return {"ecr:AccountSetting": request["name"]}


OPERATIONS = (
    Operation("GetAccountSetting", _get, of_registry, context=_context),
    Operation("PutAccountSetting", _put, of_registry, context=_context),
)
