"""The settings of a registry as text, markdown and nested lines: nothing in them is markup."""

import io
import re
from collections.abc import Iterable

import pytest
from rich.console import Console

from ecrpolicy.render import (
    outline,
    push_outline,
    registry_markdown,
    registry_text,
    repository_outline,
)
from ecrpolicy.scanning import Circumstances
from ecrpolicy.settings import Survey, answer, push
from tests.builders import NOW
from tests.render import hostile, registries

# What begins markup in markdown where no backslash stands before it.
_LIVE = re.compile(r"(?<!\\)(?:\\\\)*[*_\[\]|<>#~`]")


def outlines(survey: Survey, name: str) -> Iterable[Iterable[str]]:
    """Everything that is written as nested lines."""
    yield repository_outline.explained(survey, name, Circumstances(NOW))
    yield repository_outline.foreseen(survey, f"{name}x")
    for tag in ("v1", name):
        found = push(survey.settings, survey.topology, name, tag)
        yield push_outline.pushed(found, answer(found, survey.settings), survey)


def drawn(survey: Survey, *, colors: bool) -> str:
    """The tables on a terminal of 80 columns."""
    file = io.StringIO()
    console = Console(
        file=file,
        width=80,
        force_terminal=colors,
        color_system="standard" if colors else None,
    )
    registry_text.check(survey, console)
    return file.getvalue()


@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_text_steers_no_terminal(name: str) -> None:
    survey = registries.hostile(name)
    for line in drawn(survey, colors=False).split("\n"):
        assert line.isprintable(), line
        assert len(line) <= 80 or " " not in line.strip()
    for lines in outlines(survey, name):
        for line in outline.text(lines, 80).split("\n"):
            assert line.isprintable(), line
            assert len(line) <= 80 or " " not in line.strip()


@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_markdown_has_no_markup_but_ours(name: str) -> None:
    survey = registries.hostile(name)
    for line in registry_markdown.check(survey).split("\n"):
        assert line.isprintable(), line
        if not re.fullmatch(r"\|[-:|]+\|", line):
            assert not _LIVE.search(plain(line)), line
    for lines in outlines(survey, name):
        for line in outline.markdown(lines).split("\n"):
            assert line.isprintable(), line
            assert not _LIVE.search(plain(line)), line


def plain(line: str) -> str:
    """A line without the markup that is ours."""
    line = line.removeprefix(">").removeprefix("### ").strip().removeprefix("- ")
    if line.startswith("**") and line.endswith("**"):
        return line[2:-2]
    if line.startswith("| ") and line.endswith(" |"):
        return " ".join(line[2:-2].split(" | "))
    return line


def test_what_asks_for_attention_has_a_colour() -> None:
    text = drawn(registries.hostile("web"), colors=True)
    assert "\x1b[33m?" in text
    assert "\x1b" not in drawn(registries.hostile("web"), colors=False)


def test_nested_lines() -> None:
    lines = ["web", "scanning: off", "  because", "    of *this*"]
    assert outline.text(lines, 80) == "web\nscanning: off\n  because\n    of *this*\n"
    assert outline.text(lines, 10) == "web\nscanning:\n  off\n  because\n    of\n      *this*\n"
    assert outline.markdown(lines) == (
        "**web**\n\n- scanning: off\n  - because\n    - of \\*this\\*\n"
    )
