"""Passwords for clients of the registry API."""

import base64
from typing import Any, Final

from ecrpolicy.registry.auth import tokens
from ecrpolicy.registry.auth.tokens import Token
from ecrpolicy.registry.ecr_api.addresses import registry_host
from ecrpolicy.registry.ecr_api.operation import Call, Json, Operation, of_registry
from ecrpolicy.registry.place import Place


def get_token(call: Call, request: Json) -> Json:
    """A password of the caller's, with the registry where it is used.

    It is good for every registry of the Region that the caller may use; `registryIds` only changes
    the address that is told with it (Amazon ECR API Reference, "GetAuthorizationToken").
    """
    token = tokens.issue(call.service.seal, call.caller, call.place.region, call.now)
    accounts = request.get("registryIds", (call.place.account,))
    return {"authorizationData": [_told(call, token, each) for each in accounts]}


def _told(call: Call, token: Token, account: str) -> dict[str, Any]:
    scheme = call.endpoint.partition(":")[0]
    host = registry_host(call.endpoint, Place(account, call.place.region))
    return {
        "authorizationToken": base64.b64encode(f"{tokens.USER}:{token.password}".encode()).decode(),
        "expiresAt": token.expires_at,
        "proxyEndpoint": f"{scheme}://{host}",
    }


OPERATIONS: Final = (Operation("GetAuthorizationToken", get_token, about=of_registry),)
