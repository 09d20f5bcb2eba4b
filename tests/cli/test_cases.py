"""`ecrpolicy cases`: cases that are run, and recorded."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.documents import FIXTURES
from tests.cli.running import Run
from tests.cli.test_bad_input import refused
from tests.testing.documents import ALICE, APP, KEEP_ONE, access, lifecycle

FILES = sorted(str(file) for file in (FIXTURES / "cases" / "lifecycle").glob("*.json"))
SHOP = str(FIXTURES / "policies" / "storefront-web.json")
IMAGES = str(FIXTURES / "snapshots" / "storefront-web.describe-images.json")
MANIFESTS = str(FIXTURES / "snapshots" / "storefront-web.batch-get-image.json")
CLEAR = "\x1b[2J"

Write = Callable[[str, object], str]


@pytest.fixture
def write(folder: Path) -> Write:
    """Writes a document, or a text as it is, to a file of a name."""

    def write(name: str, content: object) -> str:
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / name).write_text(text, "utf-8")
        return str(folder / name)

    return write


# run


def test_the_files_of_the_project_agree(run: Run) -> None:
    assert run("cases", "run", *FILES) == (0, "332 cases: 332 as expected, 0 not\n", "")


def test_a_mismatch_is_explained(run: Run, write: Write) -> None:
    several = [access(), access("DENY", name=f"b{CLEAR}"), lifecycle(expected={"expires": []})]
    name = write("c.json", several)
    ended = run("cases", "run", name)
    assert ended.code == 1
    assert ended.lines[:4] == [
        "3 cases: 1 as expected, 2 not",
        "",
        rf"{name}: b\x1b[2J",
        "  - DENY",
    ]
    assert "  + goes: rule 1 expires it" in ended.lines
    answer = run("cases", "run", name, "--format", "json").json
    assert (answer["cases"], answer["asExpected"]) == (3, 1)
    first, second = answer["mismatches"]
    assert (first["name"], first["expected"], first["effect"]) == (f"b{CLEAR}", "DENY", "ALLOW")
    assert second["file"] == name
    assert [each["expected"] for each in second["images"]] == ["does not expire"] * 2
    assert [each["appliedRulePriority"] for each in second["images"]] == [1, 2]


def test_one_case_is_explained(run: Run, write: Write) -> None:
    name = write("c.json", [access(name="a"), lifecycle(name="b"), access("DENY", name="c")])
    ended = run("cases", "run", name, "--case", "a")
    assert ended.lines[0] == "1 case: 1 as expected, 0 not"
    assert ended.lines[2].startswith("ALLOW: User: ")
    assert "goes: rule 1 expires it" in run("cases", "run", name, "--case", "b").lines
    assert run("cases", "run", name, "--case", "c").code == 1
    assert refused(run("cases", "run", name, "--case", "d")) == ["ecrpolicy: no case is called `d`"]
    twice = (name, write("d.json", access(name="a")))
    assert "2 cases are called `a`" in refused(run("cases", "run", *twice, "--case", "a"))[0]


def test_complaints_about_all_files_are_told(run: Run, write: Write) -> None:
    names = write("c.json", [access(None), access(None)]), write("d.json", "{")
    lines = refused(run("cases", "run", *names))
    assert [line.split(":")[1].strip() for line in lines] == [names[0], names[0], names[1]]


def test_cases_from_standard_input(run: Run) -> None:
    assert run("cases", "run", "-", stdin=json.dumps(access())).code == 0
    assert "read once" in refused(run("cases", "run", "-", "-", stdin="{}"))[0]


def test_progress_at_a_terminal(run: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    name = write("cases.json", [access()] * 3)
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda _: True, raising=False)
    ended = run("cases", "run", name)
    assert (ended.code, ended.out) == (0, "3 cases: 3 as expected, 0 not\n")
    assert "of 3 cases" in ended.err


# record


RECORD = ("cases", "record", SHOP, "--images", IMAGES, "--manifests", MANIFESTS)


def test_a_preview_is_recorded(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "deep" / "web.ecrpolicy.json"
    file.parent.mkdir()
    words = (*RECORD, "--now", "2026-01-31T09:00:00Z", "--name", "web", "--output", str(file))
    assert run(*words) == (0, "", f"1 case written to {file}\n")
    made = json.loads(file.read_text())
    assert (made["name"], made["now"]) == ("web", "2026-01-31T09:00:00+00:00")
    assert (file.parent / made["policy"]).resolve() == Path(SHOP).resolve()
    preview = run("preview", *RECORD[2:], "--now", "2026-01-31T09:00:00Z", "--format", "json").json
    assert [each["imageDigest"] for each in made["expected"]["results"]] == [
        each["imageDigest"] for each in preview["previewResults"]
    ]
    assert run("cases", "run", str(file)).code == 0


def test_a_file_is_not_written_over_unless_that_is_said(run: Run, write: Write) -> None:
    name = write("web.ecrpolicy.json", "mine")
    words = (*RECORD, "--output", name)
    assert refused(run(*words)) == [
        f"ecrpolicy: `{name}` is there already: choose another `--output`, or write over it with "
        "`--force`"
    ]
    assert Path(name).read_text() == "mine"
    assert run(*words, "--force").code == 0
    assert "its folder is not there" in refused(run(*RECORD, "--output", f"{name}/x"))[0]
    assert (
        "cannot be written: Is a directory"
        in refused(run(*RECORD, "--output", str(Path(name).parent), "--force"))[0]
    )


def test_a_policy_that_is_no_file_stands_in_the_case(run: Run) -> None:
    words = ("cases", "record", "-", "--images", IMAGES, "--now", "1769850000")
    made: dict[str, Any] = run(*words, stdin=json.dumps(KEEP_ONE)).json
    assert made["policy"] == KEEP_ONE
    assert "name" not in made


@pytest.mark.parametrize(("allowed", "effect"), [("ecr:*", "ALLOW"), ("s3:*", "IMPLICIT_DENY")])
def test_a_request_is_recorded(run: Run, write: Write, allowed: str, effect: str) -> None:
    write("policy.json", access(allowed=allowed)["policies"]["identity"][0])
    name = write("r.json", access(None, policies={"identity": ["policy.json"]}))
    output = Path(name).parent / "deep" / "r.ecrpolicy.json"
    output.parent.mkdir()
    assert run("cases", "record", "--request", name, "--output", str(output)).code == 0
    made = json.loads(output.read_text())
    assert made["expected"] == {"effect": effect}
    assert made["policies"] == {"identity": ["../policy.json"]}
    assert made["request"] == {"principal": ALICE, "action": "ecr:BatchGetImage", "resource": APP}
    assert run("cases", "run", str(output)).code == 0


def test_a_request_whose_policies_are_refused_is_recorded(run: Run, write: Write) -> None:
    broken = access(policies={"identity": [{"Statement": 1}]}, expected={"refused": True})
    made = run("cases", "record", "--request", write("r.json", broken)).json
    assert made["expected"] == {"refused": True}


def test_a_request_has_no_images(run: Run, write: Write) -> None:
    name = write("r.json", access())
    for words in ((SHOP,), ("--images", IMAGES), ("--now", "1769850000")):
        assert "is about access" in refused(run("cases", "record", "--request", name, *words))[0]
