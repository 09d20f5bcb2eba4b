"""Heads of requests: nobody fills the memory with one."""

import socket
from contextlib import suppress

from tests.registry.oci_api.client import Registry
from tests.registry.serving import Serving

MIB = 1024 * 1024


def sent(shared: Serving, beginning: bytes, mebibytes: int) -> bytes:
    """What is answered to a request that goes on and on."""
    with socket.create_connection((shared.host, shared.port), timeout=10) as connection:
        # The service closes the connection in the midst of it.
        with suppress(ConnectionError):
            connection.sendall(beginning)
            for _ in range(mebibytes):
                connection.sendall(b"a" * MIB)
        with suppress(ConnectionError):
            return connection.recv(100)
    return b""


def test_a_header_that_does_not_end_is_not_kept(shared: Serving) -> None:
    answer = sent(shared, b"GET /v2/ HTTP/1.1\r\nHost: a\r\nX-Long: ", 40)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400 ")


def test_neither_is_a_trailer(shared: Serving) -> None:
    beginning = (
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-Long: "
    )
    answer = sent(shared, beginning, 40)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400 ")


def test_a_body_may_be_longer(shared: Serving, repository: str) -> None:
    registry = Registry(shared)
    content = b"x" * (5 * MIB)
    digest = registry.push_blob(repository, content)
    assert registry.ask("GET", f"/v2/{repository}/blobs/{digest}").body == content
