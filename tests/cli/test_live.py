"""Commands that read a repository live: moto's server, or one that answers to order."""

import hashlib
import io
import json
import logging
import socket
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from ecrpolicy.cli.inputs import progress
from ecrpolicy.sources import aws_service
from ecrpolicy.sources.files import Source, read_repository
from tests.cli.documents import INDEX, digest, image, policy, rule
from tests.cli.running import Ended, Run
from tests.sources.service import (
    ONCE,
    Answer,
    Call,
    Refusal,
    empty,
    forget_the_environment,
    serving,
)

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

NOW = "2030-01-01T00:00:00Z"
DOCKER = "application/vnd.docker.distribution.manifest.v2+json"


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    forget_the_environment(monkeypatch, tmp_path)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """The address of moto's server, which answers as long as the tests of this module run."""
    logger = logging.getLogger("werkzeug")
    level = logger.level
    logger.setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()
    logger.setLevel(level)


_NUMBERS = count()


class Pushed:
    """A repository of moto's server, into which a test pushes."""

    def __init__(self, client: "ECRClient") -> None:
        self.name = f"team/app-{next(_NUMBERS)}"
        self._client = client
        client.create_repository(repositoryName=self.name)

    def push(self, tag: str) -> str:
        """Push an image, and return its digest."""
        layer = f"sha256:{hashlib.sha256(tag.encode()).hexdigest()}"
        manifest = {
            "schemaVersion": 2,
            "mediaType": DOCKER,
            "config": {"digest": digest("c"), "size": 100},
            "layers": [{"digest": layer, "size": 1000}],
        }
        return self._put(tag, json.dumps(manifest), {})

    def push_index(self, tag: str, *children: str) -> str:
        """Push an index of some images, and return its digest."""
        manifest = json.dumps(
            {
                "schemaVersion": 2,
                "mediaType": INDEX,
                "manifests": [{"digest": child, "size": 500} for child in children],
            }
        )
        own = f"sha256:{hashlib.sha256(manifest.encode()).hexdigest()}"
        return self._put(tag, manifest, {"imageDigest": own})

    def _put(self, tag: str, manifest: str, more: dict[str, Any]) -> str:
        answer = self._client.put_image(
            repositoryName=self.name, imageManifest=manifest, imageTag=tag, **more
        )
        return answer["image"]["imageId"]["imageDigest"]

    def set_policy(self, text: str) -> None:
        """Give the repository a lifecycle policy."""
        self._client.put_lifecycle_policy(repositoryName=self.name, lifecyclePolicyText=text)


@pytest.fixture
def repository(endpoint: str) -> Pushed:
    """A repository of two images, and an index that holds one of them."""
    made = Pushed(boto3.client("ecr", endpoint_url=endpoint))
    child = made.push("v1-amd64")
    made.push("v2")
    made.push_index("v1", child)
    return made


def gone(ended: Ended) -> list[str]:
    """The tags of what goes."""
    assert ended.code == 0, ended.err
    return sorted(tag for each in ended.json["previewResults"] for tag in each["imageTags"])


# A repository of moto's server


def test_a_preview_from_a_snapshot_is_that_of_the_repository(
    repository: Pushed, endpoint: str, folder: Path, run: Run
) -> None:
    (folder / "policy.json").write_text(policy(rule(tagStatus="tagged", tagPatternList=["v1*"])))
    live = ("--repository", repository.name, "--endpoint-url", endpoint)
    snapshot = run("snapshot", *live, "--output", "snapshot.json")
    assert snapshot == (0, "", f"3 images of {repository.name} written to snapshot.json\n")
    for form in ("json", "csv", "text", "markdown"):
        words = ("--now", NOW, "--format", form)
        from_file = run("preview", "policy.json", "--images", "snapshot.json", *words)
        assert from_file == run("preview", "policy.json", *live, *words)
        assert from_file.code == 0
    names = ("policy.json", "v1", "v2", "--now", NOW)
    from_file = run("explain", *names, "--images", "snapshot.json")
    assert from_file == run("explain", *names, *live)
    assert from_file.code == 0


def test_the_policy_is_that_of_the_repository(
    repository: Pushed, endpoint: str, folder: Path, run: Run
) -> None:
    repository.set_policy(policy(rule(tagStatus="tagged", tagPatternList=["v2"])))
    live = ("--repository", repository.name, "--endpoint-url", endpoint)
    run("snapshot", *live, "--output", "snapshot.json")
    words = ("--now", NOW, "--format", "json")
    from_file = run("preview", "--images", "snapshot.json", *words)
    assert from_file == run("preview", *live, *words)
    assert gone(from_file) == []
    repository.set_policy(
        policy(rule(tagStatus="any", countType="sinceImagePushed", countUnit="days", countNumber=1))
    )
    assert gone(run("preview", *live, *words)) == ["v1", "v2"]
    assert gone(run("preview", "--images", "snapshot.json", *words)) == []


def test_a_snapshot_holds_what_the_service_tells(
    repository: Pushed, endpoint: str, run: Run
) -> None:
    repository.set_policy(policy())
    before = datetime.now(UTC)
    ended = run("snapshot", "--repository", repository.name, "--endpoint-url", endpoint)
    assert (ended.code, ended.err) == (0, "")
    answer = ended.json
    assert before <= datetime.fromisoformat(answer["takenAt"]) <= datetime.now(UTC)
    assert answer["region"] == "eu-west-1"
    assert [each["repositoryName"] for each in answer["repositories"]] == [repository.name]
    assert [each["imageTags"] for each in answer["imageDetails"]] == [["v1-amd64"], ["v2"], ["v1"]]
    assert [each["imageId"]["imageTag"] for each in answer["images"]] == ["v1"]
    assert answer["lifecyclePolicyText"] == policy()
    read = read_repository(Source(ended.out.encode()))
    assert read.name == repository.name
    assert read.arn == f"arn:aws:ecr:eu-west-1:123456789012:repository/{repository.name}"
    assert read.registry_id == "123456789012"
    assert read.taken_at == datetime.fromisoformat(answer["takenAt"])
    (index,) = (each for each in read.images if each.is_index)
    assert index.manifests == (read.find("v1-amd64")[0].digest,)


def test_a_snapshot_is_previewed_at_the_time_when_it_was_taken(
    repository: Pushed, endpoint: str, run: Run
) -> None:
    repository.set_policy(policy())
    live = ("--repository", repository.name, "--endpoint-url", endpoint)
    taken = run("snapshot", *live)
    ended = run("preview", "--images", "-", "--format", "json", stdin=taken.out)
    assert ended.json["ecrpolicy"]["now"] == taken.json["takenAt"]


def test_a_repository_without_a_policy(repository: Pushed, endpoint: str, run: Run) -> None:
    live = ("--repository", repository.name, "--endpoint-url", endpoint)
    assert "lifecyclePolicyText" not in run("snapshot", *live).json
    assert run("preview", *live) == (
        2,
        "",
        "ecrpolicy: the repository has no policy of its own: name a file as POLICY\n",
    )


def test_a_repository_that_is_not_there(endpoint: str, run: Run) -> None:
    ended = run("snapshot", "--repository", "team/none", "--endpoint-url", endpoint)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "ecrpolicy: the service refused `DescribeImages` on `team/none`: "
        "RepositoryNotFoundException: The repository with name 'team/none' does not exist in the "
        "registry with id '123456789012'; check name, region and registry\n"
    )


def test_a_repository_without_images(endpoint: str, run: Run) -> None:
    made = Pushed(boto3.client("ecr", endpoint_url=endpoint))
    made.set_policy(policy())
    ended = run("preview", "--repository", made.name, "--endpoint-url", endpoint)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"ecrpolicy: `{made.name}` has no image, so there is nothing to")


def test_manifests_from_a_file_go_with_a_live_repository(
    repository: Pushed, endpoint: str, folder: Path, run: Run
) -> None:
    repository.set_policy(policy())
    (folder / "manifests.json").write_text('{"images": []}')
    live = ("--repository", repository.name, "--endpoint-url", endpoint, "--now", NOW)
    assert run("preview", *live, "--manifests", "manifests.json") == run("preview", *live)


# What is asked, and what goes wrong


def test_options_reach_the_service(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config").write_text("[profile other]\nregion = sa-east-1\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    (tmp_path / "credentials").write_text(
        "[other]\naws_access_key_id = a\naws_secret_access_key = b\n"
    )
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    with serving(empty) as service:
        words = ("snapshot", "--repository", "team/app", "--endpoint-url", service.url)
        assert run(*words, "--profile", "other").json["region"] == "sa-east-1"
        more = ("--profile", "other", "--region", "us-east-2", "--registry-id", "111122223333")
        assert run(*words, *more).json["region"] == "us-east-2"
    assert service.calls[-1].parameters["registryId"] == "111122223333"


def test_nobody_asks(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with serving(empty) as service:
        ended = run("snapshot", "--repository", "team/app", "--endpoint-url", service.url)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(
        "ecrpolicy: the service could not be asked about `team/app`: Unable to locate credentials"
    )
    assert ended.err.count("\n") == 1
    assert service.calls == []


def test_no_region(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    ended = run("snapshot", "--repository", "team/app")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("ecrpolicy: the service could not be asked about `team/app`: ")
    assert "region" in ended.err


def test_no_such_profile(run: Run) -> None:
    ended = run("snapshot", "--repository", "team/app", "--profile", "nobody")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "ecrpolicy: the service could not be asked about `team/app`: The config profile (nobody) "
        "could not be found\n"
    )


def test_nobody_listens(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setattr(aws_service, "_CONFIG", ONCE)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    ended = run("snapshot", "--repository", "team/app", "--endpoint-url", url)
    assert ended == (
        2,
        "",
        "ecrpolicy: the service could not be asked about `team/app`: Could not connect to the "
        f'endpoint URL: "{url}/"\n',
    )


@pytest.mark.parametrize("words", [("--endpoint-url", "nonsense"), ("--region", "no region")])
def test_an_address_that_is_none(run: Run, words: tuple[str, str]) -> None:
    ended = run("snapshot", "--repository", "team/app", *words)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("ecrpolicy: ")
    assert ended.err.count("\n") == 1


def test_what_answers_is_no_registry(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setattr(aws_service, "_CONFIG", ONCE)
    with serving(lambda _: b"<html>Sign in</html>") as service:
        ended = run("snapshot", "--repository", "team/app", "--endpoint-url", service.url)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("ecrpolicy: ")
    assert ended.err.count("\n") == 1


def test_a_refusal_does_not_steer_a_terminal(run: Run) -> None:
    with serving(lambda _: Refusal("Refused", "no\x1b[2J\nway")) as service:
        ended = run("snapshot", "--repository", "team/app", "--endpoint-url", service.url)
    assert ended.err == (
        "ecrpolicy: the service refused `DescribeImages` on `team/app`: Refused: no\\x1b[2J\\nway\n"
    )


def test_what_cannot_be_previewed_is_not_written(folder: Path, run: Run) -> None:
    def script(call: Call) -> Answer:
        if call.operation == "DescribeImages":
            return {"imageDetails": [image("a"), image("a")]}
        return empty(call)

    with serving(script) as service:
        words = ("snapshot", "--repository", "team/app", "--endpoint-url", service.url)
        ended = run(*words, "--output", "snapshot.json")
    assert (ended.code, ended.out) == (2, "")
    assert "stands twice" in ended.err
    assert not (folder / "snapshot.json").exists()


def test_a_file_that_cannot_be_written(folder: Path, run: Run) -> None:
    (folder / "folder").mkdir()
    with serving(empty) as service:
        words = ("snapshot", "--repository", "team/app", "--endpoint-url", service.url)
        ended = run(*words, "--output", "folder")
        assert ended == (2, "", "ecrpolicy: `folder` cannot be written: Is a directory\n")
        ended = run(*words, "--output", "none/snapshot.json")
    assert ended.code == 2
    assert ended.err.startswith("ecrpolicy: `none/snapshot.json` cannot be written: No such file")


# The progress bar


class Screen(io.StringIO):
    """Standard error as a terminal."""

    def isatty(self) -> bool:
        return True


def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """A terminal in place of standard error; to be called in the test itself."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    made = Screen()
    monkeypatch.setattr(sys, "stderr", made)
    return made


def test_a_bar_counts_images_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = screen(monkeypatch)
    with progress("listing team/[red]app\x1b[2J") as listed:
        listed(1234)
    assert r"listing team/[red]app\x1b[2J" in shown.getvalue()
    assert "1,234 images" in shown.getvalue()


def test_there_is_no_bar_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("listing") as listed:
        listed(5)
    assert capsys.readouterr() == ("", "")


def test_the_bar_is_shown_while_the_service_is_asked(
    monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    shown = screen(monkeypatch)
    with serving(empty) as service:
        ended = run("snapshot", "--repository", "team/app", "--endpoint-url", service.url)
    assert ended.code == 0
    assert ended.json["imageDetails"] == []
    assert "listing team/app" in shown.getvalue()
