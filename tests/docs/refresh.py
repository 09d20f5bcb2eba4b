"""Writes what the commands print now into the docs: `python -m tests.docs.refresh`.

Outputs with `...` in them are left as they are; the tests tell where they are out of date.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.docs.examples import ROOT, set_up, tear_down
from tests.docs.terminal import ELISION, Terminal, commands

_CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_FILE = re.compile(
    r"^```\{code-block\} (?:json|terraform|toml|yaml)\n:caption: (\S+)\n"
    r"(?::[^\n]*\n)*\n?(.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def refreshed(text: str) -> str:
    """A page whose commands have been run anew."""
    namespace: dict[str, Any] = {}
    set_up(namespace)
    try:
        for name, content in _FILE.findall(text):
            Path(name).write_text(content, "utf-8")
        terminal: Terminal = namespace["terminal"]
        return _CONSOLE.sub(lambda found: "\n".join(_lines(found[0], terminal)) + "\n", text)
    finally:
        tear_down(namespace)


def _lines(block: str, terminal: Terminal) -> Iterator[str]:
    for command in commands(block):
        printed = terminal.printed(command)
        yield from command.lines
        yield from command.expected if ELISION in command.expected else printed


if __name__ == "__main__":
    for page in (ROOT / "README.md", *ROOT.glob("docs/**/*.md")):
        text = page.read_text("utf-8")
        if (new := refreshed(text)) != text:
            page.write_text(new, "utf-8")
            print(page.relative_to(ROOT))  # noqa: T201
