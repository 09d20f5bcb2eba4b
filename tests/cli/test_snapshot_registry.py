"""`ecrpolicy snapshot --registry`: a whole registry in a file."""

import json
import sys
from pathlib import Path

import pytest

from tests.cli.documents import image
from tests.cli.running import Run
from tests.cli.test_live import screen
from tests.sources.registry_service import denied, registry
from tests.sources.service import empty, forget_the_environment, serving


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    forget_the_environment(monkeypatch, tmp_path)


def test_what_is_written_is_checked(folder: Path, run: Run) -> None:
    details = {"imageDetails": [image("a", "v1", repositoryName="team/api")]}
    with serving(registry("team/api", DescribeImages=details)) as service:
        words = ("snapshot", "--registry", "--with-images", "--endpoint-url", service.url)
        ended = run(*words, "--output", "registry.json")
        printed = run(*words)
    assert ended == (0, "", "1 repository of 111122223333 eu-west-1 written to registry.json\n")
    written = json.loads((folder / "registry.json").read_text())
    assert printed.json | {"takenAt": ""} == written | {"takenAt": ""}
    checked = run("registry", "check", "registry.json")
    assert checked.code == 0
    assert "team/api    on push   1         -      ROOT      mutable       1" in checked.lines
    assert not any("not known, so" in line for line in checked.lines)
    pushed = run("registry", "push", "registry.json", "team/api:v1")
    assert pushed.lines[0] == "allowed: team/api:v1 in 111122223333 eu-west-1"


def test_without_images_they_are_not_known(folder: Path, run: Run) -> None:
    with serving(registry("team/api")) as service:
        run("snapshot", "--registry", "--endpoint-url", service.url, "--output", "registry.json")
    checked = run("registry", "check", "registry.json")
    assert "team/api    on push   1         -      ROOT      mutable       ?" in checked.lines


def test_what_is_refused_is_told_and_the_rest_goes_on(folder: Path, run: Run) -> None:
    script = registry(
        "team/api",
        "team/web",
        GetRepositoryPolicy=denied("ecr:GetRepositoryPolicy"),
        DescribeRegistry=denied("ecr:DescribeRegistry"),
    )
    with serving(script) as service:
        words = ("snapshot", "--registry", "--endpoint-url", service.url)
        ended = run(*words, "--output", "registry.json")
    assert ended == (
        0,
        "",
        "2 repositories of 111122223333 eu-west-1, 3 details refused, written to registry.json\n",
    )
    checked = run("registry", "check", "registry.json")
    text = " ".join(line.strip() for line in checked.lines)
    assert (
        "replication configuration: AccessDeniedException: User: x is not authorized to perform: "
        "ecr:DescribeRegistry; allow the caller `aws ecr describe-registry`"
    ) in text
    assert (
        "repository policy of 2 repositories, such as `team/api`: AccessDeniedException: User: x "
        "is not authorized to perform: ecr:GetRepositoryPolicy; allow the caller "
        "`aws ecr get-repository-policy`"
    ) in text
    assert "team/api    on push   ?         -      ROOT      mutable       ?" in checked.lines


def test_one_of_the_two_is_needed(run: Run) -> None:
    for words in ((), ("--with-images",)):
        ended = run("snapshot", *words)
        assert (ended.code, ended.out) == (2, "")
        assert "one of the arguments --repository --registry is required" in ended.err
    ended = run("snapshot", "--registry", "--repository", "team/api")
    assert (ended.code, ended.out) == (2, "")
    assert "not allowed with argument" in ended.err


def test_images_of_a_repository_need_not_be_asked_for(run: Run) -> None:
    assert run("snapshot", "--repository", "team/api", "--with-images") == (
        2,
        "",
        "ecrpolicy: `--with-images` is about `--registry`: a repository always has its images\n",
    )


def test_a_refusal_of_the_listing_ends_it(folder: Path, run: Run) -> None:
    refusing = registry(DescribeRepositories=denied("ecr:DescribeRepositories"))
    with serving(refusing) as service:
        words = ("snapshot", "--registry", "--endpoint-url", service.url)
        ended = run(*words, "--output", "registry.json")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("ecrpolicy: the service refused `DescribeRepositories` on the reg")
    assert not (folder / "registry.json").exists()


def test_a_single_repository_is_read_as_before(run: Run) -> None:
    with serving(empty) as service:
        ended = run("snapshot", "--repository", "team/app", "--endpoint-url", service.url)
    assert ended.code == 0
    assert set(ended.json) == {"takenAt", "region", "repositories", "imageDetails", "images"}


def test_a_bar_counts_repositories(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    shown = screen(monkeypatch)
    with serving(registry("team/api", "team/web")) as service:
        ended = run("snapshot", "--registry", "--endpoint-url", service.url)
    assert ended.code == 0
    assert "reading the registry" in shown.getvalue()
    assert "2 repositories" in shown.getvalue()


def test_boto3_is_needed(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    for name in ("ecrpolicy.sources.aws_registry", "ecrpolicy.sources.aws_service"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "boto3", None)
    ended = run("snapshot", "--registry")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "ecrpolicy: reading live needs `boto3`: install it with `pip install 'ecrpolicy[aws]'`\n"
    )
