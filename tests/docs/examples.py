"""What is done with the examples of the docs: console blocks are run, policies are parsed.

A `code-block` of JSON, TOML, YAML or Terraform with a caption is a file of that name, which the
commands of the same page can read. A block with the class `invalid-policy` must be refused, every
other policy accepted. Each page has a folder of its own, in which `fixtures` is that of the
repository.
"""

import json
import os
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import hcl2
import yaml
from sybil import Document, Example
from sybil.parsers.myst import CodeBlockParser

from ecrpolicy import lifecycle
from ecrpolicy.errors import InvalidPolicy
from tests.docs.terminal import Terminal, complaint

ROOT = Path(__file__).parents[2]
_INVALID = "invalid-policy"


class ConsoleParser(CodeBlockParser):
    """Runs `console` blocks; what they print must be what stands there."""

    language = "console"

    def evaluate(self, example: Example) -> str | None:
        _write_files(example.document)
        return complaint(example.parsed, example.namespace["terminal"])


class TomlParser(CodeBlockParser):
    """Reads `toml` blocks."""

    language = "toml"

    def evaluate(self, example: Example) -> str | None:
        tomllib.loads(str(example.parsed))
        return None


class JsonParser(CodeBlockParser):
    """Reads `json` blocks, and parses those that are policies."""

    language = "json"

    def evaluate(self, example: Example) -> str | None:
        text = str(example.parsed)
        is_invalid = _INVALID in _options(example).get("class", "")
        if not is_invalid:
            value = json.loads(text)
            if isinstance(value, dict) and "rules" in value:
                lifecycle.parse(text)
            return None
        try:
            lifecycle.parse(text)
        except InvalidPolicy:
            return None
        return "the policy is valid, but its class is `invalid-policy`"


class YamlParser(CodeBlockParser):
    """Reads `yaml` blocks, with the tags of CloudFormation."""

    language = "yaml"

    def evaluate(self, example: Example) -> str | None:
        list(yaml.compose_all(str(example.parsed), Loader=yaml.SafeLoader))
        return None


class TerraformParser(CodeBlockParser):
    """Reads `terraform` blocks."""

    language = "terraform"

    def evaluate(self, example: Example) -> str | None:
        hcl2.parses_to_tree(str(example.parsed))
        return None


def _options(example: Example) -> dict[str, str]:
    return example.region.lexemes.get("options", {})  # type: ignore[no-any-return]


def _write_files(document: Document) -> None:
    """Write the files of a page, wherever on it they stand."""
    for _, region in document.regions:
        if name := region.lexemes.get("options", {}).get("caption"):
            Path(name).write_text(str(region.parsed), "utf-8")


def set_up(namespace: dict[str, Any]) -> None:
    """Go to a folder of the page's own."""
    namespace["folder"] = folder = TemporaryDirectory(prefix="ecrpolicy-docs-")
    namespace["terminal"] = Terminal()
    namespace["left"] = Path.cwd()
    Path(folder.name, "fixtures").symlink_to(ROOT / "fixtures")
    os.chdir(folder.name)


def tear_down(namespace: dict[str, Any]) -> None:
    """Go back, and forget the folder."""
    os.chdir(namespace["left"])
    namespace["folder"].cleanup()
