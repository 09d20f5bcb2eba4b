"""`ecrpolicy authorize`: one request, an operation, many cases, a registry."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.iam_documents import (
    ACCOUNT,
    ALICE,
    APP,
    ASKED,
    BOB,
    CASES,
    PULL,
    STOREFRONT,
    case,
    dumped,
    encoded,
    everybody,
    policy,
    role_policy,
    statement,
)
from tests.cli.running import Run
from tests.cli.test_bad_input import refused

FULL_ACCESS = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryFullAccess"
CLEAR = "\x1b[2J"
DENY = statement("Deny")

EXPLAINED = f"""\
EXPLICIT_DENY: User: {ALICE} is not authorized to perform: {PULL} on resource: {APP} \
with an explicit deny in an identity-based policy
  identity-based policy `policy.json`: denies
    statement 1: matches and allows
    statement 2 `NotFromHere`: matches and denies
    statement 3: does not match (Allow)
      Action asks for `ecr:PutImage`, found `{PULL}`
      Resource asks for `{APP}s`, found `{APP}`
      Condition `StringEquals` on `aws:SourceVpce` asks for `vpce-1`, found `vpce-2` and `vpce-3`
"""


@pytest.fixture
def write(folder: Path) -> Callable[[str, object], str]:
    """Writes a document, or a text as it is, to a file of a name."""

    def written(name: str, content: object) -> str:
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / name).write_text(text, "utf-8")
        return name

    return written


Write = Callable[[str, object], str]


# One request.


def test_the_explanation_has_the_shape_of_the_policies(run: Run, write: Write) -> None:
    here = {"StringEquals": {"aws:SourceVpce": "vpce-1"}}
    put = statement(action="ecr:PutImage", Resource=f"{APP}s", Condition=here)
    not_here = statement("Deny", Sid="NotFromHere")
    write("policy.json", policy(statement(), not_here, put))
    context = ("--context", "aws:SourceVpce=vpce-2", "--context", "aws:SourceVpce=vpce-3")
    assert run(*ASKED, "--identity", "policy.json", *context) == (1, EXPLAINED, "")


def test_what_is_taken_for_granted_comes_last(run: Run, write: Write) -> None:
    ended = run(*ASKED, "--identity", write("policy.json", policy()))
    assert ended.code == 0
    assert ended.lines[0].startswith(f"ALLOW: User: {ALICE} is authorized to perform: {PULL}")
    at = ended.lines.index("taken for granted:")
    assert len(ended.lines) > at + 1
    assert all(line.startswith("  ") for line in ended.lines[at + 1 :])
    assert any("no service control policies were given" in line for line in ended.lines[at:])


def test_json_holds_the_same(run: Run, write: Write) -> None:
    words = (*ASKED, "--identity", write("policy.json", policy()), "--format", "json")
    answer = run(*words).json
    assert (answer["allowed"], answer["effect"], answer["decidedBy"]) == (
        True,
        "ALLOW",
        ["identity"],
    )
    assert (answer["principal"], answer["action"], answer["resource"]) == (ALICE, PULL, APP)
    assert answer["policies"][0]["statements"][0]["matched"] is True
    assert "asExpected" not in answer
    assert run(*words, "--expect", "deny").json["asExpected"] is False


@pytest.mark.parametrize(
    ("effect", "expected", "code"),
    [("Allow", "allow", 0), ("Allow", "deny", 1), ("Deny", "allow", 1), ("Deny", "deny", 0)],
)
def test_an_expectation(run: Run, write: Write, effect: str, expected: str, code: int) -> None:
    name = write("policy.json", policy(statement(effect)))
    ended = run(*ASKED, "--identity", name, "--expect", expected)
    said = f"ecrpolicy: not as expected: expected {expected}\n" if code else ""
    assert (ended.code, ended.err) == (code, said)


@pytest.mark.parametrize(
    ("option", "restricting"),
    [
        ("--identity", policy(DENY)),
        ("--boundary", policy(statement(action="s3:*"))),
        ("--session", policy(statement(action="s3:*"))),
        ("--scp root", policy(statement(action="s3:*"))),
        ("--rcp root", policy(everybody("Deny", Resource="*"))),
        ("--endpoint", policy(everybody(action="s3:*", Resource="*"))),
        ("--repository-policy", policy(everybody("Deny", PULL))),
        ("--registry-policy", policy(everybody("Deny", PULL, Resource="*"))),
    ],
)
def test_every_option_of_policies_counts(
    run: Run, write: Write, option: str, restricting: object
) -> None:
    full = ("--identity", write("full.json", policy()))
    assert run(*ASKED, *full).code == 0
    name, _, level = option.partition(" ")
    file = write("limit.json", restricting)
    ended = run(*ASKED, *full, name, f"{level}={file}" if level else file)
    assert (ended.code, ended.err) == (1, "")
    assert "`limit.json`" in ended.out


def test_a_repository_policy_can_allow(run: Run, write: Write) -> None:
    name = write("policy.json", policy(everybody(action=PULL)))
    anonymous = ("authorize", "--principal", "anonymous", "--action", PULL, "--resource", APP)
    assert run(*anonymous, "--repository-policy", name).code == 0
    assert run(*anonymous).code == 1
    service = ("authorize", "--principal", "ecs.amazonaws.com", *anonymous[3:])
    assert run(*service, "--repository-policy", name).code == 0


def test_levels_are_taken_one_by_one(run: Run, write: Write) -> None:
    full = write("full.json", policy(statement(action="*")))
    words = (*ASKED, "--identity", full)
    assert run(*words, "--scp", f"2={full}", "--scp", f"1={full}").code == 0
    ended = run(*words, "--scp", f"root={full}", "--scp", "unit=")
    assert ended.code == 1
    assert "level 2 of the service control policies is empty: it allows nothing" in ended.out
    pull = write("pull.json", policy(statement(action=PULL)))
    put = write("put.json", policy(statement(action="ecr:PutImage")))
    assert run(*words, "--scp", f"root={pull}", "--scp", f"root={put}").code == 0
    assert run(*words, "--scp", f"root={pull}", "--scp", f"unit={put}").code == 1


def test_the_scope_of_the_registry_policy(run: Run, write: Write) -> None:
    name = write("policy.json", policy(everybody(action="ecr:*", Resource="*")))
    words = (*ASKED, "--registry-policy", name)
    assert run(*words, "--registry-scope", "v2").code == 0
    assert run(*words, "--registry-scope", "V1").code == 1
    assert refused(run(*ASKED, "--registry-scope", "v1")) == [
        "ecrpolicy: `--registry-scope` is about `--registry-policy`: name that too"
    ]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("aws:SourceVpce", ("--context", "aws:SourceVpce=x")),
        ("aws:PrincipalTag/team", ("--principal-tag", "team=x")),
        ("aws:ResourceTag/team", ("--resource-tag", "team=x")),
        ("ecr:ResourceTag/team", ("--resource-tag", "team=x")),
    ],
)
def test_context_and_tags(run: Run, write: Write, key: str, words: tuple[str, ...]) -> None:
    asked = policy(statement(Condition={"StringEquals": {key: "x"}}))
    given = (*ASKED, "--identity", write("policy.json", asked))
    assert run(*given, *words).code == 0
    assert run(*given).code == 1


def test_a_key_can_be_said_to_be_absent(run: Run, write: Write) -> None:
    asked = policy(statement(Condition={"Null": {"aws:username": "true"}}))
    given = (*ASKED, "--identity", write("policy.json", asked))
    assert run(*given).code == 1
    assert run(*given, "--absent", "aws:username").code == 0


def test_sessions_and_accounts(run: Run, write: Write) -> None:
    role = f"arn:aws:iam::{ACCOUNT}:role/build/ci"
    session = f"arn:aws:sts::{ACCOUNT}:assumed-role/ci/1"
    name = write("policy.json", policy(everybody() | {"Principal": {"AWS": role}}))
    words = ("authorize", "--action", PULL, "--resource", APP, "--repository-policy", name)
    assert run(*words, "--principal", session, "--role", role).code == 0
    other = f"arn:aws:iam::{ACCOUNT}:role/other/ci"
    assert run(*words, "--principal", session, "--role", other).code == 1
    own = (*ASKED, "--identity", write("full.json", policy()))
    assert run(*own, "--resource-account", "444455556666").code == 1
    empty = ("--scp", "root=")
    assert run(*own, *empty).code == 1
    assert run(*own, *empty, "--principal-in-management-account").code == 0
    denied = ("--rcp", f"root={write('rcp.json', policy(everybody('Deny', Resource='*')))}")
    assert run(*own, *denied).code == 1
    assert run(*own, *denied, "--resource-in-management-account").code == 0
    assert run(*own, *denied, *empty, "--service-linked-role").code == 0


def test_users_and_providers(run: Run, write: Write) -> None:
    federated = f"arn:aws:sts::{ACCOUNT}:federated-user/jane"
    name = write("user.json", policy(everybody() | {"Principal": {"AWS": ALICE}}))
    words = ("authorize", "--action", PULL, "--resource", APP, "--repository-policy")
    full = ("--session", write("full.json", policy()))
    assert run(*words, name, *full, "--principal", federated, "--user", ALICE).code == 0
    assert run(*words, name, *full, "--principal", federated).code == 1
    web = {"Principal": {"Federated": "cognito-identity.amazonaws.com"}}
    name = write("web.json", policy(everybody() | web))
    session = ("--principal", f"arn:aws:sts::{ACCOUNT}:assumed-role/web/1")
    assert run(*words, name, *session).code == 1
    assert run(*words, name, *session, "--provider", "cognito-identity.amazonaws.com").code == 0


@pytest.mark.parametrize(
    "content",
    [
        dumped(policy()),
        role_policy(policy()),
        role_policy(encoded(policy())),
        role_policy(json.dumps(policy())),
        dumped({"PolicyVersion": {"Document": policy(), "VersionId": "v1"}}),
        dumped({"PolicyVersion": {"Document": encoded(policy())}}),
    ],
)
def test_what_is_printed_around_a_policy(run: Run, write: Write, content: str) -> None:
    assert run(*ASKED, "--identity", write("policy.json", content)).code == 0


@pytest.mark.parametrize(
    ("option", "wrapper"),
    [
        ("--repository-policy", {"policyText": json.dumps(policy(everybody(action=PULL)))}),
        (
            "--registry-policy",
            {"policyText": json.dumps(policy(everybody(action=PULL, Resource="*")))},
        ),
    ],
)
def test_answers_of_the_registry(run: Run, write: Write, option: str, wrapper: Any) -> None:
    answer = {"registryId": ACCOUNT, "repositoryName": "app", **wrapper}
    assert run(*ASKED, option, write("policy.json", dumped(answer))).code == 0


def test_answers_of_organization_and_network(run: Run, write: Write) -> None:
    content = json.dumps(policy(statement(action="s3:*")))
    scp = write("scp.json", {"Policy": {"PolicySummary": {}, "Content": content}})
    full = ("--identity", write("full.json", policy()))
    assert run(*ASKED, *full, "--scp", f"root={scp}").code == 1
    document = json.dumps(policy(everybody(action="s3:*", Resource="*")))
    endpoint = {"PolicyDocument": document}
    name = write("endpoint.json", {"VpcEndpoints": [endpoint]})
    assert run(*ASKED, *full, "--endpoint", name).code == 1
    name = write("endpoints.json", {"VpcEndpoints": [endpoint, endpoint]})
    [line] = refused(run(*ASKED, *full, "--endpoint", name))
    assert line.startswith("ecrpolicy: endpoints.json:1:18: the file is of 2 endpoints")


def test_a_managed_policy_by_its_arn(run: Run) -> None:
    ended = run(*ASKED, "--identity", FULL_ACCESS)
    assert ended.code == 0
    assert "AmazonEC2ContainerRegistryFullAccess, version v" in ended.out
    assert run(*ASKED, "--identity", FULL_ACCESS, "--boundary", FULL_ACCESS).code == 0


@pytest.mark.parametrize(
    ("option", "arn", "said"),
    [
        ("--identity", "arn:aws:iam::aws:policy/Nothing", "does not hold the managed policy"),
        ("--identity", f"arn:aws:iam::{ACCOUNT}:policy/own", "is not managed by AWS"),
        ("--endpoint", FULL_ACCESS, "cannot be named by an ARN"),
    ],
)
def test_other_policies_have_no_arn_here(run: Run, option: str, arn: str, said: str) -> None:
    [line] = refused(run(*ASKED, option, arn))
    assert said in line


def test_standard_input(run: Run) -> None:
    text = json.dumps(policy())
    assert run(*ASKED, "--identity", "-", stdin=text).code == 0
    ended = run(*ASKED, "--identity", "-", "--boundary", "-", stdin=text)
    assert refused(ended) == [
        "ecrpolicy: standard input can be read once: give the others as files"
    ]


def test_control_characters_are_escaped(run: Run, write: Write) -> None:
    hostile = everybody(Sid=f"a{CLEAR}\nb")
    hostile |= {"Condition": {"StringEquals": {"aws:username": f"x{CLEAR}", f"aws:{CLEAR}": "y"}}}
    name = write(f"p{CLEAR}.json", policy(hostile))
    words = ("--resource-tag", f"k{CLEAR}=v{CLEAR}", "--context", f"aws:{CLEAR}=z{CLEAR}")
    asked = ("authorize", "--principal", f"{ALICE}{CLEAR}", "--action", PULL)
    ended = run(*asked, "--resource", f"{APP}{CLEAR}", "--repository-policy", name, *words)
    assert ended.code == 1
    assert "\x1b" not in ended.out + ended.err
    assert rf"{ALICE}\x1b[2J" in ended.out
    ended = run(*ASKED, "--repository-policy", name, *words)
    assert ended.code == 1
    assert "\x1b" not in ended.out
    assert r"`a\x1b[2J\nb`" in ended.out


# What is asked must be whole.


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say who asks"),
        (("--principal", ALICE), "say what is asked: either `--action` or `--operation`"),
        (
            ("--principal", ALICE, "--action", PULL, "--operation", "pull"),
            "say what is asked: either `--action` or `--operation`",
        ),
        (("--principal", ALICE, "--action", PULL), f"`{PULL}` is about a resource"),
        (("--principal", ALICE, "--operation", "pull"), "`pull` is about a repository"),
        (
            ("--principal", ALICE, "--action", "ecr:GetAuthorizationToken", "--resource", APP),
            "`ecr:GetAuthorizationToken` is about no resource",
        ),
        (("--principal", ALICE, "--action", "pull"), "`pull` is no action"),
        (("--principal", "alice", "--action", PULL, "--resource", APP), "`alice` is no caller"),
        (("--principal", "arn:aws:iam", "--action", PULL, "--resource", APP), "is no ARN"),
        (
            ("--principal", "arn:aws:iam::1:user/a", "--action", PULL, "--resource", APP),
            "`1` in the ARN of the caller is no account",
        ),
        (("--principal", ALICE, "--action", PULL, "--resource", "arn:aws:ecr"), "is no ARN of"),
        ((*ASKED[1:], "--resource-account", "12"), "`12` is no account"),
        ((*ASKED[1:], "--role", f"{ACCOUNT}"), ""),
        ((*ASKED[1:], "--resource-tag", "a=1", "--resource-tag", "a=2"), "the tag `a` stands"),
        ((*ASKED[1:], "--context", "aws:a=1", "--context", "AWS:A=1"), "stands twice"),
        ((*ASKED[1:], "--context", "aws:a=1", "--absent", "AWS:A"), "is given and absent"),
        ((*ASKED[1:], "--repository", "app"), "`--repository` cannot stand without `--snapshot`"),
        ((*ASKED[1:], "--request", "r.json"), "cannot stand beside `--request`"),
        (("--cases", "c.json", "--action", PULL), "`--action` cannot stand beside `--cases`"),
        ((*ASKED[1:], "--case", "a"), "name that file too"),
        ((*ASKED[1:], *STOREFRONT), "`--resource` cannot stand beside `--snapshot`"),
    ],
)
def test_what_is_no_question(run: Run, words: tuple[str, ...], said: str) -> None:
    lines = refused(run("authorize", *words))
    assert any(said in line for line in lines)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--operation", "fly"), "`fly` is none; known are push, pull, "),
        (("--context", "aws:a"), "`aws:a` is no pair; write `key=value`"),
        (("--context", "=x"), "`=x` is no pair"),
        (("--scp", "policy.json"), "`policy.json` is no pair"),
        (("--registry-scope", "v3"), "invalid choice: 'v3'"),
        (("--expect", "maybe"), "invalid choice: 'maybe'"),
        (("--format", "yaml"), "invalid choice: 'yaml'"),
        (("policy.json",), "unrecognized arguments: policy.json"),
    ],
)
def test_wrong_usage(run: Run, words: tuple[str, ...], said: str) -> None:
    ended = run("authorize", *words)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err.splitlines()[-1]


# Policies that cannot be used.

CONDITION = '{"Condition": {"%s": {"aws:SourceIp": "%s"}}}'


def _with(**members: Any) -> str:
    return dumped(policy(statement(**members)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "policy.json:1:1: the text is empty"),
        ("{", "policy.json:1:2: "),
        ("[]", "policy.json:1:1: expected an object, found an array"),
        ("null", "policy.json:1:1: expected an object, found null"),
        ("{}", "policy.json:1:1: the policy has no `Statement`"),
        ('{"Statement": 1}', "policy.json:1:15: expected an array of statements"),
        ('{"Statement": []}', "policy.json:1:15: the policy has no statements"),
        ('{"Statement": [], "Statement": []}', "policy.json:1:19: "),
        ('{"a": 1}', "policy.json:1:2: no element is called `a`"),
        ("[" * 100_000, "policy.json:1:101: "),
        ("\ufeff{}", "byte-order mark"),
        (_with(Effect="Perhaps"), "policy.json:5:23: "),
        (_with(Resource="arn:aws:ecr"), "policy.json:7:25: "),
        (
            _with(Resource="arn:aws:ecr:us-east-1:1:repository/${aws:x"),
            "policy.json:7:61: the variable `${aws:x` is not closed",
        ),
        (_with(Condition={"IpAddress": {"aws:SourceIp": "10.0.0.x/8"}}), "is no range of"),
        (_with(Condition={"IpAdress": {"aws:SourceIp": "10.0.0.0/8"}}), "write `IpAddress`"),
        (_with(Condition={"Bool": {"aws:SecureTransport": None}}), "expected a string"),
        (_with(Condition={"Bool": "true"}), "expected an object of context keys"),
        (_with(Principal="*"), "has no `Principal`"),
        (_with(Sid="a b"), "policy.json:"),
        ('{"PolicyDocument": 1}', "expected a policy: an object, or its text"),
        ('{"PolicyDocument": "arn:aws:iam::aws:policy/X"}', "does not hold the managed policy"),
        ('{\n "PolicyDocument": {\n  "Statement": 7}}', "policy.json:3:16: expected an array"),
        ('{"PolicyDocument": "{}"}', "policy.json#PolicyDocument:1:1: the policy has no"),
        (" " * 10_000_000 + "{}", "policy.json: an identity-based policy has 6,144 characters"),
        (
            dumped(policy(*([statement(Resource="*")] * 10_000))),
            "policy.json: an identity-based policy has 6,144 characters at most",
        ),
    ],
    ids=range(26),
)
def test_a_policy_that_cannot_be_used(run: Run, write: Write, content: str, said: str) -> None:
    write("policy.json", content)
    for words in (("--identity", "policy.json"), ("--identity", "policy.json", "--expect", "deny")):
        lines = refused(run(*ASKED, *words))
        assert any(said in line for line in lines), lines
        assert len(lines) <= 21


def test_all_that_is_wrong_is_told_at_once(run: Run, write: Write) -> None:
    write("policy.json", policy(statement("May"), statement(action="x"), statement("Must")))
    assert len(refused(run(*ASKED, "--identity", "policy.json"))) == 3


@pytest.mark.parametrize(
    ("condition", "context", "code"),
    [
        ({"IpAddress": {"aws:SourceIp": "10.1.2.3/8"}}, "aws:SourceIp=10.9.9.9", 0),
        ({"IpAddress": {"aws:SourceIp": "10.1.2.3/8"}}, "aws:SourceIp=ten", 1),
        ({"DateLessThan": {"aws:CurrentTime": "99999-01-01T00:00:00Z"}}, "aws:CurrentTime=1", 1),
        (
            {"DateLessThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}},
            "aws:CurrentTime=99999-01-01T00:00:00Z",
            1,
        ),
        ({"NumericLessThan": {"s3:max-keys": "10"}}, "s3:max-keys=10abc", 1),
    ],
)
def test_strange_values_are_decided(
    run: Run, write: Write, condition: object, context: str, code: int
) -> None:
    name = write("policy.json", policy(statement(Condition=condition)))
    ended = run(*ASKED, "--identity", name, "--context", context)
    assert (ended.code, ended.err) == (code, "")


def test_files_that_cannot_be_read(run: Run, folder: Path) -> None:
    (folder / "folder").mkdir()
    for option in ("--identity", "--boundary", "--session", "--repository-policy", "--endpoint"):
        said = ["ecrpolicy: `none.json` is not there: check the path"]
        assert refused(run(*ASKED, option, "none.json")) == said
    said = ["ecrpolicy: `folder` is a directory: name a file in it"]
    assert refused(run(*ASKED, "--scp", "root=folder")) == said
    (folder / "binary.json").write_bytes(b"\xff\xfe\x00{")
    [line] = refused(run(*ASKED, "--identity", "binary.json"))
    assert "is UTF-16" in line


# Operations.


def test_an_operation_lists_what_is_missing(run: Run, write: Write) -> None:
    name = write("policy.json", policy(statement(action=PULL)))
    words = ("authorize", "--principal", ALICE, "--operation", "pull", "--resource", APP)
    ended = run(*words, "--identity", name)
    assert ended.code == 1
    assert ended.lines[:5] == [
        "pull: not allowed: 2 actions missing",
        "  ecr:GetAuthorizationToken   IMPLICIT_DENY",
        "  ecr:BatchGetImage           ALLOW",
        "  ecr:GetDownloadUrlForLayer  IMPLICIT_DENY",
        "",
    ]
    assert sum(line.startswith("IMPLICIT_DENY: User") for line in ended.lines) == 2
    answer = run(*words, "--identity", name, "--format", "json").json
    assert answer["missing"] == ["ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer"]
    assert [each["allowed"] for each in answer["actions"]] == [False, True, False]
    ended = run(*words, "--identity", write("full.json", policy()), "--expect", "allow")
    assert (ended.code, ended.lines[0]) == (0, "pull: allowed: no action is missing")


def test_what_an_existing_repository_spares(run: Run, write: Write) -> None:
    name = write("policy.json", policy(everybody(action="ecr:ReplicateImage", Resource="*")))
    words = ("authorize", "--principal", f"arn:aws:iam::{ACCOUNT}:root", "--resource", APP)
    other = (*words[:2], "arn:aws:iam::444455556666:root", *words[3:], "--registry-policy", name)
    assert run(*other, "--operation", "replicate-in").code == 1
    assert run(*other, "--operation", "replicate-in", "--repository-exists").code == 0


# Everything in one document.


@pytest.mark.parametrize("effect", ["ALLOW", "DENY", "EXPLICIT_DENY", "IMPLICIT_DENY", None])
def test_a_request(run: Run, write: Write, effect: str | None) -> None:
    for document, found in (
        (policy(), {"ALLOW", None}),
        (policy(DENY), {"EXPLICIT_DENY", "DENY"}),
        (policy(statement(action="s3:*")), {"IMPLICIT_DENY", "DENY"}),
    ):
        name = write("request.json", case(document, effect=effect))
        ended = run("authorize", "--request", name)
        assert ended.code == (0 if effect in found else 1)
        assert bool(ended.err) is (effect is not None and effect not in found)
    ended = run("authorize", "--request", name, "--expect", "deny", "--format", "json")
    assert (ended.code, ended.json["asExpected"], ended.json["expected"]) == (0, True, "DENY")


def test_a_request_from_standard_input(run: Run) -> None:
    assert run("authorize", "--request", "-", stdin=json.dumps(case(policy()))).code == 0
    managed = case(policy()) | {"policies": {"identity": [FULL_ACCESS]}}
    assert run("authorize", "--request", "-", stdin=json.dumps(managed)).code == 0


def _request(**members: Any) -> str:
    whole = case(policy())
    return json.dumps({**whole, "request": {**whole["request"], **members}})


def _policies(**members: Any) -> str:
    return json.dumps({**case(), "policies": members})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "the text is empty"),
        ("[]", "expected an object"),
        ("{}", "the member `request` is missing"),
        ('{"request": {}}', "the member `principal` is missing"),
        ('{"request": 1}', "(at `/request`)"),
        (_request(principal=5), "request.json:1:27: expected a string, found `5`"),
        (_request(principal="bob"), "request.json:1:27: `bob` is no caller"),
        (_request(resource="arn:aws"), "is no ARN of a resource"),
        (_request(resourceTag={}), "(at `/request/resourceTag`)"),
        (_request(resourceTags=[]), "(at `/request/resourceTags`)"),
        (_request(resourceTags={"a": 1}), "(at `/request/resourceTags/a`)"),
        (_request(serviceLinkedRole="yes"), "(at `/request/serviceLinkedRole`)"),
        (_request(context={"aws:a": {}}), "the context key `aws:a` has the value"),
        (_request(context=[]), "(at `/request/context`)"),
        (_policies(identity={}), "(at `/policies/identity`)"),
        (_policies(identity=[5]), "(at `/policies/identity/0`)"),
        (_policies(identity=[{}]), "the policy has no `Statement`"),
        (_policies(identity=["%7B"]), "request.json#policies/identity/0:1:2: "),
        (_policies(scps=[{}]), "(at `/policies/scps/0`)"),
        (_policies(scp=[]), "(at `/policies/scp`)"),
        (_policies(registryScope="V3"), "(at `/policies/registryScope`)"),
        (_policies(repository={"$ref": "x"}), "no policy is called `x`"),
        (json.dumps(case() | {"expected": {"effect": "NO"}}), "(at `/expected/effect`)"),
        (json.dumps(case() | {"expected": "ALLOW"}), "(at `/expected`)"),
    ],
    ids=range(24),
)
def test_a_request_that_is_none(run: Run, write: Write, content: str, said: str) -> None:
    lines = refused(run("authorize", "--request", write("request.json", content)))
    assert any(said in line for line in lines), lines


# Many cases.


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_the_fixtures_agree(run: Run, file: Path) -> None:
    cases = len(json.loads(file.read_text("utf-8"))["cases"])
    ended = run("authorize", "--cases", str(file))
    assert ended == (0, f"{cases} cases: {cases} as expected, 0 not\n", "")


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_a_case_of_the_fixtures_is_explained(run: Run, file: Path) -> None:
    first = json.loads(file.read_text("utf-8"))["cases"][0]
    ended = run("authorize", "--cases", str(file), "--case", first["name"])
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"{first['expected']['effect']}: User: ")


def test_refused_cases_of_the_fixtures_are_told(run: Run) -> None:
    for file in CASES:
        for each in json.loads(file.read_text("utf-8"))["cases"]:
            if "refused" in each["expected"]:
                ended = run("authorize", "--cases", str(file), "--case", each["name"])
                assert all(str(file) in line for line in refused(ended))


def test_lines_lists_and_one_case_are_cases(run: Run, write: Write) -> None:
    several = [case(policy(), effect="ALLOW"), case(policy(DENY), effect="DENY")]
    lines = "\n\n".join(map(json.dumps, several)) + "\n"
    for name, content in (
        ("cases.jsonl", lines),
        ("cases.json", lines),
        ("cases.json", several),
        ("cases.json", {"cases": several}),
    ):
        ended = run("authorize", "--cases", write(name, content))
        assert ended == (0, "2 cases: 2 as expected, 0 not\n", "")
    assert run("authorize", "--cases", "-", stdin=lines).code == 0
    for name in ("one.json", "one.jsonl"):
        ended = run("authorize", "--cases", write(name, case(policy())))
        assert ended.out == "1 case: 1 as expected, 0 not\n"


def test_a_mismatch_is_explained(run: Run, write: Write) -> None:
    several = [case(policy()), case(policy(DENY), name=f"b{CLEAR}", effect="ALLOW"), case()]
    name = write("cases.json", several)
    ended = run("authorize", "--cases", name)
    assert ended.code == 1
    assert ended.lines[:4] == [
        "3 cases: 1 as expected, 2 not",
        "",
        rf"{name}: b\x1b[2J",
        "  - ALLOW",
    ]
    assert ended.lines[4].startswith("  + EXPLICIT_DENY: User: ")
    assert "    identity-based policy: denies" in ended.lines
    assert f"{name}: case 3" in ended.lines
    answer = run("authorize", "--cases", name, "--format", "json").json
    assert (answer["cases"], answer["asExpected"]) == (3, 1)
    assert [each["effect"] for each in answer["mismatches"]] == ["EXPLICIT_DENY", "IMPLICIT_DENY"]
    assert run("authorize", "--cases", name, "--expect", "deny").lines[0].endswith("1 not")


def test_a_policy_may_be_expected_to_be_refused(run: Run, write: Write) -> None:
    refusal = {"expected": {"refused": True, "effect": "ALLOW"}}
    broken, sound = ({**case(each), **refusal} for each in ({"Statement": 1}, policy()))
    name = write("cases.json", [broken, sound])
    ended = run("authorize", "--cases", name)
    assert (ended.code, ended.lines[0]) == (1, "2 cases: 1 as expected, 1 not")
    assert ended.lines[2:4] == [f"{name}: case 2", "  - REFUSED"]
    alone = run("authorize", "--request", write("sound.json", sound))
    assert (alone.code, alone.err) == (
        1,
        "ecrpolicy: not as expected: expected REFUSED, found ALLOW\n",
    )
    for words in (
        ("--cases", name, "--case", "case 1"),
        ("--request", write("broken.json", broken)),
    ):
        assert any("Statement" in line for line in refused(run("authorize", *words)))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("c.jsonl", '{"request": 1}\n{', "c.jsonl:2:2: "),
        ("c.jsonl", json.dumps(case({})) + "\n" + json.dumps(case({})), "c.jsonl:2:"),
        ("c.jsonl", "[1]\n2", "c.jsonl:2:1: "),
        ("c.json", "{}", "the member `request` is missing"),
        ("c.json", '{"cases": {}}', "c.json:1:11: expected a list of cases"),
        ("c.json", '{"cases": [\n 1]}', "c.json:2:2: "),
        ("c.json", "1", "nothing here tells of cases"),
        ("c.json", "", "the text is empty"),
        ("c.json", json.dumps([case({"$ref": "x"})]), "no policy is called `x`"),
        ("c.json", json.dumps({"cases": [case({"$ref": []})], "policies": {}}), "is called `[]`"),
    ],
)
def test_cases_that_are_none(run: Run, write: Write, name: str, content: str, said: str) -> None:
    lines = refused(run("authorize", "--cases", write(name, content)))
    assert any(said in line for line in lines), lines


def test_no_cases_at_all(run: Run, write: Write) -> None:
    ended = run("authorize", "--cases", write("c.jsonl", "\n"))
    assert ended == (0, "0 cases: 0 as expected, 0 not\n", "")


def test_a_case_must_be_there_once(run: Run, write: Write) -> None:
    words = ("authorize", "--case", "b", "--cases")
    once, twice = ([case(name="a")] * number for number in (1, 2))
    assert refused(run(*words, write("once.json", once))) == ["ecrpolicy: no case is called `b`"]
    assert "2 cases are called `a`" in refused(run(*words, write("twice.json", twice)))[0]


def test_progress_at_a_terminal(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = write("c.json", [case(policy())] * 3)
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda _: True, raising=False)
    ended = run("authorize", "--cases", name)
    assert (ended.code, ended.out) == (0, "3 cases: 3 as expected, 0 not\n")
    assert "of 3 cases" in ended.err


def test_an_action_that_is_not_known_is_warned_of(run: Run, write: Write) -> None:
    mine = ("--identity", write("policy.json", policy()))
    asked = ("authorize", "--principal", ALICE, "--resource", APP, *mine)
    ended = run(*asked, "--action", "ecr:BatchGetImagez")
    assert ended.code == 0
    assert "`ecr:BatchGetImagez` is no action of " in ended.err
    assert ended.err.endswith("the closest is `ecr:BatchGetImage`\n")
    for known in ("ecr:batchgetimage", "s3:GetObject"):
        assert not run(*asked, "--action", known).err


# A registry.


def test_a_registry_says_the_rest(run: Run) -> None:
    asked = ("authorize", "--action", PULL, "--repository", "billing/ledger", *STOREFRONT)
    ended = run(*asked, "--principal", ALICE)
    assert ended.code == 0
    assert ended.out.startswith(f"YES: User: {ALICE} is authorized to perform: {PULL}")
    ended = run(*asked, "--principal", BOB)
    assert ended.code == 1
    assert ended.out.startswith(f"DEPENDS: User: {BOB} may be authorized to perform: {PULL}")
    assert ended.lines[1] == (
        "  if statement 1 `PullFromTheOffice` of the policy `from-the-office` of user `bob` allows "
        "where `IpAddress` on `aws:SourceIp` has `203.0.113.0/24`"
    )
    assert run(*asked, "--principal", BOB, "--context", "aws:SourceIp=203.0.113.7").code == 0
    assert run(*asked, "--principal", BOB, "--context", "aws:SourceIp=10.0.0.1").code == 1
    ended = run(*asked, "--principal", BOB, "--absent", "aws:SourceIp")
    assert ended.out.startswith("NO: User: ")


@pytest.mark.parametrize(
    ("principal", "expected", "code"),
    [(ALICE, "allow", 0), (ALICE, "deny", 1), (BOB, "allow", 1), (BOB, "deny", 1)],
)
def test_what_depends_is_neither(run: Run, principal: str, expected: str, code: int) -> None:
    asked = ("authorize", "--action", PULL, "--repository", "billing/ledger", *STOREFRONT)
    assert run(*asked, "--principal", principal, "--expect", expected).code == code


def test_a_registry_as_json(run: Run) -> None:
    asked = ("authorize", "--action", PULL, "--repository", "billing/ledger", *STOREFRONT)
    answer = run(*asked, "--principal", BOB, "--format", "json", "--expect", "deny").json
    assert (answer["verdict"], answer["asExpected"]) == ("depends", False)
    [[way]] = answer["ways"]
    assert (way["operator"], way["key"]) == ("IpAddress", "aws:SourceIp")
    assert {"text", "settledBy"} == set(answer["assumes"][0])


def test_limits_beside_a_registry(run: Run, write: Write) -> None:
    asked = ("authorize", "--action", "ecr:PutImage", "--repository", "storefront/web")
    session = (*asked, *STOREFRONT, "--principal", f"arn:aws:sts::{ACCOUNT}:assumed-role/ci/1")
    assert run(*session).code == 0
    nothing = write("session.json", policy(statement(action="s3:*")))
    assert run(*session, "--session", nothing).code == 1
    nothing = write("endpoint.json", policy(everybody(action="s3:*", Resource="*")))
    assert run(*session, "--endpoint", nothing).code == 1


def test_a_registry_and_an_operation(run: Run) -> None:
    asked = ("authorize", "--operation", "pull", "--repository", "billing/ledger", *STOREFRONT)
    ended = run(*asked, "--principal", ALICE)
    assert (ended.code, ended.lines[0]) == (0, "pull: allowed: no action is missing")
    ended = run(*asked, "--principal", BOB, "--format", "json")
    assert (ended.code, ended.json["verdict"]) == (1, "no")
    ended = run(*asked, "--principal", BOB)
    assert ended.lines[:4] == [
        "pull: not allowed: 3 actions missing",
        "  ecr:GetAuthorizationToken   NO",
        "  ecr:BatchGetImage           DEPENDS",
        "  ecr:GetDownloadUrlForLayer  DEPENDS",
    ]
    lines = refused(run(*asked, "--principal", BOB, "--endpoint", "e.json"))
    assert "cannot stand beside `--snapshot` and `--operation`" in lines[0]


def test_tags_at_creation_need_more(run: Run) -> None:
    asked = ("authorize", "--action", "ecr:CreateRepository", "--repository", "n", *STOREFRONT)
    ended = run(*asked, "--principal", ALICE, "--context", "aws:RequestTag/environment=dev")
    assert ended.code == 0
    assert sum(line.startswith("  ALLOW: User") for line in ended.lines) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--principal", f"{ALICE}x"), f"has no `{ALICE}x`; it has `{ALICE}`"),
        (("--principal", ALICE, "--repository", "none"), "has no repository `none`"),
        (("--principal", ALICE), "is about a repository, and none is given"),
        (("--principal", ALICE, "--identities", "-"), "the text is empty"),
        (("--principal", ALICE, "--snapshot", "-", "--identities", "-"), "can be read once"),
    ],
)
def test_what_is_not_in_the_registry(run: Run, words: tuple[str, ...], said: str) -> None:
    lines = refused(run("authorize", "--action", PULL, *STOREFRONT, *words))
    assert any(said in line for line in lines), lines


def test_an_invalid_policy_of_the_registry(run: Run, write: Write) -> None:
    arn = f"arn:aws:ecr:us-east-1:{ACCOUNT}:repository/web"
    repository = {"repositoryName": "web", "repositoryArn": arn, "policyText": "{}"}
    name = write("registry.json", {"repositories": [repository]})
    words = ("--principal", ALICE, "--action", PULL, "--repository", "web", "--snapshot", name)
    [line] = refused(run("authorize", *words))
    assert line.startswith("ecrpolicy: policy of the repository `web`:1:1: the policy has no")
