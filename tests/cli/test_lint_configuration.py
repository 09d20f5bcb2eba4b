"""Configuration and baselines of `ecrpolicy lint`."""

import json
from pathlib import Path

import pytest

from tests.cli.lint_documents import EXPLICIT, FINE, MISSING_EFFECT, SELECT, WILDCARD, write
from tests.cli.running import Ended, Run


@pytest.fixture(autouse=True)
def _here(folder: Path) -> None:
    """Files are written in the folder in which the command runs."""


SELECTED = 'select = ["missing-effect", "wildcard-in-service-name", "linter"]\n'


def rules_of(ended: Ended) -> list[tuple[str, str]]:
    """The file and the rule of each finding that was printed as JSON."""
    return [(each["file"], each["rule"]) for each in ended.json["findings"]]


def configured(text: str) -> str:
    return write(".ecrpolicy.toml", SELECTED + text)


def test_a_file_of_its_own(run: Run) -> None:
    configured('fail-level = "suggestion"\n')
    assert run("lint", write("policy.json", WILDCARD)).code == 1
    assert run("lint", "policy.json", "--fail-level", "warning").code == 0


def test_a_table_of_the_project(run: Run) -> None:
    write("pyproject.toml", f"[tool.other]\nx = 1\n[tool.ecrpolicy]\n{SELECTED}")
    write("policy.json", WILDCARD)
    assert run("lint", "policy.json", "--format", "json").json["summary"]["findings"] == {
        "suggestion": 1
    }


def test_the_nearest_is_found(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    configured('fail-level = "suggestion"\n')
    write("a/pyproject.toml", "[project]\nname = 'x'\n")
    write("a/b/policy.json", WILDCARD)
    monkeypatch.chdir("a/b")
    assert run("lint", "policy.json").code == 1
    write("../pyproject.toml", '[tool.ecrpolicy]\nfail-level = "error"\n')
    assert run("lint", "policy.json").code == 0


def test_one_is_named(run: Run) -> None:
    configured("")
    write("other.toml", 'fail-level = "suggestion"\n')
    write("policy.json", WILDCARD)
    assert run("lint", "policy.json", *SELECT, "--config", "other.toml").code == 1


def test_selections_of_the_command_go_before(run: Run) -> None:
    configured('ignore = ["missing-effect"]\n')
    write("policy.json", MISSING_EFFECT)
    assert run("lint", "policy.json").code == 0
    assert run("lint", "policy.json", "--select", "missing-effect").code == 0
    configured("")
    assert run("lint", "policy.json").code == 1
    assert run("lint", "policy.json", "--select", "lifecycle").code == 0


def test_severities(run: Run) -> None:
    configured('[severities]\nmissing-effect = "suggestion"\n')
    ended = run("lint", write("policy.json", MISSING_EFFECT))
    assert ended.code == 0
    assert ended.lines[0].startswith("policy.json:4:5: suggestion[missing-effect]")


def test_paths_that_are_left_out_of_directories(run: Run) -> None:
    configured('exclude = ["vendor/**", "old", "*.test.json"]\n')
    for name in ("vendor/a/x.json", "a/old/x.json", "x.test.json", "a/x.json"):
        write(name, MISSING_EFFECT)
    assert rules_of(run("lint", ".", "--format", "json")) == [("a/x.json", "missing-effect")]
    assert run("lint", "vendor/a/x.json").code == 1


def test_rules_that_are_ignored_in_some_files(run: Run) -> None:
    configured('[per-file-ignores]\n"a/*.json" = ["iam"]\n"b/**" = ["missing-effect"]\n')
    for name in ("a/x.json", "a/b/x.json", "b/c/x.json"):
        write(name, MISSING_EFFECT)
    assert rules_of(run("lint", ".", "--format", "json")) == [("a/b/x.json", "missing-effect")]


def test_kinds_of_some_files(run: Run) -> None:
    configured('[kinds]\n"*.json" = "scp"\n"last.json" = "boundary"\n')
    for name in ("x.json", "last.json"):
        write(name, MISSING_EFFECT)
    found = run("lint", ".", "--format", "json").json["findings"]
    assert [each["kind"] for each in found] == ["boundary", "scp"]
    found = run("lint", "x.json", "--kind", "identity", "--format", "json").json["findings"]
    assert [each["kind"] for each in found] == ["identity"]


def test_patterns_are_about_where_the_configuration_is(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    configured('[per-file-ignores]\n"a/x.json" = ["iam"]\n')
    write("a/x.json", MISSING_EFFECT)
    monkeypatch.chdir("a")
    assert run("lint", "x.json").code == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("slect = []", ":1:1: no setting is called `slect`; write `select`, or delete it"),
        ("zzz = []", ":1:1: no setting is called `zzz`; delete it"),
        (
            "[severities]\nmissing-effect = 'eror'",
            ":2:1: `eror` is no severity; write `error`",
        ),
        (
            "\n[kinds]\n'a' = 'repo'",
            ":3:1: `repo` is no kind of documents; write one of `lifecycle`",
        ),
        (
            "ignore = ['iam',\n 'mising-effect']",
            ":2:2: no rule is called `mising-effect`; write `missing-effect`",
        ),
        ("[severities]\nzzz = 'error'", ":2:1: no rule is called `zzz`; `ecrpolicy rules` "),
        ("severities = 1", ":1:1: expected an object, found an integer, `1`"),
        ("select = 'iam'", ":1:1: expected an array, found a string, `iam`"),
        ("fail-level = 'bad'", ":1:1: `bad` is no `fail-level`; write one of `error`"),
        ("registry-scope = 'v3'", ":1:1: `v3` is no `registry-scope`; write one of `v1`, `v2`"),
        ("a = ", ":1:5: the text is not TOML: invalid value"),
        ("a = [", ":1:6: the text is not TOML: "),
    ],
)
def test_a_configuration_that_is_none(run: Run, text: str, message: str) -> None:
    write(".ecrpolicy.toml", text)
    write("policy.json", FINE)
    ended = run("lint", "policy.json")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"ecrpolicy: .ecrpolicy.toml{message}")


def test_all_faults_of_a_configuration_are_told(run: Run) -> None:
    write("pyproject.toml", "[tool.ecrpolicy]\nslect = 1\nfail-level = 1\n")
    write("policy.json", FINE)
    lines = run("lint", "policy.json").err.splitlines()
    assert [line.split(":")[1:4] for line in lines] == [
        [" pyproject.toml", "3", "1"],
        [" pyproject.toml", "2", "1"],
    ]


def test_a_baseline_is_written_and_kept_to(run: Run) -> None:
    write("a/x.json", MISSING_EFFECT)
    words = ("lint", ".", *SELECT, "--baseline", "base.json")
    assert run(*words, "--write-baseline").code == 0
    [entry] = json.loads(Path("base.json").read_text())["findings"]
    assert (entry["file"], entry["rule"]) == ("a/x.json", "missing-effect")
    ended = run(*words)
    assert (ended.code, ended.out) == (0, "no findings in 1 file; 1 more in the baseline\n")
    write("a/x.json", "\n\n" + json.dumps(MISSING_EFFECT))
    assert run(*words).code == 0
    write("a/y.json", MISSING_EFFECT)
    assert rules_of(run(*words, "--format", "json")) == [("a/y.json", "missing-effect")]


def test_a_baseline_is_named_by_the_configuration(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    configured('baseline = "base.json"\n')
    write("a/x.json", MISSING_EFFECT)
    assert run("lint", ".", "--write-baseline").code == 0
    monkeypatch.chdir("a")
    assert run("lint", "x.json").code == 0
    assert run("lint", "x.json", "--write-baseline").code == 0
    assert json.loads(Path("../base.json").read_text())["findings"][0]["file"] == "a/x.json"


def test_entries_that_are_stale_are_told(run: Run) -> None:
    write("x.json", MISSING_EFFECT)
    write("y.json", MISSING_EFFECT)
    write("z.json", MISSING_EFFECT)
    words = ("--baseline", "base.json", *SELECT)
    run("lint", ".", *words, "--write-baseline")
    write("x.json", FINE)
    Path("y.json").unlink()
    ended = run("lint", "x.json", *words, "--format", "json")
    assert rules_of(ended) == [("base.json", "stale-baseline-entry")] * 2
    assert [each["message"] for each in ended.json["findings"]] == [
        "`missing-effect` finds nothing any more in `x.json` at `/Statement/0`",
        "`missing-effect` finds nothing any more in `y.json` at `/Statement/0`",
    ]
    assert ended.json["findings"][0]["line"] == 4
    assert ended.code == 1
    assert run("lint", "x.json", *words, "--ignore", "stale-baseline-entry").code == 0
    assert run("lint", "x.json", "--baseline", "base.json", "--select", "lifecycle").code == 0


def test_what_is_in_the_baseline_is_not_mended(run: Run) -> None:
    write("x.json", EXPLICIT)
    words = ("lint", "x.json", "--baseline", "base.json", *SELECT)
    run(*words, "--write-baseline")
    assert run(*words, "--fix").code == 0
    assert Path("x.json").read_text() == EXPLICIT


def test_no_baseline_is_written_of_what_cannot_be_used(run: Run) -> None:
    ended = run("lint", "none.json", "--baseline", "base.json", "--write-baseline")
    assert ended.code == 2
    assert not Path("base.json").exists()


def test_a_registry_is_read(run: Run) -> None:
    write("policy.json", FINE)
    write("registry.json", {"registryId": "111122223333", "region": "eu-west-1"})
    assert run("lint", "policy.json", *SELECT, "--registry", "registry.json").code == 0
    write("registry.json", {})
    assert run("lint", "policy.json", "--registry", "registry.json").code == 2
