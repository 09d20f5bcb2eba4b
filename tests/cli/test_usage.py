"""How the command is called, and what it says of itself."""

import json
import re

import jsonschema
import pytest

from ecrpolicy import __version__
from ecrpolicy.cli import preview as preview_command
from ecrpolicy.lifecycle.schema import json_schema
from tests.cli.documents import POLICY, STOREFRONT
from tests.cli.running import Run

COMMANDS = (
    "preview",
    "forecast",
    "compare",
    "explain",
    "check",
    "snapshot",
    "schema",
    "authorize",
    "who-can",
    "what-can",
    "registry",
)
OF_REGISTRY = ("check", "push", "graph")
ALL = [
    (),
    *((command,) for command in COMMANDS),
    *(("registry", command) for command in OF_REGISTRY),
]


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_help_fits_a_terminal_of_80_columns(run: Run, words: tuple[str, ...]) -> None:
    ended = run(*words, "--help")
    assert ended.code == 0
    assert ended.err == ""
    assert ended.out.startswith(" ".join(("usage: ecrpolicy", *words)))
    assert [line for line in ended.out.splitlines() if len(line) > 80] == []


def test_help_names_every_command(run: Run) -> None:
    text = run("--help").out
    for command in COMMANDS:
        assert re.search(rf"^    {command} +\w", text, re.MULTILINE)


def test_help_names_every_command_of_a_registry(run: Run) -> None:
    text = run("registry", "--help").out
    for command in OF_REGISTRY:
        assert re.search(rf"^    {command} +\w", text, re.MULTILINE)


def test_no_command_of_a_registry_is_answered_with_help(run: Run) -> None:
    ended = run("registry")
    assert ended.code == 2
    assert ended.out == run("registry", "--help").out


@pytest.mark.parametrize("command", ["preview", "forecast", "compare", "explain", "snapshot"])
def test_help_names_what_a_repository_is_read_with(run: Run, command: str) -> None:
    text = run(command, "--help").out
    for option in ("--repository", "--region", "--profile", "--registry-id", "--endpoint-url"):
        assert option in text


def test_the_version(run: Run) -> None:
    assert run("--version") == (0, f"ecrpolicy {__version__}\n", "")


def test_no_command_is_answered_with_help(run: Run) -> None:
    ended = run()
    assert ended.code == 2
    assert ended.out == run("--help").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("frobnicate",), "invalid choice: 'frobnicate'"),
        (("--frobnicate",), "unrecognized arguments: --frobnicate"),
        (("preview", "a.json", "b.json", "--images", "c.json"), "unrecognized arguments: b.json"),
        (("preview", "--images", "c.json", "a.json", "b.json"), "unrecognized arguments: "),
        (("preview", "a.json", "--frobnicate"), "unrecognized arguments: --frobnicate"),
        (("preview", "--images", "c.json", "--frobnicate"), "arguments: --frobnicate"),
        (("preview", "a.json", "--images"), "--images: expected one argument"),
        (("preview", "a.json", "--format", "yaml"), "invalid choice: 'yaml'"),
        (("explain", "a.json", "x", "--format", "csv"), "invalid choice: 'csv'"),
        (("preview", "a.json", "--now", "yesterday"), "argument --now: "),
        (("preview", "a.json", "--now", ""), "argument --now: "),
        *(
            (
                ("preview", "a.json", "--now", time),
                f"argument --now: `{time}` could be a date or seconds; write "
                "`2026-01-31T00:00:00Z`, or epoch seconds of 9 digits or more",
            )
            for time in ("20260131", "2026", "2026.01", "0")
        ),
        (
            ("preview", "a.json", "--now", "2026-01-31T00:00:00"),
            "argument --now: `2026-01-31T00:00:00` has no time zone; add an offset such as "
            "`+00:00`",
        ),
        (("preview", "a.json", "--now", "9" * 20), "is no time; epoch times are seconds"),
        (("schema",), "required: KIND"),
        (("schema", "iam"), "invalid choice: 'iam'"),
        (("registry", "frobnicate"), "invalid choice: 'frobnicate'"),
        (("registry", "check"), "required: SNAPSHOT"),
        (("registry", "check", "a.json", "--format", "csv"), "invalid choice: 'csv'"),
        (("registry", "check", "a.json", "b.json"), "unrecognized arguments: b.json"),
        (
            ("registry", "check", "a.json", "--repository", "x", "--new-repository", "y"),
            "not allowed with argument",
        ),
        (("registry", "push", "a.json"), "required: REPOSITORY:TAG"),
        (("registry", "push", "a.json", "web"), "`web` has no tag; write `repository:tag`"),
        (("registry", "push", "a.json", "web:"), "`web:` has no tag; write `repository:tag`"),
        (("registry", "push", "a.json", ":v1"), "`:v1` has no tag; write `repository:tag`"),
        (("registry", "push", "a.json", "host:80/web"), "`host:80/web` has no tag; write"),
        (
            ("registry", "push", "a.json", "web@sha256:aa"),
            "has a digest; write `repository:tag`, and the digest with `--digest`",
        ),
        (
            ("registry", "push", "a.json", "web:v1", "--digest", "aa"),
            "`aa` is no digest; a digest is `sha256:` and 64 hexadecimal digits",
        ),
        (("registry", "graph"), "required: SNAPSHOT"),
        (("registry", "graph", "a.json", "--format", "svg"), "invalid choice: 'svg'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_usage_is_told(run: Run, words: tuple[str, ...], said: str) -> None:
    ended = run(*words)
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.startswith("usage: ecrpolicy")
    assert said in ended.err.splitlines()[-1]


def test_the_repository_must_be_named(run: Run) -> None:
    assert run("preview", str(POLICY)) == (
        2,
        "",
        "ecrpolicy: name the repository: `--images FILE`, or `--repository NAME` to read it live\n",
    )
    ended = run("snapshot")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines()[-1] == (
        "ecrpolicy snapshot: error: one of the arguments --repository --registry is required"
    )


def test_an_interruption_ends_the_command_quietly(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(preview_command, "run", interrupted)
    assert run("preview", *STOREFRONT) == (130, "", "")


def test_the_schema_is_json_schema(run: Run) -> None:
    ended = run("schema", "lifecycle")
    assert ended.code == 0
    assert ended.json == json_schema()
    jsonschema.Draft202012Validator.check_schema(ended.json)
    jsonschema.validate(json.loads(POLICY.read_text("utf-8")), ended.json)
