"""How wide answers are written: a terminal's width that is none is not taken."""

import pytest

from tests.cli.registry_documents import WAREHOUSE
from tests.cli.running import Run

CHECK = ("registry", "check", WAREHOUSE)


@pytest.mark.parametrize("columns", ["0", "-5", "wide", "", "²", "0.5", "9" * 5_000])
@pytest.mark.parametrize("words", [CHECK, (*CHECK, "--repository", "prod/stock")])
def test_a_width_that_is_none_is_80(
    run: Run, monkeypatch: pytest.MonkeyPatch, columns: str, words: tuple[str, ...]
) -> None:
    at_80 = run(*words)
    monkeypatch.setenv("COLUMNS", columns)
    assert run(*words) == at_80


@pytest.mark.parametrize("lines", ["0", "-5", "²"])
def test_a_height_that_is_none_leaves_the_width_as_it_is(
    run: Run, monkeypatch: pytest.MonkeyPatch, lines: str
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    at_120 = run(*CHECK)
    monkeypatch.setenv("LINES", lines)
    assert run(*CHECK) == at_120


@pytest.mark.parametrize("columns", ["1", "2", "7"])
def test_a_narrow_terminal_is_written_to(
    run: Run, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert run(*CHECK).code == 0
    assert run(*CHECK, "--repository", "prod/stock").code == 0
