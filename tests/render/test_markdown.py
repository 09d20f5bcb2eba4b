"""Previews as markdown."""

import re

import pytest

from ecrpolicy.lifecycle import Preview
from ecrpolicy.render import markdown
from ecrpolicy.snapshot import Image
from tests.builders import ago, any_image, count, digest, image, preview, pushed, rule
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


def live(line: str) -> str | None:
    """What is taken for markup in a line of markdown, besides what is ours."""
    line = re.sub(r"^(?: *- |> \*\*(?:warning|left out)\*\* )", "", line)
    if re.fullmatch(r"\|(?:-+:?\|)+", line):
        return None
    found = _LIVE.search(plain(line))
    return found[0] if found else None


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


# The length of a comment


def many(number: int, tag: str = "v") -> Preview:
    """A preview in which all images but one go."""
    images = (
        Image(digest=f"sha256:{at:064x}", pushed_at=ago(at), tags=(f"{tag}{at}",))
        for at in range(number)
    )
    return preview([rule(any_image() | count(1))], *images)


def test_a_long_preview_fits_a_comment_and_says_what_is_left_out() -> None:
    found = many(5000)
    text = markdown.preview(found, ())
    assert len(text) < 65_536
    (rows,) = re.findall(r"> \*\*left out\*\* ([\d,]+) images, to fit a comment", text)
    assert text.count("| `sha256:") == 4999 - int(rows.replace(",", "")) > 100
    assert "- 4,999 images expire, 0 B freed" in text


def test_all_of_a_preview_where_it_is_asked_for() -> None:
    text = markdown.preview(many(5000), (), limit=None)
    assert text.count("| `sha256:") == 4999
    assert "left out" not in text


def test_the_limit_is_one_more_than_the_longest_text() -> None:
    found = many(50)
    whole = markdown.preview(found, (), limit=None)
    assert markdown.preview(found, (), limit=len(whole) + 1) == whole
    assert "left out" in markdown.preview(found, (), limit=len(whole))


def test_where_there_is_no_room_for_a_table_paragraphs_are_left_out() -> None:
    found = many(400)
    explanations = [found.explain(each.digest) for each in found.repository.images]
    text = markdown.preview(found, explanations)
    assert 60_000 < len(text) < 65_536
    assert text.startswith("**app: 400 images")
    assert text.count("```text\n") == text.count("\n```\n") > 50
    assert re.search(r"\n> \*\*left out\*\* \d+ paragraphs, to fit a comment\n$", text)


def test_a_paragraph_that_is_too_long_by_itself_is_left_out() -> None:
    text = markdown.preview(many(3, tag="\x1b" * 70_000), ())
    assert len(text) < 65_536
    assert "- 2 images expire" in text
