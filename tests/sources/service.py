"""A service on the loopback that speaks the ECR API as a test tells it to."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Final, NamedTuple

import pytest
from botocore.config import Config

# For what fails at once.
ONCE: Final = Config(retries={"mode": "standard", "total_max_attempts": 1})

Body = dict[str, Any]


class Call(NamedTuple):
    """One request: what was asked for, with which parameters, and in which region."""

    operation: str
    parameters: Body
    region: str


class Refusal(NamedTuple):
    """An answer that is an error."""

    code: str
    message: str = "told by the service"
    status: int = 400


class HangUp:
    """No answer: the connection is closed."""


Answer = Body | Refusal | HangUp | bytes
Script = Callable[[Call], Answer]


class Service:
    """What was asked, and where."""

    def __init__(self, url: str, calls: list[Call]) -> None:
        self.url = url
        self.calls = calls

    def asked(self, operation: str) -> list[Body]:
        """The parameters of the requests for an operation."""
        return [call.parameters for call in self.calls if call.operation == operation]


def empty(call: Call) -> Answer:
    """The answers about a repository without images and without a policy."""
    match call.operation:
        case "DescribeRepositories":
            names = call.parameters["repositoryNames"]
            return {"repositories": [{"repositoryName": names[0], "registryId": "111122223333"}]}
        case "DescribeImages":
            return {"imageDetails": []}
        case "GetLifecyclePolicy":
            return Refusal("LifecyclePolicyNotFoundException")
        case _:
            return {"images": [], "failures": []}


@contextmanager
def serving(script: Script) -> Iterator[Service]:
    """A server on a free port that answers by a script."""
    calls: list[Call] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            operation = self.headers["X-Amz-Target"].rpartition(".")[2]
            # Credential=KEY/DATE/REGION/SERVICE/aws4_request
            region = self.headers["Authorization"].split("/")[2]
            call = Call(operation, json.loads(body), region)
            calls.append(call)
            answer = script(call)
            if isinstance(answer, HangUp):
                self.close_connection = True
                return
            status = 200
            if isinstance(answer, Refusal):
                status = answer.status
                answer = {"__type": answer.code, "message": answer.message}
            content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/x-amz-json-1.1")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nothing: standard error is what the tests look at."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield Service(f"http://127.0.0.1:{server.server_port}", calls)
        finally:
            server.shutdown()
            thread.join()


def forget_the_environment(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Take credentials of nobody, and no settings of whoever runs the tests."""
    for name in ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_REGION"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(folder / "no-config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(folder / "no-credentials"))
