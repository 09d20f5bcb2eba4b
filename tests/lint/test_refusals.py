"""Rules that say what a parser says."""

import ast
from collections.abc import Iterator
from typing import Any

import pytest

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind, Subject, find
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.selection import all_names
from ecrpolicy.snapshot import Registry
from tests.docs.examples import ROOT
from tests.lint.tables import place


def told(name: str, kind: Kind, value: Any, **context: Any) -> list[str]:
    return [place(each) for each in refused(name)(Subject(kind, value, **context))]


def test_of_a_lifecycle_policy() -> None:
    value = {"rules": [{"rulePriority": 0, "a/b": 1}]}
    assert told("number-too-small", Kind.LIFECYCLE, value) == ["/rules/0/rulePriority"]
    assert told("unknown-member", Kind.LIFECYCLE, value) == ["/rules/0/a~1b (name)"]
    [missing, *_] = refused("missing-member")(Subject(Kind.LIFECYCLE, value))
    assert missing.service_text == 'object has missing required properties (["selection"])'


@pytest.mark.parametrize("name", ["duplicate-key", "json-syntax-error", "unused-ignore"])
def test_what_a_reader_tells_is_not_told_of_values(name: str) -> None:
    assert list(find(name).problems(Subject(Kind.SCANNING, {"rules": 1}))) == []


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


def test_of_the_settings_of_a_registry() -> None:
    rule = {"scanFrequency": "ALWAYS", "repositoryFilters": []}
    assert told("scanning-not-in-enum", Kind.SCANNING, {"rules": [rule]}) == [
        "/rules/0/scanFrequency"
    ]
    destination = {"region": "mars", "registryId": "1"}
    value = {"rules": [{"destinations": [destination], "filters": []}]}
    assert told("replication-unknown-member", Kind.REPLICATION, value) == [
        "/rules/0/filters (name)"
    ]
    assert told("replication-unknown-region", Kind.REPLICATION, value) == [
        "/rules/0/destinations/0/region"
    ]


def test_settings_as_the_command_line_of_aws_prints_them() -> None:
    printed = {"registryId": "1", "scanningConfiguration": {"scanType": "DEEP"}}
    assert told("scanning-not-in-enum", Kind.SCANNING, printed) == [
        "/scanningConfiguration/scanType"
    ]
    assert told("scanning-unknown-member", Kind.SCANNING, printed) == []


def test_the_registry_counts() -> None:
    destination = {"region": "us-east-1", "registryId": "111122223333"}
    value, name = {"rules": [{"destinations": [destination]}]}, "replication-own-registry"
    home = Registry("111122223333", "us-east-1")
    assert told(name, Kind.REPLICATION, value) == []
    assert told(name, Kind.REPLICATION, value, registry=home) == ["/rules/0/destinations/0"]


def test_a_list_may_turn_out_to_be_shorter() -> None:
    filters = [{"filter": f"a{number}", "filterType": "WILDCARD"} for number in range(101)]
    name = "scanning-too-many-filters"
    for last, places in ((filters[-1], ["/rules/0/repositoryFilters"]), (UNKNOWN, [])):
        rule = {"scanFrequency": "SCAN_ON_PUSH", "repositoryFilters": [*filters[:-1], last]}
        assert told(name, Kind.SCANNING, {"rules": [rule]}) == places


def test_policies_in_templates_are_told_of_under_one_name() -> None:
    template: dict[str, Any] = {"prefix": "ROOT", "appliedFor": ["REPLICATION"]}
    template["lifecyclePolicy"] = '{"rules": []}'
    value = {"repositoryCreationTemplates": [template]}
    place = "/repositoryCreationTemplates/0/lifecyclePolicy"
    assert place in told("caching-refused-policy", Kind.TEMPLATES, value)
    template["lifecyclePolicy"] = 1
    assert told("caching-refused-policy", Kind.TEMPLATES, value) == []
    assert told("caching-wrong-type", Kind.TEMPLATES, value) == [place]


def names_of_problems(*files: str) -> Iterator[str]:
    """The names under which the functions of some files say what is wrong."""
    for pattern in files:
        for path in (ROOT / "ecrpolicy").glob(pattern):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                match node:
                    case ast.Call(ast.Name("Problem"), [ast.Constant(str(name)), *_]):
                        yield name


@pytest.mark.parametrize(
    ("start", "files", "elsewhere"),
    [
        # `shape` names no number of registry settings; no name of a repository stands in them.
        ("scanning-", ("scanning/*.py", "document/shape.py"), {"number-too-small"}),
        ("replication-", ("replication/*.py", "document/shape.py"), {"number-too-small"}),
        (
            "caching-",
            ("caching/*.py", "tagging.py", "document/shape.py"),
            {"number-too-small", "malformed-name"},
        ),
        ("", ("lifecycle/*.py", "document/shape.py"), set()),
    ],
)
def test_whatever_a_parser_says_there_is_a_rule_for_it(
    start: str, files: tuple[str, ...], elsewhere: set[str]
) -> None:
    told = set(names_of_problems(*files)) - elsewhere
    assert len(told) > 4
    assert {f"{start}{name}" for name in told} <= set(all_names())
