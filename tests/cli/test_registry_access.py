"""`ecrpolicy registry check --new-repository`: who may create it, and fill it from a cache."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.registry_documents import ACCOUNT, REGION, registry
from tests.cli.running import Run
from tests.cli.test_bad_input import refused

BUILDER = f"arn:aws:iam::{ACCOUNT}:user/builder"
READER = f"arn:aws:iam::{ACCOUNT}:user/reader"
PULL = ["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
CACHE = ["ecr:CreateRepository", "ecr:BatchImportUpstreamImage"]
QUAY = {"ecrRepositoryPrefix": "quay", "upstreamRegistryUrl": "quay.io"}
CHECK = ("registry", "check", "a.json", "--new-repository")


def policy(actions: list[str], **members: Any) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": actions, "Resource": "*", **members}
    return {"Version": "2012-10-17", "Statement": [statement]}


def user(arn: str, actions: list[str]) -> dict[str, Any]:
    inline = [{"PolicyName": "inline", "PolicyDocument": policy(actions)}]
    return {"UserName": arn.rpartition("/")[2], "Arn": arn, "UserPolicyList": inline}


@pytest.fixture(autouse=True)
def files(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A builder may do all by its own policies, a reader below `quay` by that of the registry."""
    monkeypatch.setenv("COLUMNS", "1000")
    quay = f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/quay/*"
    granting = policy(CACHE, Principal={"AWS": READER}, Resource=quay)
    document = registry(
        registryPolicyText=json.dumps(granting),
        pullThroughCacheRules=[QUAY, {**QUAY, "ecrRepositoryPrefix": "other"}],
    )
    (folder / "a.json").write_text(document)
    everything = policy(["*"])
    told = {
        "UserDetailList": [user(BUILDER, [*PULL, *CACHE]), user(READER, PULL)],
        "ServiceControlPolicies": [[everything]],
        "ResourceControlPolicies": [],
    }
    (folder / "iam.json").write_text(json.dumps(told))


def said(run: Run, name: str, *words: str) -> list[str]:
    """What is said below the settings."""
    ended = run(*CHECK, name, "--identities", "iam.json", *words)
    assert (ended.code, ended.err) == (0, "")
    at = next(at for at, line in enumerate(ended.lines) if line.startswith("cache rule:"))
    return ended.lines[at + 1 :]


def named(lines: list[str], heading: str) -> set[str]:
    """The users that are listed under a heading."""
    rest = lines[lines.index(heading) + 1 :]
    end = next((at for at, line in enumerate(rest) if not line.startswith(" ")), len(rest))
    return {line.split()[-1] for line in rest[:end] if line.startswith("    user ")}


def test_those_who_may_are_listed(run: Run) -> None:
    lines = said(run, "quay/web")
    assert named(lines, "who may create it:") == {BUILDER, READER}
    assert named(lines, "who may fill it from upstream:") == {BUILDER, READER}
    lines = said(run, "other/web")
    assert named(lines, "who may create it:") == {BUILDER}
    assert named(lines, "who may fill it from upstream:") == {BUILDER}


def test_what_no_cache_rule_serves_is_not_filled(run: Run) -> None:
    lines = said(run, "web/app")
    assert named(lines, "who may create it:") == {BUILDER}
    assert "who may fill it from upstream:" not in lines


def test_one_caller_is_asked_about(run: Run) -> None:
    for name, verdict in (
        ("quay/web", "allowed: no action is missing"),
        ("other/web", "not allowed: 2 actions missing"),
    ):
        lines = said(run, name, "--principal", READER)
        at = lines.index(f"may `{READER}` create and fill it by a pull?")
        assert lines[at + 1] == f"  pull-through-cache: {verdict}"
    for caller, verdict in ((BUILDER, "YES"), (READER, "NO")):
        lines = said(run, "web/app", "--principal", caller)
        at = lines.index(f"may `{caller}` create it?")
        assert lines[at + 1].startswith(f"  {verdict}: ")


def test_without_identities_it_depends(run: Run) -> None:
    lines = run(*CHECK, "web/app", "--principal", BUILDER).lines
    at = lines.index(f"may `{BUILDER}` create it?")
    assert lines[at + 1].startswith("  DEPENDS: ")
    assert not any("may" in line for line in run(*CHECK, "web/app").lines)


def test_json(run: Run) -> None:
    words = (*CHECK, "quay/web", "--identities", "iam.json", "--format", "json")
    answer = run(*words).json
    for member, action in (("whoCanCreate", CACHE[0]), ("whoCanImport", CACHE[1])):
        assert answer[member]["action"] == action
        assert READER in json.dumps(answer[member])
    answer = run(*words, "--principal", READER).json
    assert answer["mayCache"]["verdict"] == "yes"
    assert "whoCanCreate" not in answer
    alone = run(*CHECK, "web/app", *words[5:], "--principal", READER).json
    assert alone["mayCreate"]["verdict"] == "no"
    assert "mayCreate" not in run(*CHECK, "quay/web", "--format", "json").json


def test_markdown(run: Run) -> None:
    words = (*CHECK, "quay/web", "--identities", "iam.json", "--format", "markdown")
    lines = run(*words).lines
    assert "- who may create it:" in lines
    assert f"    - user {BUILDER}" in lines


def test_it_is_asked_of_a_new_repository(run: Run) -> None:
    for words in (("--identities", "iam.json"), ("--principal", BUILDER)):
        assert refused(run("registry", "check", "a.json", *words)) == [
            f"ecrpolicy: `{words[0]}` is about who may create a repository: name it with "
            "`--new-repository`"
        ]


def test_standard_input_is_read_once(run: Run) -> None:
    words = ("registry", "check", "-", "--new-repository", "web/app", "--identities", "-")
    assert refused(run(*words)) == [
        "ecrpolicy: standard input can be read once: give the others as files"
    ]
