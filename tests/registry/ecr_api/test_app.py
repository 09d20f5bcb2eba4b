"""The ECR API as HTTP: the order of checks, the form of answers, and no 5xx for bad input."""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from ecrpolicy.registry.ecr_api import app, model
from ecrpolicy.registry.ecr_api.operation import Operation
from ecrpolicy.registry.ecr_api.operations import OPERATIONS
from tests.registry.serving import ADMIN, NOBODY, REGION, Key, Serving, serving

TARGET = "AmazonEC2ContainerRegistry_V20150921."
CONTENT_TYPE = "application/x-amz-json-1.1"
MIB = 1024 * 1024


@dataclass
class Raw:
    """A connection, for requests that no client would make."""

    started: Serving
    connection: HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = HTTPConnection(self.started.host, self.started.port, timeout=30)

    def call(
        self, operation: str, body: bytes = b"{}", key: Key = ADMIN, **headers: str
    ) -> tuple[int, dict[str, Any], Mapping[str, str]]:
        """Send a signed request; the status, the answer, its headers."""
        given = {
            "Host": self.started.netloc,
            "X-Amz-Target": TARGET + operation,
            "Content-Type": CONTENT_TYPE,
            **headers,
        }
        request = AWSRequest("POST", f"{self.started.url}/", headers=given, data=body)
        SigV4Auth(Credentials(key.id, key.secret), "ecr", REGION).add_auth(request)
        return self.send("POST", "/", dict(request.headers.items()), body)

    def send(
        self, method: str, path: str, headers: Mapping[str, str | bytes], body: Any = None
    ) -> tuple[int, dict[str, Any], Mapping[str, str]]:
        """Send anything."""
        self.connection.request(method, path, body, dict(headers))
        answer: HTTPResponse = self.connection.getresponse()
        content = answer.read()
        is_json = answer.headers.get("content-type") == CONTENT_TYPE
        told = json.loads(content) if is_json else {}
        return answer.status, told, {name.lower(): value for name, value in answer.getheaders()}


@pytest.fixture
def raw(shared: Serving) -> Iterator[Raw]:
    made = Raw(shared)
    yield made
    made.connection.close()


def test_an_answer_has_the_form_of_aws_json(raw: Raw) -> None:
    status, told, headers = raw.call("DescribeRegistry")
    assert status == 200
    assert told
    assert headers["content-type"] == CONTENT_TYPE
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", headers["x-amzn-requestid"])


def test_an_error_has_the_form_of_aws_json(raw: Raw) -> None:
    status, told, headers = raw.call("DeleteRepository", b'{"repositoryName": "no/such"}')
    assert status == 400
    assert told["__type"] == "RepositoryNotFoundException"
    assert told["message"].startswith("The repository with name 'no/such' does not exist")
    assert headers["content-type"] == CONTENT_TYPE
    assert headers["x-amzn-requestid"]


def test_all_operations_of_the_model_are_answered() -> None:
    assert OPERATIONS.keys() == set(model.operation_of().values())


@pytest.mark.parametrize(
    "target", ["", "PutImage", TARGET, f"{TARGET}Nothing", f"{TARGET}putimage", "x" * 4_000]
)
def test_an_unknown_operation_is_told(raw: Raw, target: str) -> None:
    status, told, _ = raw.send("POST", "/", {"X-Amz-Target": target})
    assert (status, told["__type"]) == (400, "UnknownOperationException")


def test_nobody_is_asked_in_before_the_signature_is_checked(raw: Raw) -> None:
    headers = {"X-Amz-Target": f"{TARGET}DeleteRepository", "Content-Type": CONTENT_TYPE}
    status, told, _ = raw.send("POST", "/", headers, b"no json")
    assert (status, told["__type"]) == (400, "MissingAuthenticationTokenException")


def test_what_is_no_request_is_told_to_whoever_may_do_nothing(raw: Raw) -> None:
    """The order of checks: what the request is, then whether it is allowed."""
    for body, code in (
        (b"no json", "SerializationException"),
        (b"{}", "InvalidParameterException"),
        (b'{"repositoryName": "no/such"}', "AccessDeniedException"),
    ):
        assert raw.call("DeleteRepository", body, NOBODY)[1]["__type"] == code


def test_a_wrong_secret_is_refused(shared: Serving) -> None:
    with pytest.raises(ClientError, match="InvalidSignatureException"):
        shared.ecr(Key(ADMIN.id, "wrong", ADMIN.principal)).describe_registry()


@pytest.mark.parametrize(
    ("operation", "most"),
    [("DescribeRegistry", MIB), ("UploadLayerPart", 28 * MIB), ("PutImage", 25 * MIB)],
)
def test_a_body_that_is_too_big_is_not_read(shared: Serving, operation: str, most: int) -> None:
    headers = {"X-Amz-Target": TARGET + operation, "Content-Length": str(most + 1)}
    raw = Raw(shared)
    status, told, _ = raw.send("POST", "/", headers)
    assert (status, told["__type"]) == (413, "RequestEntityTooLargeException")
    raw.connection.close()


@pytest.mark.parametrize("operation", ["UploadLayerPart", "PutImage"])
@pytest.mark.parametrize(
    ("authorization", "code"),
    [
        ({}, "MissingAuthenticationTokenException"),
        (
            {
                "Authorization": "AWS4-HMAC-SHA256 "
                "Credential=AKIASTRANGER/20250131/us-east-1/ecr/aws4_request, "
                "SignedHeaders=host;x-amz-date, Signature=00",
                "X-Amz-Date": "20250131T000000Z",
            },
            "UnrecognizedClientException",
        ),
    ],
)
def test_the_large_body_of_a_stranger_is_not_waited_for(
    shared: Serving, operation: str, authorization: Mapping[str, str], code: str
) -> None:
    headers = {"X-Amz-Target": TARGET + operation, "Content-Length": str(20 * MIB)}
    raw = Raw(shared)
    status, told, _ = raw.send("POST", "/", {**headers, **authorization})
    assert (status, told["__type"]) == (400, code)
    raw.connection.close()


def test_a_body_of_unknown_size_is_bounded_too(shared: Serving) -> None:
    raw = Raw(shared)
    headers = {"X-Amz-Target": f"{TARGET}DescribeRegistry", "Transfer-Encoding": "chunked"}
    chunk = b"%x\r\n%b\r\n" % (MIB, b"x" * MIB)
    status, told, _ = raw.send("POST", "/", headers, iter([chunk, chunk, b"0\r\n\r\n"]))
    assert (status, told["__type"]) == (413, "RequestEntityTooLargeException")
    raw.connection.close()


def test_headers_are_counted(shared: Serving) -> None:
    raw = Raw(shared)
    status, _, _ = raw.send("POST", "/", {f"x-{number}": "1" for number in range(101)})
    assert status == 431
    raw.connection.close()


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/"), ("GET", "/v2/"), ("GET", "/_layers/x")]
)
def test_headers_are_bounded_together(shared: Serving, method: str, path: str) -> None:
    raw = Raw(shared)
    status, _, _ = raw.send(method, path, {f"x-{number}": "1" * 10_000 for number in range(4)})
    assert status == 431
    raw.connection.close()


def test_only_post_is_answered(raw: Raw) -> None:
    assert raw.send("GET", "/", {})[0] == 405
    assert raw.send("POST", "/elsewhere", {})[0] == 404


def test_too_many_calls_are_throttled(tmp_path: Path) -> None:
    """Amazon ECR User Guide, "Amazon ECR service quotas": PutImage, 10 a second."""
    now = datetime.now(UTC)
    with serving(tmp_path, clock=lambda: now, throttles=True) as started:
        client = started.ecr()
        outcomes = []
        for _ in range(11):
            with pytest.raises(ClientError) as refused:
                client.put_image(repositoryName="no/such", imageManifest="")
            told = refused.value.response
            outcomes.append((told["ResponseMetadata"]["HTTPStatusCode"], told["Error"]["Code"]))
        client.describe_registry()
    assert outcomes == [(400, "InvalidParameterException")] * 10 + [(429, "ThrottlingException")]


def test_what_goes_wrong_here_is_logged_and_told_to_nobody(
    shared: Serving, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(call: object, request: object) -> Any:
        raise ZeroDivisionError("the inside")

    broken = {**OPERATIONS, "DescribeRegistry": Operation("DescribeRegistry", fail, lambda _: ())}
    monkeypatch.setattr(app, "OPERATIONS", broken)
    with caplog.at_level(logging.ERROR), pytest.raises(ClientError) as refused:
        shared.ecr().describe_registry()
    told = refused.value.response
    request_id = told["ResponseMetadata"]["RequestId"]
    assert told["ResponseMetadata"]["HTTPStatusCode"] == 500
    assert told["Error"] == {
        "Code": "ServerException",
        "Message": f"The request {request_id} failed.",
    }
    assert "the inside" in caplog.text
    assert request_id in caplog.text
    assert ADMIN.secret not in caplog.text


def test_addresses_are_those_that_the_client_has_called(shared: Serving, repository: str) -> None:
    for host, uri in (
        ("localhost:1", "111122223333.dkr.ecr.us-east-1.localhost:1"),
        ("api.ecr.us-east-1.example.com", "111122223333.dkr.ecr.us-east-1.example.com"),
        ("192.0.2.1:80", "192.0.2.1:80"),
        ("nonsense[", f"111122223333.dkr.ecr.us-east-1.localhost:{shared.port}"),
    ):
        raw = Raw(shared)
        body = json.dumps({"repositoryNames": [repository]}).encode()
        _, told, _ = raw.call("DescribeRepositories", body, Host=host)
        assert told["repositories"][0]["repositoryUri"] == f"{uri}/{repository}"
        raw.connection.close()


def test_many_clients_are_answered_at_a_time(shared: Serving, repository: str) -> None:
    body = json.dumps({"repositoryNames": [repository]}).encode()

    def ask(number: int) -> list[int]:
        raw = Raw(shared)
        statuses = [raw.call("DescribeRepositories", body)[0] for _ in range(5)]
        raw.connection.close()
        return statuses

    with ThreadPoolExecutor(60) as pool:
        assert {status for found in pool.map(ask, range(60)) for status in found} == {200}
