"""HCL as nodes. What expressions are in JSON was checked with `terraform console`, 1.11."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.found import SourceText
from ecrpolicy.lint.nodes import Node
from ecrpolicy.sources.hcl_nodes import Attribute, configuration


def attribute(text: str, name: str = "x") -> Attribute:
    """An attribute of the only block but locals."""
    found = configuration(SourceText("a.tf", text), lambda *_: True)
    assert found.failures == ()
    [block] = found.blocks
    return block.attributes[name]


def value(expression: str) -> Any:
    return attribute(f"a {{\n  x = {expression}\n}}\n").value.value


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1", 1),
        ("-1", -1),
        ("-(1)", -1),
        ("1.5", 1.5),
        ("-1.5", -1.5),
        ("1e3", 1000),
        ("1.0", 1),
        ("1.5e-3", 0.0015),
        ("12345678901234567890123", 12345678901234567890123),
        ("true", True),
        ("false", False),
        ("null", None),
        ('"a"', "a"),
        ('("a")', "a"),
        ('(("a"))', "a"),
        ("[1, [2, {}],]", [1, [2, {}]]),
        ("[\n  1, # one\n  2\n  , 3 /* three */\n]", [1, 2, 3]),
        ("{}", {}),
        ('{a = 1, "b" : 2, ("c") = 3}', {"a": 1, "b": 2, "c": 3}),
        ("{\n  a = 1\n  b = 2, # two\n}", {"a": 1, "b": 2}),
        ("{1 = 2, true = 3, a-b = 4, é = 5}", {"1": 2, "true": 3, "a-b": 4, "é": 5}),
        ('{"a$${b}" = 1}', {"a${b}": 1}),
        ("{a = <<E\nb\nE\n  c = [<<-E\n  d\n  E\n  , 1]\n}", {"a": "b\n", "c": ["d\n", 1]}),
    ],
)
def test_literals(expression: str, expected: Any) -> None:
    found = value(expression)
    assert found == expected
    assert repr(found) == repr(expected)


@pytest.mark.parametrize(
    "expression",
    [
        "a",
        "a.b",
        "a[0].b",
        "a.*.b",
        "a[*].b",
        "f(1)",
        "a::b::c(1)",
        "1 + 1",
        "!true",
        "-a",
        "-a.b",
        "true ? 1 : 2",
        "(true\n ? 1\n : 2)",
        "[for b in c : b]",
        "{for b in c : b => 1}",
        "{for b, d in c : b => d... if d}",
        '"a${b}"',
        '"${b}"',
        '"%{ if a }b%{ endif }"',
        "<<E\n${a}\nE",
        "jsonencode({})",
        '"${jsonencode({})}"',
        "local.nowhere",
        "local.a.b",
        "9" * 301,
        "1e400",
        "{(a) = 1}",
        '{"${a}" = 1}',
        "{a.b = 1}",
        "{null = 1}",
        "{1.5 = 1}",
    ],
)
def test_expressions_are_not_guessed_at(expression: str) -> None:
    assert value(expression) is UNKNOWN


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("[a, 1]", [UNKNOWN, 1]),
        ("[a..., 1]", None),
        ("[[for b in c : b], 1]", [UNKNOWN, 1]),
        ('{a = b, c = "${d}", e = 1}', {"a": UNKNOWN, "c": UNKNOWN, "e": 1}),
    ],
)
def test_what_is_known_around_expressions(expression: str, expected: Any) -> None:
    if expected is not None:
        assert value(expression) == expected


def document(expression: str, before: str = "") -> Any:
    return attribute(f"{before}\na {{\n  x = {expression}\n}}\n").document.value


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("jsonencode({a = 1})", {"a": 1}),
        ("jsonencode(\n  {\n    a = 1\n  }\n)", {"a": 1}),
        ("(jsonencode({a = 1}))", {"a": 1}),
        ("jsonencode([1])", [1]),
        ('jsonencode("a")', UNKNOWN),
        ("jsonencode(a)", UNKNOWN),
        ("jsonencode(merge({}, a))", UNKNOWN),
        ("jsonencode({a = jsonencode({})})", {"a": UNKNOWN}),
        ("jsonencode()", UNKNOWN),
        ("jsonencode({}, {})", UNKNOWN),
        ("yamlencode({a = 1})", UNKNOWN),
        ("jsonencode({a = 1}) + 1", UNKNOWN),
    ],
)
def test_documents(expression: str, expected: Any) -> None:
    assert document(expression) == expected


LOCALS = """
locals {
  days   = 14
  rule   = { days = local.days }
  policy = jsonencode(local.rule)
  self   = local.other
  other  = local.self
  list   = [var.a, 1]
}
locals {
  more = "b"
}
"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("local.days", 14),
        ('"${local.more}"', "b"),
        ('"${ local.days }"', 14),
        ('"a-${local.more}"', UNKNOWN),
        ("jsonencode(local.rule)", {"days": 14}),
        ("jsonencode({a = local.rule, b = local.more})", {"a": {"days": 14}, "b": "b"}),
        ("jsonencode({a = local.policy})", {"a": UNKNOWN}),
        ("local.policy", {"days": 14}),
        ("jsonencode(local.list)", [UNKNOWN, 1]),
        ("local.self", UNKNOWN),
        ("local.rule.days", UNKNOWN),
        ("jsonencode(local.policy)", UNKNOWN),
    ],
)
def test_locals_that_are_literals(expression: str, expected: Any) -> None:
    assert document(expression, LOCALS) == expected


def test_a_local_that_cannot_be_read_is_not_known() -> None:
    assert document("local.a", "locals {\n  a = 1 1\n}") is UNKNOWN


def test_a_local_is_not_mended() -> None:
    found = attribute('locals {\n  b = "{}"\n}\na {\n  x = local.b\n}\n').document
    excerpt = found.excerpt()
    assert excerpt is not None
    assert excerpt.changes([]) is None


BLOCKS = """\
resource aws_x "b" { # why
  name = "c"
  none = null
  rule {
    filter { value = 1 }
    filter { value = 2 }
  }
  dynamic "rule" {
    for_each = var.rules
    content { name = rule.value }
  }
  name = "d"
}
"""


def test_blocks_are_lists() -> None:
    found = configuration(SourceText("a.tf", BLOCKS), lambda *_: True)
    [block] = found.blocks
    assert (block.type, block.labels) == ("resource", ("aws_x", "b"))
    node = block.node()
    assert node.value == {
        "name": "d",
        "rule": [{"filter": [{"value": 1}, {"value": 2}]}, UNKNOWN],
    }
    [(name, (start, end))] = node.repeated
    assert (name, BLOCKS[start:end], BLOCKS[:start].count("\n")) == ("name", "name", 11)


def test_every_part_has_its_place() -> None:
    def check(node: Node) -> None:
        for name, (span, inner) in (node.members or {}).items():
            assert BLOCKS[span.start : span.end] == name
            check(inner)
        for element in node.elements or ():
            check(element)
        if isinstance(node.scalar, str):
            assert json.loads(BLOCKS[node.span.start : node.span.end]) == node.scalar

    found = configuration(SourceText("a.tf", BLOCKS), lambda *_: True)
    check(found.blocks[0].node())


@pytest.mark.parametrize(
    ("text", "message", "at"),
    [
        ("a {\n  x = 1 2\n}", "the text is not HCL: unexpected `2`", 12),
        ("a {\n  x\n}", "the text is not HCL: unexpected `}`", 8),
        ("a {\n  x =\n  y = 1\n}", "the text is not HCL: unexpected end of the line", 9),
        ('a {\n  x = {"b" 1}\n}', "the text is not HCL: unexpected `1`", 15),
        ("a {\n  é = [1 ß]\n}", "the text is not HCL: unexpected `ß`", 13),
        ("a b = {}", "the text is not HCL: unexpected `=`", 4),
        ("a { ; }", "the text is not HCL: unexpected `;`", 4),
        ("{}", "the text is not HCL: unexpected `{`", 0),
    ],
)
def test_what_is_not_hcl(text: str, message: str, at: int) -> None:
    found = configuration(SourceText("a.tf", text), lambda *_: True)
    [error] = found.failures
    assert (error.message, error.at) == (message, at)


def test_one_block_that_cannot_be_read_does_not_hide_the_others() -> None:
    found = configuration(SourceText("a.tf", "a { x = 1 1 }\nb { x = 1 }\n"), lambda *_: True)
    assert [each.type for each in found.blocks] == ["b"]
    assert len(found.failures) == 1


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)


_CONTROL = {"\\b": "\\u0008", "\\f": "\\u000c"}


def written(given: Any) -> str:
    """A value of JSON as HCL."""
    if isinstance(given, dict):
        return "{" + ", ".join(f"{written(k)} = {written(v)}" for k, v in given.items()) + "}"
    if isinstance(given, list):
        return "[" + ", ".join(map(written, given)) + "]"
    if isinstance(given, str):
        escaped = json.dumps(given, ensure_ascii=False)
        escaped = re.sub(r"\\(?:\\|b|f)", lambda found: _CONTROL.get(found[0], found[0]), escaped)
        return escaped.replace("${", "$${").replace("%{", "%%{")
    return json.dumps(given)


@given(_JSON)
def test_a_literal_is_what_was_written(given: Any) -> None:
    assert value(written(given)) == given
