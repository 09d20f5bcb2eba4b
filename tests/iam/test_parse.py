"""From the text of a policy to its model, or to everything that is wrong with it."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import iam
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.finding import Finding
from ecrpolicy.iam import Kind
from ecrpolicy.iam.statements import Reader
from tests.iam.builders import HERE, REPOSITORY, USER, document, statement

_RESOURCE_KINDS = (Kind.REPOSITORY, Kind.REGISTRY, Kind.RESOURCE)


def findings(source: Any, kind: Kind = Kind.IDENTITY, **options: Any) -> tuple[Finding, ...]:
    with pytest.raises(InvalidPolicy) as caught:
        iam.parse(source, kind=kind, **options)
    return caught.value.findings


def told(source: Any, kind: Kind = Kind.IDENTITY, **options: Any) -> list[tuple[str, str]]:
    """Rule and pointer of each finding."""
    return [(found.rule, found.location.pointer) for found in findings(source, kind, **options)]


def _one(**elements: Any) -> dict[str, Any]:
    return document({"Effect": "Allow", "Action": "ecr:*", "Resource": "*", **elements})


def test_the_model_has_what_the_document_says() -> None:
    policy = iam.parse(
        {
            "Version": "2012-10-17",
            "Id": "x",
            "Statement": {
                "Sid": "One",
                "Effect": "Deny",
                "NotAction": ["ecr:Get*"],
                "NotResource": REPOSITORY,
                "Condition": {"ForAnyValue:StringLikeIfExists": {"aws:TagKeys": ["a", True, 1]}},
            },
        },
        kind=Kind.IDENTITY,
        file="f.json",
    )
    (only,) = policy.statements
    assert (policy.version, policy.id, policy.file, only.sid) == (
        "2012-10-17",
        "x",
        "f.json",
        "One",
    )
    assert only.action == iam.Element(("ecr:Get*",), is_negated=True)
    assert only.resource == iam.Element((REPOSITORY,), is_negated=True)
    (condition,) = only.conditions
    assert condition.operator.text == "ForAnyValue:StringLikeIfExists"
    assert condition.values == ("a", "true", "1")


def test_everybody_is_written_in_two_ways() -> None:
    both = [
        iam.parse(document(statement(Principal=written)), kind=Kind.REPOSITORY)
        for written in ("*", {"AWS": "*"})
    ]
    assert both[0] == both[1]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ([], [("data-type-mismatch", "")]),
        ({}, [("missing-statement", "")]),
        ({"Statement": []}, [("missing-statement", "/Statement")]),
        ({"Statement": None}, [("data-type-mismatch", "/Statement")]),
        ({"Statement": [None]}, [("data-type-mismatch", "/Statement/0")]),
        (_one() | {"Version": "2012-10-18"}, [("invalid-version", "/Version")]),
        (_one() | {"Version": 2012}, [("data-type-mismatch", "/Version")]),
        (_one() | {"Id": None}, [("data-type-mismatch", "/Id")]),
        (_one() | {"statements": []}, [("invalid-policy-element", "/statements")]),
        (
            {"Statement": [{}]},
            [
                ("missing-effect", "/Statement/0"),
                ("missing-action", "/Statement/0"),
                ("missing-resource", "/Statement/0"),
            ],
        ),
        (_one(Effect="allow"), [("invalid-effect", "/Statement/0/Effect")]),
        (_one(Effect=None), [("data-type-mismatch", "/Statement/0/Effect")]),
        (_one(Actions="ecr:*"), [("invalid-policy-element", "/Statement/0/Actions")]),
        (_one(NotAction="x:*"), [("unsupported-element-combination", "/Statement/0/NotAction")]),
        (_one(NotResource="*"), [("unsupported-element-combination", "/Statement/0/NotResource")]),
        (_one(Action="GetImage"), [("invalid-action", "/Statement/0/Action")]),
        (_one(Action=["ecr:*", "ecr:"]), [("invalid-action", "/Statement/0/Action/1")]),
        (_one(Action=[]), [("empty-array-action", "/Statement/0/Action")]),
        (_one(Action=[None]), [("data-type-mismatch", "/Statement/0/Action/0")]),
        (_one(Action="ecr:${a:b}"), [("variable-unsupported-in-element", "/Statement/0/Action")]),
        (_one(Resource="app"), [("invalid-arn-prefix", "/Statement/0/Resource")]),
        (_one(Resource=["arn:aws:ecr"]), [("missing-arn-field", "/Statement/0/Resource/0")]),
        (_one(Resource=[]), [("empty-array-resource", "/Statement/0/Resource")]),
        (_one(Sid="a b"), [("unsupported-sid", "/Statement/0/Sid")]),
        (_one(Sid=1), [("data-type-mismatch", "/Statement/0/Sid")]),
        (_one(Principal="*"), [("unsupported-principal", "/Statement/0/Principal")]),
        (_one(Condition=[]), [("data-type-mismatch", "/Statement/0/Condition")]),
        (
            _one(Condition={"StringEqual": {"a:b": "c"}}),
            [("invalid-condition-operator", "/Statement/0/Condition/StringEqual")],
        ),
        (
            _one(Condition={"Bool": []}),
            [("data-type-mismatch", "/Statement/0/Condition/Bool")],
        ),
        (
            _one(Condition={"Bool": {"a:b": [None]}}),
            [("data-type-mismatch", "/Statement/0/Condition/Bool/a:b/0")],
        ),
        (
            _one(Condition={"Bool": {"key": "true"}}),
            [("invalid-condition-key-format", "/Statement/0/Condition/Bool/key")],
        ),
        *(
            (
                _one(Condition={"Bool": {key: "true"}}),
                [("invalid-condition-key-format", f"/Statement/0/Condition/Bool/{key}")],
            )
            for key in (":", "aws:", ":key", "a b:key")
        ),
        (
            _one(Condition={"NotIpAddress": {"aws:SourceIp": "${aws:SourceIp}"}}),
            [
                (
                    "invalid-variable-for-operator",
                    "/Statement/0/Condition/NotIpAddress/aws:SourceIp",
                )
            ],
        ),
        (
            _one(Condition={"IpAddress": {"aws:SourceIp": ["10.0.0.9/8", "10.0.0.x/8"]}}),
            [("type-mismatch-ip-range", "/Statement/0/Condition/IpAddress/aws:SourceIp/1")],
        ),
    ],
)
def test_what_is_wrong_is_told(source: Any, expected: list[tuple[str, str]]) -> None:
    assert told(source) == expected


def test_everything_is_told_at_once_in_the_order_of_the_text() -> None:
    text = """{
      "Statement": [
        {"Effect": "Alow", "Action": "GetImage", "Resource": "*"},
        {"Effect": "Deny", "Resource": "x",
         "Condition": {"StringEqual": {}}}
      ]
    }"""
    places = [
        (found.rule, found.location.line, found.location.column)
        for found in findings(text, file="f.json")
    ]
    assert places == [
        ("invalid-effect", 3, 20),
        ("invalid-action", 3, 38),
        ("missing-action", 4, 9),
        ("invalid-arn-prefix", 4, 40),
        ("invalid-condition-operator", 5, 24),
    ]


def test_what_is_meant_is_proposed() -> None:
    (found,) = findings(_one(Condition={"StringEqual": {}}))
    assert found.help == "write `StringEquals`"
    (found,) = findings(_one(resources="*"))
    assert found.help == "write `Resource`, or delete it"


@pytest.mark.parametrize("kind", _RESOURCE_KINDS)
def test_policies_of_resources_name_a_principal(kind: Kind) -> None:
    resource = {} if kind is Kind.REPOSITORY else {"Resource": "*"}
    assert told(document(statement(**resource)), kind) == [("missing-principal", "/Statement/0")]
    assert iam.parse(document(statement(NotPrincipal="*", **resource)), kind=kind)


def test_a_repository_policy_has_no_resource() -> None:
    source = document(statement(Principal="*", Resource="*"))
    assert told(source, Kind.REPOSITORY) == [("unsupported-resource", "/Statement/0/Resource")]


@pytest.mark.parametrize("sid", ["allow pull", "a-b_c", "", "é"])
def test_ids_of_a_repository_policy_are_free(sid: str) -> None:
    twice = document(*[statement(Sid=sid, Principal="*")] * 2)
    assert iam.parse(twice, kind=Kind.REPOSITORY).statements[1].sid == sid


def test_ids_of_other_policies_stand_once() -> None:
    twice = document(*[statement(Sid="One", Resource="*")] * 2)
    for kind in (Kind.IDENTITY, Kind.BOUNDARY, Kind.SESSION, Kind.SCP):
        assert told(twice, kind) == [("unique-sids-required", "/Statement/1/Sid")]


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        ("x", ("invalid-principal-format", "")),
        ([], ("invalid-principal-format", "")),
        ({"Aws": HERE}, ("invalid-principal-key", "/Aws")),
        ({"AWS": None}, ("data-type-mismatch", "/AWS")),
        ({"AWS": ["12"]}, ("invalid-principal-format", "/AWS/0")),
        ({"AWS": "arn:aws:iam::12:root"}, ("invalid-principal-format", "/AWS")),
        ({"AWS": f"arn:aws:iam::{HERE}:group/x"}, ("invalid-principal-format", "/AWS")),
        ({"AWS": f"arn:aws:sts::{HERE}:assumed-role/x"}, ("invalid-principal-format", "/AWS")),
        ({"AWS": f"arn:aws:iam::{HERE}:user/*"}, ("unsupported-wildcard-in-principal", "/AWS")),
        ({"AWS": "arn:aws:iam::*:root"}, ("unsupported-wildcard-in-principal", "/AWS")),
        ({"AWS": "1111*"}, ("unsupported-wildcard-in-principal", "/AWS")),
        (
            {"AWS": f"arn:aws:iam::{HERE}:user/${{aws:username}}"},
            ("variable-unsupported-in-element", "/AWS"),
        ),
        ({"Service": "codebuild"}, ("invalid-service-principal-format", "/Service")),
        ({"Service": "*"}, ("unsupported-wildcard-in-principal", "/Service")),
        ({"Federated": ""}, ("invalid-principal-format", "/Federated")),
        ({"CanonicalUser": "x"}, ("invalid-principal-format", "/CanonicalUser")),
    ],
)
def test_what_is_no_principal(principal: Any, expected: tuple[str, str]) -> None:
    rule, place = expected
    found = told(document(statement(Principal=principal)), Kind.REPOSITORY)
    assert found == [(rule, f"/Statement/0/Principal{place}")]


@pytest.mark.parametrize(
    "principal",
    [
        {"AWS": [HERE, USER, "*", "AIDAEXAMPLEEXAMPLE", f"arn:aws:iam::{HERE}:role/a/b"]},
        {"AWS": f"arn:aws:sts::{HERE}:federated-user/x"},
        {"Service": ["codebuild.amazonaws.com", "x.amazonaws.com.cn"]},
        {"Federated": ["accounts.google.com", f"arn:aws:iam::{HERE}:saml-provider/x"]},
        {"CanonicalUser": "a" * 64},
    ],
)
def test_what_is_a_principal(principal: Any) -> None:
    assert iam.parse(document(statement(Principal=principal)), kind=Kind.REPOSITORY)


def test_an_scp_has_no_principal() -> None:
    source = _one(Principal="*")
    assert told(source, Kind.SCP) == [("scp-syntax-error-principal", "/Statement/0/Principal")]


@pytest.mark.parametrize(
    ("elements", "rule"),
    [
        ({"Principal": {"AWS": HERE}}, "rcp-syntax-error-principal"),
        ({"NotPrincipal": "*"}, "rcp-syntax-error-principal"),
        ({"Principal": "*", "NotAction": "s3:*"}, "rcp-syntax-error-notaction"),
        ({"Principal": "*", "Effect": "Allow", "Resource": REPOSITORY}, "rcp-syntax-error-allow"),
    ],
)
def test_an_rcp_has_its_own_syntax(elements: dict[str, Any], rule: str) -> None:
    source = {"Effect": "Deny", "Resource": "*", **elements}
    if "NotAction" not in source:
        source["Action"] = "ecr:*"
    assert [found for found, _ in told(document(source), Kind.RCP)] == [rule]


def test_full_access_is_an_rcp() -> None:
    source = document(statement(Action="*", Principal="*", Resource="*"))
    assert iam.parse(source, kind=Kind.RCP)


@pytest.mark.parametrize(
    ("action", "is_known"),
    [
        ("ecr:ReplicateImage", True),
        ("ecr:batchImportUpstreamImage", True),
        ("ecr:CreateRepository", True),
        ("ecr:*", True),
        ("ecr:BatchGetImage", False),
        ("ecr:Replicate*", False),
        ("*", False),
    ],
)
def test_scope_v1_knows_three_actions(action: str, is_known: bool) -> None:
    source = document(statement(Action=action, Principal="*", Resource="*"))
    if is_known:
        assert iam.parse(source, kind=Kind.REGISTRY, scope="V1")
    else:
        expected = [("unsupported-action-in-policy", "/Statement/0/Action")]
        assert told(source, Kind.REGISTRY, scope="V1") == expected
    assert iam.parse(source, kind=Kind.REGISTRY)


def test_an_unclosed_variable_is_pointed_at() -> None:
    text = json.dumps(_one(Resource=[f'{REPOSITORY}/"${{aws:username']), indent=1)
    (found,) = findings(text)
    assert found.rule == "missing-brace-in-variable"
    line = text.splitlines()[(found.location.line or 0) - 1]
    assert line[(found.location.column or 0) - 1 :].startswith("${aws:username")


@pytest.mark.parametrize(
    ("elements", "version", "is_refused"),
    [
        ({"Condition": {"StringLike": {"a:b": "${"}}}, "2012-10-17", True),
        ({"Condition": {"ArnLike": {"a:b": "${}"}}}, "2012-10-17", True),
        ({"Condition": {"Bool": {"a:b": "${"}}}, "2012-10-17", False),
        ({"Condition": {"StringLike": {"a:b": "${"}}}, "2008-10-17", False),
        ({"Resource": "arn:aws:ecr:${x:*"}, "2012-10-17", False),
        ({"Resource": "arn:aws:s3:::${x"}, "2012-10-17", True),
        ({"Resource": "arn:aws:s3:::${x"}, None, False),
    ],
)
def test_where_variables_count(
    elements: dict[str, Any], version: str | None, is_refused: bool
) -> None:
    source = document({**_one(**elements)["Statement"][0]}, version=version)
    if is_refused:
        assert len(findings(source)) == 1
    else:
        assert iam.parse(source, kind=Kind.IDENTITY)


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        (Kind.REPOSITORY, 10_240),
        (Kind.REGISTRY, 10_240),
        (Kind.SCP, 5_120),
        (Kind.RCP, 5_120),
        (Kind.SESSION, 2_048),
        (Kind.ENDPOINT, 20_480),
    ],
)
def test_sizes_are_refused_before_anything_is_read(kind: Kind, most: int) -> None:
    (found,) = findings("{" * (most + 1), kind)
    assert found.rule.startswith("policy-size-exceeds")
    assert f"{most:,} characters" in found.message
    assert findings("{".ljust(most), kind)[0].rule == "json-syntax-error"


def test_white_space_of_an_identity_policy_does_not_count() -> None:
    text = json.dumps(_one())
    assert iam.parse(text + " " * 10_000, kind=Kind.IDENTITY)
    (found,) = findings(json.dumps(_one(Action="ecr:" + "a" * 6_144)))
    assert "without white space" in found.message


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("source", ["x" * 10_000_000, b" " * 10_000_000])
def test_a_huge_text_is_not_read(kind: Kind, source: str | bytes) -> None:
    (found,) = findings(source, kind)
    assert found.rule.startswith("policy-size-exceeds")


def test_thousands_of_mistakes_are_not_all_told() -> None:
    assert len(findings({"Statement": [{}] * 2_000}, Kind.REPOSITORY)) <= 100
    reader = Reader(Kind.IDENTITY)
    reader.policy(_one(Condition={"IpAddress": {"aws:SourceIp": ["1.2.3"] * 150}}))
    assert len(reader.problems) == 100


def test_what_is_meant_is_not_looked_for_after_many_mistakes() -> None:
    found = findings(_one() | {f"Statement{number}": 1 for number in range(25)})
    assert [each.help for each in found] == 20 * ["write `Statement`, or delete it"] + 5 * [
        "delete it"
    ]


def test_bytes_are_text_in_utf_8() -> None:
    policy = iam.parse(json.dumps(_one(Sid="A1")).encode(), kind=Kind.IDENTITY)
    assert policy.statements[0].sid == "A1"
    assert told(b'{"Id": "\xff"}') == [("json-syntax-error", "")]


@pytest.mark.parametrize(
    ("kind", "rules"), [(Kind.RESOURCE, []), (Kind.RCP, ["rcp-syntax-error-principal"])]
)
def test_whom_a_statement_excepts_may_be_unknown(kind: Kind, rules: list[str]) -> None:
    reader = Reader(kind)
    reader.policy(_one(Effect="Deny", NotPrincipal=UNKNOWN))
    assert [problem.rule for problem in reader.problems] == rules


@pytest.mark.parametrize(
    "text", ["", "{", "[1,]", '{"Statement": 1, "Statement": 2}', "nul", "[" * 5_000, "\ufeff{}"]
)
def test_what_is_no_json_has_findings_with_places(text: str) -> None:
    for found in findings(text, Kind.REPOSITORY):
        assert found.location.line is not None


def test_control_characters_are_escaped() -> None:
    for found in findings(_one(Action="\x1b[31m", Resource="\x07", Sid="\x00")):
        assert str(found).isprintable()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["Version", "Statement", "Effect", "Action", "Resource", "Principal"])
            | st.sampled_from(["Condition", "StringLike", "a:b", "AWS", "Sid", "NotAction"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(_JSON, st.sampled_from(list(Kind)))
def test_nothing_but_findings_comes_of_anything(value: Any, kind: Kind) -> None:
    with suppress(InvalidPolicy):
        iam.parse(json.dumps(value), kind=kind)


@pytest.mark.parametrize("empty", [{}, {"AWS": []}, {"AWS": [], "Service": []}])
def test_a_not_principal_that_excepts_nobody_is_refused(empty: Any) -> None:
    text = document(statement(NotPrincipal=empty))
    with pytest.raises(InvalidPolicy) as caught:
        iam.parse(text, kind=iam.Kind.REPOSITORY)
    [found] = caught.value.findings
    assert found.rule == ("empty-array-principal" if empty else "empty-object-principal")
    assert (found.location.pointer or "").endswith("/NotPrincipal")
