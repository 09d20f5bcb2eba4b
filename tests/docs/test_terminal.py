"""The terminal that runs the examples of the docs."""

from pathlib import Path

import pytest

from ecrpolicy import __version__
from tests.docs.terminal import Terminal, agree, commands, complaint, usage_in_one_line


def test_commands_and_what_they_print() -> None:
    block = "$ cat a\nfirst \n\nsecond\n\n$ ecrpolicy preview \\\n    b.json\n"
    first, second = commands(block)
    assert (first.line, first.expected) == ("cat a", ["first", "", "second"])
    assert (second.line, second.expected) == ("ecrpolicy preview b.json", [])


def test_a_block_that_starts_with_output_is_refused() -> None:
    with pytest.raises(ValueError, match="starts with a command"):
        list(commands("first\n"))


@pytest.mark.parametrize(
    ("expected", "printed", "verdict"),
    [
        ("a b", "a b", True),
        ("a b", "a", False),
        ("...", "", True),
        ("...", "a b", True),
        ("a ...", "a", True),
        ("a ... a", "a", False),
        ("a ... c", "a b b c", True),
        ("a ... c", "a b", False),
        ("a ... c ... e", "a b c d e", True),
        ("a ... d c ... e", "a b c d e", False),
        ("... c d", "a b c", False),
        ("a ... b e ... e", "a b e", False),
    ],
)
def test_elision(expected: str, printed: str, *, verdict: bool) -> None:
    assert agree(expected.split(), printed.split()) is verdict


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ([], []),
        (
            ["usage: a [-b |", "         -c]", "", "text", "  more"],
            ["usage: a [-b | -c]", "", "text", "  more"],
        ),
        (["usage: a", "         b"], ["usage: a b"]),
        (["usage: a", "         b", "a: error"], ["usage: a b", "a: error"]),
        (["text", "  usage: a"], ["text", "  usage: a"]),
    ],
)
def test_a_usage_is_compared_in_one_line(lines: list[str], joined: list[str]) -> None:
    assert usage_in_one_line(lines) == joined


def test_what_ecrpolicy_prints_and_how_it_ends() -> None:
    terminal = Terminal()
    assert terminal.run("ecrpolicy --version") == f"ecrpolicy {__version__}\n"
    assert terminal.run("echo $?") == "0\n"
    assert "invalid choice" in terminal.run("ecrpolicy no-such-command")
    assert terminal.run("echo $?") == "2\n"


def test_pipes_and_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.json").write_text("nothing", "utf-8")
    terminal = Terminal()
    assert terminal.run("cat a.json > b.json") == ""
    assert terminal.run("cat b.json") == "nothing"
    assert "standard input" in terminal.run("cat a.json | ecrpolicy preview - --images a.json")


def test_other_commands_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot call"):
        Terminal().run("rm -r .")


def test_a_difference_is_shown() -> None:
    assert complaint("$ echo $?\n0\n", Terminal()) is None
    told = complaint("$ echo $?\n1\n", Terminal())
    assert told is not None
    assert "+0" in told
