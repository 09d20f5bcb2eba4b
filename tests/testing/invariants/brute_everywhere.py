"""Requests of several accounts, Regions, sessions and providers, and policies that overlap.

What is taken for granted is that of `brute_requests`, for whatever account a resource is in.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random
from typing import Any

from ecrpolicy.iam import Policy, PolicySet, Request, authorize
from ecrpolicy.testing.invariants import Who, account, anybody, outside_account, role, user
from tests.iam.builders import HERE, THERE, boundary, identity, registry, repository, scp

FAR = "111144445555"
ACCOUNTS = (HERE, THERE, FAR)
WHO: tuple[Who, ...] = (
    anybody(),
    *(make(each) for make in (outside_account, account) for each in ACCOUNTS),
    role(f"arn:aws:iam::{HERE}:role/ci"),
    role(f"arn:aws:iam::{FAR}:role/team/ci"),
    user(f"arn:aws:iam::{THERE}:user/eve"),
)
PROVIDER = f"arn:aws:iam::{HERE}:saml-provider/office"

_REGIONS = ("us-east-1", "eu-west-1", "eu-north-1", "us-west-2")
_NAMES = ("aa", "ab", "ba", "a/b", "eve")
_ACTIONS = (
    "ecr:BatchGetImage",
    "ecr:PutImage",
    "ecr:CreateRepository",
    "ecr:GetAuthorizationToken",
)
_TAGS = ("prod", "Prod", "PROD", "dev", "")
_TIMES = ("2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")
_SECONDS = dict(zip(_TIMES, ("1767225599", "1767225600", "1769904000"), strict=True))
_CONTEXTS: dict[str, tuple[Any, ...]] = {
    "aws:PrincipalTag/env": _TAGS,
    "aws:SourceIp": ("10.0.0.1", "10.1.0.1", "192.0.2.1"),
    "aws:SecureTransport": ("true", "false"),
    "aws:CurrentTime": _TIMES,
}


def _callers() -> Iterator[dict[str, Any]]:
    yield from ({"principal": each} for each in (None, "codebuild.amazonaws.com"))
    for number in ACCOUNTS:
        iam, sts = f"arn:aws:iam::{number}:", f"arn:aws:sts::{number}:"
        for name in ("root", "user/eve", "user/team/eve", "role/ci", "role/CI", "role/team/ci"):
            yield {"principal": iam + name}
        for path in ("role/ci", "role/team/ci"):
            session = {"principal": f"{sts}assumed-role/ci/one", "role": iam + path}
            yield from (session, {**session, "provider": PROVIDER})
            yield {"principal": iam + path, "provider": PROVIDER}
        federated = {"principal": f"{sts}federated-user/fed"}
        yield from (federated, {**federated, "user": f"{iam}user/eve"})


_CALLERS = tuple(_callers())


def random_request(random: Random) -> Request:
    """A request of any of the callers, with some of the keys that it can have."""
    about = random.choice(_CALLERS)
    action, owner = random.choice(_ACTIONS), random.choice(ACCOUNTS)
    resource = f"arn:aws:ecr:{random.choice(_REGIONS)}:{owner}:repository/{random.choice(_NAMES)}"
    context = {key: random.choice(several) for key, several in _CONTEXTS.items()}
    context = {key: value for key, value in context.items() if random.random() < 0.5}
    if not str(about["principal"]).startswith("arn:"):
        context.pop("aws:PrincipalTag/env", None)
    if "aws:CurrentTime" in context:
        context["aws:EpochTime"] = _SECONDS[context["aws:CurrentTime"]]
    if action == "ecr:CreateRepository":
        context |= _request_tags(random)
    return Request(
        **about,
        action=action,
        resource=None if action == "ecr:GetAuthorizationToken" else resource,
        resource_account=owner,
        context=context,
    )


def _request_tags(random: Random) -> dict[str, Any]:
    names = random.sample(("team", "env", "cost"), random.randint(0, 3))
    tags = {f"aws:RequestTag/{name}": random.choice(_TAGS) for name in names}
    return {**tags, **({"aws:TagKeys": names} if names else {})}


def allowed(request: Request, policies: PolicySet) -> bool:
    """Whether a request is allowed, its own account willing, as far as that is not told."""
    everything = identity(Action="*")
    is_stranger = not request.is_same_account or not policies.resource
    if request.caller.has_identity and not policies.identity and is_stranger:
        policies = replace(policies, identity=(everything,))
        if ":federated-user/" in str(request.principal):
            policies = replace(policies, session=(everything,))
    return authorize(request, policies).allowed


def is_own_root(request: Request) -> bool:
    """Whether the root user of the resource's account asks."""
    return request.caller.is_root and request.is_same_account


def random_policies(random: Random) -> PolicySet:
    """A small set in which patterns and conditions overlap."""
    kind = random.choice(("repository", "repository", "registry", "identity", "limits", "both"))
    several = range(random.randint(1, 3))
    if kind in ("repository", "both"):
        made = PolicySet(resource=tuple(_of_repository(random, at) for at in several))
    elif kind == "registry":
        made = PolicySet(
            resource=tuple(
                registry(_principal(random), _effect(at, random), **_on(random), **_more(random))
                for at in several
            )
        )
    else:
        made = PolicySet(identity=tuple(_of_identity(random, at) for at in several))
    if kind == "both":
        return replace(made, identity=(_of_identity(random, 0),))
    if kind == "limits":
        limit = boundary(**_on(random), **_more(random))
        return replace(made, boundary=limit, scps=((scp(**_on(random), **_more(random)),),))
    return made


def _effect(at: int, random: Random) -> str:
    return "Allow" if at == 0 else random.choice(("Allow", "Deny", "Deny"))


def _of_repository(random: Random, at: int) -> Policy:
    return repository(_principal(random), _effect(at, random), **_more(random))


def _of_identity(random: Random, at: int) -> Policy:
    return identity(_effect(at, random), **_on(random), **_more(random))


def _principal(random: Random) -> Any:
    number = random.choice(ACCOUNTS)
    named = (
        f"arn:aws:iam::{number}:role/team/ci",
        f"arn:aws:iam::{number}:role/ci",
        f"arn:aws:iam::{number}:user/eve",
        f"arn:aws:sts::{number}:assumed-role/ci/one",
        number,
    )
    return random.choice(("*", "*", {"AWS": random.choice(named)}, {"Federated": PROVIDER}))


def _on(random: Random) -> dict[str, Any]:
    patterns = (
        "*",
        "arn:aws:ecr:eu-*:*:repository/*",
        "arn:aws:ecr:*-1:*:repository/*",
        "arn:aws:ecr:*:1111*:repository/a*",
        "arn:aws:ecr:*:*5555:repository/*",
        f"arn:aws:ecr:*:{HERE}:repository/*b",
        "arn:aws:ecr:*:*:repository/${aws:username}",
        "arn:aws:ecr:us*",
    )
    return {"Resource": random.choice(patterns)}


def _more(random: Random) -> dict[str, Any]:
    action = random.choice(("ecr:*", "ecr:*", "ecr:PutImage", ["ecr:*Image", "ecr:Create*"]))
    several = [dict([each]) for each in random.sample(list(_conditions(random)), 2)]
    conditions = [{}, several[0], several[0], {**several[0], **several[1]}]
    return {"Action": action, "Condition": random.choice(conditions)}


def _conditions(random: Random) -> Iterator[tuple[str, Any]]:
    negation, number = random.choice(("", "Not")), random.choice(ACCOUNTS)
    tags = random.sample(_TAGS, 2)
    yield f"String{negation}Equals", {"aws:PrincipalTag/env": tags}
    yield f"String{negation}EqualsIgnoreCase", {"aws:PrincipalTag/env": tags[0]}
    yield f"String{negation}Like", {"aws:PrincipalArn": random.choice(_ARNS)}
    yield f"Arn{negation}Like", {"aws:PrincipalArn": random.choice(_ARNS)}
    key = random.choice(("aws:PrincipalAccount", "aws:ResourceAccount"))
    yield f"String{negation}LikeIfExists", {key: random.choice((number, "1111*", "*5555"))}
    yield f"String{negation}Equals", {"aws:ResourceAccount": "${aws:PrincipalAccount}"}
    yield "StringEquals", {"aws:RequestTag/team": tags[0], "aws:RequestTag/env": tags[1]}
    qualifier = random.choice(("", "ForAllValues:", "ForAnyValue:"))
    yield f"{qualifier}String{negation}Equals", {"aws:TagKeys": ["team", "cost"]}
    yield "Null", {random.choice(("aws:TagKeys", "aws:SecureTransport")): "false"}
    yield "Bool", {"aws:SecureTransport": random.choice(("true", "false"))}
    yield random.choice(("IpAddress", "NotIpAddress")), {"aws:SourceIp": "10.0.0.0/16"}
    yield "NumericLessThan", {"aws:EpochTime": "1767225600"}
    yield "DateGreaterThanEquals", {"aws:CurrentTime": "2026-01-01T00:00:00Z"}


_ARNS = tuple(
    pattern.format(number)
    for number, pattern in product(
        (HERE, FAR), ("*:{}:role/*", "*{}*", "arn:aws:iam::*:role/team/*", "arn:aws:iam::{}:*eve")
    )
)
