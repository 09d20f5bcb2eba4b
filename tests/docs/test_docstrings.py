"""The examples in the docstrings of the package."""

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

import ecrpolicy

MODULES = [
    module.name
    for module in walk_packages(ecrpolicy.__path__, "ecrpolicy.")
    if not module.name.endswith("__main__")
]


@pytest.mark.parametrize("name", ["ecrpolicy", *MODULES])
def test_examples_in_docstrings(name: str) -> None:
    assert doctest.testmod(import_module(name), optionflags=doctest.ELLIPSIS).failed == 0
