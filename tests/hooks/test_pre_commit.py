"""The hooks, run by the real pre-commit in a scratch git repository.

Once as they are, which makes an environment with pip from a clone of this repository, and once in
the environment of the tests, which needs no package index.
"""

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from tests.cli.lint_documents import EXPLICIT, MISSING_EFFECT
from tests.docs.examples import ROOT

_COPIED = (".pre-commit-hooks.yaml", "LICENSE", "README.md", "pyproject.toml")

# They take half a minute, and a package index.
_in_an_environment_of_its_own = pytest.mark.skipif(
    not os.environ.get("ECRPOLICY_REQUIRE_HOOKS"),
    reason="the hook would be installed by pip: set ECRPOLICY_REQUIRE_HOOKS, as `.ci/run` does",
)


def git(folder: Path, *words: str) -> None:
    names = ("-c", "user.name=test", "-c", "user.email=test@example.com")
    subprocess.run(
        ("git", *names, "-c", "commit.gpgsign=false", *words),
        cwd=folder,
        check=True,
        capture_output=True,
    )


def committed(folder: Path) -> Path:
    """A git repository of what is in a folder."""
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "one")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps its environments."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of this repository, with what is not committed yet."""
    folder = tmp_path_factory.mktemp("clone")
    for name in _COPIED:
        shutil.copy(ROOT / name, folder)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "ecrpolicy", folder / "ecrpolicy", ignore=ignored)
    return committed(folder)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the same hooks, which call what is installed here."""
    folder = tmp_path_factory.mktemp("installed")
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    for hook in hooks:
        del hook["additional_dependencies"]
        hook["language"] = "system"
        hook["entry"] = f"{sys.executable} -m {hook['entry']}"
    (folder / ".pre-commit-hooks.yaml").write_text(yaml.safe_dump(hooks), "utf-8")
    return committed(folder)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with policies, and with files that are none."""
    (tmp_path / "policy.json").write_text(json.dumps(MISSING_EFFECT, indent=2) + "\n")
    (tmp_path / "lifecycle.json").write_text(EXPLICIT)
    (tmp_path / "package.json").write_text('{"name": "app"}\n')
    (tmp_path / "tsconfig.json").write_text("{ // a comment\n}\n")
    (tmp_path / "workflow.yaml").write_text("on: push\n")
    (tmp_path / "README.md").write_text("# app\n")
    return committed(tmp_path)


def called(hook: str, hooks: Path, project: Path, home: Path) -> "subprocess.CompletedProcess[str]":
    """pre-commit, with one hook of a repository, on all files of a project."""
    environment = {
        **os.environ,
        "PRE_COMMIT_HOME": str(home),
        "PIP_CONSTRAINT": str(ROOT / "constraints.txt"),
        "NO_COLOR": "1",
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.run(
        (
            *(sys.executable, "-m", "pre_commit", "try-repo", "--color", "never"),
            *(str(hooks), hook, "--all-files", "--verbose"),
        ),
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def check_lint(hooks: Path, project: Path, home: Path) -> None:
    ended = called("ecrpolicy-lint", hooks, project, home)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "policy.json:4:5: error[missing-effect]" in ended.stdout
    assert "package.json" not in ended.stdout
    assert "tsconfig.json" not in ended.stdout
    assert (project / "lifecycle.json").read_text() == EXPLICIT


def check_fix(hooks: Path, project: Path, home: Path) -> None:
    ended = called("ecrpolicy-fix", hooks, project, home)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "files were modified by this hook" in ended.stdout
    expected = EXPLICIT.replace('        "storageClass": "standard",\n', "")
    assert (project / "lifecycle.json").read_text() == expected


def test_hooks_are_as_pre_commit_wants_them() -> None:
    words = (sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml")
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_what_is_needed_is_there() -> None:
    assert find_spec("pre_commit"), "install the extra `test`"
    assert shutil.which("git"), "install git"


def test_lint_with_what_is_installed(installed: Path, project: Path, home: Path) -> None:
    check_lint(installed, project, home)


def test_fix_with_what_is_installed(installed: Path, project: Path, home: Path) -> None:
    check_fix(installed, project, home)


@_in_an_environment_of_its_own
def test_lint_in_an_environment_of_its_own(clone: Path, project: Path, home: Path) -> None:
    check_lint(clone, project, home)


@_in_an_environment_of_its_own
def test_fix_in_an_environment_of_its_own(clone: Path, project: Path, home: Path) -> None:
    check_fix(clone, project, home)
