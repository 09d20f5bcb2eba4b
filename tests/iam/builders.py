"""Short ways to write down callers, policies and requests."""

from typing import Any

from ecrpolicy import iam
from ecrpolicy.iam import Decision, Kind, Policy, PolicySet, Request

HERE, THERE = "111122223333", "444455556666"
REPOSITORY = f"arn:aws:ecr:us-east-1:{HERE}:repository/team/app"
PULL = "ecr:BatchGetImage"

ROOT = f"arn:aws:iam::{HERE}:root"
USER = f"arn:aws:iam::{HERE}:user/team/Bob"
ROLE = f"arn:aws:iam::{HERE}:role/path/Dev"
SESSION = f"arn:aws:sts::{HERE}:assumed-role/Dev/one"
FEDERATED = f"arn:aws:sts::{HERE}:federated-user/fed"
SERVICE = "codebuild.amazonaws.com"
FOREIGN_USER = f"arn:aws:iam::{THERE}:user/Eve"
FOREIGN_ROOT = f"arn:aws:iam::{THERE}:root"

Json = dict[str, Any]


def statement(effect: str = "Allow", **elements: Any) -> Json:
    """A statement about all actions of ECR, unless it says otherwise."""
    if "NotAction" not in elements:
        elements = {"Action": "ecr:*", **elements}
    return {"Effect": effect, **elements}


def document(*statements: Json, version: str | None = "2012-10-17") -> Json:
    """A policy document."""
    made: Json = {"Statement": list(statements)}
    return made if version is None else {"Version": version, **made}


def policy(kind: Kind, *statements: Json, version: str | None = "2012-10-17") -> Policy:
    """A policy of a kind."""
    return iam.parse(document(*statements, version=version), kind=kind)


def identity(effect: str = "Allow", **elements: Any) -> Policy:
    """An identity policy of one statement, about every resource unless it says otherwise."""
    return policy(Kind.IDENTITY, _everywhere(effect, elements))


def boundary(effect: str = "Allow", **elements: Any) -> Policy:
    """A permissions boundary of one statement."""
    return policy(Kind.BOUNDARY, _everywhere(effect, elements))


def session(effect: str = "Allow", **elements: Any) -> Policy:
    """A session policy of one statement."""
    return policy(Kind.SESSION, _everywhere(effect, elements))


def scp(effect: str = "Allow", **elements: Any) -> Policy:
    """A service control policy of one statement."""
    return policy(Kind.SCP, _everywhere(effect, elements))


def rcp(effect: str = "Deny", **elements: Any) -> Policy:
    """A resource control policy of one statement."""
    return policy(Kind.RCP, _everywhere(effect, {"Principal": "*", **elements}))


def endpoint(effect: str = "Allow", **elements: Any) -> Policy:
    """A VPC endpoint policy of one statement."""
    return policy(Kind.ENDPOINT, _everywhere(effect, {"Principal": "*", **elements}))


def repository(principal: Any, effect: str = "Allow", **elements: Any) -> Policy:
    """A repository policy of one statement."""
    return policy(Kind.REPOSITORY, statement(effect, Principal=principal, **elements))


def registry(principal: Any, effect: str = "Allow", **elements: Any) -> Policy:
    """A registry policy of one statement."""
    return policy(Kind.REGISTRY, _everywhere(effect, {"Principal": principal, **elements}))


def _everywhere(effect: str, elements: Json) -> Json:
    if "NotResource" in elements:
        return statement(effect, **elements)
    return statement(effect, **{"Resource": "*", **elements})


NOTHING = {"Action": "s3:*"}


def request(principal: str | None = USER, action: str = PULL, **about: Any) -> Request:
    """A request to pull from `REPOSITORY`, unless it says otherwise."""
    return Request(principal=principal, action=action, **{"resource": REPOSITORY, **about})


def decide(asked: Request, **policies: Any) -> Decision:
    """The decision of a request."""
    return iam.authorize(asked, PolicySet(**policies))


def outcome(asked: Request, **policies: Any) -> str:
    """Effect and deciding types, in short: `ALLOW identity repository`."""
    decision = decide(asked, **policies)
    return " ".join((decision.effect, *decision.decided_by))
