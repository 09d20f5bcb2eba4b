"""Why a decision is as it is: the tree, the line, and what is taken for granted."""

import json
from typing import Any

import pytest

from ecrpolicy.iam import Effect, Kind, Request
from tests.iam.builders import (
    FEDERATED,
    FOREIGN_ROOT,
    FOREIGN_USER,
    HERE,
    NOTHING,
    PULL,
    REPOSITORY,
    ROLE,
    ROOT,
    SERVICE,
    SESSION,
    THERE,
    USER,
    boundary,
    decide,
    endpoint,
    identity,
    policy,
    rcp,
    registry,
    repository,
    request,
    scp,
    session,
    statement,
)

_ASKED = f"User: {USER} is not authorized to perform: {PULL} on resource: {REPOSITORY}"


def test_the_reason_is_in_the_words_of_the_service() -> None:
    because = f"because no identity-based policy allows the {PULL} action"
    assert decide(request()).reason == f"{_ASKED} {because}"
    denied = decide(request(), identity=(identity("Deny"),), resource=(repository("*", "Deny"),))
    types = "an identity-based policy and a resource-based policy"
    assert denied.reason == f"{_ASKED} with an explicit deny in {types}"
    limited = decide(request(), identity=(identity(),), boundary=boundary(**NOTHING))
    because = f"because no permissions boundary allows the {PULL} action"
    assert limited.reason == f"{_ASKED} {because}"


def test_the_reason_of_an_allow() -> None:
    allowed = decide(request(), identity=(identity(),), resource=(repository({"AWS": USER}),))
    assert allowed.reason.endswith(
        f"because an identity-based policy and a resource-based policy allow the {PULL} action"
    )
    assert decide(request(ROOT)).reason.endswith("because it is the root user of the account")


def test_a_request_without_a_resource_is_about_a_star() -> None:
    asked = request(SERVICE, "ecr:DescribeRegistry", resource=None)
    assert decide(asked).reason == (
        f"User: {SERVICE} is not authorized to perform: ecr:DescribeRegistry on resource: * "
        "because no resource-based policy allows the ecr:DescribeRegistry action"
    )


def test_every_element_that_does_not_match_is_told() -> None:
    mine = policy(
        Kind.IDENTITY,
        statement(
            Sid="Push",
            Action="ecr:PutImage",
            Resource="arn:aws:ecr:*:*:repository/other",
            Condition={"StringEquals": {"aws:username": ["${aws:PrincipalAccount}", "Eve"]}},
        ),
    )
    (explained,) = decide(request(), identity=(mine,)).explain().policies
    (only,) = explained.statements
    assert not only.matched
    assert only.sid == "Push"
    assert [str(mismatch) for mismatch in only.mismatches] == [
        f"Action asks for `ecr:PutImage`, found `{PULL}`",
        f"Resource asks for `arn:aws:ecr:*:*:repository/other`, found `{REPOSITORY}`",
        f"Condition `StringEquals` on `aws:username` asks for `{HERE}` or `Eve`, found `Bob`",
    ]


def test_a_missing_key_and_a_wrong_principal_are_told() -> None:
    theirs = repository({"Service": SERVICE}, Condition={"Bool": {"a:b": True}})
    (explained,) = decide(request(), resource=(theirs,)).explain().policies
    assert [str(mismatch) for mismatch in explained.statements[0].mismatches] == [
        f"Principal asks for `Service {SERVICE}`, found `{USER}`",
        "Condition `Bool` on `a:b` asks for `true`, found nothing",
    ]


def test_a_policy_that_does_not_bind_says_why() -> None:
    decision = decide(request(None), identity=(identity(),), scps=((scp(),),))
    reasons = {each.kind: each.not_binding for each in decision.explain().policies}
    assert reasons == {
        Kind.IDENTITY: "it binds no anonymous caller",
        Kind.SCP: "it binds no anonymous caller",
    }


@pytest.mark.parametrize(
    ("asked", "given", "why"),
    [
        (
            request(SESSION, service_linked_role=True),
            {"scps": ((scp(),),), "rcps": ((rcp(),),)},
            ["it binds no service-linked role"] * 2,
        ),
        (
            request(principal_in_management_account=True, resource_in_management_account=True),
            {"scps": ((scp(),),), "rcps": ((rcp(),),)},
            [
                "the account of the caller is the organization's management account",
                "the account of the resource is the organization's management account",
            ],
        ),
        (
            request(ROOT),
            {"boundary": boundary(), "session": (session(),)},
            ["it binds no root user"] * 2,
        ),
        (
            request(action="ecr:GetAuthorizationToken", resource=None),
            {"resource": (repository("*"), registry("*"))},
            ["`ecr:GetAuthorizationToken` is granted by identity-based policies alone"] * 2,
        ),
        (
            request(action="ecr:DescribeRegistry", resource=None),
            {"resource": (repository("*"),)},
            ["the request is about no repository"],
        ),
        (
            request(),
            {"resource": (registry("*"),), "registry_scope": "V1"},
            [f"a registry policy of scope V1 is not about `{PULL}`"],
        ),
        (
            request(action="s3:GetObject", resource="arn:aws:s3:::bucket/key"),
            {"resource": (registry("*"),)},
            ["a registry policy is not about `s3:GetObject`"],
        ),
    ],
)
def test_a_policy_is_not_asked_for_a_reason(
    asked: Request, given: dict[str, Any], why: list[str]
) -> None:
    explained = decide(asked, **given).explain()
    assert [each.not_binding for each in explained.policies] == why
    for each, reason in zip(explained.policies, why, strict=True):
        assert f"  {each.name}: does not apply: {reason}" in explained.text().splitlines()
        assert not each.statements


def test_every_place_of_a_policy_has_its_name() -> None:
    explained = decide(
        request(SESSION),
        identity=(identity(), identity()),
        boundary=boundary(),
        session=(session(),),
        endpoint=endpoint(),
        rcps=((rcp(),),),
        resource=(repository("*"), registry("*")),
    ).explain()
    assert [(each.kind, each.name) for each in explained.policies] == [
        (Kind.RCP, "resource control policy of level 1"),
        (Kind.ENDPOINT, "VPC endpoint policy"),
        (Kind.REPOSITORY, "repository policy"),
        (Kind.REGISTRY, "registry policy"),
        (Kind.IDENTITY, "identity-based policy 1"),
        (Kind.IDENTITY, "identity-based policy 2"),
        (Kind.BOUNDARY, "permissions boundary"),
        (Kind.SESSION, "session policy"),
    ]


def test_a_registry_policy_of_scope_v1_is_asked_about_what_it_knows() -> None:
    asked = request(FOREIGN_ROOT, "ecr:ReplicateImage")
    decision = decide(asked, resource=(registry({"AWS": THERE}),), registry_scope="V1")
    explained = decision.explain()
    assert [each.allows for each in explained.policies] == [True]
    assert explained.notes == (
        "the registry policy has scope V1: it is asked about three actions alone",
    )


def test_the_root_user_needs_no_policy_within_its_account() -> None:
    (note,) = decide(request(ROOT)).explain().notes
    assert note == f"{ROOT} needs no policy within its own account"
    assert decide(request(FOREIGN_ROOT)).explain().notes == ()


@pytest.mark.parametrize(
    ("caller", "principal", "notes"),
    [
        (SESSION, ROLE, ["what it names is limited by permissions boundary and session policies"]),
        (SESSION, SESSION, []),
        (
            SESSION,
            HERE,
            ["it names the account, which only delegates: an identity policy must allow too"],
        ),
        (USER, USER, []),
        (FOREIGN_USER, THERE, []),
    ],
)
def test_what_a_grant_is_worth_is_noted(caller: str, principal: str, notes: list[str]) -> None:
    asked = request(caller, role=ROLE if caller == SESSION else None)
    (explained,) = decide(asked, resource=(repository({"AWS": principal}),)).explain().policies
    assert list(explained.statements[0].notes) == notes


def test_a_deny_of_named_principals_leaves_nothing_open() -> None:
    theirs = repository({"AWS": USER}, "Deny")
    (explained,) = decide(request(), resource=(theirs,)).explain().policies
    assert explained.denies
    assert explained.statements[0].notes == ()


def test_conditions_that_do_not_hold_are_told_alone() -> None:
    conditions = {"StringEquals": {"aws:username": "Bob", "aws:PrincipalAccount": THERE}}
    (explained,) = decide(request(), identity=(identity(Condition=conditions),)).explain().policies
    assert [each.to_json() for each in explained.statements[0].mismatches] == [
        {
            "element": "Condition",
            "operator": "StringEquals",
            "key": "aws:PrincipalAccount",
            "wanted": [THERE],
            "found": [HERE],
        }
    ]
    (explained,) = decide(request(), identity=(identity(Action="s3:*"),)).explain().policies
    assert [each.to_json() for each in explained.statements[0].mismatches] == [
        {"element": "Action", "wanted": ["s3:*"], "found": [PULL]}
    ]


def test_a_delegation_and_an_open_question_are_noted() -> None:
    theirs = policy(
        Kind.REPOSITORY,
        statement(Principal={"AWS": HERE}),
        statement("Deny", Action="ecr:Delete*", NotPrincipal={"AWS": USER}),
    )
    text = decide(request(), resource=(theirs,)).explain().text()
    assert "it names the account, which only delegates" in text
    text = decide(request(action="ecr:DeleteRepository"), resource=(theirs,)).explain().text()
    assert "AWS leaves open what happens then" in text


def test_text_and_json_say_the_same() -> None:
    decision = decide(request(), identity=(identity(),), scps=((), (scp(),)))
    explanation = decision.explain()
    assert explanation.text().splitlines()[0] == f"IMPLICIT_DENY: {decision.reason}"
    assert "level 1 of the service control policies is empty" in explanation.text()
    told = json.loads(json.dumps(explanation.to_json()))
    assert told["effect"] == "IMPLICIT_DENY"
    assert told["decidedBy"] == ["scp"]
    assert [each["name"] for each in told["policies"]] == [
        "service control policy of level 2",
        "identity-based policy",
    ]
    assert told["policies"][1]["statements"][0]["matched"] is True


def test_control_characters_come_out_escaped() -> None:
    sid = "a\x1b[31m\x07"
    theirs = policy(Kind.REPOSITORY, statement(Sid=sid, Principal="*", Action="ecr:Put*"))
    asked = request(resource=f"{REPOSITORY}\x1b[2J", context={"a:b": "\x07"})
    explanation = decide(asked, resource=(theirs,)).explain()
    assert explanation.text().replace("\n", "").isprintable()
    assert "\\x1b[31m" in explanation.text()


def test_what_an_allow_takes_for_granted() -> None:
    given = {"identity": (identity(),), "resource": (repository("*"),)}
    said = " ".join(decide(request(SESSION), **given).assumes)
    for word in ("service control", "resource control", "endpoint", "boundary", "session policy"):
        assert word in said
    assert "no repository policy" not in said
    assert "no registry policy" in said
    assert "the ARN of the session's role was not given" in said


def test_what_a_refusal_takes_for_granted() -> None:
    said = " ".join(decide(request()).assumes)
    assert "no identity-based policy was given" in said
    assert "no repository policy was given" in said
    assert "service control" not in said
    assert decide(request(), identity=(identity("Deny"),)).assumes == ()


def test_what_was_given_is_not_taken_for_granted() -> None:
    given = {
        "identity": (identity(),),
        "resource": (repository("*"), registry("*")),
        "scps": ((scp(),),),
        "rcps": ((rcp("Allow"),),),
        "endpoint": endpoint(),
        "boundary": boundary(),
        "session": (session(),),
    }
    decision = decide(request(SESSION, role=ROLE), **given)
    assert decision.assumes == ()
    assert decision.effect is Effect.ALLOW


def test_the_user_behind_a_federated_session_is_taken_to_be_nobody() -> None:
    sentence = "the user behind the federated session was not given: no policy is taken to name it"
    assert sentence in decide(request(FEDERATED)).assumes
    assert sentence not in decide(request(FEDERATED, user=USER)).assumes


def test_a_decision_shows_what_was_decided() -> None:
    assert repr(decide(request(), identity=(identity(),))) == (
        "Decision(effect=<Effect.ALLOW: 'ALLOW'>, decided_by=(<Kind.IDENTITY: 'identity'>,))"
    )
