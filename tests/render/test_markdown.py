"""Previews as markdown."""

import re

import pytest

from ecrpolicy.render import markdown
from tests.builders import any_image, count, digest, image, preview, pushed, rule
from tests.render import hostile

# What begins markup in markdown where no backslash stands before it.
_LIVE = re.compile(r"(?<!\\)(?:\\\\)*[*_\[\]|<>#~`]")


def plain(line: str) -> str:
    """A line without the markup that is ours."""
    line = line.removeprefix("### ").removeprefix("> **warning** ")
    if line.startswith("**") and line.endswith("**"):
        line = line[2:-2]
    if line.startswith("| ") and line.endswith(" |"):
        line = " ".join(line[2:-2].split(" | "))
    return re.sub(r"`sha256:[0-9a-f]{12}`", "", line)


def test_a_preview_is_tables_and_a_list() -> None:
    found = preview(
        [rule(any_image() | count(1), description="the newest")],
        image("a", "v1", size_bytes=10),
        image("b", "v2", "v2.0", days=1, size_bytes=20),
    )
    assert markdown.preview(found, ()) == (
        "**app: 2 images, 30 B, at 2026-01-31T00:00:00Z**\n"
        "\n"
        "### rule 1 expires 1 image, 20 B: the newest\n"
        "\n"
        "all images, beyond the newest 1\n"
        "\n"
        "| tags | digest | age | size |\n"
        "|---|---|--:|--:|\n"
        "| v2, v2.0 | `sha256:bbbbbbbbbbbb` | 1 d | 20 B |\n"
        "\n"
        "- 1 image expires, 20 B freed\n"
        "- 1 image stays, 10 B\n"
        "  - 1: rule 1: among the newest that its rule keeps\n"
    )


def test_warnings_are_quoted() -> None:
    found = preview([rule(any_image() | pushed(1))], image("a", days=1))
    assert len(found.warnings) == 1
    assert "\n\n> **warning** decision 3: older than N days" in markdown.preview(found, ())


def test_explanations_are_code() -> None:
    found = preview([rule(any_image() | count(1))], image("a"), image("b", days=1))
    text = markdown.preview(found, [found.explain(digest("a")), found.explain(digest("b"))])
    assert text.count("```text\n") == 2
    for digit in "ab":
        assert f"```text\n{found.explain(digest(digit)).text()}\n```\n" in text


@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_other_peoples_text_is_no_markup(name: str) -> None:
    found = hostile.preview(name)
    text = markdown.preview(found, ())
    rows = [line for line in text.split("\n") if "sha256:" in line]
    (row,) = [line for line in rows if line.startswith("| ")]
    assert len(re.findall(r"(?<!\\)\|", row)) == 5
    for line in text.split("\n"):
        assert line.isprintable()
        if line not in ("| tags | digest | age | size |", "|---|---|--:|--:|"):
            assert not _LIVE.search(plain(line)), line


@pytest.mark.parametrize("name", [*hostile.HOSTILE, "```", "````\n# x", "~~~"])
def test_other_peoples_text_does_not_leave_a_block_of_code(name: str) -> None:
    found = hostile.preview(name)
    text = markdown.preview(found, [found.explain(digest("a")), found.explain(digest("b"))])
    fences = [line for line in text.split("\n") if line.strip().startswith("```")]
    assert fences == ["```text", "```", "```text", "```"]
    assert all(line.isprintable() for line in text.split("\n"))


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain text, v1.2-rc3", "plain text, v1.2-rc3"),
        ("<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;"),
        ("a|b", r"a\|b"),
        ("a\\|b", r"a\\\|b"),
        ("`x` *y* _z_", r"\`x\` \*y\* \_z\_"),
        ("[x](y)", r"\[x\](y)"),
        ("a\nb", r"a\\nb"),
        ("#1 @team ~~x~~", r"\#1 \@team \~\~x\~\~"),
    ],
)
def test_escaping(text: str, escaped: str) -> None:
    assert markdown.escaped(text) == escaped
