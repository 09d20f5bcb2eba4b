"""The hand-worked cases of `fixtures/cases/iam`, held against the reference.

The library is held against them where pytest collects the files.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.reference import iam as reference

_FILES = sorted((Path(__file__).parents[2] / "fixtures" / "cases" / "iam").glob("*.json"))


def _with_policies(value: Any, named: dict[str, Any]) -> Any:
    """The policies of a case, each in its place in place of its name."""
    if isinstance(value, list):
        return [_with_policies(each, named) for each in value]
    return named[value["$ref"]] if isinstance(value, dict) and "$ref" in value else value


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.name.partition(".")[0])
def test_the_reference_decides_the_cases_as_worked_out(file: Path) -> None:
    held = json.loads(file.read_text("utf-8"))
    for case in held["cases"]:
        given = {
            name: _with_policies(value, held["policies"])
            for name, value in case["policies"].items()
        }
        found = reference.decide({**case["request"], "policies": given})
        assert found.effect == case["expected"]["effect"], case["name"]
