"""Previews as comma-separated values."""

import csv as standard
import io

import pytest

from ecrpolicy.render import csv
from ecrpolicy.snapshot import StorageClass
from tests.builders import (
    INDEX,
    any_image,
    count,
    digest,
    image,
    prefixes,
    preview,
    rule,
    untagged,
)
from tests.render import hostile


def rows(text: str) -> list[dict[str, str]]:
    """The rows under their headings."""
    return list(standard.DictReader(io.StringIO(text, newline="")))


def test_every_image_has_a_row_with_its_fate_and_the_reason() -> None:
    found = preview(
        [
            rule(prefixes("v") | count(1), priority=1),
            rule(untagged() | count(1), priority=2, action="transition"),
        ],
        image("a", "v1", "v1.0", days=3),
        image("b", "v2", days=2),
        image("c", days=4),
        image("d", days=1),
        image("e", "x", days=5, size_bytes=7),
        image("5", days=6, subject=digest("a")),
        image("f", "y", storage_class=StorageClass.ACTIVATING),
    )
    told = [
        (row["imageDigest"][-1], row["action"], row["appliedRulePriority"], row["reason"])
        for row in rows(csv.preview(found))
    ]
    assert told == [
        ("5", "EXPIRE", "1", "CASCADE"),
        ("e", "", "", "UNIDENTIFIED"),
        ("c", "TRANSITION", "2", "MARKED"),
        ("a", "EXPIRE", "1", "MARKED"),
        ("b", "", "1", "WITHIN_COUNT"),
        ("d", "", "2", "WITHIN_COUNT"),
        ("f", "", "", "ACTIVATING"),
    ]


def test_members_bear_the_services_names() -> None:
    found = preview([rule(any_image() | count(1))], image("a", "v1", "v1.0", size_bytes=7))
    (row,) = rows(csv.preview(found))
    assert row == {
        "imageDigest": digest("a"),
        "imageTags": "v1 v1.0",
        "imagePushedAt": "2026-01-31T00:00:00+00:00",
        "imageSizeInBytes": "7",
        "action": "",
        "appliedRulePriority": "1",
        "reason": "WITHIN_COUNT",
        "cascade": "false",
        "cannotTell": "false",
    }


def test_what_goes_with_its_subject_and_what_nobody_can_tell_is_marked() -> None:
    found = preview(
        [rule(any_image() | count(1))],
        image("a", "v1", days=3),
        image("5", days=2, subject=digest("a")),
        image("c", days=4),
        image("d", "v2", manifest_media_type=INDEX),
    )
    told = {
        row["imageDigest"][-1]: (row["cascade"], row["cannotTell"])
        for row in rows(csv.preview(found))
    }
    assert told == {
        "a": ("false", "false"),
        "5": ("true", "false"),
        "c": ("false", "true"),
        "d": ("false", "false"),
    }


@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_other_peoples_text_stays_in_its_cell(name: str) -> None:
    text = csv.preview(hostile.preview(name))
    first, second = rows(text)
    assert [first["imageDigest"], second["imageDigest"]] == [digest("a"), digest("b")]
    assert [first["cannotTell"], second["cannotTell"]] == ["false", "false"]
    assert text.count("\n") == 3


@pytest.mark.parametrize("name", hostile.CONTROLS)
def test_other_peoples_text_does_not_steer_a_terminal(name: str) -> None:
    text = csv.preview(hostile.preview(name))
    assert [line for line in text.split("\n") if not line.isprintable()] == []
