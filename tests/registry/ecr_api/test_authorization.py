"""Passwords for the registry API: Amazon ECR API Reference, "GetAuthorizationToken"."""

import base64
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from tests.registry.serving import ACCOUNT, NOBODY, OTHER_ACCOUNT, REGION, Serving

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient


def test_a_password_is_good_for_twelve_hours(ecr: "ECRClient", shared: Serving) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    (told,) = ecr.get_authorization_token()["authorizationData"]
    after = datetime.now(UTC)
    assert before <= told["expiresAt"] - timedelta(hours=12) <= after
    assert told["proxyEndpoint"] == f"http://{ACCOUNT}.dkr.ecr.{REGION}.localhost:{shared.port}"
    user, _, password = base64.b64decode(told["authorizationToken"]).partition(b":")
    assert user == b"AWS"
    assert password


def test_the_registry_api_takes_it(ecr: "ECRClient", shared: Serving) -> None:
    (told,) = ecr.get_authorization_token()["authorizationData"]
    connection = HTTPConnection(shared.host, shared.port)
    statuses = []
    for headers in ({}, {"Authorization": f"Basic {told['authorizationToken']}"}):
        connection.request("GET", "/v2/", headers=headers)
        answer = connection.getresponse()
        answer.read()
        statuses.append(answer.status)
    connection.close()
    assert statuses == [401, 200]


def test_one_is_told_for_each_registry_asked_for(ecr: "ECRClient", shared: Serving) -> None:
    told = ecr.get_authorization_token(registryIds=[OTHER_ACCOUNT, ACCOUNT])["authorizationData"]
    assert [each["proxyEndpoint"] for each in told] == [
        f"http://{account}.dkr.ecr.{REGION}.localhost:{shared.port}"
        for account in (OTHER_ACCOUNT, ACCOUNT)
    ]


def test_not_everybody_gets_one(shared: Serving) -> None:
    with pytest.raises(ClientError) as refused:
        shared.ecr(NOBODY).get_authorization_token()
    assert refused.value.response["Error"] == {
        "Code": "AccessDeniedException",
        "Message": f"User: {NOBODY.principal} is not authorized to perform: "
        "ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the "
        "ecr:GetAuthorizationToken action",
    }
