"""Policies and what is printed around them, for tests of the commands about them."""

import json
from typing import Any, Final
from urllib.parse import quote

from tests.cli.documents import FIXTURES

ACCOUNT: Final = "111122223333"
ALICE: Final = f"arn:aws:iam::{ACCOUNT}:user/alice"
BOB: Final = f"arn:aws:iam::{ACCOUNT}:user/office/bob"
APP: Final = f"arn:aws:ecr:us-east-1:{ACCOUNT}:repository/app"
PULL: Final = "ecr:BatchGetImage"

STOREFRONT: Final = (
    "--snapshot",
    str(FIXTURES / "registries" / "storefront.json"),
    "--identities",
    str(FIXTURES / "identities" / "storefront.json"),
    "--identities",
    str(FIXTURES / "identities" / "partner.json"),
)

# What asks whether alice may pull.
ASKED: Final = ("authorize", "--principal", ALICE, "--action", PULL, "--resource", APP)

Json = dict[str, Any]


def statement(effect: str = "Allow", action: str = "ecr:*", **members: Any) -> Json:
    """A statement of an identity, unless its members say otherwise."""
    about = {} if "Principal" in members or "Resource" in members else {"Resource": "*"}
    return {"Effect": effect, "Action": action, **about, **members}


def policy(*statements: Json) -> Json:
    """A policy; one that allows everything of ECR, where no statement is given."""
    return {"Version": "2012-10-17", "Statement": list(statements) or [statement()]}


def everybody(effect: str = "Allow", action: str = "*", **members: Any) -> Json:
    """A statement about everybody, of a resource."""
    return statement(effect, action, Principal="*", **members)


def case(*identity: Json, effect: str | None = None, name: str | None = None) -> Json:
    """Whether alice may pull, under policies of hers."""
    expected = {} if effect is None else {"expected": {"effect": effect}}
    named = {} if name is None else {"name": name}
    request = {"principal": ALICE, "action": PULL, "resource": APP}
    return {**named, "request": request, "policies": {"identity": list(identity)}, **expected}


def dumped(value: object) -> str:
    """JSON as the AWS CLI indents it."""
    return json.dumps(value, indent=4)


def role_policy(document: object) -> str:
    """The output of `get-role-policy`."""
    return dumped({"RoleName": "r", "PolicyName": "p", "PolicyDocument": document})


def encoded(document: Json) -> str:
    """A policy as the API of IAM writes it."""
    return quote(json.dumps(document))
