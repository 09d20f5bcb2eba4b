"""Why a decision is as it is: the tree, the line, and what is taken for granted."""

import json

from ecrpolicy.iam import Kind
from tests.iam.builders import (
    HERE,
    NOTHING,
    PULL,
    REPOSITORY,
    ROOT,
    SERVICE,
    SESSION,
    USER,
    boundary,
    decide,
    identity,
    policy,
    repository,
    request,
    scp,
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


def test_a_decision_shows_what_was_decided() -> None:
    assert repr(decide(request(), identity=(identity(),))) == (
        "Decision(effect=<Effect.ALLOW: 'ALLOW'>, decided_by=(<Kind.IDENTITY: 'identity'>,))"
    )
