"""The package itself: its parts are imported when they are named."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import ecrpolicy
from ecrpolicy import iam, lifecycle

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", [each for each in ecrpolicy.__all__ if each != "__version__"])
def test_every_part_is_there(name: str) -> None:
    assert getattr(ecrpolicy, name).__name__ == f"ecrpolicy.{name}"


def test_there_is_no_other_part() -> None:
    with pytest.raises(AttributeError, match="module 'ecrpolicy' has no attribute 'nothing'"):
        _ = ecrpolicy.nothing


def imported_by(code: str) -> set[str]:
    """The modules that a fresh interpreter has imported after some code."""
    told = f"{code}\nimport json, sys; print(json.dumps(sorted(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(json.loads(run.stdout))


def test_the_package_alone_imports_nothing() -> None:
    assert not {"pydantic", "lark"} & imported_by("import ecrpolicy")


def test_a_part_is_imported_when_it_is_named() -> None:
    modules = imported_by("import ecrpolicy; ecrpolicy.lifecycle")
    assert not {"ecrpolicy.lifecycle.parse", "pydantic"} & modules
    modules = imported_by("import ecrpolicy; ecrpolicy.lifecycle.LifecyclePolicy")
    assert {"ecrpolicy.lifecycle.model", "pydantic"} <= modules
    assert "ecrpolicy.lifecycle.silences" not in modules


@pytest.mark.parametrize("package", [iam, lifecycle])
def test_a_function_is_not_hidden_by_the_module_that_is_called_so_too(package: ModuleType) -> None:
    import_module(f"{package.__name__}.parse")
    assert callable(package.parse)
    assert {each for each in package.__all__ if not hasattr(package, each)} == set()
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = package.nothing


def test_what_explains_mistakes_is_imported_when_there_are_some() -> None:
    read = "from ecrpolicy import document\ndocument.read('[1]')\n"
    assert "lark" not in imported_by(read)
    broken = read + "try: document.read('[1')\nexcept document.reader.SyntaxProblem: pass"
    assert "lark" in imported_by(broken)


def test_the_core_needs_no_client_of_the_service() -> None:
    modules = imported_by(
        "from ecrpolicy import document, lifecycle, snapshot\nimport ecrpolicy.sources.files"
    )
    assert not {"boto3", "botocore", "rich"} & modules


def test_the_version_is_that_of_the_distribution() -> None:
    told = (ROOT / "pyproject.toml").read_text("utf-8")
    assert f'\nversion = "{ecrpolicy.__version__}"\n' in told
