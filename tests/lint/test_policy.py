"""IAM-style policies as rules read them."""

from typing import Any

import pytest

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.iam.operators import OPERATORS
from ecrpolicy.lint import Kind, Subject
from ecrpolicy.lint.policy import PolicyView, Principal, Value, policy_of, statement_of


def read(value: Any) -> PolicyView:
    return policy_of(Subject(Kind.RESOURCE, value))


@pytest.mark.parametrize(
    ("value", "paths", "is_complete"),
    [
        ({"Statement": {}}, [("Statement",)], True),
        ({"Statement": [{}, 1, {}]}, [("Statement", 0), ("Statement", 2)], True),
        ({"Statement": [{}, UNKNOWN]}, [("Statement", 0)], False),
        ({"Statement": UNKNOWN}, [], False),
        ({"Statement": "a"}, [], False),
        ({}, [], False),
        ([], [], False),
        (UNKNOWN, [], False),
    ],
)
def test_statements(value: Any, paths: list[Any], *, is_complete: bool) -> None:
    policy = read(value)
    assert [statement.path for statement in policy.statements] == paths
    assert policy.is_complete is is_complete


@pytest.mark.parametrize(
    ("version", "expected"),
    [("2012-10-17", True), ("2008-10-17", False), (None, False), (UNKNOWN, None)],
)
def test_variables_hang_on_the_version(version: Any, *, expected: bool | None) -> None:
    assert read({"Version": version, "Statement": {}}).knows_variables is expected


def test_values_of_all_statements() -> None:
    policy = read(
        {
            "Statement": [
                {"Action": "a:*", "NotResource": ["x", 1], "Principal": "*"},
                {"NotAction": ["b:C"], "Principal": {"AWS": ["1", "2"], "Service": "s"}},
            ]
        }
    )
    assert policy.actions == (
        Value("a:*", ("Statement", 0, "Action")),
        Value("b:C", ("Statement", 1, "NotAction", 0)),
    )
    assert policy.resources == (Value("x", ("Statement", 0, "NotResource", 0)),)
    assert policy.principals == (
        Principal("AWS", "*", ("Statement", 0, "Principal")),
        Principal("AWS", "1", ("Statement", 1, "Principal", "AWS", 0)),
        Principal("AWS", "2", ("Statement", 1, "Principal", "AWS", 1)),
        Principal("Service", "s", ("Statement", 1, "Principal", "Service")),
    )


@pytest.mark.parametrize(
    ("held", "texts", "is_complete"),
    [
        ("a", ["a"], True),
        (["a", "b"], ["a", "b"], True),
        (["a", UNKNOWN], ["a"], False),
        (["a", None], ["a"], False),
        ([], [], True),
        (UNKNOWN, [], False),
        ({}, [], False),
    ],
)
def test_elements(held: Any, texts: list[str], *, is_complete: bool) -> None:
    element = statement_of({"NotResource": held}).not_resource
    assert element is not None
    assert (list(element.texts), element.is_complete) == (texts, is_complete)
    assert element.is_negated


@pytest.mark.parametrize(
    ("held", "everybody", "is_complete"),
    [
        ("*", True, True),
        ({"AWS": "*"}, True, True),
        ({"AWS": ["1", "*"]}, True, True),
        ({"Service": "*"}, False, True),
        ({"AWS": UNKNOWN, "Service": "s"}, False, False),
        (UNKNOWN, False, False),
        ("1", False, False),
    ],
)
def test_principals(held: Any, *, everybody: bool, is_complete: bool) -> None:
    principal = statement_of({"Principal": held}).principal
    assert principal is not None
    assert (principal.has_everybody, principal.is_complete) == (everybody, is_complete)


def test_conditions() -> None:
    statement = statement_of(
        {
            "Condition": {
                "Bool": {"aws:SecureTransport": False},
                "Is": {"a:b": ["1", 2, UNKNOWN]},
                "Null": UNKNOWN,
            }
        }
    )
    known, strange = statement.conditions
    assert known.operator == OPERATORS["Bool"]
    assert known.values == (Value("false", ("Condition", "Bool", "aws:SecureTransport")),)
    assert (known.lower_key, known.is_complete) == ("aws:securetransport", True)
    assert known.operator_path == ("Condition", "Bool")
    assert statement.conditions_on("aws:securetransport") == (known,)
    assert (strange.operator, strange.operator_name) == (None, "Is")
    assert [value.text for value in strange.values] == ["1", "2"]
    assert not strange.is_complete
    assert not statement.has_all_conditions
    assert statement_of({}).has_all_conditions


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ({"Action": "ECR:Put*"}, True),
        ({"Action": ["a:b", "*"]}, True),
        ({"Action": "ecr:Get*"}, False),
        ({"Action": ["ecr:Put*", UNKNOWN]}, True),
        ({"Action": ["ecr:Get*", UNKNOWN]}, None),
        ({"Action": UNKNOWN}, None),
        ({"NotAction": "ecr:Put*"}, False),
        ({"NotAction": "ecr:Get*"}, True),
        ({"NotAction": ["ecr:Get*", UNKNOWN]}, None),
        ({}, None),
    ],
)
def test_actions_that_are_meant(statement: Any, *, expected: bool | None) -> None:
    assert statement_of(statement).means("ecr:PutImage") is expected


@pytest.mark.parametrize(
    ("effect", "expected"), [("Allow", "Allow"), ("Deny", "Deny"), ("allow", None), (UNKNOWN, None)]
)
def test_effect(effect: Any, expected: str | None) -> None:
    statement = statement_of({"Effect": effect})
    assert statement.effect == expected
    assert (statement.allows, statement.denies) == (expected == "Allow", expected == "Deny")


def test_a_policy_is_read_once() -> None:
    subject = Subject(Kind.SCP, {"Statement": []})
    assert policy_of(subject) is policy_of(subject)
