"""Packages whose public names are imported when they are first named (PEP 562).

Whoever needs a small part of a package, such as the linter, does not wait for all of it.
"""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any


class _Package(ModuleType):
    """A package in which a public name stays what it is where one of its modules is called so too.

    Importing `package.parse` would else put that module in the place of the function `parse`.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (isinstance(value, ModuleType) and name in self.__dict__["_LATER"]):
            super().__setattr__(name, value)


def importer(package: str) -> Callable[[str], Any]:
    """The `__getattr__` of a package: `_LATER` there says which module has a public name.

    A name whose module is None is that of a module itself.
    """
    module = sys.modules[package]
    module.__class__ = _Package
    later: Mapping[str, str | None] = module.__dict__["_LATER"]

    def find(name: str) -> Any:
        if name not in later:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = later[name]
        if found is None:
            return import_module(f"{package}.{name}")
        # Kept, so that it is looked up once.
        module.__dict__[name] = value = getattr(import_module(f"{package}.{found}"), name)
        return value

    return find
