"""Requests by the hundred, and small policies about them; what is taken for granted is restated."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random
from typing import Any

from ecrpolicy import iam
from ecrpolicy.iam import Policy, PolicySet, Request
from ecrpolicy.testing.invariants import (
    account,
    anybody,
    outside_account,
    role,
    service,
    user,
)
from tests.iam.builders import HERE, THERE, identity, registry, repository, scp

NOBODY = "555566667777"
REPOSITORIES = f"arn:aws:ecr:us-east-1:{HERE}:repository/"
WHO = (
    anybody(),
    outside_account(HERE),
    account(HERE),
    account(THERE),
    role(f"arn:aws:iam::{HERE}:role/ci"),
    user(f"arn:aws:iam::{THERE}:user/eve"),
    service("codebuild.amazonaws.com"),
)
_NAMES = ("root", "user/eve", "user/x", "role/ci", "role/ci-2", "role/y")
_PRINCIPALS = (
    None,
    "codebuild.amazonaws.com",
    "ecs.amazonaws.com",
    *(f"arn:aws:iam::{of}:{name}" for of in (HERE, THERE, NOBODY) for name in _NAMES),
    f"arn:aws:sts::{THERE}:federated-user/fed",
)
_ACTIONS = ("ecr:BatchGetImage", "ecr:PutImage", "ecr:GetAuthorizationToken")
_CONTEXTS: dict[str, tuple[Any, ...]] = {
    "aws:SourceIp": ((), "10.0.0.1", "10.1.0.1", "192.0.2.1"),
    "aws:PrincipalOrgID": ((), "o-a", "o-b"),
    "aws:MultiFactorAuthAge": ((), "10", "3600", "7200"),
}


def requests() -> list[Request]:
    """All requests of a few principals, actions, repositories and contexts."""
    made = []
    for principal, action in product(_PRINCIPALS, _ACTIONS):
        names = (None,) if action == "ecr:GetAuthorizationToken" else ("a", "ab", "b")
        for name, *values in product(names, *_CONTEXTS.values()):
            context = dict(zip(_CONTEXTS, values, strict=True))
            if principal is None or principal.endswith(".com"):
                context["aws:PrincipalOrgID"] = ()
            made.append(
                Request(
                    principal=principal,
                    action=action,
                    resource=None if name is None else REPOSITORIES + name,
                    resource_account=HERE,
                    context=context,
                )
            )
    return made


def allowed(request: Request, policies: PolicySet) -> bool:
    """Whether a request is allowed, its own account willing, as far as that is not told."""
    arn = request.principal or ""
    are_limits = not (policies.identity or policies.resource)
    if arn.startswith("arn:") and not policies.identity and (f":{HERE}:" not in arn or are_limits):
        policies = replace(policies, identity=(identity(Action="*"),))
        if ":federated-user/" in arn:
            allowing = identity(Action="*")
            policies = replace(policies, session=(allowing,))
    return iam.authorize(request, policies).allowed


def is_own_root(request: Request) -> bool:
    """Whether the root user of the repository's account asks."""
    return request.principal == f"arn:aws:iam::{HERE}:root"


def random_policies(random: Random) -> PolicySet:
    """A small set: a repository's policy, and perhaps others."""
    kinds = random.choice(("repository", "repository", "both", "identity", "scp"))
    resource: list[Policy] = []
    if kinds != "identity":
        resource += (
            repository(_principal(random), _effect(random), **_elements(random, _no_resource))
            for _ in range(random.randint(1, 3))
        )
    if kinds == "both":
        resource += (
            registry(_principal(random), _effect(random), **_elements(random, _resource))
            for _ in range(random.randint(1, 2))
        )
    return PolicySet(
        resource=tuple(resource),
        identity=(identity(**_elements(random, _resource)),) if kinds == "identity" else (),
        scps=((scp(Action="*"), scp("Deny", **_elements(random, _resource))),)
        if kinds == "scp"
        else (),
    )


def _effect(random: Random) -> str:
    return random.choice(("Allow", "Allow", "Deny"))


def _principal(random: Random) -> Any:
    return random.choice(
        (
            "*",
            "*",
            {"AWS": HERE},
            {"AWS": [THERE]},
            {"AWS": f"arn:aws:iam::{HERE}:role/ci"},
            {"AWS": [f"arn:aws:iam::{THERE}:user/eve", f"arn:aws:iam::{HERE}:role/ci"]},
            {"Service": "codebuild.amazonaws.com"},
        )
    )


def _no_resource(_: Random) -> dict[str, Any]:
    return {}


def _resource(random: Random) -> dict[str, Any]:
    name = random.choice(("Resource", "Resource", "NotResource"))
    patterns = [REPOSITORIES + each for each in ("a*", "*b", "ab")]
    return {name: random.choice((*patterns, *(["*"] if name == "Resource" else [])))}


def _elements(random: Random, more: Any) -> dict[str, Any]:
    action = random.choice(("ecr:*", "ecr:BatchGetImage", "ecr:Put*", ["ecr:*Image", "s3:*"]))
    name = random.choice(("Action", "Action", "Action", "NotAction"))
    conditions = dict(random.sample(list(_conditions(random)), random.choice((0, 0, 1, 1, 2))))
    return {name: action, **({"Condition": conditions} if conditions else {}), **more(random)}


def _conditions(random: Random) -> Iterator[tuple[str, Any]]:
    address = random.choice(("10.0.0.0/8", "10.0.0.0/16", "10.1.0.0/16"))
    yield random.choice(("IpAddress", "NotIpAddress")), {"aws:SourceIp": address}
    negation = random.choice(("", "Not"))
    yield f"String{negation}Equals", {"aws:PrincipalOrgID": random.choice(("o-a", "o-b"))}
    pattern = random.choice((f"arn:aws:iam::{HERE}:*", "arn:aws:iam::*:role/ci*"))
    yield f"Arn{negation}Like", {"aws:PrincipalArn": pattern}
    limit = random.choice(("60", "3600"))
    yield "NumericLessThan", {"aws:MultiFactorAuthAge": limit}
    yield "Null", {"aws:MultiFactorAuthAge": random.choice(("true", "false"))}
    yield "StringEquals", {"aws:username": random.choice(("eve", "x"))}
    yield "StringLike", {"aws:PrincipalAccount": random.choice((HERE, THERE))}
