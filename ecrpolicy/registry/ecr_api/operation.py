"""What an operation of the API is here: a function, and what it is about."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from ecrpolicy.arn import Arn
from ecrpolicy.iam.request import Context
from ecrpolicy.registry.auth.caller import Caller
from ecrpolicy.registry.ecr_api.errors import invalid
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.service import Service

Json = Mapping[str, Any]

_ROLE: Final = re.compile(r"arn:[a-z0-9-]+:iam::[0-9]{12}:role/[!-~]+")


@dataclass(frozen=True, slots=True)
class Call:
    """One call: who, when, in which registry, and the context keys of the request.

    `place` has the account of `registryId`, or the caller's, and the Region of the signature.
    `endpoint` is the URL at which the client has reached the service, such as
    `http://localhost:5000`.
    """

    service: Service
    caller: Caller
    place: Place
    now: datetime
    context: Context
    endpoint: str


def of_name(request: Json) -> Sequence[str]:
    """The repository that `repositoryName` names."""
    return (request["repositoryName"],)


def of_registry(request: Json) -> Sequence[str]:  # noqa: ARG001
    """No repository: the action has no resource."""
    return ()


def in_registry(request: Json, own: Place) -> Place:
    """The registry of `registryId`, or the caller's own in the Region of the signature."""
    return Place(request.get("registryId", own.account), own.region)


def _nothing(request: Json) -> Context:  # noqa: ARG001
    return {}


def _nothing_more(request: Json) -> Sequence[str]:  # noqa: ARG001
    return ()


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation: its name, what it does, and the repositories that it is about, by name.

    `run` takes the request, valid by the API's model, and returns the answer; times are datetimes,
    blobs bytes. It raises Refusal. The caller may take the action, `ecr:` and the operation's name
    unless `action` says otherwise, on every repository of `about` before `run` is called; and the
    actions that `also` adds. `place` is the registry that a request is about, given the caller's
    own; `context` are the condition keys of its members, such as those of tags. `passes_to` is the
    service that a `customRoleArn` of the request is passed to.
    """

    name: str
    run: Callable[[Call, Json], Json]
    about: Callable[[Json], Sequence[str]] = of_name
    action: str | None = None
    also: Callable[[Json], Sequence[str]] = _nothing_more
    place: Callable[[Json, Place], Place] = in_registry
    context: Callable[[Json], Context] = _nothing
    passes_to: str = ""

    def actions(self, request: Json) -> tuple[str, ...]:
        """What the caller must be allowed to do."""
        return (self.action or f"ecr:{self.name}", *self.also(request))

    def role(self, request: Json) -> Arn | None:
        """The role that is passed with a request, None where none is; raises Refusal."""
        text = request.get("customRoleArn")
        if not (text and self.passes_to):
            return None
        if not _ROLE.fullmatch(text):
            raise invalid("customRoleArn", "Invalid ARN")
        return Arn.read(text)
