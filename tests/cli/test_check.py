"""`ecrpolicy check`."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders import any_image, count, document, patterns, pushed, rule, untagged
from tests.cli.running import Run

# Both patterns must be met: production goes after 14 days.
MISTAKEN = document(
    rule(patterns("prod-*", "release-*") | count(50), priority=1),
    rule(any_image() | pushed(14), priority=2),
)
MENDED = document(
    rule(patterns("prod-*") | pushed(90), priority=1), rule(any_image() | pushed(14), priority=2)
)
OUTSIDE = "outside:111122223333"


def granting(principal: Any, **elements: Any) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "ecr:BatchGetImage"}
    return {"Version": "2012-10-17", "Statement": [{**statement, **elements}]}


@pytest.fixture
def files(folder: Path) -> Path:
    for name, value in {
        "mistaken.json": MISTAKEN,
        "mended.json": MENDED,
        "everybody.json": granting("*"),
        "own.json": granting({"AWS": "111122223333"}),
    }.items():
        (folder / name).write_text(json.dumps(value), "utf-8")
    return folder


def test_what_is_broken_is_explained(files: Path, run: Run) -> None:
    ended = run("check", "mistaken.json", "--never-expires", "prod-*", "--younger-than", "30d")
    assert ended.code == 1
    assert ended.err == ""
    assert ended.lines[:2] == [
        "mistaken.json: broken: no image with a tag that meets `prod-*` is expired while",
        "  it is younger than 30 d",
    ]
    assert "    an image with the tag `prod-1`, pushed 14 d 1 h ago" in ended.lines
    assert "      rule 1 does not identify it: no tag meets the pattern `release-*`" in ended.lines
    assert ended.lines[-1] == "1 invariant: 1 broken"


def test_what_holds(files: Path, run: Run) -> None:
    ended = run("check", "mended.json", "--never-expires", "prod-*", "--younger-than", "4w")
    assert ended.code == 0
    assert ended.lines[0].startswith("mended.json: holds: no image with a tag that meets `prod-*`")
    assert ended.lines[2].startswith("  looked at: every repository of at most 100,000 images, ")
    assert ended.lines[-1] == "1 invariant: 1 holds"


def test_several_options_and_what_is_broken_last(files: Path, run: Run) -> None:
    ended = run(
        *("check", "mended.json", "--always-keeps", "prod-*", "--at-least", "3"),
        *("--eventually-expires", "@untagged", "--eventually-expires", "@any", "--within", "90d"),
        *("--never-archives", "@any"),
    )
    assert ended.code == 1
    firsts = [line for line in ended.lines if line.startswith("mended.json: ")]
    assert [line.split(": ")[1] for line in firsts] == ["holds", "holds", "holds", "broken"]
    assert ended.lines[-1] == "4 invariants: 3 hold, 1 broken"


def test_requests(files: Path, run: Run) -> None:
    ended = run("check", "everybody.json", "--never-allows", "ecr:*", "--principal", OUTSIDE)
    assert ended.code == 1
    assert "    principal: anonymous caller" in ended.lines
    assert "    action: `ecr:BatchGetImage`" in ended.lines
    assert run("check", "own.json", "--never-allows", "ecr:*", "--principal", OUTSIDE).code == 0


def test_requests_on_some_resources(files: Path, run: Run) -> None:
    elsewhere = "arn:aws:ecr:*:111122223333:repository/web"
    words = ("--never-allows", "ecr:*", "--principal", OUTSIDE, "--resource", elsewhere)
    ended = run("check", "everybody.json", *words)
    assert f"    resource: `{elsewhere.replace('*', 'us-east-1')}`" in ended.lines


def test_a_policy_beside_another(files: Path, run: Run) -> None:
    words = ("--kind", "repository", "--allows-at-most")
    assert run("check", "own.json", *words, "everybody.json").code == 0
    ended = run("check", "everybody.json", *words, "own.json")
    assert ended.code == 1
    assert "  under the old policies" in ended.lines


def test_standard_input_is_read_once_for_all(files: Path, run: Run) -> None:
    text = (files / "mended.json").read_text("utf-8")
    words = ("--never-expires", "prod-*", "--younger-than", "1d", "--never-archives", "@any")
    ended = run("check", "-", *words, stdin=text)
    assert (ended.code, ended.lines[-1]) == (0, "2 invariants: 2 hold")


def test_json(files: Path, run: Run) -> None:
    words = ("check", "mistaken.json", "--never-expires", "prod-*", "--format", "json")
    ended = run(*words)
    assert ended.code == 1
    [found] = ended.json["invariants"]
    assert (found["file"], found["invariant"]) == ("mistaken.json", "never-expires")
    assert (found["outcome"], found["isComplete"]) == ("broken", True)
    [image] = found["counterexample"]["repository"]["imageDetails"]
    assert image["imageTags"] == ["prod-1"]
    assert found["counterexample"]["explanation"]["appliedRulePriority"] == 2


# Files of invariants


TOML = """
[[invariant]]
name = "production stays"
policies = "lifecycle/*.json"
never-expires = { tag = "prod-*", younger-than = "30d" }

[[invariant]]
policies = ["own.json", "everybody.json"]
kind = "repository"
never-allows = { action = "ecr:Put*", principal = "outside:111122223333" }

[[invariant]]
policies = "own.json"
allows-at-most = { old = "everybody.json" }
"""


@pytest.fixture
def tree(files: Path) -> Path:
    """A folder of policies, and one of lifecycle policies in it."""
    made = files / "policies"
    (made / "lifecycle").mkdir(parents=True)
    for name in ("mistaken", "mended"):
        (files / f"{name}.json").rename(made / "lifecycle" / f"{name}.json")
    for name in ("own", "everybody"):
        (files / f"{name}.json").rename(made / f"{name}.json")
    return made


def test_a_file_of_invariants(tree: Path, run: Run) -> None:
    (tree / "invariants.toml").write_text(TOML, "utf-8")
    ended = run("check", "--invariants", "policies/invariants.toml")
    assert ended.code == 1
    files = [line.split(": ")[:-1] for line in ended.lines if line.startswith("policies/")]
    assert [each[0] for each in files] == [
        "policies/lifecycle/mended.json",
        "policies/own.json",
        "policies/everybody.json",
        "policies/own.json",
        "policies/lifecycle/mistaken.json",
    ]
    assert files[-1][1:] == ["production stays", "broken"]
    assert ended.lines[-1] == "5 invariants: 4 hold, 1 broken"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"30d"', '"30"', "5:35: `30` is no span of time; write hours, days or weeks, such as `30"),
        ("never-expires =", "never-expire =", "5:1: no member is called `never-expire`; write `n"),
        ("tag =", "tags =", "5:19: no member is called `tags`; write `tag`"),
        ("lifecycle/*", "none/*", "4:1: no file meets `none/*.json`; check the pattern"),
        ("never-expires", "# never", "2:1: the invariant states nothing; write one of `never-e"),
        ('kind = "repository"', 'kind = "lifecycle"', "9:1: "),
        ('"prod-*"', '"@untagged"', "5:19: no tag meets `@untagged`; images without a tag are `u"),
        ('"prod-*"', '"prod dev*"', "5:19: no tag meets `prod dev*`; write the characters of t"),
        ('"own.json"\na', "[]\na", "13:1: the invariant is about no policy; write paths, or pat"),
        (
            "never-expires",
            'kind = "scp"\nnever-expires',
            "5:1: `never-expires` is about lifecycle policies, which have no `kind`; delete it",
        ),
        (TOML, "invariant = []", "1:1: the file states nothing; write tables `[[invariant]]`"),
        ("[[invariant]]\nname", "[[invariant]\nname", "2:12: the text is not TOML: "),
        ("outside:", "outsiders:", "7:1: `outsiders:111122223333` is no caller; write `anybody`"),
        ("ecr:Put*", "ecr:Foo", "7:1: `ecr:Foo` means no action of Amazon ECR known on "),
        (
            "allows-at-most",
            "always-keeps = { at-least = 1 }\nallows-at-most",
            "12:1: the invariant states 2 things; write one of ",
        ),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_place(
    tree: Path, run: Run, old: str, new: str, said: str
) -> None:
    (tree / "i.toml").write_text(TOML.replace(old, new, 1), "utf-8")
    ended = run("check", "--invariants", "policies/i.toml")
    assert (ended.code, ended.out) == (2, "")
    assert f"policies/i.toml:{said}" in ended.err


# Wrong usage


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say what must hold of which policy: POLICY with an option such as `--never-expires`"),
        (("own.json",), "say what must hold of which policy"),
        (("--never-expires", "x"), "say what must hold of which policy"),
        (("own.json", "--invariants", "i.toml"), "`--invariants` says all: leave POLICY and"),
        (("--within", "3d", "--invariants", "i.toml"), "`--invariants` says all: leave POLICY and"),
        (("own.json", "--always-keeps", "x"), "`--always-keeps` needs to know how many: add `--at"),
        (("own.json", "--eventually-expires", "x"), "until when: add `--within`"),
        (("own.json", "--never-allows", "x"), "`--never-allows` needs to know to whom: add `--pr"),
        (("none.json", "--never-expires", "x"), "`none.json` is not there"),
        (("own.json", "--never-expires", "x"), "own.json:1:"),
        (("mended.json", "--never-expires", ""), "the pattern of tags is empty; write `*`"),
        (("mended.json", "--never-expires", "@tagged"), "`@tagged` stands for no images; write `@"),
        (("mended.json", "--always-keeps", "prod dev*", "--at-least", "1"), "no tag meets `prod d"),
        (("own.json", "--never-allows", "s3:*", "--principal", "anybody"), "means no action"),
    ],
)
def test_what_cannot_be_used(files: Path, run: Run, words: tuple[str, ...], said: str) -> None:
    ended = run("check", *words)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


NEVER_EXPIRES = ("--never-expires", "prod-*")
KEEPS = ("--always-keeps", "prod-*", "--at-least", "3")
NEVER_ALLOWS = ("--never-allows", "ecr:*", "--principal", OUTSIDE)


@pytest.mark.parametrize(
    ("words", "belongs"),
    [
        ((*NEVER_EXPIRES, "--within", "3d"), "`--within` belongs to `--eventually-expires`"),
        ((*NEVER_EXPIRES, "--at-least", "3"), "`--at-least` belongs to `--always-keeps`"),
        (
            (*KEEPS, "--younger-than", "3d"),
            "`--younger-than` belongs to `--never-expires` and `--never-archives`",
        ),
        *(
            (
                (*NEVER_EXPIRES, *option),
                f"`{option[0]}` belongs to `--never-allows` and `--allows-at-most`",
            )
            for option in (
                ("--kind", "identity"),
                ("--principal", OUTSIDE),
                ("--resource", "arn:aws:ecr:*:111122223333:repository/web"),
            )
        ),
        ((*NEVER_ALLOWS, "--within", "3d"), "`--within` belongs to `--eventually-expires`"),
    ],
)
def test_options_that_belong_to_others(
    files: Path, run: Run, words: tuple[str, ...], belongs: str
) -> None:
    ended = run("check", "mended.json", *words)
    assert (ended.code, ended.out) == (2, "")
    assert f"{belongs}: state that, or leave it out" in ended.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--younger-than", "30"), "argument --younger-than: `30` is no span of time; write hours"),
        (("--within", "0d"), "argument --within: `0d` is no span of time"),
        (("--at-least", "0"), "argument --at-least: `0` is no number of images; give a number abo"),
        (("--principal", "bob"), "argument --principal: `bob` is no caller; write `anybody`"),
        (("--kind", "lifecycle"), "invalid choice: 'lifecycle'"),
    ],
)
def test_options_that_cannot_be_read(run: Run, words: tuple[str, ...], said: str) -> None:
    ended = run("check", "policy.json", *words)
    assert ended.code == 2
    assert said in ended.err.splitlines()[-1]


def test_an_untagged_image(files: Path, run: Run) -> None:
    keeping = document(rule(untagged() | count(5)))
    (files / "keeping.json").write_text(json.dumps(keeping), "utf-8")
    ended = run("check", "keeping.json", "--eventually-expires", "@untagged", "--within", "52w")
    assert ended.code == 1
    assert "    an image without a tag, pushed 364 d 1 h ago" in ended.lines
