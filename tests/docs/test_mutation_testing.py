"""The page about mutants speaks of code that there is, and its numbers add up."""

import inspect
import re
import tomllib
from importlib import import_module
from operator import attrgetter

import pytest

from tests.docs.examples import ROOT

PAGE = (ROOT / "docs" / "explanation" / "mutation-testing.md").read_text("utf-8")
MEASURED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]


def _rows(heading: str) -> list[list[str]]:
    """The cells of the table of a section, without its head."""
    [section] = re.findall(rf"^## {heading}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    lines = re.findall(r"^\| (.*) \|$", section, re.MULTILINE)
    return [[cell.strip("`") for cell in line.split(" | ")] for line in lines[1:]]


COUNTED = {name: tuple(map(int, counts)) for name, *counts in _rows("The last run")}
TOTAL = COUNTED.pop("all")
SURVIVORS = _rows("The survivors")


def _file_of(function: str) -> str:
    """The measured file that a function of the page stands in."""
    [file] = [each for each in COUNTED if function.startswith(f"{_module(each)}.")]
    return file


def _module(file: str) -> str:
    return file.removeprefix("ecrpolicy/").removesuffix(".py").replace("/", ".")


def test_every_measured_file_is_counted() -> None:
    assert list(COUNTED) == MEASURED["only_mutate"]


def test_the_numbers_add_up() -> None:
    assert tuple(map(sum, zip(*COUNTED.values(), strict=True))) == TOTAL
    for mutants, killed, survived in COUNTED.values():
        assert mutants == killed + survived
    mutants, killed, _ = TOTAL
    assert f"\n{100 * killed / mutants:.1f} % are killed" in PAGE


def test_every_survivor_is_listed() -> None:
    listed = dict.fromkeys(COUNTED, 0)
    for function, _, _, number, _ in SURVIVORS:
        listed[_file_of(function)] += int(number)
    assert listed == {file: survived for file, (_, _, survived) in COUNTED.items()}


@pytest.mark.parametrize(("function", "code"), [row[:2] for row in SURVIVORS])
def test_what_survivors_change_stands_there(function: str, code: str) -> None:
    module = _module(_file_of(function))
    found = import_module(f"ecrpolicy.{module}")
    source = inspect.getsource(attrgetter(function.removeprefix(f"{module}."))(found))
    assert code in source
