"""What is said of a text that is not JSON: every error in one pass, each at its place."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import document
from ecrpolicy.errors import SyntaxProblem
from ecrpolicy.finding import Finding, Severity
from tests.property.strategies import json_like_texts

Complaint = tuple[int | None, int | None, str, str | None]

TRAILING = "delete the `,` before it: JSON has no trailing comma"
NUMBER = "write the number without `+`, leading zeros or a bare `.`"
NO_SUCH_NUMBER = "JSON has no such number"
QUOTE = "put it in double quotes"


def findings(source: str | bytes) -> tuple[Finding, ...]:
    with pytest.raises(SyntaxProblem) as caught:
        document.read(source)
    return caught.value.findings


def complaints(source: str | bytes) -> list[Complaint]:
    return [
        (found.location.line, found.location.column, found.message, found.help)
        for found in findings(source)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            '{"a": 1,}', (1, 9, "expected a member name, found `}`", TRAILING), id="object-comma"
        ),
        pytest.param("[1, 2,]", (1, 7, "expected a value, found `]`", TRAILING), id="list-comma"),
        pytest.param("[,1]", (1, 2, "expected a value or `]`, found `,`", None), id="first-comma"),
        pytest.param(
            '{"a": 1 "b": 2}',
            (1, 9, 'expected `,` or `}`, found `"b"`', None),
            id="no-comma-in-an-object",
        ),
        pytest.param(
            "[1 2]", (1, 4, "expected `,` or `]`, found `2`", None), id="no-comma-in-a-list"
        ),
        pytest.param('{"a" 1}', (1, 6, "expected `:`, found `1`", None), id="no-colon"),
        pytest.param('{"a":}', (1, 6, "expected a value, found `}`", None), id="no-value"),
        pytest.param(
            "[1, 2",
            (1, 6, "expected `,` or `]`, found the end of the text", "close the `[` of line 1"),
            id="unclosed-list",
        ),
        pytest.param(
            '[\n{\n"a": 1',
            (3, 7, "expected `,` or `}`, found the end of the text", "close the `{` of line 2"),
            id="unclosed-object",
        ),
        pytest.param(
            "{} {}", (1, 4, "expected the end of the text, found `{`", None), id="second-value"
        ),
        pytest.param("// why\n[]", (1, 1, "JSON has no comments", "delete it"), id="line-comment"),
        pytest.param(
            "[1, /* two\n*/ 2]", (1, 5, "JSON has no comments", "delete it"), id="block-comment"
        ),
        pytest.param(
            "[1] /* open", (1, 5, "JSON has no comments", "delete it"), id="unclosed-comment"
        ),
        pytest.param(
            "{'a': 1}",
            (1, 2, "`'a'` stands in single quotes", 'use double quotes, `"`'),
            id="single-quotes",
        ),
        pytest.param("{a: 1}", (1, 2, "`a` is no JSON value", QUOTE), id="unquoted-name"),
        pytest.param('{"a": b}', (1, 7, "`b` is no JSON value", QUOTE), id="unquoted-value"),
        pytest.param("[True]", (1, 2, "`True` is no JSON value", "write `true`"), id="True"),
        pytest.param("[FALSE]", (1, 2, "`FALSE` is no JSON value", "write `false`"), id="FALSE"),
        pytest.param("[None]", (1, 2, "`None` is no JSON value", "write `null`"), id="None"),
        pytest.param("[nil]", (1, 2, "`nil` is no JSON value", "write `null`"), id="nil"),
        pytest.param("[trueish]", (1, 2, "`trueish` is no JSON value", QUOTE), id="trueish"),
        pytest.param("[NaN]", (1, 2, "`NaN` is no JSON value", NO_SUCH_NUMBER), id="NaN"),
        pytest.param(
            "[Infinity]", (1, 2, "`Infinity` is no JSON value", NO_SUCH_NUMBER), id="Infinity"
        ),
        pytest.param(
            "[-Infinity]", (1, 2, "`-Infinity` is no JSON value", NO_SUCH_NUMBER), id="-Infinity"
        ),
        pytest.param("[01]", (1, 2, "`01` is no JSON value", NUMBER), id="leading-zero"),
        pytest.param("[+1]", (1, 2, "`+1` is no JSON value", NUMBER), id="plus"),
        pytest.param("[.5]", (1, 2, "`.5` is no JSON value", NUMBER), id="bare-point"),
        pytest.param("[1.]", (1, 2, "`1.` is no JSON value", NUMBER), id="point-at-the-end"),
        pytest.param("[0x10]", (1, 2, "`0x10` is no JSON value", QUOTE), id="hexadecimal"),
        pytest.param("[1\u00a0]", (1, 2, r"`1\xa0` is no JSON value", QUOTE), id="other-space"),
        pytest.param(
            r'["a\x"]',
            (1, 4, r"`\x` is no escape sequence of JSON", r"write a backslash as `\\`"),
            id="bad-escape",
        ),
        pytest.param(
            r'["\u12"]',
            (1, 3, r"`\u` is no escape sequence of JSON", r"write a backslash as `\\`"),
            id="short-escape",
        ),
        pytest.param(
            '["a\tb"]',
            (1, 4, "a control character stands in a string", r"write it as `\u0009`"),
            id="tab-in-a-string",
        ),
        pytest.param(
            '["\x00"]',
            (1, 3, "a control character stands in a string", r"write it as `\u0000`"),
            id="NUL-in-a-string",
        ),
        pytest.param("", (1, 1, "the text is empty", "give a JSON document"), id="empty"),
        pytest.param(" \r\n\t", (1, 1, "the text is empty", "give a JSON document"), id="blank"),
    ],
)
def test_a_mistake_is_told_once_at_its_place(text: str, expected: Complaint) -> None:
    assert complaints(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "{1: 2}", (1, 2, "expected a member name or `}`, found `1`", None), id="number-as-name"
        ),
        pytest.param("]", (1, 1, "expected a value, found `]`", None), id="closing-alone"),
        pytest.param(
            f'["{"long" * 20}',
            (1, 2, f'the string `"{("long" * 10)[:38]}…` is not closed', 'end it with `"`'),
            id="unclosed-long-string",
        ),
        pytest.param(
            '{"a": "b\n}',
            (1, 7, 'the string `"b` is not closed', 'end it with `"`'),
            id="over-a-line",
        ),
        pytest.param('{a "b": 1}', (1, 2, "`a` is no JSON value", QUOTE), id="names-in-a-row"),
        pytest.param(
            "{'a' 'b': 1}",
            (1, 2, "`'a'` stands in single quotes", 'use double quotes, `"`'),
            id="single-quoted-names-in-a-row",
        ),
        pytest.param(
            '{"a\n"b": 1}',
            (1, 2, 'the string `"a` is not closed', 'end it with `"`'),
            id="unclosed-name",
        ),
    ],
)
def test_a_mistake_that_leads_to_others_is_told_first(text: str, expected: Complaint) -> None:
    assert complaints(text)[0] == expected


def test_several_mistakes_are_told_in_one_pass() -> None:
    text = "\n".join(
        [
            "{  // the rules",
            "  'rules': [",
            '    {"rulePriority": 01, "selection" {}, },',
            "  ]",
            '  "more": True,',
            "",
        ]
    )
    assert complaints(text) == [
        (1, 4, "JSON has no comments", "delete it"),
        (2, 3, "`'rules'` stands in single quotes", 'use double quotes, `"`'),
        (3, 22, "`01` is no JSON value", NUMBER),
        (3, 38, "expected `:`, found `{`", None),
        (3, 42, "expected a member name, found `}`", TRAILING),
        (4, 3, "expected a value, found `]`", TRAILING),
        (5, 3, 'expected `,` or `}`, found `"more"`', None),
        (5, 11, "`True` is no JSON value", "write `true`"),
        (
            5,
            16,
            "expected a member name, found the end of the text",
            "close the `{` of line 1",
        ),
    ]


def test_brackets_that_do_not_pair_are_told() -> None:
    assert complaints('{"a": 1]') == [
        (1, 8, "expected `,` or `}`, found `]`", None),
        (
            1,
            9,
            "expected `,` or `}`, found the end of the text",
            "close the `{` of line 1",
        ),
    ]


def test_twenty_errors_are_told_at_most() -> None:
    assert len(findings("[" + "nil, " * 25 + "1]")) == 20


def test_every_syntax_error_is_an_error_of_one_kind() -> None:
    assert {(found.rule, found.severity) for found in findings("[nil, 'a' 1")} == {
        ("json-syntax-error", Severity.ERROR)
    }


def test_findings_name_the_file() -> None:
    with pytest.raises(SyntaxProblem) as caught:
        document.read("[\n1,]", file="policy.json")
    assert str(caught.value) == f"policy.json:2:3: expected a value, found `]`; {TRAILING}"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_counts_as_one(end: str) -> None:
    text = end.join(["[", '  "ä€😀", nil,', "", "  nil]"])
    assert [each[:2] for each in complaints(text)] == [(2, 10), (4, 3)]


def test_columns_are_characters_not_bytes() -> None:
    assert complaints('["äöü€😀", nil]'.encode())[0][:2] == (1, 11)


@pytest.mark.parametrize("source", ["\ufeff{}", b"\xef\xbb\xbf{}"])
def test_a_byte_order_mark_is_refused(source: str | bytes) -> None:
    assert complaints(source) == [
        (1, 1, "the text starts with a byte-order mark", "save it without")
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_recognised_by_its_mark(encoding: str) -> None:
    mark = {"utf-16": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[encoding]
    assert complaints(mark + '{"a": 1}'.encode(encoding)) == [
        (1, 1, "the text is UTF-16", "save it as UTF-8")
    ]


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        (b"\xff", 1, 1),
        (b'{"a": "\xff"}', 1, 8),
        ('{\n"ä": "'.encode() + b'\xe4"}', 2, 7),
        (b'["\xed\xa0\x80"]', 1, 3),
        (b'["\xc0\x80"]', 1, 3),
        (b'["a\xe2\x82', 1, 4),
    ],
)
def test_what_is_not_utf_8_is_told_at_the_first_bad_byte(
    source: bytes, line: int, column: int
) -> None:
    assert complaints(source) == [(line, column, "the text is not UTF-8", "save it as UTF-8")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1, "a": 2}', [(1, 10, "/a", "a")]),
        ('{"a": 1,\n "b": 2,\n "a": 3,\n "a": 4}', [(3, 2, "/a", "a"), (4, 2, "/a", "a")]),
        (r'{"a": 1, "\u0061": 2}', [(1, 10, "/a", "a")]),
        ('{"x": [0, {"b/c": {}, "b/c": []}]}', [(1, 23, "/x/1/b~1c", "b/c")]),
        ('{"a": {"b": 1, "b": 1}, "a": {"c": 1, "c": 1}}', None),
        ('{"": 1, "": 2}', [(1, 9, "/", "")]),
    ],
)
def test_names_that_stand_twice_are_told(
    text: str, expected: list[tuple[int, int, str, str]] | None
) -> None:
    if expected is None:
        expected = [(1, 16, "/a/b", "b"), (1, 25, "/a", "a"), (1, 39, "/a/c", "c")]
    assert [
        (found.location.line, found.location.column, found.location.pointer, found.message)
        for found in findings(text)
    ] == [
        (line, column, pointer, f"the member `{name}` stands twice in one object")
        for line, column, pointer, name in expected
    ]
    assert {(found.rule, found.help) for found in findings(text)} == {
        ("duplicate-key", "delete one of the two")
    }


def test_a_name_that_stands_twice_in_a_large_text_is_told_with_its_place() -> None:
    text = '{"a": [' + '{"b": "c,{"},' * 20_000 + '{"b": 1, "b": 2}]}'
    [found] = findings(text)
    assert (found.location.line, found.location.column) == (1, 7 + 13 * 20_000 + 10)
    assert found.location.pointer == "/a/20000/b"


@pytest.mark.parametrize("text", ['{"a": {"a": {"a": 1}}}', '[{"a": 1}, {"a": 1}]'])
def test_one_name_in_several_objects_is_no_duplicate(text: str) -> None:
    assert document.read(text).value == json.loads(text)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        pytest.param("[" * 101 + "]" * 101, 101, id="one-too-many"),
        pytest.param("[" * 100_000, 101, id="lists-open"),
        pytest.param("[" * 100_000 + "]" * 100_000, 101, id="lists-balanced"),
        pytest.param('{"a":' * 100_000, 501, id="objects-open"),
        pytest.param('{"a":' * 100_000 + "1" + "}" * 100_000, 501, id="objects-balanced"),
        pytest.param("[" + "[[]]," * 50 + "[" * 100 + "]" * 101, 351, id="after-shallow-ones"),
        pytest.param(r'["\\\"[", ' * 101, 1001, id="after-strings"),
    ],
)
def test_deep_nesting_is_a_finding_at_the_bracket_that_is_one_too_many(
    text: str, column: int
) -> None:
    assert complaints(text) == [
        (1, column, "the text is nested more than 100 deep", "no policy is")
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 100 + "]" * 100, id="lists"),
        pytest.param('{"a":' * 100 + "1" + "}" * 100, id="objects"),
        pytest.param("[" + ",".join(["[[]]"] * 1000) + "]", id="side-by-side"),
        pytest.param(json.dumps(["[" * 1000, '"[[' * 1000, "\\" * 7]), id="in-strings"),
    ],
)
def test_nesting_of_a_hundred_levels_is_read(text: str) -> None:
    assert document.read(text).value == json.loads(text)


MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    ("text", "column"),
    [
        pytest.param("@" * MEGABYTE, 1, id="signs"),
        pytest.param("]" * MEGABYTE, 1, id="closing-brackets"),
        pytest.param("1 " * (MEGABYTE // 2), 3, id="numbers"),
        pytest.param("'" * MEGABYTE, 1, id="single-quotes"),
        pytest.param("[" + "1," * (MEGABYTE // 2) + "@", MEGABYTE + 2, id="no-value-at-the-end"),
        pytest.param('"' + "a" * MEGABYTE, 1, id="unclosed-string"),
        pytest.param("\0" * MEGABYTE, 1, id="NULs"),
    ],
)
def test_a_megabyte_of_garbage_has_one_finding(text: str, column: int) -> None:
    (found,) = findings(text)
    assert (found.location.line, found.location.column) == (1, column)
    assert found.message.startswith("the text is not JSON: ")


@pytest.mark.parametrize(
    "part", ["@", '"', "'", "]", "}", ",", ":", "//", "/*", "1 ", "a ", "\\", '"\\', '{"a"', "[1 "]
)
def test_garbage_that_is_read_to_its_end_has_few_findings(part: str) -> None:
    text = part * (200_000 // len(part))
    assert 1 <= len(findings(text)) <= 20


@pytest.mark.parametrize("inside", [r"\"", r"\\", r"\x", "a", "[", "{}"])
def test_a_string_that_never_ends_is_gone_through_once(inside: str) -> None:
    text = "[]" * 150 + '"' + inside * (100_000 // len(inside))
    assert 1 <= len(findings(text)) <= 20


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("duplicates")
    return dict(pairs)


def _value_by_the_standard_library(text: str) -> object:
    """The value of a text; ValueError where it is no JSON or has a name twice."""
    return json.loads(text, parse_constant=_refuse, object_pairs_hook=_members)


def _is_within(text: str, line: int | None, column: int | None) -> bool:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if line is None or column is None:
        return False
    return 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1


@given(text=json_like_texts() | st.text())
def test_a_text_is_read_or_its_mistakes_lie_within_it(text: str) -> None:
    try:
        value = _value_by_the_standard_library(text)
    except ValueError:
        found = findings(text)
        assert found
        assert all(_is_within(text, each.location.line, each.location.column) for each in found)
        places = [(each.location.line or 0, each.location.column or 0) for each in found]
        assert places == sorted(places)
    else:
        assert document.read(text).value == value


@given(source=st.binary() | json_like_texts().map(lambda text: text.encode("utf-8", "replace")))
def test_bytes_are_read_or_complained_of(source: bytes) -> None:
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError:
        assert len(findings(source)) == 1
        return
    assert _value_or_findings(source) == _value_or_findings(text)


def _value_or_findings(source: str | bytes) -> object:
    try:
        return document.read(source).value
    except SyntaxProblem as error:
        return error.findings
