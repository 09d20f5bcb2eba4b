"""`ecrpolicy explain`: one image, several, groups."""

import json
from pathlib import Path

import pytest

from tests.cli.documents import (
    IMAGES,
    NOW,
    STOREFRONT,
    digest,
    image,
    listing,
    manifests,
    policy,
    rule,
)
from tests.cli.running import Run

# What `v2.0.0` of the storefront is told: the tags, the time, the answer, every rule.
RELEASE = """\
sha256:a6cfb181000d82f7d79224c33038cdf6706e55f5eb77550591cb997d514b5fb2
  v2.0.0; pushed 2025-08-04T08:20:12.059000Z, 179 d 15 h ago; 1.6 kB
goes: rule 10 expires it
  rule 10 (releases: the last ten) owns it: the first that identifies it
    tag `v2.0.0` meets the pattern `v*`
    rank 14 of 14, youngest first; limit 10: past the limit
  rule 20 (pull requests: two weeks) does not identify it: no tag meets the pattern `pr-*`
  rule 30 (main: the last eight builds) does not identify it: no tag meets the pattern `main-*`
  rule 40 (untagged: a week) does not identify it: the image has tags
  rule 90 (archive: half a year) does not identify it: it looks at the storage class `archive`
"""


def explain(*references: str) -> tuple[str, ...]:
    policy_file, *options = STOREFRONT
    return ("explain", policy_file, *references, *options)


@pytest.mark.parametrize("reference", ["v2.0.0", "sha256:a6cfb181", "a6cfb181"])
def test_one_image_by_tag_or_digest(run: Run, reference: str) -> None:
    ended = run(*explain(reference))
    assert ended == (0, RELEASE, "")


def test_several_images_are_told_apart_by_an_empty_line(run: Run) -> None:
    alone = [run(*explain(tag)).out for tag in ("v2.0.0", "pr-1215", "main-0ade7c2c")]
    together = run(*explain("v2.0.0", "pr-1215", "main-0ade7c2c"))
    assert together.out == "\n".join(alone)


def test_the_beginning_of_several_digests_means_all_of_them(folder: Path, run: Run) -> None:
    (folder / "policy.json").write_text(policy())
    first, second = "sha256:" + "a" * 63 + "1", "sha256:" + "a" * 63 + "2"
    images = (image("a", imageDigest=first), image("a", imageDigest=second))
    (folder / "images.json").write_text(listing(*images))
    ended = run("explain", "policy.json", "aaaa", "--images", "images.json", "--format", "json")
    assert [each["imageDigest"] for each in ended.json["explanations"]] == [first, second]


def test_a_tag_goes_before_the_beginning_of_a_digest(folder: Path, run: Run) -> None:
    (folder / "policy.json").write_text(policy())
    (folder / "images.json").write_text(listing(image("a"), image("b", "aaaa")))
    ended = run("explain", "policy.json", "aaaa", "--images", "images.json", "--format", "json")
    assert [each["imageDigest"] for each in ended.json["explanations"]] == [digest("b")]


def test_a_pattern_is_answered_with_a_summary(run: Run) -> None:
    ended = run(*explain("pr-*"))
    assert ended.code == 0
    assert ended.lines == [
        "images with a tag that meets `pr-*`",
        "      6  go, rule 20: its rule marks it",
        "      3  stay, rule 20: not older than its rule's limit",
    ]


def test_patterns_stand_after_single_images(run: Run) -> None:
    ended = run(*explain("pr-*", "v2.0.0", "v2.1*"))
    headings = [line for line in ended.lines if line.startswith(("images", "sha256"))]
    assert headings == [
        "sha256:a6cfb181000d82f7d79224c33038cdf6706e55f5eb77550591cb997d514b5fb2",
        "images with a tag that meets `pr-*`",
        "images with a tag that meets `v2.1*`",
    ]


def test_json_has_explanations_and_groups(run: Run) -> None:
    answer = run(*explain("v2.0.0", "pr-*", "--format", "json")).json
    assert set(answer) == {"explanations", "groups"}
    (explanation,) = answer["explanations"]
    assert explanation["action"] == "EXPIRE"
    assert explanation["appliedRulePriority"] == 10
    assert explanation["now"] == "2026-01-31T00:00:00+00:00"
    assert [each["rulePriority"] for each in explanation["rules"]] == [10, 20, 30, 40, 90]
    assert explanation["rules"][0] == {
        "rulePriority": 10,
        "identifies": True,
        "owns": True,
        "wouldMark": True,
        "mismatch": None,
        "matches": [{"entry": "v*", "tag": "v2.0.0"}],
        "rank": 14,
        "identified": 14,
        "ageInSeconds": None,
        "countType": "imageCountMoreThan",
        "countNumber": 10,
    }
    (group,) = answer["groups"]
    assert group["tags"] == "pr-*"
    assert group["images"] == 9
    listed = json.loads(IMAGES.read_text("utf-8"))["imageDetails"]
    old = {f"pr-{number}" for number in (1180, 1187, 1194, 1201, 1208, 1215)}
    sizes = [each["imageSizeInBytes"] for each in listed if old & set(each.get("imageTags", ()))]
    assert group["expiring"] == {"images": 6, "bytes": sum(sizes)}
    assert group["staying"]["images"] == 3


def test_what_an_index_holds_is_explained(folder: Path, run: Run) -> None:
    (folder / "policy.json").write_text(policy(rule(tagStatus="untagged")))
    old = image("0", imagePushedAt="2025-12-01T00:00:00Z")
    (folder / "images.json").write_text(listing(image("d", "v1"), old, image("1")))
    (folder / "manifests.json").write_text(manifests(index_d=["0"]))
    words = ("--images", "images.json", "--manifests", "manifests.json", "--now", NOW)
    ended = run("explain", "policy.json", "0000", *words)
    assert ended.lines == [
        digest("0"),
        "  no tag; pushed 2025-12-01T00:00:00Z, 61 d ago; 1.0 kB",
        "stays: rule 1 expires it not, because an index refers to it",
        f"  index {digest('d')} refers to it: it stays while the index does",
        "  rule 1 owns it: the first that identifies it",
        "    rank 2 of 2, youngest first; limit 1: past the limit",
    ]


def test_a_referrer_is_explained_by_its_subject(folder: Path, run: Run) -> None:
    (folder / "policy.json").write_text(policy())
    subject = image("a", "v1", imagePushedAt="2025-12-01T00:00:00Z")
    signature = image("5", subjectManifestDigest=digest("a"))
    (folder / "images.json").write_text(listing(subject, signature, image("b", "v2")))
    words = ("--images", "images.json", "--now", NOW)
    ended = run("explain", "policy.json", "5555", *words)
    assert ended.lines[2:5] == [
        "goes: rule 1 expires it; it goes with its subject",
        f"  refers to {digest('a')}",
        f"  {digest('a')}",
    ]
    answer = run("explain", "policy.json", "5555", *words, "--format", "json").json
    (explanation,) = answer["explanations"]
    assert explanation["subjects"] == [digest("a")]
    assert explanation["root"]["imageDigest"] == digest("a")
    assert explanation["root"]["reason"] == "MARKED"


@pytest.mark.parametrize("reference", ["zz*", "*zz"])
def test_nothing_is_written_where_no_tag_meets_a_pattern(run: Run, reference: str) -> None:
    ended = run(*explain("v2.0.0", reference))
    assert ended == (2, "", f"ecrpolicy: no image has a tag that meets `{reference}`\n")


@pytest.mark.parametrize("reference", ["v9.9.9", "sha256:0000000"])
def test_nothing_is_written_where_no_image_is_meant(run: Run, reference: str) -> None:
    ended = run(*explain("v2.0.0", reference))
    assert ended == (
        2,
        "",
        f"ecrpolicy: no image is called `{reference}`: give a tag, a digest or its beginning\n",
    )


def test_an_image_must_be_named(run: Run) -> None:
    ended = run(*explain())
    assert ended.code == 2
    assert ended.out == ""
    assert "required: IMAGE" in ended.err
