"""`ecrpolicy who-can`: who may take an action, or do all of an operation."""

import json
from pathlib import Path

import pytest

from tests.cli.iam_documents import ACCOUNT, ALICE, BOB, PULL, STOREFRONT, everybody, policy
from tests.cli.running import Run
from tests.cli.test_bad_input import refused

WEB = ("--repository", "storefront/web", *STOREFRONT)


def test_who_may_and_who_depends(run: Run) -> None:
    ended = run("who-can", PULL, *WEB)
    assert (ended.code, ended.err) == (0, "")
    assert ended.lines[:7] == [
        f"who may take `{PULL}` on `arn:aws:ecr:eu-central-1:{ACCOUNT}:repository/storefront/web`: "
        "5, and 8 depending on what is not known",
        "may:",
        f"  root user arn:aws:iam::{ACCOUNT}:root",
        "  root user arn:aws:iam::444455556666:root",
        f"  user {ALICE}",
        f"  user arn:aws:iam::{ACCOUNT}:user/carol",
        "  role arn:aws:iam::444455556666:role/deployer",
    ]
    at = ended.lines.index(f"  user {BOB}")
    assert ended.lines[at + 1].startswith("    if statement 3 `the organization pulls` of the ")
    assert "  everybody" in ended.lines
    assert any("`aws:PrincipalOrgID` is not known" in line for line in ended.lines)


def test_the_action_can_stand_last(run: Run) -> None:
    assert run("who-can", *WEB, PULL) == run("who-can", PULL, *WEB)


def test_the_context_settles_it(run: Run) -> None:
    ended = run("who-can", PULL, *WEB, "--context", "aws:PrincipalOrgID=o-storefront1")
    assert ended.lines.index("  everybody") < ended.lines.index(
        "may, depending on what is not known:"
    )
    assert "  everybody" not in run("who-can", PULL, *WEB, "--absent", "aws:PrincipalOrgID").lines


def test_json(run: Run) -> None:
    answer = run("who-can", PULL, *WEB, "--format", "json").json
    verdicts = {each["name"]: each["verdict"] for each in answer["grantees"]}
    assert (verdicts[ALICE], verdicts[BOB], verdicts["*"]) == ("yes", "depends", "depends")
    assert answer["action"] == PULL
    assert answer["assumes"]


def test_an_operation_needs_all_of_its_actions(run: Run) -> None:
    ended = run("who-can", "--operation", "pull", *WEB)
    assert ended.code == 0
    may = ended.lines.index("may:")
    depending = ended.lines.index("may, depending on what is not known:")
    part = ended.lines.index("may do a part of it only:")
    assert may < ended.lines.index(f"  user {ALICE}") < depending
    assert part < next(at for at, line in enumerate(ended.lines) if f"user {BOB}: not " in line)
    scanner = ended.lines.index("  role arn:aws:iam::777788889999:role/scanner")
    assert depending < scanner < part
    assert (
        "    ecr:GetAuthorizationToken: granted by the caller's own account, which is not known"
        in ended.lines[scanner:part]
    )


def test_several_operations(run: Run) -> None:
    ended = run("who-can", "--operation", "pull", "--operation", "push", *WEB, "--format", "json")
    pull, push = ended.json["operations"]
    assert (pull["operation"], push["operation"]) == ("pull", "push")
    able = {each["name"]: each for each in pull["grantees"]}
    assert able[ALICE]["verdict"] == "yes"
    assert able[BOB]["verdict"] == "no"
    assert able[BOB]["missing"] == ["ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer"]
    text = run("who-can", "--operation", "pull", "--operation", "push", *WEB).out
    assert "\n\nwho may do all of `push` on `storefront/web`: " in text


def test_control_characters_are_escaped(run: Run, folder: Path) -> None:
    name = "web\x1b[2J"
    public = everybody(action="ecr:*", Sid="a\x1b[2J\nb")
    public |= {"Condition": {"StringEquals": {"aws:SourceVpce\x1b[2J": "x\x1b[2J"}}}
    repository = {
        "repositoryName": name,
        "repositoryArn": f"arn:aws:ecr:us-east-1:{ACCOUNT}:repository/{name}",
        "policyText": json.dumps(policy(public)),
    }
    (folder / "r.json").write_text(json.dumps({"repositories": [repository]}))
    words = ("--snapshot", "r.json", "--repository", name)
    for asked in ((PULL,), ("--operation", "pull")):
        ended = run("who-can", *asked, *words)
        assert ended.code == 0
        assert "\x1b" not in ended.out
        assert r"\x1b[2J" in ended.out
        assert r"`a\x1b[2J\nb`" in ended.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (WEB, "say what is asked: either an action or `--operation`"),
        ((PULL, "--operation", "pull", *WEB), "say what is asked"),
        (("pull", *WEB), "`pull` is no action"),
        ((PULL, *STOREFRONT), "is about a repository, and none is given"),
        (("--operation", "pull", *STOREFRONT), "`pull` is about a repository: name it with"),
        ((PULL, "--repository", "none", *STOREFRONT), "has no repository `none`"),
        ((PULL, "--snapshot", "none.json"), "`none.json` is not there"),
        ((PULL, "--snapshot", "-"), "the text is empty"),
        ((PULL, *WEB, "--identities", "none.json"), "`none.json` is not there"),
    ],
)
def test_bad_input(run: Run, words: tuple[str, ...], said: str) -> None:
    lines = refused(run("who-can", *words))
    assert any(said in line for line in lines), lines


def test_wrong_usage(run: Run) -> None:
    ended = run("who-can", PULL)
    assert (ended.code, ended.out) == (2, "")
    assert "required: --snapshot" in ended.err
    assert "unrecognized arguments: b" in run("who-can", *WEB, "a", "b").err
