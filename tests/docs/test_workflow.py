"""The commands of the workflow for pull requests are commands that there are."""

import re
from collections.abc import Iterator

import pytest

from ecrpolicy.cli.main import main
from tests.docs.examples import ROOT

PAGE = ROOT / "docs" / "how-to" / "compare-in-a-pull-request.md"


def commands() -> Iterator[tuple[str, list[str]]]:
    """The commands of the page that no console block runs, each with its options."""
    text = re.sub(r"```console\n.*?```", "", PAGE.read_text("utf-8"), flags=re.DOTALL)
    joined = re.sub(r"\\\n *", "", text)
    for line in re.findall(r"(?:^ *|`)ecrpolicy ([^`\n]+)", joined, re.MULTILINE):
        name, *words = line.split(" ")
        yield name, [word for word in words if word.startswith("--")]


def test_every_option_of_every_command_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    found = list(commands())
    assert [name for name, _ in found][:2] == ["snapshot", "compare"]
    for name, options in found:
        with pytest.raises(SystemExit):
            main([name, "--help"])
        text = capsys.readouterr().out
        for option in options:
            assert re.search(rf"{option}\b", text), (name, option)
