"""Runs the examples of the docs and the README; `tests/docs` says how."""

from doctest import ELLIPSIS
from typing import Any

import pytest
from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser

from tests.docs.examples import (
    ConsoleParser,
    JsonParser,
    TerraformParser,
    TomlParser,
    YamlParser,
    set_up,
    tear_down,
)

# What tests of the pytest plugin run pytest with.
pytest_plugins = ["pytester"]

pytest_collect_file = Sybil(
    parsers=[
        ConsoleParser(),
        JsonParser(),
        TerraformParser(),
        TomlParser(),
        YamlParser(),
        SkipParser(),
        PythonCodeBlockParser(doctest_optionflags=ELLIPSIS),
    ],
    patterns=["README.md", "CONTRIBUTING.md", "docs/**/*.md", "docs/*.md"],
    excludes=["docs/rules/*.md"],  # made from the rules, whose own tests run the examples
    setup=set_up,
    teardown=tear_down,
).pytest()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Where tests run on several processors, the examples of a page stay on one, in their order."""
    from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

    class Pages(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            page = nodeid.partition("::")[0]
            return page if page.endswith(".md") else nodeid

    return Pages(config, log) if config.getoption("dist") == "load" else None
