"""Tags of repositories themselves, by which costs and permissions are told apart."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection

from ecrpolicy import tagging
from ecrpolicy.arn import Arn, is_account
from ecrpolicy.iam.request import Context
from ecrpolicy.registry.auth.context import keys_of_tags
from ecrpolicy.registry.ecr_api.errors import invalid, spoken
from ecrpolicy.registry.ecr_api.operation import Call, Json, Operation
from ecrpolicy.registry.metadata import repositories as stored
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.refusal import Refusal

_REPOSITORY: Final = "repository/"

Pairs = Sequence[tuple[str, str]]


def add(call: Call, request: Json) -> Json:
    """Give a repository tags; those of the same keys get new values."""
    given = pairs(request["tags"])
    check(given)
    with call.service.database.writing() as connection:
        found = _require(connection, call, request)
        after = {**stored.tags_of(connection, found), **dict(given)}
        check(tuple(after.items()))
        stored.put_tags(connection, found, after)
    return {}


def take(call: Call, request: Json) -> Json:
    """Take tags away; keys that it does not have are passed over."""
    with call.service.database.writing() as connection:
        found = _require(connection, call, request)
        left = stored.tags_of(connection, found)
        for key in request["tagKeys"]:
            left.pop(key, None)
        stored.put_tags(connection, found, left)
    return {}


def show(call: Call, request: Json) -> Json:
    """The tags of a repository, in the order of their keys."""
    with call.service.database.reading() as connection:
        held = stored.tags_of(connection, _require(connection, call, request))
    return {"tags": [{"Key": key, "Value": held[key]} for key in sorted(held)]}


def pairs(tags: Iterable[Mapping[str, Any]]) -> Pairs:
    """Tags of a request as keys and values."""
    return tuple((each["Key"], each["Value"]) for each in tags)


def check(tags: Pairs) -> None:
    """Raise Refusal for tags that a repository cannot have."""
    for problem in tagging.resource_tag_problems(tags, "/tags"):
        if problem.service_text is not None:
            raise spoken(problem.service_text)
        raise Refusal("InvalidTagParameterException", f"Invalid tags: {problem.message}")


def _require(connection: Connection, call: Call, request: Json) -> StoredRepository:
    return stored.require(connection, call.place, *_of_arn(request))


def _of_arn(request: Json) -> Sequence[str]:
    """The name of the repository; raises Refusal where the ARN is of anything else."""
    return (_arn(request).resource.removeprefix(_REPOSITORY),)


def _place(request: Json, own: Place) -> Place:
    """The registry of the ARN, which is one of the Region that is called."""
    arn = _arn(request)
    if arn.region != own.region:
        raise _no_arn()
    return Place(arn.account, arn.region)


def _arn(request: Json) -> Arn:
    arn = Arn.read(request["resourceArn"])
    if arn is None or not is_account(arn.account) or not arn.resource.startswith(_REPOSITORY):
        raise _no_arn()
    name = arn.resource.removeprefix(_REPOSITORY)
    if not tagging.is_repository_name(name):
        raise _no_arn()
    if str(arn) != Place(arn.account, arn.region).arn_of(name):
        raise _no_arn()
    return arn


def _no_arn() -> Refusal:
    return invalid("resourceArn", "Invalid ARN")


def _tags_given(request: Json) -> Context:
    return keys_of_tags(pairs(request["tags"]))


def _keys_given(request: Json) -> Context:
    return {"aws:TagKeys": tuple(dict.fromkeys(request["tagKeys"]))}


OPERATIONS: Final = (
    Operation("TagResource", add, about=_of_arn, place=_place, context=_tags_given),
    Operation("UntagResource", take, about=_of_arn, place=_place, context=_keys_given),
    Operation("ListTagsForResource", show, about=_of_arn, place=_place),
)
