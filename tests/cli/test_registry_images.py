"""`ecrpolicy registry check --repository`: the scans of images, the age of cached copies."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.registry_documents import WAREHOUSE, image, registry, repository, scanned
from tests.cli.running import Run
from tests.cli.test_bad_input import refused

CHECK = ("registry", "check", "a.json", "--repository", "quay/web")
NOW = ("--now", "2026-01-31T00:00:00Z")
QUAY = {
    "pullThroughCacheRules": [{"ecrRepositoryPrefix": "quay", "upstreamRegistryUrl": "quay.io"}]
}
ALWAYS = {"scanningConfiguration": {"scanType": "ENHANCED", "rules": []}}


@pytest.fixture(autouse=True)
def wide(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal in which no line has to be broken."""
    monkeypatch.setenv("COLUMNS", "1000")


def described(folder: Path, *images: dict[str, Any], **settings: Any) -> None:
    """A registry with a repository of some images, which were pushed on the first of January."""
    told = repository("quay/web", imageDetails=list(images))
    (folder / "a.json").write_text(registry(told, **settings))


def lines_of(run: Run, *words: str) -> list[str]:
    """What is said of the images."""
    ended = run(*CHECK, *NOW, *words)
    assert (ended.code, ended.err) == (0, "")
    at = ended.lines.index("images and their scans, at 2026-01-31T00:00:00Z:")
    return ended.lines[at + 1 :]


def test_enhanced_scanning_hangs_on_what_the_registry_does_not_tell(folder: Path, run: Run) -> None:
    described(folder, image("a", "v1", "latest"), **ALWAYS)
    assert lines_of(run) == [
        "  sha256:aaaaaaaaaaaa (v1, latest): ?, ACTIVE or SCAN_ELIGIBILITY_EXPIRED",
        "  say since when enhanced scanning is on with `--enhanced-since`",
        "  say for how long images are scanned with `--scan-duration`",
    ]
    since = ("--enhanced-since", "2025-01-01T00:00:00Z")
    assert lines_of(run, *since, "--scan-duration", "DAYS_60") == [
        "  sha256:aaaaaaaaaaaa (v1, latest): ACTIVE: scanned continuously; until "
        "2026-03-02T00:00:00Z",
    ]
    assert lines_of(run, *since, "--scan-duration", "DAYS_14") == [
        "  sha256:aaaaaaaaaaaa (v1, latest): SCAN_ELIGIBILITY_EXPIRED: the scan duration `DAYS_14` "
        "is over; until 2026-01-15T00:00:00Z",
    ]
    late = ("--enhanced-since", "2026-01-15T00:00:00Z", "--scan-duration", "LIFETIME")
    assert lines_of(run, *late)[0].startswith("  sha256:aaaaaaaaaaaa (v1, latest): ACTIVE")
    old = image("a") | {"imagePushedAt": "2025-12-31T23:59:59Z"}
    described(folder, old, **ALWAYS)
    assert lines_of(run, *late) == [
        "  sha256:aaaaaaaaaaaa: SCAN_ELIGIBILITY_EXPIRED: pushed more than 14 days before enhanced "
        "scanning was turned on; push it again"
    ]


def test_an_image_that_was_pulled_may_be_scanned_for_longer(folder: Path, run: Run) -> None:
    described(folder, image("a") | {"lastRecordedPullTime": "2026-01-30T00:00:00Z"}, **ALWAYS)
    words = ("--enhanced-since", "2025-01-01T00:00:00Z", "--scan-duration", "DAYS_14")
    assert lines_of(run, *words) == [
        "  sha256:aaaaaaaaaaaa: ?, SCAN_ELIGIBILITY_EXPIRED or ACTIVE",
        "  whether Amazon Inspector counts from the last use of an image is not known",
    ]


def test_basic_scans_are_told_by_the_listing(folder: Path, run: Run) -> None:
    def at(time: str) -> dict[str, Any]:
        return {"imageScanFindingsSummary": {"imageScanCompletedAt": time}}

    described(
        folder,
        image("a") | at("2026-01-30T00:00:00Z"),
        image("b") | at("2026-01-30T00:00:01Z"),
        image("c"),
        image("d") | {"imageStatus": "ARCHIVED"},
        scanningConfiguration=scanned("BASIC", SCAN_ON_PUSH=["quay"]),
    )
    assert lines_of(run) == [
        "  sha256:aaaaaaaaaaaa: COMPLETE: the last scan was 24 h ago or more; one may be started "
        "by hand",
        "  sha256:bbbbbbbbbbbb: COMPLETE: an image is scanned once in 24 h; the next may start at "
        "2026-01-31T00:00:01Z",
        "  sha256:cccccccccccc: ?, no scan status or COMPLETE: when it was last scanned is not "
        "told",
        "  sha256:dddddddddddd: IMAGE_ARCHIVED: archived images are not scanned",
    ]


def test_a_cached_copy_is_due_24_hours_after_the_last_look(folder: Path, run: Run) -> None:
    def pulled(digit: str, time: str) -> dict[str, Any]:
        return image(digit, digit) | {"lastRecordedPullTime": time}

    described(
        folder,
        image("a", "a") | {"imagePushedAt": "2026-01-30T00:00:01Z"},
        pulled("b", "2026-01-30T00:00:00Z"),
        pulled("c", "2026-01-29T00:00:00Z"),
        image("d", "d"),
        **QUAY,
    )
    assert [line for line in lines_of(run) if line.startswith("    ")] == [
        "    upstream: a pull does not look there: the image was imported less than 24 h ago",
        "    upstream: ?, a pull is recorded at 2026-01-30T00:00:00Z, but when one last looked is "
        "not",
        "    upstream: a pull looks there for a newer image: the last look was 24 h ago or more",
        "    upstream: ?, no pull is recorded",
    ]
    answer = run(*CHECK, *NOW, "--format", "json").json
    assert [each["looksUpstream"] for each in answer["imageStates"]] == [False, None, True, None]
    described(folder, image("a"), pullThroughCacheRules=...)
    assert "    upstream: ?" in lines_of(run)
    assert run(*CHECK, *NOW, "--format", "json").json["imageStates"][0]["looksUpstream"] is None
    described(folder, image("a"))
    assert not any("upstream" in line for line in lines_of(run))
    assert run(*CHECK, *NOW, "--format", "json").json["imageStates"][0]["looksUpstream"] is False


def test_what_cannot_move_is_not_said_to_look_upstream(folder: Path, run: Run) -> None:
    old = {"lastRecordedPullTime": "2026-01-20T00:00:00Z"}
    images = [
        image("a", "v1") | old,
        image("b") | old,
        image("c", "v2") | old | {"imageStatus": "ARCHIVED"},
        image("d", "v3", "latest") | old,
    ]

    def upstream(**members: Any) -> list[str]:
        told = {**repository("quay/web", imageDetails=images), **members}
        told = {name: value for name, value in told.items() if value is not ...}
        (folder / "a.json").write_text(registry(told, **QUAY))
        start = "    upstream: "
        return [line.removeprefix(start) for line in lines_of(run) if line.startswith(start)]

    fixed = "a pull does not look there: a digest names one image for ever"
    immutable = "a pull does not look there: the tags are immutable"
    archived = "the image is archived: a pull does not get it"
    looks = "a pull looks there for a newer image: the last look was 24 h ago or more"
    assert upstream() == [looks, fixed, archived, looks]
    assert upstream(imageTagMutability="IMMUTABLE") == [immutable, fixed, archived, immutable]
    excluding = {
        "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
        "imageTagMutabilityExclusionFilters": [{"filter": "latest", "filterType": "WILDCARD"}],
    }
    assert upstream(**excluding) == [immutable, fixed, archived, f"by `latest`: {looks}"]
    unknown = "?, the tag mutability is not told"
    assert upstream(imageTagMutability=...) == [unknown, fixed, archived, unknown]


def test_json(folder: Path, run: Run) -> None:
    described(folder, image("a", "v1"), **ALWAYS)
    answer = run(*CHECK, *NOW, "--format", "json").json
    assert answer["now"] == "2026-01-31T00:00:00+00:00"
    [found] = answer["imageStates"]
    assert (found["imageDigest"], found["imageTags"]) == ("sha256:" + "a" * 64, ["v1"])
    assert found["scan"] is None
    assert [each["status"] for each in found["scanMayBe"]] == [
        "ACTIVE",
        "SCAN_ELIGIBILITY_EXPIRED",
    ]
    told = ("--scan-duration", "DAYS_60", "--enhanced-since", "2025-01-01T00:00:00Z")
    [found] = run(*CHECK, *NOW, *told, "--format", "json").json["imageStates"]
    assert (found["scan"], found["scanMayBe"]) == (
        {
            "status": "ACTIVE",
            "reason": "scanned continuously",
            "mayScan": False,
            "nextScanAt": None,
            "eligibleUntil": "2026-03-02T00:00:00+00:00",
            "serviceText": None,
        },
        [],
    )


def test_how_it_is_scanned_may_not_be_known(folder: Path, run: Run) -> None:
    described(folder, image("a"), scanningConfiguration=...)
    assert lines_of(run)[0] == "  sha256:aaaaaaaaaaaa: ?"
    answer = run(*CHECK, *NOW, "--format", "json").json
    [found] = answer["imageStates"]
    assert (found["scan"], found["scanMayBe"]) == (None, [])
    assert "scanning" in answer["notKnown"]


def test_a_long_list_is_cut(folder: Path, run: Run) -> None:
    images = [image("a") | {"imageDigest": f"sha256:{number:064x}"} for number in range(502)]
    described(folder, *images)
    assert lines_of(run)[500] == "  and 2 images more: `--all` shows them"
    assert len(lines_of(run, "--all")) == 502


def test_now_is_when_the_snapshot_was_taken(run: Run) -> None:
    words = ("registry", "check", WAREHOUSE, "--repository", "prod/stock")
    assert "images and their scans, at 2026-01-31T00:00:00Z:" in run(*words).lines
    later = run(*words, "--now", "2027-01-31T00:00:00Z").lines
    assert "images and their scans, at 2027-01-31T00:00:00Z:" in later


def test_what_is_asked_of_images_needs_a_repository(folder: Path, run: Run) -> None:
    described(folder)
    since = ("--enhanced-since", "2025-01-01T00:00:00Z")
    for words in (NOW, since, ("--scan-duration", "DAYS_30")):
        assert refused(run("registry", "check", "a.json", *words)) == [
            f"ecrpolicy: `{words[0]}` is about images: name a repository with `--repository`"
        ]
    assert refused(run(*CHECK, "--now", "2024-01-01T00:00:00Z", *since)) == [
        "ecrpolicy: enhanced scanning is turned on after `--now`: give an earlier time"
    ]
