"""JSON files that Terraform or CloudFormation fills in."""

from typing import Any

import pytest

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from ecrpolicy.lint.engine import Context, lint
from ecrpolicy.lint.found import Reading, SourceText
from ecrpolicy.sources.lintable import read
from ecrpolicy.sources.templated import is_templated

POLICY = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ecr:Nope",
      "Resource": "arn:aws:ecr:${var.region}:${local.account}:repository/*"
    }
  ]
}
"""


def reading(text: str, **options: Any) -> Reading:
    return read(SourceText("a.json", text), **options)


def found(text: str, **options: Any) -> list[tuple[str, str]]:
    return [(each.rule, each.pointer) for each in lint(reading(text, **options), Context())]


@pytest.mark.parametrize(
    "text",
    [
        "${var.region}",
        "${ data.aws_caller_identity.current.account_id }",
        "${local.names[0]}",
        "${account_id}",
        "${jsonencode(var.actions)}",
        '${formatlist("arn:aws:iam::%s:root", var.accounts)}',
        '${local.is_open ? "arn:aws:iam::111122223333:root" : "*"}',
        "${data.aws_caller_identity.current.*.account_id}",
        "${var.number + 1}",
        "${AWS::AccountId}",
    ],
)
def test_what_no_condition_key_is_called(text: str) -> None:
    assert is_templated(f'"{text}"')


@pytest.mark.parametrize(
    "text",
    [
        "${aws:username}",
        "${aws:PrincipalTag/team, 'none'}",
        "${s3:prefix}",
        "${token.actions.githubusercontent.com:sub}",
        "${graph.facebook.com:id, 'none'}",
        "${*}",
        "${?}",
        "${$}",
        "$${var.region}",
        "${}",
        "$ {x}",
    ],
)
def test_what_may_be_a_policy_variable_or_none_at_all(text: str) -> None:
    assert not is_templated(f'"{text}"')


def test_what_is_filled_in_is_not_known_and_all_else_is() -> None:
    [document] = reading(POLICY).documents
    assert document.value["Statement"][0]["Resource"] is UNKNOWN
    assert (document.kind, document.text) == (Kind.IDENTITY, None)
    assert found(POLICY) == [
        ("invalid-action", "/Statement/0/Action"),
        ("template-expression", ""),
    ]


def test_it_is_told_once_where_the_first_expression_stands() -> None:
    [each] = reading(POLICY).misread
    assert POLICY[each.span.start : each.span.end] == "${var.region}"
    assert each.message == (
        "`${var.region}` is no policy variable: the file is taken for a template, and what is "
        "filled in is not checked"
    )


def test_an_expression_may_stand_where_a_value_does() -> None:
    text = '{"rules": [{"destinations": [{"region": "${region}", "registryId": ${id}}]}]}'
    [document] = reading(text).documents
    assert document.kind is Kind.REPLICATION
    assert document.value["rules"][0]["destinations"] == [
        {"region": UNKNOWN, "registryId": UNKNOWN}
    ]
    assert found(text) == [("template-expression", "")]


def test_what_is_wrong_before_the_first_expression_stays_so() -> None:
    assert [rule for rule, _ in found('{"rules": nul, "a": "${var.a}"}', is_named=True)] == [
        "json-syntax-error",
        "template-expression",
    ]
    assert [rule for rule, _ in found('{"rules": [${var.a}, }', is_named=True)] == [
        "template-expression"
    ]


def test_somebody_may_say_the_kind() -> None:
    [document] = reading('{"Version": "${version}"}', kind=Kind.SCP).documents
    assert document.kind is Kind.SCP


def test_in_an_answer_of_the_service_nothing_is_filled_in_any_more() -> None:
    text = '{"registryId": "111122223333", "policyText": "{\\"Sid\\": \\"${var.a}\\"}"}'
    [document] = reading(text).documents
    assert document.value == {"Sid": "${var.a}"}


def test_a_file_that_is_no_document_is_none() -> None:
    assert reading('{"name": "${var.a}"}').is_empty
    assert reading("${var.a}", is_named=False).is_empty
