"""YAML as nodes with their places."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.found import SourceText
from ecrpolicy.lint.nodes import Node
from ecrpolicy.sources.yaml_nodes import NotYaml, yaml_nodes


def node(text: str) -> Node:
    """The only document, within two objects: functions are not looked for above that."""
    [found] = yaml_nodes(SourceText("a.yaml", text))
    return found


def value(text: str) -> Any:
    inner = text.replace("\n", "\n    ")
    return node(f"a:\n  b:\n    {inner}\n").value["a"]["b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", "a"),
        ("'it''s'", "it's"),
        ('"a\\n\\u00e9"', "a\né"),
        ("12", 12),
        ("-12", -12),
        ("0", 0),
        ("012", "012"),
        ("111122223333", 111122223333),
        ("000011112222", "000011112222"),
        ("0x1f", "0x1f"),
        ("1_000", "1_000"),
        ("1:30", "1:30"),
        ("1.5", "1.5"),
        ("2012-10-17", "2012-10-17"),
        ("'12'", "12"),
        ("true", True),
        ("No", False),
        ("'no'", "no"),
        ("null", None),
        ("~", None),
        ("", None),
        ("=", "="),
        ("[1, [a, {}], ]", [1, ["a", {}]]),
        ("- a\n- - b\n  -\n- c: d", ["a", ["b", None], {"c": "d"}]),
        ("{a: 1, 2: b, no: c, '': d}", {"a": 1, "2": "b", "no": "c", "": "d"}),
        ("|\n  a\n   b\n", "a\n b\n"),
        ("|-\n  a\n\n  b\n", "a\n\nb"),
        (">-\n  a\n  b\n\n  c\n", "a b\nc"),
        ("&x a", "a"),
        ("[&x a, *x, *x]", ["a", "a", "a"]),
        ("!!str 12", "12"),
    ],
)
def test_values(text: str, expected: Any) -> None:
    assert repr(value(text)) == repr(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("!Ref a", UNKNOWN),
        ("!GetAtt a.b", UNKNOWN),
        ("!If [a, b, c]", UNKNOWN),
        ("!Join ['', [a, b]]", UNKNOWN),
        ("!Other {a: b}", UNKNOWN),
        ("!Sub a${b}", UNKNOWN),
        ("!Sub a", "a"),
        ("!Sub a${!b}${!c}", "a${b}${c}"),
        ("!Sub a${!b}${c}", UNKNOWN),
        ("!Sub ['${a}', {a: b}]", UNKNOWN),
        ("!Sub ['a', {a: b}]", "a"),
        ("!Sub [[], {}]", UNKNOWN),
        ("!Sub []", UNKNOWN),
        ("{Ref: a}", UNKNOWN),
        ("{Fn::GetAtt: [a, b]}", UNKNOWN),
        ("{'Fn::Sub': 'a${b}'}", UNKNOWN),
        ("{'Fn::Sub': 'a'}", "a"),
        ("{'Fn::Sub': ['a', {}]}", "a"),
        ("{'Fn::Sub': {a: b}}", UNKNOWN),
        ("{Ref: a, b: c}", {"Ref": "a", "b": "c"}),
        ("{Fn::Transform: {}, b: c}", UNKNOWN),
        ("{Fn::ToJsonString: {a: !Ref b}}", {"a": UNKNOWN}),
        ("{Fn::ToJsonString: !Ref b}", UNKNOWN),
        ("{a: {Ref: b}, c: [!Ref d, e]}", {"a": UNKNOWN, "c": [UNKNOWN, "e"]}),
        ("{<<: {a: b}, c: d}", UNKNOWN),
        ("{[a]: b}", UNKNOWN),
        ("? {a: b}\n: c", UNKNOWN),
    ],
)
def test_functions_are_not_guessed_at(text: str, expected: Any) -> None:
    assert value(text) == expected


BLOCK = """\
a: !Sub |
    {
      "b": "${c}",

      "d": ["${!e} f"]
    }
g: &x 'x "h''s" i'
j: "\\u00e9 k"
l: >-
  m n
  o
p: &p p
"""


def test_places() -> None:
    found = node(BLOCK)

    def shown(name: str, *offsets: int) -> list[str]:
        excerpt = found.member(name).excerpt()  # type: ignore[union-attr]
        assert excerpt is not None
        spans = [excerpt.place(at, at + 1) for at in offsets]
        return [
            f"{BLOCK[:start].count(chr(10)) + 1}:{start - BLOCK.rfind(chr(10), 0, start)} "
            + BLOCK[start:end]
            for start, end in spans
        ]

    excerpt = found.member("a").excerpt()  # type: ignore[union-attr]
    assert excerpt is not None
    text = excerpt.text
    assert json.loads(text)["d"] == ["${e} f"]
    assert shown("a", text.index('"b"'), text.index('"d"')) == ['3:7 "', '5:7 "']
    assert shown("a", text.index("${e}"), text.index("e}"), text.index("f")) == [
        "5:14 ${!",
        "5:17 e",
        "5:20 f",
    ]
    # A string with escapes has one place; so have words that the value has elsewhere.
    assert shown("g", 0) == ["""7:8 x "h''s" i'"""]
    assert shown("j", 2) == ['8:5 \\u00e9 k"']
    assert shown("l", 0, 2, 4) == ["10:3 m", "10:5 n", "11:3 o"]
    assert shown("p", 0) == ["12:7 p"]


def test_names_that_stand_twice() -> None:
    found = node("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n")
    assert found.value == {"a": 3, "b": {"c": 2}}
    assert [name for name, _ in found.repeated] == ["a"]
    inner = found.member("b")
    assert inner is not None
    [(name, span)] = inner.repeated
    assert (name, span.start) == ("c", 17)


@pytest.mark.parametrize(
    ("text", "message", "at"),
    [
        ("a: [", "the text is not YAML: expected the node content, but found '<stream end>'", 4),
        ("\ta: b", "the text is not YAML: found character '\\t' that cannot start any token", 0),
        ("a: b: c", "the text is not YAML: mapping values are not allowed here", 4),
        ("a: *b", "the text is not YAML: found undefined alias 'b'", 3),
        ("a: \x00", "the text is not YAML: special characters are not allowed", 3),
        ("a:\n  - '", "the text is not YAML: found unexpected end of stream", 8),
        ("[" * 5000, "the text is nested too deeply, or too large", 0),
        ("- " * 200, "the text is nested too deeply, or too large", 202),
        ("&a [*a]", "the text is nested too deeply, or too large", 0),
    ],
)
def test_what_is_not_yaml(text: str, message: str, at: int) -> None:
    with pytest.raises(NotYaml) as raised:
        list(yaml_nodes(SourceText("a.yaml", text)))
    assert (raised.value.message, raised.value.at) == (message, at)


def test_aliases_of_aliases_are_given_up() -> None:
    text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for n in range(1, 10):
        text += f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n"
    with pytest.raises(NotYaml, match="too large"):
        list(yaml_nodes(SourceText("a.yaml", text)))


@pytest.mark.parametrize("text", ["", "# a", "---", "\ufeff", "\r\n"])
def test_empty_documents(text: str) -> None:
    assert [each.value for each in yaml_nodes(SourceText("a.yaml", text))] in ([], [None])


def test_several_documents() -> None:
    found = yaml_nodes(SourceText("a.yaml", "a: 1\r\n---\r\nb: é\r\n...\r\n"))
    assert [each.value for each in found] == [{"a": 1}, {"b": "é"}]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=6).filter(lambda name: name != "Ref" and "Fn::" not in name),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@given(_JSON, st.sampled_from([None, True, False]), st.booleans())
def test_what_was_written_is_read(given: Any, flow: bool | None, ascii_only: bool) -> None:
    text = yaml.safe_dump(
        {"a": given}, default_flow_style=flow, allow_unicode=not ascii_only, sort_keys=False
    )
    found = node(text)
    # PyYAML itself does not read every text that it writes, such as some ends of lines.
    assert found.value == yaml.safe_load(text)
    check(found, text)


def check(found: Node, text: str) -> None:
    """All places are in the text, and every character of a string has one."""
    assert 0 <= found.span.start <= found.span.end <= len(text)
    for span, inner in (found.members or {}).values():
        assert 0 <= span.start <= span.end <= len(text)
        check(inner, text)
    for element in found.elements or ():
        check(element, text)
    excerpt = found.excerpt()
    if excerpt is not None:
        for at in range(len(excerpt.text)):
            start, end = excerpt.place(at, at + 1)
            assert found.span.start <= start <= end <= found.span.end


_WORDS = st.sampled_from([*"{}[]-:,#&*!|>'\"%@`?\n \ta1é", "- ", ": ", "!Sub ", "${", "\n  ", "<<"])


@given(st.lists(_WORDS, max_size=40).map("".join) | st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = list(yaml_nodes(SourceText("a.yaml", text)))
    except NotYaml as error:
        place = error.at
    else:
        place = 0
        for each in found:
            check(each, text)
    assert 0 <= place <= len(text)
