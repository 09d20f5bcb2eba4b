"""`ecrpolicy lint`: what is read, how it ends, what is written."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.lint_documents import EXPLICIT, FINE, MISSING_EFFECT, SELECT, WILDCARD, write
from tests.cli.running import Ended, Run


@pytest.fixture(autouse=True)
def _here(folder: Path) -> None:
    """Files are written in the folder in which the command runs."""


def rules_of(ended: Ended) -> list[tuple[str, str]]:
    """The file and the rule of each finding that was printed as JSON."""
    return [(each["file"], each["rule"]) for each in ended.json["findings"]]


def test_a_file_with_a_finding(run: Run) -> None:
    ended = run("lint", write("policy.json", MISSING_EFFECT), *SELECT)
    assert (ended.code, ended.err) == (1, "")
    assert ended.lines[0] == "policy.json:4:5: error[missing-effect] the statement has no `Effect`"
    assert ended.lines[-1] == "1 finding in 1 file: 1 error"


def test_a_file_without_findings(run: Run) -> None:
    ended = run("lint", write("policy.json", FINE), *SELECT)
    assert (ended.code, ended.out, ended.err) == (0, "no findings in 1 file\n", "")


@pytest.mark.parametrize(
    ("value", "level", "code"),
    [
        (MISSING_EFFECT, "error", 1),
        (WILDCARD, "error", 0),
        (WILDCARD, "warning", 0),
        (WILDCARD, "suggestion", 1),
        (MISSING_EFFECT, "suggestion", 1),
        (FINE, "suggestion", 0),
    ],
)
def test_the_level_that_fails(run: Run, value: object, level: str, code: int) -> None:
    file = write("policy.json", value)
    assert run("lint", file, *SELECT, "--fail-level", level).code == code
    assert run("lint", file, *SELECT, "--fail-level", level, "--exit-zero").code == 0


def test_suggestions_do_not_fail_unless_somebody_wants_it(run: Run) -> None:
    assert run("lint", write("policy.json", WILDCARD), *SELECT).code == 0


@pytest.mark.parametrize(
    ("severity", "level", "code"),
    [
        ("security-warning", "warning", 1),
        ("security-warning", "security-warning", 1),
        ("security-warning", "error", 0),
        ("warning", "security-warning", 0),
    ],
)
def test_security_warnings_are_graver_than_warnings(
    run: Run, severity: str, level: str, code: int
) -> None:
    write(".ecrpolicy.toml", f'[severities]\nmissing-effect = "{severity}"\n')
    file = write("policy.json", MISSING_EFFECT)
    assert run("lint", file, *SELECT, "--fail-level", level).code == code


def test_a_directory(run: Run) -> None:
    write("a/policy.json", MISSING_EFFECT)
    write("a/b/other.json", WILDCARD)
    write("package.json", {"name": "app"})
    write("tsconfig.json", "{ // a comment\n}")
    write("notes.txt", MISSING_EFFECT)
    write(".hidden/policy.json", MISSING_EFFECT)
    write("node_modules/x/policy.json", MISSING_EFFECT)
    write("broken.json", '{"Effect": "Allow",}')
    Path("latin.json").write_bytes(b'{"Effect": "\xe9"}')
    ended = run("lint", ".", *SELECT, "--format", "json")
    assert rules_of(ended) == [
        ("broken.json", "json-syntax-error"),
        ("a/policy.json", "missing-effect"),
        ("a/b/other.json", "wildcard-in-service-name"),
    ]
    assert ended.json["summary"]["files"] == 3
    assert (ended.code, ended.err) == (1, "")


def test_a_directory_without_documents(run: Run) -> None:
    write("package.json", {"name": "app"})
    ended = run("lint", ".")
    assert (ended.code, ended.out) == (0, "no findings in 0 files\n")


def test_what_is_named_twice_is_linted_once(run: Run) -> None:
    write("a/policy.json", MISSING_EFFECT)
    ended = run("lint", "a/policy.json", ".", "./a/../a/policy.json", *SELECT, "--format", "json")
    assert rules_of(ended) == [("a/policy.json", "missing-effect")]


def test_standard_input(run: Run) -> None:
    ended = run("lint", "-", *SELECT, stdin=json.dumps(MISSING_EFFECT))
    assert ended.lines[0].startswith("standard input:1:41: error[missing-effect]")
    words = ("lint", "-", *SELECT, "--stdin-filename", "scp.json", "--format", "json")
    [found] = run(*words, stdin=json.dumps(MISSING_EFFECT)).json["findings"]
    assert (found["file"], found["kind"]) == ("scp.json", "scp")


def test_a_named_file_that_is_no_document_cannot_be_used(run: Run) -> None:
    write("package.json", {"name": "app"})
    ended = run("lint", "package.json")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "ecrpolicy: `package.json` is no policy and no setting that is known: "
        "say what it is with `--kind`\n"
    )
    ended = run("lint", "package.json", "--skip-unknown")
    assert (ended.code, ended.err) == (0, "")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "main.tf",
            'resource "aws_ecr_repository_policy" "x" {\n  policy = var.policy\n}\n',
        ),
        (
            "template.yaml",
            "Resources:\n  R:\n    Type: AWS::ECR::Repository\n"
            "    Properties:\n      RepositoryPolicyText: !Ref P\n",
        ),
    ],
)
def test_a_resource_whose_policy_is_not_known_has_nothing_against_it(
    run: Run, name: str, text: str
) -> None:
    write(name, text)
    ended = run("lint", name)
    assert (ended.code, ended.out, ended.err) == (0, "no findings in 1 file\n", "")


def test_a_configuration_without_a_resource_that_is_known_cannot_be_used(run: Run) -> None:
    write("main.tf", 'resource "aws_s3_bucket" "x" {\n}\n')
    assert run("lint", "main.tf").code == 2


def test_sarif_says_which_files_could_not_be_used(run: Run) -> None:
    write("policy.json", FINE)
    write("package.json", {})
    [log] = run("lint", "policy.json", "--format", "sarif").json["runs"]
    assert log["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
    ended = run("lint", "package.json", "policy.json", "--format", "sarif")
    [invocation] = ended.json["runs"][0]["invocations"]
    [told] = invocation["toolExecutionNotifications"]
    assert (ended.code, invocation["executionSuccessful"], told["level"]) == (2, False, "error")
    assert told["message"]["text"].startswith("`package.json` is no policy")


def test_somebody_must_look_for_something(run: Run) -> None:
    file = write("policy.json", MISSING_EFFECT)
    for select in ("", " , "):
        ended = run("lint", file, "--select", select)
        assert (ended.code, ended.out) == (2, "")
        assert ended.err == (
            "ecrpolicy: `--select` names no rule and no family: `ecrpolicy rules` lists them\n"
        )


def test_the_baseline_itself_is_not_linted(run: Run) -> None:
    write("policy.json", MISSING_EFFECT)
    write(".ecrpolicy.toml", 'baseline = "baseline.json"\n[kinds]\n"*.json" = "identity"\n')
    assert run("lint", ".", "--write-baseline").code == 0
    ended = run("lint", ".", "baseline.json", "--format", "json")
    assert (ended.code, ended.json["findings"]) == (0, [])


def test_what_can_be_read_is_linted_beside_what_cannot(run: Run) -> None:
    write("policy.json", MISSING_EFFECT)
    write("package.json", {})
    ended = run("lint", "none.json", "package.json", "policy.json", *SELECT, "--format", "json")
    assert rules_of(ended) == [("policy.json", "missing-effect")]
    assert ended.code == 2
    assert ended.err.splitlines()[0] == "ecrpolicy: `none.json` is not there: check the path"


def test_a_named_file_that_is_no_json_is_told(run: Run) -> None:
    ended = run("lint", write("tsconfig.json", "{ // a comment\n}"), "--format", "json")
    assert rules_of(ended) == [("tsconfig.json", "json-syntax-error")]
    assert run("lint", "tsconfig.json", "--skip-unknown").code == 0


def test_a_named_file_that_is_not_utf_8_cannot_be_used(run: Run) -> None:
    Path("latin.json").write_bytes(b'{"Effect": "\xe9"}')
    ended = run("lint", "latin.json")
    assert ended.code == 2
    assert ended.err == "ecrpolicy: latin.json:1:13: the text is not UTF-8; save it as UTF-8\n"
    assert run("lint", "latin.json", "--skip-unknown").code == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("-", "-"), "standard input can be read once"),
        (("a", "--fix", "--diff"), "`--diff` shows what `--fix` would do: give one of them"),
        (("-", "--fix"), "standard input cannot be mended: see what would change with `--diff`"),
        (
            ("a", "--baseline", "b", "--write-baseline", "--fix"),
            "`--write-baseline` takes findings as they are: give it alone",
        ),
        (("a", "--write-baseline"), "`--write-baseline` needs a name: give `--baseline FILE`"),
        (
            ("a", "--select", "mising-effect"),
            "no rule is called `mising-effect`: do you mean `missing-effect`?",
        ),
        (("a", "--ignore", "iam,zzz"), "no rule is called `zzz`: `ecrpolicy rules` lists them"),
        (("a", "--baseline", "none"), "`none` is not there: check the path"),
        (("a", "--config", "none"), "`none` is not there: check the path"),
        (("a", "--registry", "none"), "`none` is not there: check the path"),
    ],
)
def test_wrong_usage(run: Run, words: tuple[str, ...], message: str) -> None:
    ended = run("lint", *words)
    assert (ended.code, ended.out, ended.err) == (2, "", f"ecrpolicy: {message}\n")


@pytest.mark.parametrize(
    "words", [(), ("a", "--kind", "x"), ("a", "--fail-level", "x"), ("a", "--format", "x")], ids=str
)
def test_words_that_are_none(run: Run, words: tuple[str, ...]) -> None:
    assert run("lint", *words).code == 2


def test_the_kind_can_be_said(run: Run) -> None:
    file = write("policy.json", FINE)
    told = run("lint", file, "--kind", "repository", "--format", "json").json["findings"]
    assert {each["kind"] for each in told} == {"repository"}
    assert all("kindTakenBecause" not in each for each in told)
    assert run("lint", write("x.json", []), "--kind", "scp").code == 1


def test_a_format_that_needs_an_extra_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("policy.json", FINE)
    write("template.yaml", "Resources:\n  A:\n    Type: AWS::ECR::Repository\n")

    def missing(*_: object) -> None:
        raise ModuleNotFoundError("No module named 'yaml'", name="yaml")

    monkeypatch.setattr("ecrpolicy.sources.lintable._called", missing)
    ended = run("lint", ".", *SELECT)
    assert (ended.code, ended.lines) == (2, ["no findings in 1 file"])
    assert ended.err == (
        "ecrpolicy: `template.yaml` needs `yaml`: install it with "
        "`pip install 'ecrpolicy[cloudformation]'`\n"
    )


def test_rules_are_selected(run: Run) -> None:
    file = write("policy.json", MISSING_EFFECT)
    assert run("lint", file, "--select", "lifecycle").code == 0
    assert run("lint", file, "--select", "lifecycle, missing-effect").code == 1
    assert run("lint", file, "--select", "lifecycle", "--select", "missing-effect").code == 1
    assert run("lint", file, *SELECT, "--ignore", "missing-effect").code == 0
    assert run("lint", file, *SELECT, "--ignore", "iam", "--ignore", "ecr").code == 0


def test_answers_of_the_aws_cli_are_looked_into(run: Run) -> None:
    answer = {"registryId": "1", "repositoryName": "a", "policyText": json.dumps(MISSING_EFFECT)}
    [found] = run("lint", write("a.json", answer), *SELECT, "--format", "json").json["findings"]
    assert (found["document"], found["kind"], found["line"]) == ("/policyText", "repository", 4)
    encoded = {"PolicyDocument": "%7B%22Statement%22%3A%7B%22Action%22%3A%22ecr%3A%2A%22%7D%7D"}
    [found] = run("lint", write("b.json", encoded), *SELECT, "--format", "json").json["findings"]
    assert (found["line"], found["column"], found["pointer"]) == (2, 21, "/Statement")


def test_the_report_can_be_written_to_a_file(run: Run) -> None:
    write("policy.json", MISSING_EFFECT)
    ended = run("lint", "policy.json", *SELECT, "--format", "sarif", "--output", "out.sarif")
    assert (ended.code, ended.out) == (1, "")
    assert json.loads(Path("out.sarif").read_text())["version"] == "2.1.0"
    ended = run("lint", "policy.json", "--output", "no/out")
    assert ended.code == 2
    assert ended.err.startswith("ecrpolicy: `no/out` cannot be written: ")


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "junit"])
def test_all_formats_are_written(run: Run, form: str) -> None:
    ended = run("lint", write("policy.json", MISSING_EFFECT), *SELECT, "--format", form)
    assert (ended.code, ended.err) == (1, "")
    assert "missing-effect" in ended.out


def test_fixes_are_made(run: Run) -> None:
    file = write("policy.json", EXPLICIT.replace("\n", "\r\n"))
    ended = run("lint", file, *SELECT, "--fix")
    assert (ended.code, ended.lines) == (0, ["1 finding fixed", "no findings in 1 file"])
    expected = EXPLICIT.replace('        "storageClass": "standard",\n', "")
    assert Path(file).read_bytes() == expected.replace("\n", "\r\n").encode()
    assert run("lint", file, *SELECT, "--fix").lines == ["no findings in 1 file"]


def test_what_cannot_be_mended_is_told(run: Run) -> None:
    file = write("policy.json", MISSING_EFFECT)
    before = Path(file).read_bytes()
    ended = run("lint", file, *SELECT, "--fix")
    assert ended.code == 1
    assert Path(file).read_bytes() == before


def test_fixes_are_shown(run: Run) -> None:
    file = write("policy.json", EXPLICIT)
    ended = run("lint", file, *SELECT, "--diff")
    assert (ended.code, ended.err) == (1, "")
    assert ended.out == (
        "--- policy.json\n+++ policy.json\n@@ -4,7 +4,6 @@\n"
        '       "rulePriority": 1,\n       "selection": {\n         "tagStatus": "untagged",\n'
        '-        "storageClass": "standard",\n'
        '         "countType": "imageCountMoreThan",\n         "countNumber": 1\n       },\n'
    )
    assert Path(file).read_text() == EXPLICIT
    assert run("lint", file, *SELECT, "--diff", "--exit-zero").code == 0
    assert run("lint", write("fine.json", FINE), "--diff", *SELECT).out == ""
    assert run("lint", "-", *SELECT, "--diff", stdin=EXPLICIT).out.startswith("--- standard input")


def test_a_difference_at_the_end_without_a_line_end(run: Run) -> None:
    text = json.dumps(json.loads(EXPLICIT))
    ended = run("lint", write("policy.json", text), *SELECT, "--diff")
    assert ended.out.count("\\ No newline at end of file\n") == 2


def test_fixes_within_strings_are_made(run: Run) -> None:
    file = write("a.json", {"lifecyclePolicyText": EXPLICIT})
    assert run("lint", file, *SELECT, "--fix").code == 0
    held = json.loads(Path(file).read_text())["lifecyclePolicyText"]
    assert held == EXPLICIT.replace('        "storageClass": "standard",\n', "")


def test_a_file_that_cannot_be_written_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    file = write("policy.json", EXPLICIT)
    monkeypatch.setattr(Path, "write_bytes", refuse)
    ended = run("lint", file, *SELECT, "--fix")
    assert ended.code == 2
    assert ended.err.startswith("ecrpolicy: `policy.json` cannot be written: ")


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_whatever_a_file_holds_it_ends_well(run: Run, content: bytes) -> None:
    Path("x.json").write_bytes(content)
    for words in ((), ("--kind", "repository"), ("--skip-unknown",), ("--diff",)):
        assert run("lint", "x.json", *words).code in (0, 1, 2)
