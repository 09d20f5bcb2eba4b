"""Requests: callers, what is filled in, and what is refused."""

from typing import Any

import pytest

from ecrpolicy.errors import EcrPolicyError
from ecrpolicy.iam import InvalidRequest, Request
from tests.iam.builders import (
    FEDERATED,
    HERE,
    PULL,
    REPOSITORY,
    ROLE,
    ROOT,
    SERVICE,
    SESSION,
    THERE,
    USER,
    request,
)


@pytest.mark.parametrize(
    ("principal", "filled"),
    [
        (ROOT, {"arn": ROOT, "type": "Account", "userid": HERE}),
        (USER, {"arn": USER, "type": "User", "username": "Bob"}),
        (SESSION, {"arn": f"arn:aws:iam::{HERE}:role/Dev", "type": "AssumedRole"}),
        (ROLE, {"arn": ROLE, "type": "AssumedRole"}),
        (FEDERATED, {"arn": FEDERATED, "type": "FederatedUser", "userid": f"{HERE}:fed"}),
    ],
)
def test_identities_fill_in_what_follows_from_them(principal: str, filled: dict[str, str]) -> None:
    values = request(principal).values
    assert values["aws:principalarn"] == (filled["arn"],)
    assert values["aws:principaltype"] == (filled["type"],)
    assert values["aws:principalaccount"] == (HERE,)
    assert values["aws:principalisawsservice"] == ("false",)
    assert values["aws:resourceaccount"] == (HERE,)
    assert values.get("aws:userid", (None,)) == (filled.get("userid"),)
    assert values.get("aws:username", (None,)) == (filled.get("username"),)


def test_services_and_anonymous_callers_fill_in_less() -> None:
    service, anonymous = request(SERVICE).values, request(None).values
    assert service["aws:principalservicename"] == (SERVICE,)
    assert service["aws:principalisawsservice"] == ("true",)
    assert "aws:principaltype" not in service
    assert anonymous["aws:principaltype"] == ("Anonymous",)
    assert anonymous["aws:userid"] == ("anonymous",)
    assert not {"aws:principalarn", "aws:principalisawsservice"} & anonymous.keys()


def test_the_role_of_a_session_is_its_principal_arn() -> None:
    assert request(SESSION, role=ROLE).values["aws:principalarn"] == (ROLE,)


def test_tags_are_keys() -> None:
    values = request(principal_tags={"Team": "a"}, resource_tags={"Env": "b"}).values
    assert values["aws:principaltag/team"] == ("a",)
    assert values["aws:resourcetag/env"] == values["ecr:resourcetag/env"] == ("b",)


def test_what_is_given_wins() -> None:
    context = {"AWS:userName": "zed", "aws:PrincipalType": []}
    values = request(context=context).values
    assert values["aws:username"] == ("zed",)
    assert "aws:principaltype" not in values


def test_values_are_texts() -> None:
    context = {"a:a": True, "a:b": 10, "a:c": ["x", 1.5], "a:d": {"only"}}
    values = request(context=context).values
    assert [values[f"a:{each}"] for each in "abcd"] == [("true",), ("10",), ("x", "1.5"), ("only",)]


@pytest.mark.parametrize(
    ("about", "account"),
    [
        ({"resource_account": THERE}, THERE),
        ({}, HERE),
        ({"resource": "arn:aws:s3:::bucket"}, HERE),
        ({"resource": None}, HERE),
    ],
)
def test_the_account_of_the_resource(about: dict[str, Any], account: str) -> None:
    assert request(**about).values["aws:resourceaccount"] == (account,)


@pytest.mark.parametrize(
    "about",
    [
        {"principal": "bob"},
        {"principal": ""},
        {"principal": 5},
        {"principal": "arn:aws:iam::1:user/x"},
        {"principal": "arn:aws:iam"},
        {"principal": f"arn:aws:iam::{HERE}:group/x"},
        {"principal": f"arn:aws:iam::{HERE}:user/"},
        {"principal": f"arn:aws:sts::{HERE}:assumed-role/x"},
        {"action": "BatchGetImage"},
        {"action": "ecr:*"},
        {"action": None},
        {"resource": "app"},
        {"resource": ""},
        {"resource": "arn:aws:ecr:us-east-1:12:repository/a"},
        {"resource_account": "12"},
        {"role": USER},
        {"role": "Dev"},
        {"user": ROLE},
        {"principal": SESSION, "role": ROLE.replace("Dev", "Ops")},
        {"principal": SESSION, "role": ROLE.replace("arn:aws:", "arn:aws-cn:")},
        {"principal": FEDERATED, "user": USER.replace(HERE, THERE)},
        {"context": {"a:b": None}},
        {"context": {"a:b": [{}]}},
        {"context": {"a:b": 10**5000}},
        {"context": {"a:b": "1", "A:B": "2"}},
        {"principal_tags": {"a": None}},
    ],
)
def test_what_is_no_request_is_refused_in_one_line(about: dict[str, Any]) -> None:
    asked: dict[str, Any] = {"principal": USER, "action": PULL, "resource": REPOSITORY, **about}
    with pytest.raises(InvalidRequest) as caught:
        Request(**asked)
    assert isinstance(caught.value, ValueError | EcrPolicyError)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["action", "values"])
def test_requests_do_not_change(name: str) -> None:
    with pytest.raises(AttributeError):
        setattr(request(), name, "ecr:PutImage")
