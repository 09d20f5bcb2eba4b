"""`ecrpolicy serve` in a process of its own, for tests that talk to it."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final

import boto3

LISTEN: Final = ("--listen", "127.0.0.1:0")
"""A port that is free."""


@contextmanager
def served(folder: Path, *words: str) -> Iterator["Served"]:
    """A service as people start it, from when it answers; it is told to end as people do."""
    listen = () if "--listen" in words else LISTEN
    with subprocess.Popen(
        (sys.executable, "-m", "ecrpolicy", "serve", *listen, *words),
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        found = Served(process)
        try:
            found.wait_until_it_answers()
            yield found
        finally:
            found.end()


class Served:
    """A service that runs: what it has said, up to the last command, and after that."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.said: list[str] = []
        self.log = ""
        output = process.stdout
        assert output is not None
        for line in output:
            self.said.append(line.rstrip("\n"))
            if "skopeo login" in line:
                break

    @property
    def url(self) -> str:
        """Where it is reached."""
        [found] = re.findall(r"AWS_ENDPOINT_URL_ECR=(\S+)", "\n".join(self.said))
        return str(found)

    def wait_until_it_answers(self) -> None:
        """Wait in the queue of its socket."""
        assert self.status() == 401

    def status(self, authorization: str = "") -> int:
        """What a client of the registry API is answered."""
        connection = HTTPConnection(self.url.removeprefix("http://"), timeout=60)
        with closing(connection):
            connection.request("GET", "/v2/", headers={"Authorization": authorization})
            return connection.getresponse().status

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.url.rpartition(":")[2])

    def end(self) -> int:
        """End it as people do; its exit code."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self.log = self._process.communicate(timeout=60)[0]
        return self._process.returncode

    def kill(self) -> None:
        """Kill the process that was started; when this returns, all that it started have ended.

        They have its standard output, which ends with the last of them.
        """
        self._process.kill()
        self.log = self._process.communicate(timeout=60)[0]

    def client(self, credentials: Path) -> Any:
        """A client with an access key, as the first of the commands sets it up."""
        key, secret = re.findall(r"= (\S+)", credentials.read_text())
        return boto3.client(
            "ecr",
            endpoint_url=self.url,
            region_name="us-east-1",
            aws_access_key_id=key,
            aws_secret_access_key=secret,
        )
