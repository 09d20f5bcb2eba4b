"""`ecrpolicy forecast`: its options, and what it writes."""

import csv
import io
from pathlib import Path

import pytest

from tests.cli.documents import NOW, STOREFRONT, digest, image, listing, policy, rule
from tests.cli.running import Run

# One goes today, one on day 6; each was pushed in January.
IMAGES = (
    image("a", "v1", imagePushedAt="2026-01-01T00:00:00+00:00"),
    image("b", "v2", imagePushedAt="2026-01-22T00:00:00+00:00"),
    image("c", "latest", imagePushedAt="2026-01-31T00:00:00+00:00"),
)
AFTER_TWO_WEEKS = rule(countType="sinceImagePushed", countUnit="days", countNumber=14)
FORECAST = ("forecast", "policy.json", "--images", "images.json", "--now", NOW)


@pytest.fixture
def files(folder: Path) -> Path:
    """A folder with a policy that keeps images for two weeks, and three images."""
    (folder / "policy.json").write_text(policy(AFTER_TWO_WEEKS))
    (folder / "images.json").write_text(listing(*IMAGES))
    return folder


def test_text(files: Path, run: Run) -> None:
    ended = run(*FORECAST, "--days", "10", "--first", "v*", "--first", "x*", "--first", "v2")
    assert (ended.code, ended.err) == (0, "")
    assert ended.lines == [
        "team/app in registry 111122223333: 3 images, 3.0 kB, at 2026-01-31T00:00:00Z",
        "10 days ahead: a run every 24 hours, the last at 2026-02-10T00:00:00Z; nobody",
        "pulls, tags or deletes",
        "nothing is pushed meanwhile",
        "",
        "day   date         rule   tags   digest                  size",
        "─────────────────────────────────────────────────────────────",
        "  0   2026-01-31      1   v1     sha256:aaaaaaaaaaaa   1.0 kB",
        "  6   2026-02-06      1   v2     sha256:bbbbbbbbbbbb   1.0 kB",
        "",
        "after day         date   images     kept   of them archived",
        "───────────────────────────────────────────────────────────",
        "        0   2026-01-31        2   2.0 kB                0 B",
        "        1   2026-02-01        2   2.0 kB                0 B",
        "        7   2026-02-07        1   1.0 kB                0 B",
        "       10   2026-02-10        1   1.0 kB                0 B",
        "",
        "2 images expire, 2.0 kB",
        "1 image stays to the end, 1.0 kB",
        "the first image with a tag that meets `v*` goes on day 0, 2026-01-31: v1,",
        "sha256:aaaaaaaaaaaa, rule 1",
        "no image with a tag that meets `x*` goes within 10 days",
        "the first image with a tag that meets `v2` goes on day 6, 2026-02-06: v2,",
        "sha256:bbbbbbbbbbbb, rule 1",
    ]


def test_ninety_days_are_the_default(files: Path, run: Run) -> None:
    assert run(*FORECAST, "--format", "json").json["days"] == 90


def test_the_storefront_fits_80_columns(run: Run) -> None:
    ended = run("forecast", *STOREFRONT, "--pushes-per-day", "auto", "--first", "pr-*")
    assert ended.code == 0
    assert [line for line in ended.lines if len(line) > 80] == []
    # Of the newer 8, 7 were pushed since the oldest, 101.64 days ago.
    assert "  like `v*.*.*`: 0.0689 a day, as the newest 8 of 16 images tell" in ended.lines


def test_json(files: Path, run: Run) -> None:
    answer = run(*FORECAST, "--days", "6", "--first", "v2", "--first", "x", "--format", "json").json
    later = {
        "day": 6,
        "at": "2026-02-06T00:00:00+00:00",
        "imageTags": ["v2"],
        "imageDigest": digest("b"),
        "imagePushedAt": "2026-01-22T00:00:00+00:00",
        "imageSizeInBytes": 1000,
        "action": "EXPIRE",
        "appliedRulePriority": 1,
        "cascade": False,
        "cannotTell": False,
        "pushedMeanwhile": False,
    }
    assert answer["departures"][1] == later
    assert answer["first"] == [
        {"tags": "v2", "departure": later},
        {"tags": "x", "departure": None},
    ]
    assert [each["images"] for each in answer["kept"]] == [2, 2, 2, 2, 2, 2, 1]
    assert answer["kept"][6] == {
        "day": 6,
        "at": "2026-02-06T00:00:00+00:00",
        "images": 1,
        "bytes": 1000,
        "archivedImages": 0,
        "archivedBytes": 0,
    }
    assert (answer["rhythm"], answer["pushedImages"], answer["stayingImages"]) == (None, 0, 1)
    assert answer["repositoryName"] == "team/app"
    assert answer["lifecyclePolicyText"] == policy(AFTER_TWO_WEEKS)


def test_csv_has_the_departures_then_what_stays(files: Path, run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run(*FORECAST, "--format", "csv").out)))
    assert [(row["day"], row["imageTags"], row["action"]) for row in rows] == [
        ("0", "v1", "EXPIRE"),
        ("6", "v2", "EXPIRE"),
        ("15", "latest", "EXPIRE"),
    ]
    rows = list(csv.DictReader(io.StringIO(run(*FORECAST, "--days", "1", "--format", "csv").out)))
    assert rows[2] == {
        "day": "",
        "at": "",
        "imageDigest": digest("c"),
        "imageTags": "latest",
        "imagePushedAt": "2026-01-31T00:00:00+00:00",
        "imageSizeInBytes": "1000",
        "action": "",
        "appliedRulePriority": "",
        "cascade": "false",
        "cannotTell": "false",
        "pushedMeanwhile": "false",
    }


def test_markdown_has_the_totals_first(files: Path, run: Run) -> None:
    lines = run(*FORECAST, "--days", "6", "--first", "v*", "--format", "markdown").lines
    assert lines[0].startswith("**team/app in registry 111122223333: 3 images")
    assert r"- the first image with a tag that meets \`v\*\` goes on day 0, 2026-01-31:" in lines[6]
    assert lines[8:10] == [
        "| after day | date | images | kept | of them archived |",
        "|--:|---|--:|--:|--:|",
    ]
    assert lines[-1] == "| 6 | 2026-02-06 | 1 | v2 | `sha256:bbbbbbbbbbbb` | 1.0 kB |"


# Pushes


def test_pushes_are_told_with_their_seed(files: Path, run: Run) -> None:
    """Two images that start with `v`, the older 30 days old: a push in 30 days."""
    ended = run(*FORECAST, "--pushes-per-day", "auto", "--seed", "7")
    text = " ".join(ended.lines)
    assert "in the rhythm of the snapshot, at random times; seed 7:" in text
    assert "  like `v*`: 0.0333 a day, as 2 images tell" in ended.lines
    again = run(*FORECAST, "--pushes-per-day", "auto", "--seed", "7")
    assert again == ended


def test_so_many_pushes_a_day(files: Path, run: Run) -> None:
    answer = run(*FORECAST, "--pushes-per-day", "2.5", "--format", "json").json
    assert answer["rhythm"] == {
        "seed": 1,
        "families": [{"tags": "v*", "images": 2, "tellingImages": 2, "pushesPerDay": 2.5}],
    }
    assert 150 < answer["pushedImages"] < 300
    assert any(each["pushedMeanwhile"] for each in answer["departures"])


def test_a_snapshot_without_a_rhythm_says_so(files: Path, run: Run) -> None:
    (files / "images.json").write_text(listing(IMAGES[2]))
    text = " ".join(run(*FORECAST, "--pushes-per-day", "auto").lines)
    assert "nothing is pushed meanwhile: no two tags of the snapshot differ in a number" in text


def test_pushes_that_cannot_be_made_up_are_refused(files: Path, run: Run) -> None:
    (files / "images.json").write_text(listing(IMAGES[2]))
    ended = run(*FORECAST, "--pushes-per-day", "20")
    assert (ended.code, ended.out) == (2, "")
    assert "`20` pushes a day cannot be made up: no two tags of the snapshot differ" in ended.err


# Bad input


@pytest.mark.parametrize("days", ["0", "3651", "-1", "1.5", "x", "", "9" * 5000, "٣"])
def test_days_that_are_none(files: Path, run: Run, days: str) -> None:
    ended = run(*FORECAST, f"--days={days}")
    assert (ended.code, ended.out) == (2, "")
    assert f"`{days}` is no number of days; give 1 to 3650" in ended.err


@pytest.mark.parametrize("pushes", ["0", "-1", "100001", "nan", "inf", "x", "", "1e999", "1_0"])
def test_pushes_that_are_none(files: Path, run: Run, pushes: str) -> None:
    ended = run(*FORECAST, f"--pushes-per-day={pushes}")
    assert (ended.code, ended.out) == (2, "")
    assert f"`{pushes}` is no number of pushes; give `auto`, or a number above 0" in ended.err


def test_a_seed_without_pushes(files: Path, run: Run) -> None:
    ended = run(*FORECAST, "--seed", "1")
    assert ended == (
        2,
        "",
        "ecrpolicy: `--seed` is about pushes: say how many with `--pushes-per-day`\n",
    )


def test_a_pattern_that_is_empty(files: Path, run: Run) -> None:
    ended = run(*FORECAST, "--first", "")
    assert (ended.code, ended.out) == (2, "")
    assert "the pattern is empty; give a tag, or a pattern such as `prod-*`" in ended.err


def test_too_many_pushes(files: Path, run: Run) -> None:
    ended = run(*FORECAST, "--pushes-per-day", "100000", "--days", "3650")
    assert (ended.code, ended.out) == (2, "")
    assert "more than 250,000 images would be pushed; forecast fewer days" in ended.err


def test_the_end_of_the_calendar(files: Path, run: Run) -> None:
    ended = run(*FORECAST[:-1], "9999-12-01T00:00:00Z")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "ecrpolicy: the calendar ends before `90` days are over; forecast fewer\n"


def test_long_tables_are_cut_unless_all_is_asked_for(files: Path, run: Run) -> None:
    many = [image("0", f"v{number}", imageDigest=f"sha256:{number:064x}") for number in range(501)]
    (files / "images.json").write_text(listing(*many))
    assert "and 1 departure more: `--all` shows them" in run(*FORECAST).lines
    assert "and 1 departure more: `--all` shows them" not in run(*FORECAST, "--all").lines
