"""Previews at a terminal."""

import io

import pytest
from rich.console import Console

from ecrpolicy.lifecycle import Action
from ecrpolicy.lifecycle.differences import Difference, Fate
from ecrpolicy.render import text
from ecrpolicy.wording import printable
from tests.builders import any_image, archived, count, digest, image, preview, pushed, rule
from tests.render import hostile


def console(*, width: int = 200, colors: bool = False) -> Console:
    """A console as the command has it, which writes to memory."""
    return Console(
        file=io.StringIO(),
        width=width,
        force_terminal=colors,
        color_system="standard" if colors else None,
        highlight=False,
        emoji=False,
        markup=False,
    )


def written(console: Console) -> list[str]:
    """The lines that a console has written."""
    assert isinstance(console.file, io.StringIO)
    return [line.rstrip() for line in console.file.getvalue().split("\n")]


def test_what_moves_to_the_archive_is_told_apart() -> None:
    shown = console()
    old = any_image() | {"countType": "sinceImagePulled", "countUnit": "days", "countNumber": 5}
    expiring = rule(any_image() | archived(90), priority=2)
    text.preview(
        preview(
            [rule(old, action="transition"), expiring],
            image("a", "v1", days=9, size_bytes=10),
            image("b", "v2", days=1, size_bytes=20),
        ),
        (),
        shown,
    )
    lines = written(shown)
    assert "rule 1 archives 1 image, 10 B" in lines
    assert "  all images, not pulled for over 5 d" in lines
    assert any(line.endswith("10 B moved") for line in lines)


def test_nothing_goes() -> None:
    shown = console()
    text.preview(preview([rule(any_image() | count(2))], image("a"), image("b")), (), shown)
    assert written(shown)[:3] == [
        "app: 2 images, 0 B, at 2026-01-31T00:00:00Z",
        "",
        "2 images stay, 0 B",
    ]


def test_long_tags_are_folded_and_digests_never() -> None:
    shown = console(width=80)
    long = "v" * 128
    text.preview(preview([rule(any_image() | pushed(1))], image("a", long, days=5)), (), shown)
    lines = written(shown)
    assert max(map(len, lines)) <= 80
    assert "".join(lines).count("v") >= 128
    assert sum("sha256:aaaaaaaaaaaa" in line for line in lines) == 1


def test_explanations_are_not_wrapped() -> None:
    shown = console(width=40)
    found = preview([rule(any_image() | count(1))], image("a", "v1"), image("b", "v2"))
    text.explained(found.explain(digest("a")), shown)
    assert written(shown)[:-1] == found.explain(digest("a")).text().split("\n")


def test_a_group_is_summarised() -> None:
    shown = console()
    found = preview([rule(any_image() | count(1))], image("a"), image("b", days=1))
    text.group("v*", found.summarise(), shown)
    assert written(shown) == [
        "images with a tag that meets `v*`",
        "      1  go, rule 1: its rule marks it",
        "      1  stay, rule 1: among the newest that its rule keeps",
        "",
    ]


def test_differences_are_shown() -> None:
    shown = console()
    found = preview([rule(any_image() | count(1))], image("a"), image("b", days=1))
    difference = Difference(digest("9"), None, Fate(Action.TRANSITION, 3), known=False)
    text.differences([difference], found, shown)
    assert written(shown) == [
        "the service's preview differs on 1 image",
        digest("9"),
        "  here: not in the snapshot; the service: is archived under rule 3",
        "",
    ]


@pytest.mark.parametrize("name", hostile.HOSTILE)
@pytest.mark.parametrize("colors", [False, True])
def test_other_peoples_text_is_shown_and_does_nothing(name: str, colors: bool) -> None:
    shown = console(colors=colors)
    found = hostile.preview(name)
    text.preview(found, [found.explain(digest("a")), found.explain(digest("b"))], shown)
    text.group(name, found.summarise(), shown)
    assert isinstance(shown.file, io.StringIO)
    out = shown.file.getvalue()
    for style in ("\x1b[1m", "\x1b[33m", "\x1b[0m"):
        out = out.replace(style, "")
    assert [line for line in out.split("\n") if not line.isprintable()] == []
    for where in (
        "{}: 2 images",
        "{}1 ",
        "expires 1 image, 0 B: {}",
        "images with a tag that meets `{}`",
    ):
        assert where.format(printable(name)) in out
