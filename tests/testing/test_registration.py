"""Hypothesis knows the models of the library, and is no slower to import for it."""

import dataclasses
import json
import re
import subprocess
import sys
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from ecrpolicy import iam, lifecycle
from ecrpolicy.caching import Encryption, EncryptionType
from ecrpolicy.iam import Condition, Element, Identities, Kind, Statement
from ecrpolicy.iam.operators import OPERATORS, Operator
from ecrpolicy.lifecycle import Rule, Selection, TagStatus
from ecrpolicy.snapshot import Layer
from ecrpolicy.testing import registration
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


# What documents and snapshots are read into.
MODELS = (
    *("ecrpolicy.snapshot", "ecrpolicy.lifecycle.model", "ecrpolicy.replication.model"),
    *("ecrpolicy.iam.model", "ecrpolicy.iam.operators", "ecrpolicy.iam.request"),
    *("ecrpolicy.iam.policies", "ecrpolicy.iam.identities", "ecrpolicy.scanning.model"),
    *("ecrpolicy.caching.model", "ecrpolicy.settings.model"),
)

# What the engines answer with, or are told besides: it is not drawn.
ANSWERS = {
    *("any_repository", "compare", "expectations", "explain", "forecast", "in_use", "preview"),
    *("reading", "rhythm", "rule_changes", "summary"),  # of `lifecycle`
    *("access", "answers", "decision", "operations"),  # of `iam`
    *("coverage", "evaluate", "permission", "topology"),  # of `replication`
    *("outlook", "status"),  # of `scanning`
    *("pull", "troubles"),  # of `caching`
    *("creation", "doubts", "effective", "images", "push", "regional", "survey"),
    *("unknown", "usage"),  # of `settings`
    "tagging",
}

PACKAGES = (
    *("caching", "iam", "lifecycle", "replication", "scanning", "settings", "snapshot", "tagging"),
)


def is_model(value: object) -> bool:
    """Whether it is a class whose values `from_type` would make up member by member."""
    return isinstance(value, type) and (
        dataclasses.is_dataclass(value) or (issubclass(value, BaseModel) and value is not BaseModel)
    )


def models_of(module: str) -> list[type]:
    return [
        value
        for name, value in vars(import_module(module)).items()
        if is_model(value) and value.__module__ == module and not name.startswith("_")
    ]


ALL = [model for module in MODELS for model in models_of(module)]


@pytest.mark.parametrize("package", PACKAGES)
def test_all_that_is_public_is_a_model_or_an_answer(package: str) -> None:
    public = import_module(f"ecrpolicy.{package}")
    for value in vars(public).values():
        if is_model(value) and value.__module__.startswith(public.__name__):
            last = value.__module__.rpartition(".")[2]
            assert value in ALL or last in ANSWERS


@pytest.mark.parametrize("model", ALL, ids=lambda model: f"{model.__module__}.{model.__name__}")
def test_from_type_draws_models(model: type) -> None:
    @settings(max_examples=3)
    @given(st.from_type(model))
    def draws(value: object) -> None:
        assert type(value) is model

    register()
    _, parts = registration._PARTS.get(model.__module__, ("", ()))
    assert model.__name__ in (*registration._TYPES.get(model.__module__, ()), *parts)
    draws()


@settings(max_examples=8)
@given(st.data())
def test_parts_of_policies_are_valid(data: st.DataObject) -> None:
    register()
    rule = data.draw(st.from_type(Rule))
    assert lifecycle.parse({"rules": [rule.document()]}).rules == (rule,)
    selection = data.draw(st.from_type(Selection))
    assert bool(selection.entries) is (selection.tag_status is TagStatus.TAGGED)
    statement = data.draw(st.from_type(Statement))
    elements = (statement.action, statement.resource, data.draw(st.from_type(Element)))
    assert all(each.values for each in elements if each is not None)
    condition = data.draw(st.from_type(Condition))
    assert condition.values
    for operator in (condition.operator, data.draw(st.from_type(Operator))):
        assert OPERATORS[operator.text] == operator
    kept = data.draw(st.from_type(Encryption))
    assert kept.kms_key is None or kept.encryption_type is not EncryptionType.AES256
    assert re.fullmatch("sha256:[0-9a-f]{64}", data.draw(st.from_type(Layer)).digest)
    for identity in data.draw(st.from_type(Identities)):
        assert all(each.policy.kind is Kind.IDENTITY for each in identity.policies)
        assert iam.Request(principal=identity.arn, action="ecr:PutImage").caller.account
