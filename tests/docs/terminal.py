"""A terminal for the examples of the docs: no shell, no process, nothing but what they need.

It knows `ecrpolicy`, `cat FILE` and `echo $?`, one `|` after another, and `>` at the end.
"""

import io
import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from unittest.mock import patch

from ecrpolicy.cli.main import main

PROMPT = "$ "
ELISION = "..."

_ENVIRONMENT = {"COLUMNS": "80", "LINES": "24", "NO_COLOR": "1"}
_UNWANTED = ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "PYTHON_COLORS")


@dataclass
class Terminal:
    """Runs command lines in the working directory, and remembers how the last one ended."""

    status: int = 0

    def run(self, line: str) -> str:
        """What a command line prints, on standard output and standard error alike."""
        line, _, target = line.partition(" > ")
        output = ""
        for command in line.split(" | "):
            output = self._run(shlex.split(command), output)
        if target:
            Path(target.strip()).write_text(output, "utf-8")
            return ""
        return output

    def printed(self, command: "Command") -> list[str]:
        """The lines that a command prints."""
        return trimmed(self.run(command.line).splitlines())

    def _run(self, words: Sequence[str], given: str) -> str:
        match words:
            case ["ecrpolicy", *arguments]:
                return self._call(arguments, given)
            case ["cat", file]:
                self.status = 0
                return Path(file).read_text("utf-8")
            case ["echo", "$?"]:
                return f"{self.status}\n"
        raise ValueError(f"examples cannot call `{shlex.join(words)}`")

    def _call(self, arguments: Sequence[str], given: str) -> str:
        output = io.StringIO()
        standard_input = io.TextIOWrapper(io.BytesIO(given.encode()), "utf-8")
        with (
            patch.dict(os.environ, _ENVIRONMENT),
            patch.object(sys, "stdin", standard_input),
            redirect_stdout(output),
            redirect_stderr(output),
        ):
            for name in _UNWANTED:
                os.environ.pop(name, None)
            try:
                self.status = main(arguments)
            except SystemExit as end:
                self.status = end.code if isinstance(end.code, int) else 1
        return output.getvalue()


@dataclass(frozen=True)
class Command:
    """A command of a console block, as it stands there, and what it shall print."""

    lines: list[str]
    expected: list[str]

    @property
    def line(self) -> str:
        """The command in one line."""
        parts = (line.removeprefix(PROMPT).removesuffix("\\").strip() for line in self.lines)
        return " ".join(parts)


def commands(block: str) -> Iterator[Command]:
    """The commands of a console block."""
    lines = block.splitlines()
    at = 0
    while at < len(lines):
        if not lines[at].startswith(PROMPT):
            raise ValueError(f"a console block starts with a command, not with `{lines[at]}`")
        output = at
        while lines[output].endswith("\\"):
            output += 1
        output += 1
        end = output
        while end < len(lines) and not lines[end].startswith(PROMPT):
            end += 1
        yield Command(lines[at:output], trimmed(lines[output:end]))
        at = end


def trimmed(lines: Sequence[str]) -> list[str]:
    """Lines without white space at their ends, and without empty lines at the end."""
    kept = [line.rstrip() for line in lines]
    while kept and not kept[-1]:
        kept.pop()
    return kept


def usage_in_one_line(lines: Sequence[str]) -> list[str]:
    """Lines with a usage at their beginning joined: Python 3.13 breaks it at other places."""
    if not lines or not lines[0].startswith("usage: "):
        return list(lines)
    others = (at for at, line in enumerate(lines) if at and not line.startswith(" "))
    end = next(others, len(lines))
    return [" ".join(line.strip() for line in lines[:end]), *lines[end:]]


def agree(expected: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether lines were printed as expected; `...` alone on a line stands for any lines."""
    if ELISION not in expected:
        return list(expected) == list(printed)
    head, *others = _pieces(expected)
    *inner, tail = others
    at, end = len(head), len(printed) - len(tail)
    if at > end or list(printed[:at]) != head or list(printed[end:]) != tail:
        return False
    for piece in inner:
        found = next(
            (
                start
                for start in range(at, end)
                if list(printed[start : start + len(piece)]) == piece
            ),
            None,
        )
        if found is None or found + len(piece) > end:
            return False
        at = found + len(piece)
    return True


def _pieces(lines: Sequence[str]) -> list[list[str]]:
    pieces: list[list[str]] = [[]]
    for line in lines:
        if line == ELISION:
            pieces.append([])
        else:
            pieces[-1].append(line)
    return pieces


def complaint(block: str, terminal: Terminal) -> str | None:
    """Run a console block; what was printed otherwise than expected, as a difference."""
    for command in commands(block):
        expected, printed = command.expected, terminal.printed(command)
        if not agree(usage_in_one_line(expected), usage_in_one_line(printed)):
            difference = unified_diff(expected, printed, "in the docs", "printed", lineterm="")
            return "\n".join([f"{PROMPT}{command.line}", *difference])
    return None
