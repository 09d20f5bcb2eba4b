"""Rules that say what a parser says."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind, Subject
from ecrpolicy.lint.refusals import refused
from tests.lint.tables import place


def told(name: str, kind: Kind, value: Any, **context: Any) -> list[str]:
    return [place(each) for each in refused(name)(Subject(kind, value, **context))]


def test_of_a_lifecycle_policy() -> None:
    value = {"rules": [{"rulePriority": 0, "a/b": 1}]}
    assert told("number-too-small", Kind.LIFECYCLE, value) == ["/rules/0/rulePriority"]
    assert told("unknown-member", Kind.LIFECYCLE, value) == ["/rules/0/a~1b (name)"]
    [missing, *_] = refused("missing-member")(Subject(Kind.LIFECYCLE, value))
    assert missing.service_text == 'object has missing required properties (["selection"])'


def test_what_is_unknown_in_a_lifecycle_policy_is_let_be() -> None:
    value = {"rules": [{"rulePriority": UNKNOWN, "selection": UNKNOWN, "action": UNKNOWN}, UNKNOWN]}
    for name in ("wrong-type", "missing-member", "not-in-enum"):
        assert told(name, Kind.LIFECYCLE, value) == []
    assert told("wrong-type", Kind.LIFECYCLE, UNKNOWN) == []


def test_of_an_iam_style_policy() -> None:
    value = {"Statement": [{"Effect": "Allow", "Action": "ecr:Put Image", "Resource": "x"}]}
    assert told("invalid-action", Kind.IDENTITY, value) == ["/Statement/0/Action"]
    assert told("invalid-arn-prefix", Kind.IDENTITY, value) == ["/Statement/0/Resource"]
    assert told("unsupported-resource", Kind.REPOSITORY, value) == ["/Statement/0/Resource (name)"]


def test_what_is_unknown_in_an_iam_style_policy_is_let_be() -> None:
    for kind in (Kind.REGISTRY, Kind.RCP, Kind.IDENTITY):
        for inner in (UNKNOWN, [UNKNOWN]):
            value: dict[str, Any] = {
                "Version": UNKNOWN,
                "Statement": [
                    {
                        "Sid": UNKNOWN,
                        "Effect": "Allow",
                        "Action": inner,
                        "Resource": inner,
                        "Condition": {
                            "IpAddress": {"aws:SourceIp": inner},
                            "StringEquals": UNKNOWN,
                        },
                    },
                    UNKNOWN,
                ],
            }
            if kind is not Kind.IDENTITY:
                value["Statement"][0]["Principal"] = UNKNOWN
            subject = Subject(kind, value, scope="V1")
            for name in ("data-type-mismatch", "type-mismatch-ip-range", "invalid-action"):
                assert list(refused(name)(subject)) == []
            for name in ("rcp-syntax-error-allow", "rcp-syntax-error-principal"):
                assert list(refused(name)(subject)) == []
            assert list(refused("unsupported-action-in-policy")(subject)) == []
            assert list(refused("invalid-principal-format")(subject)) == []


def test_the_scope_of_a_registry_policy_counts() -> None:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "ecr:PutImage", "Resource": "*"}
    name, value = "unsupported-action-in-policy", {"Statement": [statement]}
    assert told(name, Kind.REGISTRY, value, scope="V1") == ["/Statement/0/Action"]
    assert told(name, Kind.REGISTRY, value, scope="V2") == []


def test_a_kind_without_a_parser_is_told_nothing() -> None:
    assert told("wrong-type", Kind.SCANNING, []) == []
