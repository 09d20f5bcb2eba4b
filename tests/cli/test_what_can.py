"""`ecrpolicy what-can`: what a caller may do in a registry."""

import pytest

from tests.cli.iam_documents import ALICE, STOREFRONT
from tests.cli.running import Run
from tests.cli.test_bad_input import refused

CODEBUILD = """\
what `codebuild.amazonaws.com` may do: something in 1 of 3 repositories
the registry: nothing
storefront/web:
  Read, depending: ecr:BatchGetImage, ecr:GetDownloadUrlForLayer
    if statement 2 `builds of ours` of the policy of the repository `storefront/web` allows where \
`StringEquals` on `aws:SourceAccount` has `111122223333`
storefront/worker: nothing
billing/ledger: nothing
taken for granted:
"""


def test_what_a_service_can(run: Run) -> None:
    ended = run("what-can", "codebuild.amazonaws.com", *STOREFRONT)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(CODEBUILD)
    assert "the context key `aws:SourceAccount` is not known" in ended.out


def test_one_repository(run: Run) -> None:
    ended = run("what-can", ALICE, "--repository", "billing/ledger", *STOREFRONT)
    assert ended.lines[:4] == [
        f"what `{ALICE}` may do: something in 1 of 1 repository",
        "the registry:",
        "  Read: ecr:GetAuthorizationToken",
        "billing/ledger:",
    ]
    assert "  Write, depending: ecr:CreateRepository" in ended.lines
    assert "storefront" not in "".join(ended.lines[3:5])


def test_nobody_known(run: Run) -> None:
    ended = run("what-can", "anonymous", *STOREFRONT)
    assert ended.lines[0] == "what an anonymous caller may do: something in 0 of 3 repositories"


def test_json(run: Run) -> None:
    answer = run("what-can", ALICE, *STOREFRONT, "--format", "json").json
    assert answer["principal"] == ALICE
    assert answer["registry"]["Read"] == [
        {"action": "ecr:GetAuthorizationToken", "verdict": "yes", "ways": []}
    ]
    assert set(answer["repositories"]["billing/ledger"]) == {"List", "Read", "Tagging", "Write"}
    assert answer["assumes"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((f"{ALICE}x", *STOREFRONT), f"has no `{ALICE}x`"),
        (("alice", *STOREFRONT), "`alice` is no caller"),
        (("arn:aws:iam::1:user/x", *STOREFRONT), "is no account"),
        ((ALICE, *STOREFRONT, "--repository", "none"), "has no repository `none`"),
        ((ALICE, "--snapshot", "none.json"), "`none.json` is not there"),
        ((ALICE, *STOREFRONT, "--context", "a=1", "--absent", "A"), "is given and absent"),
    ],
)
def test_bad_input(run: Run, words: tuple[str, ...], said: str) -> None:
    lines = refused(run("what-can", *words))
    assert any(said in line for line in lines), lines


def test_a_caller_must_be_named(run: Run) -> None:
    ended = run("what-can", *STOREFRONT)
    assert (ended.code, ended.out) == (2, "")
    assert "required: PRINCIPAL" in ended.err
