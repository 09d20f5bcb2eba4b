"""The server's side of HTTP/1.1, with a bound on what comes before a request can be looked at.

uvicorn keeps the head of a request until it is whole, however long that becomes.
"""

from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

PROTOCOL: Final = f"{__name__}:BoundedHeads"
"""Where uvicorn finds the protocol: its setting `http`."""

# Much more than the application takes: it says more clearly what is too long.
_MAX_BYTES: Final = 1024 * 1024


class BoundedHeads(HttpToolsProtocol):
    """A connection; it is closed where neither a head nor a piece of a body comes to an end."""

    _unread = 0

    def data_received(self, data: bytes) -> None:
        """Take what has come."""
        self._unread += len(data)
        super().data_received(data)
        if self._unread > _MAX_BYTES and not self.transport.is_closing():
            self.send_400_response("The headers are too long.")

    def on_headers_complete(self) -> None:
        """Begin to answer."""
        self._unread = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Hand a piece of a body on."""
        self._unread = 0
        super().on_body(body)
