"""Images in one line."""

from datetime import UTC, datetime, timedelta

import pytest

from ecrpolicy.snapshot import StorageClass
from ecrpolicy.testing.cases.shorthand import NotAnImage, digest_of, is_relative, read

NOW = datetime(2026, 1, 31, tzinfo=UTC)
DIGEST = "sha256:" + "ab" * 32


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ("prod-1", ("prod-1",)),
        ("prod-1, latest", ("prod-1", "latest")),
        ("a,b ,c", ("a", "b", "c")),
        ("untagged", ()),
        ("pulled", ("pulled",)),
    ],
)
def test_tags(tags: str, found: tuple[str, ...]) -> None:
    assert read(f"{tags} @ 1d", NOW, 1).image.tags == found
    assert read(f"{tags}@1d", NOW, 1).image.tags == found


@pytest.mark.parametrize(
    ("time", "age"),
    [
        ("90s", timedelta(seconds=90)),
        ("5m", timedelta(minutes=5)),
        ("36h", timedelta(hours=36)),
        ("10d", timedelta(days=10)),
        ("2w", timedelta(days=14)),
        ("0d", timedelta(0)),
        ("2026-01-30T02:00:00+02:00", timedelta(days=1)),
        ("2026-01-30T00:00:00Z", timedelta(days=1)),
    ],
)
def test_times(time: str, age: timedelta) -> None:
    image = read(f"a @ {time} pulled {time}", NOW, 1).image
    assert image.pushed_at == image.pulled_at == NOW - age


@pytest.mark.parametrize(
    ("size", "count"),
    [
        ("7B", 7),
        ("3kB", 3_000),
        ("50MB", 50_000_000),
        ("1.5GB", 1_500_000_000),
        ("2TB", 2 * 10**12),
    ],
)
def test_sizes(size: str, count: int) -> None:
    assert read(f"a @ 1d size {size}", NOW, 1).image.size_bytes == count


@pytest.mark.parametrize(
    ("said", "storage", "archived", "restored"),
    [
        ("archived 95d", StorageClass.ARCHIVE, 95, None),
        ("archived 95d restored 2d", StorageClass.STANDARD, 95, 2),
        ("restored 2d archived 95d", StorageClass.STANDARD, 95, 2),
        ("archived 95d activating", StorageClass.ACTIVATING, 95, None),
        ("activating archived 95d", StorageClass.ACTIVATING, 95, None),
    ],
)
def test_the_archive(
    said: str, storage: StorageClass, archived: int | None, restored: int | None
) -> None:
    image = read(f"a @ 100d {said}", NOW, 1).image
    assert image.storage_class is storage
    days = [time and (NOW - time).days for time in (image.archived_at, image.activated_at)]
    assert days == [archived, restored]


def test_what_else_there_is_to_say() -> None:
    line = read(f"a @ 1d index subject #2 digest {DIGEST}", NOW, 1)
    assert line.image.is_index
    assert line.image.has_unknown_children
    assert line.image.digest == DIGEST
    assert line.subject is not None
    assert line.subject.text == "#2"


def test_digests_are_those_of_the_position() -> None:
    assert read("a @ 1d", NOW, 258).image.digest == "sha256:" + "0102" * 16
    assert len({digest_of(number) for number in range(1, 3000)}) == 2999


@pytest.mark.parametrize(
    ("line", "at", "message"),
    [
        ("prod-1", 0, "`prod-1` does not say when it was pushed"),
        ("", 0, "`` does not say when it was pushed"),
        ("a b @ 1d", 2, "no comma stands before `b`"),
        ("a, @ 1d", 3, "`@` is no tag"),
        ("@ 1d", 0, "`@` is no tag"),
        ("a, -b @ 1d", 3, "`-b` is no tag"),
        (", a @ 1d", 0, "`,` is no tag"),
        ("a @", 2, "nothing follows `@`"),
        ("a @ 3", 4, "`3` is no time"),
        ("a @ 3y", 4, "`3y` is no time"),
        ("a @ 999999999w", 4, "`999999999w` is no time"),
        ("a @ 2026-01-31T00:00:00", 4, "`2026-01-31T00:00:00` is no time"),
        ("a @ 1d pulled", 7, "nothing follows `pulled`"),
        ("a @ 1d pulled x", 14, "`x` is no time"),
        ("a @ 1d siz 3MB", 7, "`siz` says nothing"),
        ("a @ 1d, size 3MB", 6, "`,` says nothing"),
        ("a @ 1d size 3", 12, "`3` is no size"),
        ("a @ 1d size -3MB", 12, "`-3MB` is no size"),
        ("a @ 1d index index", 13, "`index` stands twice"),
        ("a @ 1d digest sha256:ab", 14, "`sha256:ab` is no digest"),
        ("a,b,a @ 1d", 4, "the tag `a` stands twice"),
        ("untagged, a @ 1d", 0, "`untagged` stands beside tags"),
        ("a, untagged @ 1d", 3, "`untagged` stands beside tags"),
        ("a @ 1d pulled 3d", 7, "the image was pulled before it was pushed"),
        ("a @ 1d size 1B archived 3d", 15, "the image was archived before it was pushed"),
        ("a @ 9d restored 5d archived 3d", 7, "the image was restored before it was archived"),
        ("a @ 1d restored 2h", 7, "what was never archived is not restored"),
        (
            "a @ 9d archived 3d activating restored 2d",
            19,
            "what was restored is not on its way back",
        ),
        ("a @ 1d \x1b[2J", 7, "`\\x1b[2J` says nothing"),
    ],
)
def test_what_is_wrong_has_a_place(line: str, at: int, message: str) -> None:
    with pytest.raises(NotAnImage) as raised:
        read(line, NOW, 1)
    assert (raised.value.message, raised.value.at) == (message, at)
    assert raised.value.advice


def test_times_are_told_from_ages() -> None:
    assert is_relative("T1 @ 1d pulled 3h")
    assert not is_relative("a @ 1d pulled 2026-01-30T00:00:00Z")
