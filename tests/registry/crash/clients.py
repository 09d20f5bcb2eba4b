"""Clients that push and delete until the service dies."""

import http.client
import random
from base64 import b64encode
from itertools import count
from threading import Event, Lock
from typing import Final

from ecrpolicy.registry.content.manifests import OCI_MANIFEST
from tests.registry.content.service import manifest_of, sha256
from tests.registry.crash.promises import Broken, Image, Promises

# What is interrupted when the process dies.
_DEAD: Final = (OSError, http.client.HTTPException)


class Countdown:
    """Tells when so many things have been asked."""

    def __init__(self, number: int) -> None:
        self._left = number
        self._lock = Lock()
        self.over = Event()

    def tick(self) -> None:
        """One more was asked."""
        with self._lock:
            self._left -= 1
            if self._left <= 0:
                self.over.set()


class Client:
    """A client of the registry API, on one connection; it counts what it asks, if it is told to."""

    def __init__(self, port: int, password: str, countdown: Countdown | None = None) -> None:
        self._countdown = countdown
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        credentials = b64encode(f"AWS:{password}".encode()).decode()
        self._headers = {"Host": f"localhost:{port}", "Authorization": f"Basic {credentials}"}

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, bytes, http.client.HTTPMessage]:
        """Status, body and headers of an answer."""
        self._connection.request(method, path, body, {**self._headers, **headers})
        if self._countdown is not None:
            self._countdown.tick()
        answer = self._connection.getresponse()
        return answer.status, answer.read(), answer.headers

    def push_blob(self, content: bytes, pieces: int) -> bool:
        """Push a blob, in one piece or in several; whether it was taken."""
        digest = sha256(content)
        if pieces == 1:
            path = f"/v2/web/blobs/uploads/?digest={digest}"
            return self.ask("POST", path, content)[0] == 201
        status, _, headers = self.ask("POST", "/v2/web/blobs/uploads/")
        length = len(content) // pieces + 1
        for start in range(0, len(content), length):
            piece = content[start : start + length]
            span = f"{start}-{start + len(piece) - 1}"
            status, _, headers = self.ask(
                "PATCH", headers["Location"], piece, **{"Content-Range": span}
            )
            if status != 202:
                return False
        return self.ask("PUT", f"{headers['Location']}?digest={digest}")[0] == 201

    def push(self, image: Image, pieces: int) -> bool:
        """Push an image as clients do; whether it was taken."""
        for each in image.blobs:
            is_there = self.ask("HEAD", f"/v2/web/blobs/{sha256(each)}")[0] == 200
            if not is_there and not self.push_blob(each, pieces):
                return False
        path = f"/v2/web/manifests/{image.tag}"
        return self.ask("PUT", path, image.manifest, **{"Content-Type": OCI_MANIFEST})[0] == 201

    def delete(self, image: Image) -> bool:
        """Delete an image; whether it is gone."""
        return self.ask("DELETE", f"/v2/web/manifests/{sha256(image.manifest)}")[0] == 202

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def made(chance: random.Random, tag: str, layers: list[bytes]) -> Image:
    """An image of its own configuration, and of some of the layers."""
    config = f"the configuration of {tag}".encode()
    chosen = chance.sample(layers, chance.randint(1, 3))
    return Image(tag, manifest_of(config, chosen), (config, *chosen))


def load(
    client: Client, promises: Promises, chance: random.Random, name: str, layers: list[bytes]
) -> None:
    """Push and delete until the process dies; note what it acknowledges."""
    try:
        for number in count():
            image = made(chance, f"{name}-{number}", layers)
            if client.push(image, chance.choice((1, 1, 3))):
                with promises.lock:
                    promises.kept[image.tag] = image
            if chance.random() < 0.4:
                gone = promises.take(chance.randrange(1_000_000))
                if gone is not None and client.delete(gone):
                    with promises.lock:
                        promises.deleted[gone.tag] = gone
    except _DEAD:
        return
    finally:
        client.close()


def check(port: int, password: str, promises: Promises) -> None:
    """Raise Broken unless all is as it was promised."""
    client = Client(port, password)
    seen: set[str] = set()
    for image in promises.kept.values():
        digest = sha256(image.manifest)
        for reference in (image.tag, digest):
            found = client.ask("GET", f"/v2/web/manifests/{reference}", Accept=OCI_MANIFEST)
            if found[:2] != (200, image.manifest):
                raise Broken(f"`{image.tag}` was acknowledged, and is not there: {found[:2]}")
        for each in image.blobs:
            digest = sha256(each)
            if digest not in seen:
                found = client.ask("GET", f"/v2/web/blobs/{digest}")
                if found[:2] != (200, each):
                    raise Broken(f"`{digest}` of `{image.tag}` is not there: {found[0]}")
                seen.add(digest)
    for image in promises.deleted.values():
        if client.ask("GET", f"/v2/web/manifests/{image.tag}", Accept=OCI_MANIFEST)[0] != 404:
            raise Broken(f"`{image.tag}` was deleted, and is there")
    client.close()
