"""A client of the registry API that sends what a test says, and nothing else."""

import base64
import hashlib
import http.client
import json
import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from ecrpolicy.registry.auth import tokens
from tests.registry.serving import ADMIN, REGION, Key, Serving

OCI_MANIFEST: Final = "application/vnd.oci.image.manifest.v1+json"
OCI_INDEX: Final = "application/vnd.oci.image.index.v1+json"
DOCKER_SCHEMA_2: Final = "application/vnd.docker.distribution.manifest.v2+json"

CONFIG: Final = b'{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}'
ABSENT: Final = "sha256:" + "9" * 64


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def error(self) -> tuple[int, str]:
        """The status, and the code of the one error."""
        (error,) = self.json["errors"]
        return self.status, error["code"]

    @property
    def message(self) -> str:
        """The text of the one error."""
        (error,) = self.json["errors"]
        return str(error["message"])


class Registry:
    """The registry API of a service, as the holder of a key sees it, or nobody."""

    def __init__(
        self,
        serving: Serving,
        key: Key | None = ADMIN,
        *,
        host: str | None = None,
        region: str = REGION,
    ) -> None:
        self.serving = serving
        self._headers = {} if host is None else {"Host": host}
        if key is not None:
            self._headers["Authorization"] = basic("AWS", password_of(serving, key, region))

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | Iterable[bytes] | None = None,
        **headers: str | None,
    ) -> Answer:
        """Send a request, whose headers have `_` for `-`; None leaves one out."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {**self._headers, **given}
        connection = http.client.HTTPConnection(self.serving.host, self.serving.port, timeout=60)
        try:
            connection.request(
                method,
                path,
                body,
                {name: value for name, value in sent.items() if value is not None},
                encode_chunked=not (body is None or isinstance(body, bytes)),
            )
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        finally:
            connection.close()

    def raw(self, sent: bytes) -> int:
        """Send some bytes; the status of what comes back."""
        with socket.create_connection((self.serving.host, self.serving.port), timeout=60) as to:
            to.sendall(sent)
            with to.makefile("rb") as answer:
                return int(answer.readline().split()[1])

    def start(self, name: str) -> str:
        """Begin an upload; where it is."""
        answer = self.ask("POST", f"/v2/{name}/blobs/uploads/")
        assert answer.status == 202
        return answer.headers["location"]

    def push_blob(self, name: str, content: bytes) -> str:
        """Push a blob; its digest."""
        digest = digest_of(content)
        path = f"{self.start(name)}?digest={quote(digest)}"
        answer = self.ask("PUT", path, content, Content_Type="application/octet-stream")
        assert answer.status == 201
        return digest

    def push_manifest(self, name: str, reference: str, manifest: bytes) -> Answer:
        """Push a manifest that says which media type it has."""
        media_type = json.loads(manifest)["mediaType"]
        return self.ask(
            "PUT", f"/v2/{name}/manifests/{reference}", manifest, Content_Type=media_type
        )

    def push_image(self, name: str, reference: str, layer: bytes, **members: Any) -> str:
        """Push an image of one layer; its digest."""
        self.push_blob(name, CONFIG)
        self.push_blob(name, layer)
        manifest = manifest_of(layer, **members)
        answer = self.push_manifest(name, reference, manifest)
        assert answer.status == 201
        return digest_of(manifest)


def password_of(serving: Serving, key: Key, region: str = REGION) -> str:
    """A password for the holder of a key, in a Region."""
    service = serving.service
    known = service.authority.key(key.id)
    assert known is not None
    return tokens.issue(service.seal, known.caller, region, service.clock()).password


def digest_of(content: bytes) -> str:
    """The digest of content."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def descriptor(media_type: str, content: bytes) -> dict[str, Any]:
    """What a manifest says of content."""
    return {"mediaType": media_type, "digest": digest_of(content), "size": len(content)}


def manifest_of(*layers: bytes, **members: Any) -> bytes:
    """The manifest of an OCI image."""
    kind = "application/vnd.oci.image.layer.v1.tar+gzip"
    return json.dumps(
        {
            "schemaVersion": 2,
            "mediaType": OCI_MANIFEST,
            "config": descriptor("application/vnd.oci.image.config.v1+json", CONFIG),
            "layers": [descriptor(kind, each) for each in layers],
            **members,
        }
    ).encode()


def index_of(*manifests: bytes) -> bytes:
    """The manifest of an OCI index."""
    return json.dumps(
        {
            "schemaVersion": 2,
            "mediaType": OCI_INDEX,
            "manifests": [descriptor(OCI_MANIFEST, each) for each in manifests],
        }
    ).encode()


def basic(user: str, password: str) -> str:
    """A header of Basic authentication."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
