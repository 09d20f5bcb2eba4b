"""`--in-use` and `--fail-on`, of every command that has them."""

import json
from pathlib import Path

import pytest

from tests.cli.documents import NOW, digest, image, listing, policy, rule
from tests.cli.running import Ended, Run

HOST = "111122223333.dkr.ecr.eu-central-1.amazonaws.com"
IMAGES = (
    image("a", "v1", imagePushedAt="2026-01-01T00:00:00+00:00"),
    image("b", "v2", imagePushedAt="2026-01-22T00:00:00+00:00"),
    image("c", "v3", imagePushedAt="2026-01-31T00:00:00+00:00"),
)
FILES = ("--images", "images.json", "--now", NOW)
PREVIEW = ("preview", "policy.json", *FILES)
FORECAST = ("forecast", "policy.json", *FILES, "--days", "10")
COMPARE = ("compare", "policy.json", "new.json", *FILES)


def after(days: int) -> str:
    """A policy that keeps images for some days."""
    return policy(rule(countType="sinceImagePushed", countUnit="days", countNumber=days))


@pytest.fixture
def files(folder: Path) -> Path:
    """A folder in which v1 goes today, v2 on day 6, or today after a week; all three are run."""
    (folder / "policy.json").write_text(after(14))
    (folder / "new.json").write_text(after(7))
    (folder / "images.json").write_text(listing(*IMAGES))
    for number in (1, 2, 3):
        pod = {
            "kind": "Pod",
            "metadata": {"namespace": "shop", "name": f"web-{number}"},
            "spec": {"containers": [{"image": f"{HOST}/team/app:v{number}"}]},
        }
        (folder / f"v{number}.json").write_text(json.dumps({"items": [pod]}))
    return folder


def unmet(ended: Ended) -> list[str]:
    """The lines from the first complaint on."""
    lines = ended.lines
    starts = [at for at, line in enumerate(lines) if line.startswith("not as expected")]
    return lines[starts[0] :] if starts else []


def test_an_image_in_use_that_goes_is_named(files: Path, run: Run) -> None:
    ended = run(*PREVIEW, "--in-use", "v1.json")
    assert (ended.code, ended.err) == (1, "")
    assert "in use: 1 image here, by 1 reference" in ended.lines
    assert unmet(ended) == [
        "not as expected: 1 image goes although in use",
        "  v1, sha256:aaaaaaaaaaaa, expires under rule 1; in use by `pod shop/web-1`",
    ]


def test_an_image_in_use_that_stays_is_fine(files: Path, run: Run) -> None:
    ended = run(*PREVIEW, "--in-use", "v2.json", "--in-use", "v3.json")
    assert ended.code == 0
    assert unmet(ended) == []
    assert ended.lines[-1] == "in use: 2 images here, by 2 references"


def test_a_forecast_names_the_day(files: Path, run: Run) -> None:
    ended = run(*FORECAST, "--in-use", "v2.json", "--in-use", "v3.json")
    assert ended.code == 1
    assert unmet(ended) == [
        "not as expected: 1 image goes although in use",
        "  v2, sha256:bbbbbbbbbbbb, expires under rule 1 on day 6, 2026-02-06; in use by",
        "`pod shop/web-2`",
    ]


def test_a_comparison_looks_at_the_new_policy(files: Path, run: Run) -> None:
    """v1 goes under both policies, v2 under the new one alone."""
    ended = run(*COMPARE, "--in-use", "v1.json", "--in-use", "v2.json")
    assert ended.code == 1
    assert unmet(ended)[0] == "not as expected: 2 images go although in use"
    ended = run(*COMPARE, "--fail-on", "count=1")
    assert ended.code == 0
    ended = run(*COMPARE, "--fail-on", "count=0,tag=v1,tag=v2")
    assert [line for line in unmet(ended) if line.startswith("not")] == [
        "not as expected: 1 image goes, more than 0",
        "not as expected: 1 image goes with a tag that meets `v2`",
    ]


def test_what_expires_instead_of_being_archived_goes(files: Path, run: Run) -> None:
    """v1 and v2 are archived under the one policy, and expire under the other."""
    judged = rule(countType="sinceImagePushed", countUnit="days", countNumber=7)
    archive = {"type": "transition", "targetStorageClass": "archive"}
    (files / "archive.json").write_text(policy({**judged, "action": archive}))
    (files / "expire.json").write_text(policy(judged))
    rest = ("--images", "images.json", "--now", NOW, "--fail-on", "count=0,bytes=0,tag=v*")
    ended = run("compare", "archive.json", "expire.json", *rest)
    assert ended.code == 1
    assert unmet(ended) == [
        "not as expected: 2 images go, more than 0",
        "not as expected: 2,000 bytes (2.0 kB) go, more than 0",
        "not as expected: 2 images go with a tag that meets `v*`",
        "  v1, sha256:aaaaaaaaaaaa, expires under rule 1 under the new policy",
        "  v2, sha256:bbbbbbbbbbbb, expires under rule 1 under the new policy",
    ]
    assert run("compare", "expire.json", "archive.json", *rest).code == 0


def test_other_expectations(files: Path, run: Run) -> None:
    assert run(*PREVIEW, "--fail-on", "count=1,bytes=1000").code == 0
    ended = run(*PREVIEW, "--fail-on", "count=0,bytes=999", "--fail-on", "tag=v*")
    assert ended.code == 1
    assert unmet(ended) == [
        "not as expected: 1 image goes, more than 0",
        "not as expected: 1,000 bytes (1.0 kB) go, more than 999",
        "not as expected: 1 image goes with a tag that meets `v*`",
        "  v1, sha256:aaaaaaaaaaaa, expires under rule 1",
    ]


@pytest.mark.parametrize("others", ["count=9", "count=9,in-use", "in-use"])
def test_other_expectations_come_to_that_of_in_use(files: Path, run: Run, others: str) -> None:
    ended = run(*PREVIEW, "--in-use", "v1.json", "--fail-on", others)
    assert ended.code == 1
    assert unmet(ended)[0] == "not as expected: 1 image goes although in use"


def test_a_forecast_does_not_count_what_is_pushed_meanwhile(files: Path, run: Run) -> None:
    words = (*FORECAST, "--days", "60", "--pushes-per-day", "3", "--fail-on")
    assert run(*words, "count=3").code == 0
    assert run(*words, "count=2").code == 1


def test_json_has_it_and_so_has_standard_error(files: Path, run: Run) -> None:
    for words, member in ((PREVIEW, "ecrpolicy"), (FORECAST, None), (COMPARE, None)):
        ended = run(*words, "--in-use", "v1.json", "--format", "json")
        answer = ended.json[member] if member else ended.json
        assert ended.code == 1
        assert ended.err == "ecrpolicy: not as expected: 1 image goes although in use\n"
        assert answer["unmet"] == [
            {
                "expectation": "in-use",
                "message": "1 image goes although in use",
                "images": [digest("a")],
            }
        ]
        assert answer["inUse"]["references"] == 1
        (used,) = answer["inUse"]["images"]
        assert used["uses"] == [
            {
                "reference": f"{HOST}/team/app:v1",
                "user": "pod shop/web-1",
                "through": "ITSELF",
            }
        ]


def test_without_the_options_json_has_none_of_it(files: Path, run: Run) -> None:
    assert "inUse" not in run(*FORECAST, "--format", "json").json


@pytest.mark.parametrize("words", [PREVIEW, FORECAST, COMPARE])
def test_csv_leaves_it_to_standard_error(files: Path, run: Run, words: tuple[str, ...]) -> None:
    ended = run(*words, "--in-use", "v1.json", "--format", "csv")
    assert ended.code == 1
    assert ended.out == run(*words, "--format", "csv").out
    assert ended.err == "ecrpolicy: not as expected: 1 image goes although in use\n"


@pytest.mark.parametrize("words", [PREVIEW, FORECAST, COMPARE])
def test_markdown_has_it_first(files: Path, run: Run, words: tuple[str, ...]) -> None:
    ended = run(*words, "--in-use", "v1.json", "--format", "markdown")
    assert ended.code == 1
    assert ended.lines[1:6] == [
        "",
        "- in use: 1 image here, by 1 reference",
        "",
        "- not as expected: 1 image goes although in use",
        ended.lines[5],
    ]
    assert ended.lines[5].startswith("  - v1, sha256:aaaaaaaaaaaa, expires under rule 1")


def test_references_that_are_to_other_images(files: Path, run: Run) -> None:
    (files / "list.txt").write_text(
        f"ghcr.io/a/b:v1\nghcr.io/a/c:v1\nquay.io/a/b\n{HOST}/other/app:v1\n{HOST}/team/app:v9\n"
    )
    ended = run(*PREVIEW, "--in-use", "list.txt")
    assert ended.code == 0
    assert ended.lines[-5:] == [
        "in use: 0 images here, by 5 references",
        "  3 references are to other registries: `ghcr.io`, `quay.io`",
        "  1 reference is to other repositories",
        "  1 reference is to images that are not listed here:",
        f"`{HOST}/team/app:v9`",
    ]


def test_other_peoples_text_does_not_steer_a_terminal(files: Path, run: Run) -> None:
    pod = json.loads((files / "v1.json").read_text())
    pod["items"][0]["metadata"]["name"] = "\x1b[2J<b>|"
    (files / "v1.json").write_text(json.dumps(pod))
    text = " ".join(run(*PREVIEW, "--in-use", "v1.json").lines)
    assert r"`pod shop/\x1b[2J<b>|`" in text
    marked = run(*PREVIEW, "--in-use", "v1.json", "--format", "markdown").out
    assert r"\`pod shop/\\x1b\[2J&lt;b&gt;\|\`" in marked


# Bad input


@pytest.mark.parametrize("what", ["", "everything", "count", "tag=", "in-use,,count=1"])
def test_expectations_that_are_none(files: Path, run: Run, what: str) -> None:
    ended = run(*PREVIEW, f"--fail-on={what}")
    assert (ended.code, ended.out) == (2, "")
    assert "is no expectation; write `in-use`, `tag=PATTERN`, `count=N` or" in ended.err


def test_in_use_is_expected_of_nothing(files: Path, run: Run) -> None:
    ended = run(*PREVIEW, "--fail-on", "in-use")
    assert (ended.code, ended.out) == (2, "")
    assert "`--fail-on in-use` needs to know what is: name files with `--in-use`" in ended.err


def test_files_that_name_no_images(files: Path, run: Run) -> None:
    (files / "tasks.json").write_text('{"taskArns": ["x"]}')
    ended = run(*PREVIEW, "--in-use", "tasks.json")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "ecrpolicy: tasks.json: this is the output of `aws ecs list-tasks`, which names no "
        "images; give `aws ecs describe-tasks` output for these tasks\n"
    )


def test_two_previews_are_compared_without_expectations(files: Path, run: Run) -> None:
    ended = run(*PREVIEW, "--against", "x.json", "--in-use", "v1.json")
    assert (ended.code, ended.out) == (2, "")
    assert "leave out `--in-use` and `--fail-on`" in ended.err


def test_what_shall_not_go_is_looked_for_in_a_repository(files: Path, run: Run) -> None:
    ended = run("compare", "policy.json", "new.json", "--any-repository", "--in-use", "v1.json")
    assert (ended.code, ended.out) == (2, "")
    assert "what shall not go is looked for in a repository" in ended.err


def test_a_repository_without_a_name_cannot_be_referred_to(files: Path, run: Run) -> None:
    bare = [{**each, "repositoryName": None} for each in IMAGES]
    (files / "images.json").write_text(json.dumps(bare))
    ended = run(*PREVIEW, "--in-use", "v1.json")
    assert (ended.code, ended.out) == (2, "")
    assert "the listing has no repository's name: give it with `--repository`" in ended.err
    assert run(*PREVIEW, "--in-use", "v1.json", "--repository", "team/app").code == 1


def test_standard_input_is_read_once(files: Path, run: Run) -> None:
    ended = run("preview", "-", *FILES, "--in-use", "-")
    assert (ended.code, ended.out) == (2, "")
    assert "standard input can be read once" in ended.err
