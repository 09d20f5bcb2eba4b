"""`ecrpolicy preview`: its inputs, and what it writes."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import botocore.session
import pytest
from botocore.model import ListShape, Shape, StructureShape

from tests.cli.documents import (
    INDEX,
    NOW,
    POLICY,
    STOREFRONT,
    digest,
    image,
    listing,
    manifests,
    policy,
    policy_answer,
    rule,
)
from tests.cli.running import Ended, Run

THREE = (
    image("a", "v1", imagePushedAt="2026-01-01T00:00:00+00:00"),
    image("b", "v2", imagePushedAt="2026-01-02T00:00:00+00:00"),
    image("c", "v3", imagePushedAt="2026-01-03T00:00:00+00:00"),
)


def gone(ended: Ended) -> list[str]:
    """The digits of what goes, from a preview written as JSON."""
    assert ended.code == 0, ended.err
    return [result["imageDigest"][-1] for result in ended.json["previewResults"]]


@pytest.fixture
def files(folder: Path) -> Path:
    """A folder with a policy that keeps the newest image, and three images."""
    (folder / "policy.json").write_text(policy())
    (folder / "images.json").write_text(listing(*THREE))
    return folder


# What is written


def test_text_has_a_table_for_each_rule_then_the_totals(run: Run) -> None:
    ended = run("preview", *STOREFRONT)
    assert ended.code == 0
    assert ended.err == ""
    assert "rule 20 expires 6 images, 708.5 MB: pull requests: two weeks" in ended.lines
    assert "  images with a tag that meets `pr-*`, pushed over 14 d ago" in ended.lines
    assert "pr-1215   sha256:f94acefc4307    14 d 3 h   131.5 MB" in ended.lines
    assert "20 images expire, 1.9 GB freed" in ended.lines
    assert "56 images stay, 4.9 GB" in ended.lines
    assert "       28  rule 40: an index refers to it" in ended.lines
    assert all(len(line) <= 80 for line in ended.lines)


def test_text_is_grouped_by_rule_in_the_order_of_priority(run: Run) -> None:
    ended = run("preview", *STOREFRONT)
    headings = [line.split(" expires")[0] for line in ended.lines if line.startswith("rule ")]
    assert headings == ["rule 10", "rule 20", "rule 30", "rule 40", "rule 90"]


def test_text_warns_where_a_decision_changes_the_outcome(run: Run) -> None:
    text = run("preview", *STOREFRONT).out
    assert "warning: decision 2: the children of an index that goes wait" in text


def test_one_image_that_goes(files: Path, run: Run) -> None:
    (files / "images.json").write_text(listing(*THREE[:2]))
    ended = run("preview", "policy.json", "--images", "images.json", "--now", NOW)
    assert ended.lines == [
        "team/app in registry 111122223333: 2 images, 2.0 kB, at 2026-01-31T00:00:00Z",
        "",
        "rule 1 expires 1 image, 1.0 kB",
        "  all images, beyond the newest 1",
        "tags   digest                 age     size",
        "──────────────────────────────────────────",
        "v1     sha256:aaaaaaaaaaaa   30 d   1.0 kB",
        "",
        "1 image expires, 1.0 kB freed",
        "1 image stays, 1.0 kB",
        "        1  rule 1: among the newest that its rule keeps",
    ]


def test_csv_has_a_row_for_every_image_older_first(files: Path, run: Run) -> None:
    words = ("preview", "policy.json", "--images", "images.json", "--now", NOW)
    ended = run(*words, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ended.out)))
    assert [row["imageDigest"] for row in rows] == [digest("a"), digest("b"), digest("c")]
    assert rows[0] == {
        "imageDigest": digest("a"),
        "imageTags": "v1",
        "imagePushedAt": "2026-01-01T00:00:00+00:00",
        "imageSizeInBytes": "1000",
        "action": "EXPIRE",
        "appliedRulePriority": "1",
        "reason": "MARKED",
        "cascade": "false",
        "cannotTell": "false",
    }
    assert rows[2]["action"] == ""
    assert rows[2]["reason"] == "WITHIN_COUNT"


def test_markdown_has_a_table_for_each_rule(files: Path, run: Run) -> None:
    words = ("preview", "policy.json", "--images", "images.json", "--now", NOW)
    ended = run(*words, "--format", "markdown", "--explain", "v3")
    assert ended.lines[0].startswith("**team/app in registry 111122223333: 3 images")
    assert "### rule 1 expires 2 images, 2.0 kB" in ended.lines
    assert "| tags | digest | age | size |" in ended.lines
    assert "| v1 | `sha256:aaaaaaaaaaaa` | 30 d | 1.0 kB |" in ended.lines
    assert "- 2 images expire, 2.0 kB freed" in ended.lines
    explanation = ended.out.split("```text\n")[1].split("```")[0]
    assert "stays: rule 1 owns it and lets it be\n" in explanation


def test_json_has_the_members_of_the_services_own_answer(run: Run) -> None:
    answer = run("preview", *STOREFRONT, "--format", "json").json
    ours = {"ecrpolicy"}
    assert set(answer) - ours == {
        "registryId",
        "repositoryName",
        "lifecyclePolicyText",
        "status",
        "previewResults",
        "summary",
    }
    assert answer["registryId"] == "111122223333"
    assert answer["repositoryName"] == "storefront/web"
    assert answer["lifecyclePolicyText"] == POLICY.read_text("utf-8")
    assert answer["status"] == "COMPLETE"
    assert answer["summary"]["expiringImageTotalCount"] == len(answer["previewResults"]) == 20
    assert answer["ecrpolicy"]["now"] == "2026-01-31T00:00:00+00:00"
    assert answer["ecrpolicy"]["summary"]["expiring"]["images"] == 20
    assert answer["ecrpolicy"]["summary"]["staying"]["images"] == 56


def test_json_counts_what_moves_to_the_archive_apart(files: Path, run: Run) -> None:
    archiving = rule() | {"action": {"type": "transition", "targetStorageClass": "archive"}}
    (files / "policy.json").write_text(policy(archiving))
    answer = run("preview", "policy.json", "--images", "images.json", "--format", "json").json
    assert answer["summary"] == {
        "expiringImageTotalCount": 0,
        "transitioningImageTotalCounts": [{"targetStorageClass": "ARCHIVE", "imageTotalCount": 2}],
    }
    assert [result["action"] for result in answer["previewResults"]] == [
        {"type": "TRANSITION", "targetStorageClass": "ARCHIVE"},
        {"type": "TRANSITION", "targetStorageClass": "ARCHIVE"},
    ]


# What stands in our answer beside the members of the service's shape, by the shape's name.
OURS = {
    "GetLifecyclePolicyPreviewResponse": {"ecrpolicy"},
    "LifecyclePolicyPreviewResult": {"imageSizeInBytes", "cascade", "cannotTell"},
}


def strangers(shape: Shape, value: object, place: str = "") -> list[str]:
    """Where a value does not have the shape that the service gives it."""
    if isinstance(shape, StructureShape):
        if not isinstance(value, dict):
            return [place]
        unknown = set(value) - set(shape.members) - OURS.get(shape.name, set())
        return [f"{place}/{name}" for name in sorted(unknown)] + [
            stranger
            for name, member in shape.members.items()
            if name in value
            for stranger in strangers(member, value[name], f"{place}/{name}")
        ]
    if isinstance(shape, ListShape):
        if not isinstance(value, list):
            return [place]
        return [
            stranger
            for index, each in enumerate(value)
            for stranger in strangers(shape.member, each, f"{place}/{index}")
        ]
    if shape.type_name == "timestamp":
        fits = isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    elif shape.type_name == "integer":
        fits = type(value) is int
    else:
        fits = isinstance(value, str) and value in (getattr(shape, "enum", None) or [value])
    return [] if fits else [place]


@pytest.mark.parametrize("verb", ["expire", "transition"])
def test_json_has_the_shape_that_the_services_model_gives(files: Path, run: Run, verb: str) -> None:
    target = {"targetStorageClass": "archive"} if verb == "transition" else {}
    (files / "policy.json").write_text(policy(rule() | {"action": {"type": verb, **target}}))
    answer = run("preview", "policy.json", "--images", "images.json", "--format", "json").json
    model = botocore.session.get_session().get_service_model("ecr")
    shape = model.shape_for("GetLifecyclePolicyPreviewResponse")
    assert strangers(shape, answer) == []
    assert len(answer["previewResults"]) == 2
    (result, _) = answer["previewResults"]
    whole = {"imageTags", "imageDigest", "imagePushedAt", "action", "appliedRulePriority"}
    assert whole | {"storageClass"} <= set(result)


def test_json_is_ascii_alone(files: Path, run: Run) -> None:
    (files / "policy.json").write_text(policy(rule(description="ä€")))
    ended = run("preview", "policy.json", "--images", "images.json", "--format", "json")
    assert ended.out.isascii()
    assert "ä€" in json.loads(ended.json["lifecyclePolicyText"])["rules"][0]["description"]


# Where the policy comes from


@pytest.mark.parametrize("wrap", [str, policy_answer])
def test_the_policy_is_a_file_or_the_answer_that_holds_it(
    files: Path, run: Run, wrap: Callable[[str], str]
) -> None:
    (files / "policy.json").write_text(wrap(policy()))
    ended = run("preview", "policy.json", "--images", "images.json", "--format", "json")
    assert gone(ended) == ["a", "b"]
    assert ended.json["lifecyclePolicyText"] == policy()


@pytest.mark.parametrize("wrap", [str, policy_answer])
def test_the_policy_is_read_from_standard_input(
    files: Path, run: Run, wrap: Callable[[str], str]
) -> None:
    words = ("preview", "-", "--images", "images.json", "--format", "json")
    assert gone(run(*words, stdin=wrap(policy()))) == ["a", "b"]


def test_the_policy_may_be_named_after_the_options(files: Path, run: Run) -> None:
    first = run("preview", "policy.json", "--images", "images.json", "--now", NOW)
    last = run("preview", "--images", "images.json", "--now", NOW, "policy.json")
    between = run("preview", "--images", "images.json", "policy.json", "--now", NOW)
    assert first == last == between
    assert first.code == 0


def test_standard_input_may_be_named_after_the_options(files: Path, run: Run) -> None:
    words = ("preview", "--images", "images.json", "--format", "json", "-")
    assert gone(run(*words, stdin=policy())) == ["a", "b"]


def test_the_policy_may_be_that_of_the_snapshot(files: Path, run: Run) -> None:
    (files / "images.json").write_text(listing(*THREE, lifecyclePolicyText=policy()))
    ended = run("preview", "--images", "images.json", "--format", "json")
    assert gone(ended) == ["a", "b"]
    assert ended.json["lifecyclePolicyText"] == policy()


def test_a_named_policy_goes_before_that_of_the_snapshot(files: Path, run: Run) -> None:
    (files / "images.json").write_text(listing(*THREE, lifecyclePolicyText=policy()))
    (files / "policy.json").write_text(policy(rule(countNumber=2)))
    assert gone(run("preview", "policy.json", "--images", "images.json", "--format", "json")) == [
        "a"
    ]


# Where the images come from


def test_images_are_read_from_standard_input(files: Path, run: Run) -> None:
    words = ("preview", "policy.json", "--images", "-", "--format", "json")
    assert gone(run(*words, stdin=listing(*THREE))) == ["a", "b"]


def test_images_are_read_from_several_files(files: Path, run: Run) -> None:
    for index, each in enumerate(THREE):
        (files / f"page-{index}.json").write_text(listing(each))
    pages = [word for index in range(3) for word in ("--images", f"page-{index}.json")]
    assert gone(run("preview", "policy.json", *pages, "--format", "json")) == ["a", "b"]


@pytest.mark.parametrize("between", ["\n", "", " \r\n\t"])
def test_images_are_read_from_several_documents_of_a_file(
    files: Path, run: Run, between: str
) -> None:
    whole = between.join(listing(each) for each in THREE)
    (files / "images.json").write_text(whole, newline="")
    words = ("preview", "policy.json", "--images", "images.json", "--format", "json")
    assert gone(run(*words)) == ["a", "b"]


def test_images_are_read_from_a_bare_list(files: Path, run: Run) -> None:
    (files / "images.json").write_text(json.dumps(THREE))
    words = ("preview", "policy.json", "--images", "images.json", "--format", "json")
    assert gone(run(*words)) == ["a", "b"]


@pytest.mark.parametrize(
    "time",
    [
        1767225600,
        1767225600.0,
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00+00:00",
        "2026-01-01T02:00:00+02:00",
        "2025-12-31T18:30:00-05:30",
        "2026-01-01T00:00:00.000000+00:00",
    ],
)
def test_times_are_epochs_or_of_any_offset(files: Path, run: Run, time: object) -> None:
    (files / "images.json").write_text(listing(image("a", imagePushedAt=time), THREE[1]))
    words = ("preview", "policy.json", "--images", "images.json", "--format", "json")
    (result,) = run(*words).json["previewResults"]
    pushed_at = datetime.fromisoformat(result["imagePushedAt"])
    assert pushed_at == datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("form", ["text", "json", "csv", "markdown"])
@pytest.mark.parametrize("time", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00"])
def test_times_at_the_ends_of_the_calendar_do_no_harm(
    files: Path, run: Run, time: str, form: str
) -> None:
    end = image("d", imagePushedAt=time, lastRecordedPullTime=time)
    (files / "images.json").write_text(listing(*THREE, end))
    explained = () if form == "csv" else ("--explain", "dddd")
    words = ("preview", "policy.json", "--images", "images.json", *explained)
    ended = run(*words, "--format", form)
    assert (ended.code, ended.err) == (0, "")


def test_manifests_tell_what_an_index_holds(files: Path, run: Run) -> None:
    index = image("d", "v4", imageManifestMediaType=INDEX, imagePushedAt="2026-01-04T00:00:00Z")
    child = image("0", imagePushedAt="2025-12-01T00:00:00Z")
    (files / "images.json").write_text(listing(*THREE, index, child))
    (files / "manifests.json").write_text(manifests(index_d=["0"]))
    words = ("preview", "policy.json", "--images", "images.json", "--format", "json")
    without = run(*words)
    assert gone(without) == ["0", "a", "b", "c"]
    assert without.json["previewResults"][0]["cannotTell"] is True
    assert gone(run(*words, "--manifests", "manifests.json")) == ["a", "b", "c"]


def test_an_explanation_has_no_place_in_csv(files: Path, run: Run) -> None:
    (files / "images.json").write_text(listing(*THREE))
    words = ("preview", "policy.json", "--images", "images.json", "--explain", "v1")
    assert run(*words, "--format", "csv") == (
        2,
        "",
        "ecrpolicy: `--explain` has no place in csv: choose another `--format`\n",
    )


def test_rules_for_archived_images_need_a_listing_of_those(files: Path, run: Run) -> None:
    (files / "images.json").write_text(listing(*THREE))
    archive = {
        "tagStatus": "any",
        "storageClass": "archive",
        "countType": "sinceImageTransitioned",
        "countUnit": "days",
        "countNumber": 90,
    }
    rules = [{"rulePriority": 1, "selection": archive, "action": {"type": "expire"}}]
    (files / "archive.json").write_text(json.dumps({"rules": rules}))
    ended = run("preview", "archive.json", "--images", "images.json", "--now", NOW)
    assert ended.code == 0
    assert ended.err == (
        "ecrpolicy: warning: the policy has rules for archived images and none is listed; if "
        "there are any, list them too, with `--filter imageStatus=ANY`\n"
    )


def test_an_empty_repository_has_nothing_to_preview(files: Path, run: Run) -> None:
    (files / "images.json").write_text(listing())
    ended = run("preview", "policy.json", "--images", "images.json", "--format", "json")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("ecrpolicy: `(unnamed)` has no image, so there is nothing to")


def test_the_name_is_that_of_the_images(files: Path, run: Run) -> None:
    words = ("preview", "policy.json", "--images", "images.json", "--repository", "team/app")
    assert run(*words).lines[0].startswith("team/app in registry 111122223333: 3 images")


# When the policy runs


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-01-11T00:00:00Z", []),
        ("2026-01-11T00:00:00.000001Z", ["a"]),
        ("2026-01-11T02:00:00.000001+02:00", ["a"]),
        ("1768089600", []),
        ("1768089600.5", ["a"]),
        ("1768176001", ["a", "b"]),
    ],
)
def test_now_is_given(files: Path, run: Run, now: str, expected: list[str]) -> None:
    old = rule(countType="sinceImagePushed", countUnit="days", countNumber=10)
    (files / "policy.json").write_text(policy(old))
    words = ("preview", "policy.json", "--images", "images.json", "--format", "json")
    assert gone(run(*words, "--now", now)) == expected


def test_now_is_when_the_snapshot_was_taken(files: Path, run: Run) -> None:
    taken = "2026-01-12T02:00:01+02:00"
    (files / "images.json").write_text(listing(*THREE, takenAt=taken))
    old = rule(countType="sinceImagePushed", countUnit="days", countNumber=10)
    (files / "policy.json").write_text(policy(old))
    words = ("preview", "policy.json", "--images", "images.json", "--format", "json")
    ended = run(*words)
    assert ended.json["ecrpolicy"]["now"] == "2026-01-12T00:00:01+00:00"
    assert gone(ended) == ["a", "b"]
    assert gone(run(*words, "--now", "2026-01-01T00:00:00Z")) == []


def test_now_is_now_where_nothing_else_tells(files: Path, run: Run) -> None:
    before = datetime.now(UTC)
    ended = run("preview", "policy.json", "--images", "images.json", "--format", "json")
    now = datetime.fromisoformat(ended.json["ecrpolicy"]["now"])
    assert before <= now <= datetime.now(UTC)


# Explanations beside the preview


@pytest.mark.parametrize("reference", ["v1", digest("a"), "sha256:aaaa", "aaaa", "a" * 64])
def test_an_image_is_explained_by_tag_or_digest(files: Path, run: Run, reference: str) -> None:
    words = ("preview", "policy.json", "--images", "images.json", "--now", NOW)
    ended = run(*words, "--explain", reference)
    assert ended.code == 0
    lines = ended.lines[-5:]
    assert lines == [
        digest("a"),
        "  v1; pushed 2026-01-01T00:00:00Z, 30 d ago; 1.0 kB",
        "goes: rule 1 expires it",
        "  rule 1 owns it: the first that identifies it",
        "    rank 3 of 3, youngest first; limit 1: past the limit",
    ]


def test_several_images_are_explained(files: Path, run: Run) -> None:
    words = ("preview", "policy.json", "--images", "images.json", "--format", "json")
    answer = run(*words, "--explain", "v3", "--explain", "v1").json
    explained = [each["imageTags"] for each in answer["ecrpolicy"]["explanations"]]
    assert explained == [["v3"], ["v1"]]


@pytest.mark.parametrize("reference", ["v9", digest("f"), "sha256:ffff", "aaa", "sha256:", ""])
def test_nothing_is_written_where_no_image_is_meant(files: Path, run: Run, reference: str) -> None:
    words = ("preview", "policy.json", "--images", "images.json", "--explain", reference)
    ended = run(*words)
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err == (
        f"ecrpolicy: no image is called `{reference}`: give a tag, a digest or its beginning\n"
    )
