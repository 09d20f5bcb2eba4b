"""Hypothesis knows the models of the library, and is no slower to import for it."""

import json
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecrpolicy.caching import CacheRule, Template
from ecrpolicy.iam import Policy, PolicySet, Request
from ecrpolicy.lifecycle import LifecyclePolicy
from ecrpolicy.replication import ReplicationConfiguration
from ecrpolicy.scanning import ScanningConfiguration
from ecrpolicy.snapshot import Image, Registry, Repository
from ecrpolicy.testing.registration import register

ROOT = Path(__file__).parent.parent.parent


def imported_by(code: str) -> set[str]:
    """The modules that a fresh interpreter has imported after some code."""
    told = f"{code}\nimport json, sys; print(json.dumps(sorted(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(json.loads(run.stdout))


REGISTER = "from ecrpolicy.testing.registration import register; register()"


def test_it_is_an_entry_point() -> None:
    (found,) = (each for each in entry_points(group="hypothesis") if each.name == "ecrpolicy")
    assert found.value == "ecrpolicy.testing.registration:register"
    assert found.load() is register


@pytest.mark.parametrize("code", ["import hypothesis", f"import hypothesis; {REGISTER}"])
def test_importing_hypothesis_imports_no_part_of_the_library(code: str) -> None:
    found = imported_by(code)
    assert not {"pydantic", "lark", "ecrpolicy.snapshot"} & found
    assert not {each for each in found if each.startswith("ecrpolicy.testing.strategies")}


def test_a_type_is_known_once_its_module_is_imported() -> None:
    code = (
        f"import hypothesis; {REGISTER}\n"
        "from ecrpolicy.snapshot import Image\n"
        "from hypothesis import strategies as st\n"
        "assert st.from_type(Image).validate() is None\n"
    )
    assert "ecrpolicy.testing.strategies" in imported_by(code)


def test_a_type_is_known_whose_module_was_imported_before() -> None:
    code = (
        f"from ecrpolicy.snapshot import Image\nimport hypothesis; {REGISTER}\n"
        "from hypothesis import find, strategies as st\n"
        "assert len(find(st.from_type(Image), lambda _: True).digest) == 71\n"
    )
    assert "ecrpolicy.testing.strategies" in imported_by(code)


def test_without_the_extra_nothing_is_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "wrapt", None)
    register()


@pytest.mark.parametrize(
    "model",
    [
        *(Image, Repository, Registry, LifecyclePolicy, Policy, Request, PolicySet),
        *(ReplicationConfiguration, ScanningConfiguration, CacheRule, Template),
    ],
)
def test_from_type_draws_models(model: type) -> None:
    @settings(max_examples=3)
    @given(st.from_type(model))
    def draws(value: object) -> None:
        assert type(value) is model

    register()
    draws()
