"""`ecrpolicy preview --against`: held against the service's own preview."""

import json
from pathlib import Path

import pytest

from tests.cli.documents import (
    NOW,
    STOREFRONT,
    digest,
    image,
    listing,
    policy,
    rule,
    service_preview,
)
from tests.cli.running import Run

WORDS = ("preview", "policy.json", "--images", "images.json", "--now", NOW)
AGAINST = (*WORDS, "--against", "theirs.json")


@pytest.fixture
def files(folder: Path) -> Path:
    """A policy that keeps the newest of three images, so that `a` and `b` go under rule 1."""
    (folder / "policy.json").write_text(policy())
    images = [
        image(digit, f"v{day}", imagePushedAt=f"2026-01-0{day}T00:00:00Z")
        for day, digit in enumerate("abc", start=1)
    ]
    (folder / "images.json").write_text(listing(*images))
    return folder


@pytest.mark.parametrize(
    "theirs",
    [
        service_preview(("a", 1), ("b", 1)),
        service_preview(("b", 1), ("a", 1)),
        service_preview(("a", 1), ("b", 1), lifecyclePolicyText=policy()),
        service_preview(("a", 1), ("b", 1), lifecyclePolicyText=json.dumps(json.loads(policy()))),
        service_preview(("a", 1), nextToken="x") + service_preview(("b", 1)),
        service_preview(("a", 1), nextToken="x") + "\n" + service_preview(("b", 1)),
    ],
    ids=["same", "other order", "same policy", "policy laid out otherwise", "pages", "lines"],
)
def test_the_same_previews_do_not_differ(files: Path, run: Run, theirs: str) -> None:
    (files / "theirs.json").write_text(theirs)
    ended = run(*AGAINST)
    assert ended == (0, "the service's preview says the same of every image\n", "")
    assert run(*AGAINST, "--format", "json").json == {"differences": []}


def test_our_own_preview_read_back_does_not_differ(folder: Path, run: Run) -> None:
    (folder / "ours.json").write_text(run("preview", *STOREFRONT, "--format", "json").out)
    ended = run("preview", *STOREFRONT, "--against", "ours.json", "--format", "json")
    assert ended.code == 0
    assert ended.json == {"differences": []}


def test_an_image_that_the_service_keeps(files: Path, run: Run) -> None:
    (files / "theirs.json").write_text(service_preview(("a", 1)))
    ended = run(*AGAINST)
    assert ended.code == 1
    assert ended.err == ""
    assert ended.lines == [
        "the service's preview differs on 1 image",
        digest("b"),
        "  here: expires under rule 1; the service: stays",
        "  goes: rule 1 expires it",
        "    rule 1 owns it: the first that identifies it",
        "      rank 2 of 3, youngest first; limit 1: past the limit",
    ]


def test_every_kind_of_difference_as_json(files: Path, run: Run) -> None:
    (files / "theirs.json").write_text(service_preview(("b", 2), ("c", 1), ("9", 1)))
    ended = run(*AGAINST, "--format", "json")
    one, two = ({"action": "EXPIRE", "appliedRulePriority": priority} for priority in (1, 2))
    assert ended.code == 1
    assert ended.json["differences"] == [
        {"imageDigest": digest("a"), "ours": one, "theirs": None, "inSnapshot": True},
        {"imageDigest": digest("b"), "ours": one, "theirs": two, "inSnapshot": True},
        {"imageDigest": digest("c"), "ours": None, "theirs": one, "inSnapshot": True},
        {"imageDigest": digest("9"), "ours": None, "theirs": one, "inSnapshot": False},
    ]


def test_every_kind_of_difference_as_text(files: Path, run: Run) -> None:
    (files / "theirs.json").write_text(service_preview(("b", 2), ("c", 1), ("9", 1)))
    ended = run(*AGAINST)
    assert ended.code == 1
    assert ended.lines[0] == "the service's preview differs on 4 images"
    assert [line for line in ended.lines if line.startswith("  here")] == [
        "  here: expires under rule 1; the service: stays",
        "  here: expires under rule 1; the service: expires under rule 2",
        "  here: stays; the service: expires under rule 1",
        "  here: not in the snapshot; the service: expires under rule 1",
    ]


def test_a_file_of_theirs_may_come_from_standard_input(files: Path, run: Run) -> None:
    ended = run(*WORDS, "--against", "-", stdin=service_preview(("a", 1), ("b", 1)))
    assert ended.code == 0


@pytest.mark.parametrize(
    ("theirs", "said"),
    [
        (
            service_preview(repositoryName="team/other"),
            "`theirs.json` is a preview of `team/other`, not of `team/app`",
        ),
        (
            service_preview(lifecyclePolicyText=policy(rule(countNumber=2))),
            "`theirs.json` is a preview of another policy: preview that one",
        ),
        (
            service_preview(status="IN_PROGRESS"),
            "theirs.json: the preview has the status `IN_PROGRESS`; wait until it is `COMPLETE`",
        ),
        (
            service_preview(("a", 1), nextToken="x"),
            "theirs.json: the preview stops at a `nextToken`: there are more results; get all of "
            "it, without `--max-items`",
        ),
        (
            service_preview(("a", 1), NextToken="x"),
            "theirs.json: the preview stops at a `nextToken`: there are more results; get all of "
            "it, without `--max-items`",
        ),
        (
            listing(image("a")),
            "theirs.json: no lifecycle policy preview: the member `previewResults` is missing at "
            "`/`; give the output of `aws ecr get-lifecycle-policy-preview`",
        ),
    ],
    ids=["repository", "policy", "unfinished", "page", "page of the CLI", "listing"],
)
def test_what_cannot_be_compared_is_refused(files: Path, run: Run, theirs: str, said: str) -> None:
    (files / "theirs.json").write_text(theirs)
    assert run(*AGAINST) == (2, "", f"ecrpolicy: {said}\n")


@pytest.mark.parametrize(
    "theirs", ["", "{", "null", "[]", "5", '{"previewResults": [5]}', policy()]
)
def test_what_is_no_preview_is_refused(files: Path, run: Run, theirs: str) -> None:
    (files / "theirs.json").write_text(theirs)
    ended = run(*AGAINST)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("ecrpolicy: theirs.json:")
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize("form", ["csv", "markdown"])
def test_differences_have_two_formats(files: Path, run: Run, form: str) -> None:
    (files / "theirs.json").write_text(service_preview())
    ended = run(*AGAINST, "--format", form)
    assert ended == (
        2,
        "",
        "ecrpolicy: `--against` is written as text or json: choose one with `--format`\n",
    )
