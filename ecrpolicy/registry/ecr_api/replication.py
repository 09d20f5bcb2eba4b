"""The replication configuration of the registry: stored and checked, and nothing is replicated.

The service-linked role that Amazon ECR makes in the account at the first
`PutReplicationConfiguration` is not needed, and not made.
"""

from ecrpolicy import replication
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.registry.ecr_api.errors import refusal_of
from ecrpolicy.registry.ecr_api.operation import Call, Json, Operation, of_registry
from ecrpolicy.registry.metadata.registries import store_settings

_MEMBER = "replicationConfiguration"


def _put(call: Call, request: Json) -> Json:
    place, given = call.place, request[_MEMBER]
    try:
        replication.parse(given, account=place.account, region=place.region)
    except InvalidPolicy as error:
        raise refusal_of(error, _MEMBER) from None
    with call.service.database.writing() as connection:
        store_settings(connection, place, replication=given)
    return {_MEMBER: given}


OPERATIONS = (Operation("PutReplicationConfiguration", _put, of_registry),)
