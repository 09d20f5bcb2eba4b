"""`ecrpolicy compare`: its options, and what it writes."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.documents import (
    INDEX,
    NOW,
    digest,
    image,
    listing,
    manifests,
    policy,
    policy_answer,
    rule,
)
from tests.cli.running import Run

IMAGES = (
    image("a", "v1", imagePushedAt="2026-01-01T00:00:00+00:00"),
    image("b", "v2", imagePushedAt="2026-01-22T00:00:00+00:00"),
    image("c", imagePushedAt="2026-01-31T00:00:00+00:00"),
)
COMPARE = ("compare", "old.json", "new.json", "--images", "images.json", "--now", NOW)
ANYWHERE = ("compare", "old.json", "new.json", "--any-repository", "--now", NOW)


def after(days: int) -> str:
    """A policy that keeps images for some days."""
    return policy(rule(countType="sinceImagePushed", countUnit="days", countNumber=days))


@pytest.fixture
def files(folder: Path) -> Path:
    """A folder with a policy of two weeks, one of a week, and three images."""
    (folder / "old.json").write_text(after(14))
    (folder / "new.json").write_text(after(7))
    (folder / "images.json").write_text(listing(*IMAGES))
    return folder


def test_text(files: Path, run: Run) -> None:
    ended = run(*COMPARE)
    assert (ended.code, ended.err) == (0, "")
    assert ended.lines == [
        "team/app in registry 111122223333: 3 images, 3.0 kB, at 2026-01-31T00:00:00Z",
        "",
        "rule 1 changed: expire all images, pushed over 14 d ago → expire all images,",
        "pushed over 7 d ago",
        "",
        "1 image, 1.0 kB, stays under the old policy and goes under the new: rule 1 is",
        "changed",
        "tags   digest                old     new        size",
        "────────────────────────────────────────────────────",
        "v2     sha256:bbbbbbbbbbbb   stays   rule 1   1.0 kB",
        "",
        "under the old policy 1 image expires (1.0 kB), 2 images stay (2.0 kB)",
        "under the new policy 2 images expire (2.0 kB), 1 image stays (1.0 kB)",
    ]


def test_a_policy_and_itself(files: Path, run: Run) -> None:
    ended = run("compare", "old.json", "old.json", "--images", "images.json", "--now", NOW)
    assert ended.lines[2] == "no rule has changed"
    assert ended.lines[-1] == "every image fares the same under both"


def test_a_policy_is_found_in_the_answer_that_holds_it(files: Path, run: Run) -> None:
    (files / "old.json").write_text(policy_answer(after(14)))
    assert "v2     sha256:bbbbbbbbbbbb   stays   rule 1   1.0 kB" in run(*COMPARE).lines


def test_a_policy_from_standard_input(files: Path, run: Run) -> None:
    words = ("compare", "-", "new.json", "--images", "images.json", "--now", NOW)
    assert run(*words, stdin=after(14)) == run(*COMPARE)
    twice = run("compare", "-", "-", "--images", "images.json")
    assert (twice.code, twice.out) == (2, "")
    assert "standard input can be read once" in twice.err


def test_json(files: Path, run: Run) -> None:
    answer = run(*COMPARE, "--format", "json").json
    assert answer["oldLifecyclePolicyText"] == after(14)
    assert answer["newLifecyclePolicyText"] == after(7)
    assert answer["repositoryName"] == "team/app"
    assert answer["turned"] == [
        {
            "imageTags": ["v2"],
            "imageDigest": digest("b"),
            "imagePushedAt": "2026-01-22T00:00:00+00:00",
            "imageSizeInBytes": 1000,
            "turn": "GOES",
            "old": None,
            "new": {"action": "EXPIRE", "appliedRulePriority": 1},
            "causes": answer["changes"],
            "cannotTell": False,
        }
    ]
    assert answer["warnings"] == []
    assert [each["change"] for each in answer["changes"]] == ["CHANGED"]
    assert answer["turns"]["GOES"] == {"images": 1, "bytes": 1000}
    assert answer["old"]["expiring"] == {"images": 1, "bytes": 1000}
    assert answer["new"]["expiring"] == {"images": 2, "bytes": 2000}
    assert "anyRepository" not in answer


def test_csv_has_every_image(files: Path, run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run(*COMPARE, "--format", "csv").out)))
    assert [
        (
            row["imageTags"],
            row["turn"],
            row["oldAppliedRulePriority"],
            row["newAppliedRulePriority"],
        )
        for row in rows
    ] == [("v1", "", "1", "1"), ("v2", "GOES", "", "1"), ("", "", "", "")]
    assert rows[1]["causes"].startswith("rule 1 changed: ")


def test_markdown(files: Path, run: Run) -> None:
    lines = run(*COMPARE, "--format", "markdown").lines
    assert "| v2 | `sha256:bbbbbbbbbbbb` | stays | rule 1 | 1.0 kB |" in lines
    assert lines[2].startswith("- under the old policy 1 image expires")


def test_a_comparison_live_or_from_files_needs_a_repository(files: Path, run: Run) -> None:
    ended = run("compare", "old.json", "new.json")
    assert (ended.code, ended.out) == (2, "")
    assert "name the repository" in ended.err


def test_archived_images_that_are_not_listed_are_missed(files: Path, run: Run) -> None:
    (files / "new.json").write_text(
        policy(
            rule(
                countType="sinceImageTransitioned",
                countUnit="days",
                countNumber=90,
                storageClass="archive",
            )
        )
    )
    assert "the policy has rules for archived images and none is listed" in run(*COMPARE).err


# What is open to doubt


@pytest.fixture
def indexes(files: Path) -> Path:
    """An index that goes under the new policy alone, and its child, which has no tag."""
    (files / "new.json").write_text(
        policy(
            rule(
                tagStatus="untagged", countType="sinceImagePushed", countUnit="days", countNumber=1
            ),
            rule(2, countType="sinceImagePushed", countUnit="days", countNumber=7),
        )
    )
    (files / "images.json").write_text(
        listing(
            image(
                "e", "v1", imagePushedAt="2026-01-22T00:00:00+00:00", imageManifestMediaType=INDEX
            ),
            image("a", imagePushedAt="2026-01-22T00:00:00+00:00"),
        )
    )
    (files / "manifests.json").write_text(manifests(index_e=["a"]))
    return files


def test_what_an_index_may_hold_is_marked(indexes: Path, run: Run) -> None:
    lines = run(*COMPARE).lines
    marked = [line.split("  ")[0] for line in lines if "sha256:" in line]
    assert marked == ["(no tag) (may be held)", "v1"]
    assert "warning: under the new policy: cannot tell whether 1 image that would go are" in lines
    row = next(line for line in run(*COMPARE, "--format", "markdown").lines if "| (no tag)" in line)
    assert row.startswith("| (no tag) (may be held) | `sha256:aaaaaaaaaaaa` | stays | rule 1 |")
    answer = run(*COMPARE, "--format", "json").json
    assert [each["cannotTell"] for each in answer["turned"]] == [True, False]
    assert [(each["policy"], each["rule"]) for each in answer["warnings"]] == [
        ("new", "unknown-children")
    ]
    rows = csv.DictReader(io.StringIO(run(*COMPARE, "--format", "csv").out))
    assert [row["cannotTell"] for row in rows] == ["true", "false"]


def test_children_that_follow_their_index_are_warned_of(indexes: Path, run: Run) -> None:
    """The child stays in the run that takes the index, and goes in the next."""
    words = (*COMPARE, "--manifests", "manifests.json")
    text = " ".join(run(*words).lines)
    assert "1 image, 1.0 kB, stays under the old policy and goes under the new" in text
    assert "warning: under the new policy: decision 2: " in text
    assert (
        "> **warning** under the new policy: decision 2: "
        in run(*words, "--format", "markdown").out
    )


def test_a_warning_about_both_policies_is_none_about_the_difference(
    indexes: Path, run: Run
) -> None:
    answer = run("compare", "new.json", *COMPARE[2:], "--format", "json").json
    assert answer["warnings"] == []


# Any repository


def test_the_smallest_repository_that_shows_a_difference(files: Path, run: Run) -> None:
    ended = run(*ANYWHERE)
    assert (ended.code, ended.err) == (1, "")
    assert ended.lines == [
        "the two policies differ, for one in a repository of 1 image:",
        "  an image without a tag, pushed 7 d 1 h ago",
        "of these, an image without a tag, pushed 7 d 1 h ago",
        "  under the old policy stays: rule 1 owns it and lets it be",
        "  under the new policy goes: rule 1 expires it",
    ]


def test_images_that_are_alike_are_told_once(files: Path, run: Run) -> None:
    (files / "old.json").write_text(policy(rule(countNumber=3)))
    (files / "new.json").write_text(policy(rule(countNumber=9)))
    assert run(*ANYWHERE).lines[:3] == [
        "the two policies differ, for one in a repository of 4 images:",
        "  an image without a tag, pushed 1 h ago",
        "  3 times: an image without a tag, pushed just now",
    ]


def test_each_image_has_a_tag_of_its_own(files: Path, run: Run) -> None:
    for name, number in (("old.json", 5), ("new.json", 9)):
        kept = rule(tagStatus="tagged", tagPatternList=["v*"], countNumber=number)
        (files / name).write_text(policy(kept))
    assert run(*ANYWHERE).lines[:4] == [
        "the two policies differ, for one in a repository of 6 images:",
        "  an image with the tag `v`, pushed 1 h ago",
        "  5 images with a tag each, pushed just now: `v0`; `v1`; `v2`; and so on, to",
        "`v4`",
    ]


def test_a_tag_that_one_image_can_have_makes_no_difference(files: Path, run: Run) -> None:
    for name, number in (("old.json", 1), ("new.json", 5)):
        kept = rule(tagStatus="tagged", tagPatternList=["latest"], countNumber=number)
        (files / name).write_text(policy(kept))
    ended = run(*ANYWHERE)
    assert ended.code == 0
    assert ended.lines[0].startswith("the two policies never differ")


def test_that_there_is_none_is_told_with_what_was_looked_at(files: Path, run: Run) -> None:
    ended = run("compare", "old.json", "old.json", "--any-repository")
    assert ended.code == 0
    assert ended.lines == [
        "the two policies never differ in any repository of at most 100,000 images",
        "looked at: 1 kind of tags, made of the entries of the policies, all that these",
        "tell apart; counts and ages at the limits of the rules; a single run",
    ]


def test_the_repository_that_is_found_shows_it(files: Path, run: Run) -> None:
    answer = run(*ANYWHERE, "--format", "json").json["anyRepository"]
    (files / "found.json").write_text(json.dumps(answer["repository"]))
    ended = run("compare", "old.json", "new.json", "--images", "found.json", "--now", NOW)
    assert ended.lines[0].startswith("(unnamed): 1 image")
    assert "stays   rule 1" in ended.out


def test_both_answers_at_once(files: Path, run: Run) -> None:
    ended = run(*COMPARE, "--any-repository")
    assert ended.code == 1
    assert ended.lines[0].startswith("team/app in registry")
    assert ended.lines[-1] == "  under the new policy goes: rule 1 expires it"
    answer = run(*COMPARE, "--any-repository", "--format", "json").json
    assert (len(answer["turned"]), answer["anyRepository"]["differ"]) == (1, True)
    text = run(*COMPARE, "--any-repository", "--format", "markdown").lines
    assert text[-1] == "  - under the new policy goes: rule 1 expires it"


def test_any_repository_is_no_csv(files: Path, run: Run) -> None:
    ended = run(*ANYWHERE, "--format", "csv")
    assert (ended.code, ended.out) == (2, "")
    assert "`--any-repository` has no place in csv" in ended.err
