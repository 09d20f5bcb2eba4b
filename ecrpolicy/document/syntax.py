"""Every syntax error of a text that should be JSON.

Lark is imported when this module is, which is when something is wrong: a text that is in order is
read by the standard library alone.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Final, NamedTuple, Protocol, cast

from lark import Lark, Token, UnexpectedToken

from ecrpolicy.wording import printable

MAX_ERRORS: Final = 20

# What may have been left out before a token; the first that lets the token stand is put in.
_REPAIRS: Final = (
    ("COMMA",),
    ("COLON",),
    ("LITERAL",),
    ("STRING", "COLON", "LITERAL"),
    ("COLON", "LITERAL"),
    ("RSQB",),
    ("RBRACE",),
)

_CLOSING: Final = {"RBRACE": "LBRACE", "RSQB": "LSQB"}
_SPELLINGS: Final = {"true": ("true",), "false": ("false",), "null": ("null", "none", "nil")}
_NUMBER_LIKE: Final = re.compile(r"[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?")
_ESCAPES: Final = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|(?P<bad>\\.|[\x00-\x1f])')


class Problem(NamedTuple):
    """What is wrong at an offset of the text."""

    offset: int
    message: str
    help: str | None = None


@cache
def _grammar() -> Lark:
    return Lark(
        (files("ecrpolicy.document") / "json.lark").read_text("utf-8"),
        parser="lalr",
        lexer="basic",
        maybe_placeholders=False,
    )


class _Parser(Protocol):
    """What is used of lark's InteractiveParser, whose own methods bear no types."""

    def feed_token(self, token: Token) -> object: ...

    def accepts(self) -> set[str]: ...

    def copy(self, *, deepcopy_values: bool) -> "_Parser": ...


def _parser(grammar: Lark) -> _Parser:
    return cast("_Parser", grammar.parse_interactive(""))


def problems(text: str) -> list[Problem]:
    """What is wrong with a text that is not JSON, in its order; at most `MAX_ERRORS`."""
    found: list[Problem] = []
    open_brackets: list[Token] = []
    before = Token("", "")
    grammar = _grammar()
    parser = _parser(grammar)
    end = Token("$END", "", start_pos=len(text.rstrip()))
    for token in chain(grammar.lex(text), (end,)):
        if len(found) == MAX_ERRORS:
            break
        mistake = _mistake(token)
        if mistake:
            found.append(mistake)
        if token.type == "COMMENT":
            continue
        if not _feed(parser, (token,)):
            found.append(_unexpected(parser, token, before, open_brackets))
            if "$END" in parser.accepts():
                break
            parser = _repaired(parser, token)
        _note_bracket(open_brackets, token)
        before = token
    return found[:MAX_ERRORS]


def _note_bracket(open_brackets: list[Token], token: Token) -> None:
    if token.type in _CLOSING.values():
        open_brackets.append(token)
    elif open_brackets and _CLOSING.get(token.type) == open_brackets[-1].type:
        open_brackets.pop()


def _feed(parser: _Parser, tokens: Iterable[Token]) -> bool:
    try:
        for token in tokens:
            parser.feed_token(token)
    except UnexpectedToken:
        return False
    return True


def _repaired(parser: _Parser, token: Token) -> _Parser:
    """The parser past the token: with what was left out put in, else with the token dropped."""
    for repair in _REPAIRS:
        trial = parser.copy(deepcopy_values=False)
        if _feed(trial, [*(Token(name, "null") for name in repair), token]):
            return trial
    return parser


def _unexpected(
    parser: _Parser, token: Token, before: Token, open_brackets: Sequence[Token]
) -> Problem:
    accepted = parser.accepts()
    names = [
        ("a value", "LITERAL" in accepted),
        ("a member name", "STRING" in accepted and "LITERAL" not in accepted),
        ("`:`", "COLON" in accepted),
        ("`,`", "COMMA" in accepted),
        ("`}`", "RBRACE" in accepted),
        ("`]`", "RSQB" in accepted),
        ("the end of the text", "$END" in accepted),
    ]
    expected = " or ".join(name for name, is_accepted in names if is_accepted)
    at_end = token.type == "$END"
    found = "the end of the text" if at_end else f"`{_shortened(token)}`"
    advice = None
    if before.type == "COMMA" and token.type in _CLOSING:
        advice = "delete the `,` before it: JSON has no trailing comma"
    elif at_end and open_brackets:
        advice = f"close the `{open_brackets[-1]}` of line {open_brackets[-1].line}"
    return Problem(token.start_pos or 0, f"expected {expected}, found {found}", advice)


def _mistake(token: Token) -> Problem | None:
    at = token.start_pos or 0
    match token.type:
        case "COMMENT":
            return Problem(at, "JSON has no comments", "delete it")
        case "SINGLE_QUOTED":
            problem = f"`{_shortened(token)}` stands in single quotes"
            return Problem(at, problem, 'use double quotes, `"`')
        case "BROKEN_STRING":
            return _broken_string(token, at)
        case "WORD":
            return Problem(at, f"`{_shortened(token)}` is no JSON value", _word_advice(token))
    return None


def _broken_string(token: str, at: int) -> Problem:
    if len(token) < 2 or not token.endswith('"'):
        return Problem(at, f"the string `{_shortened(token)}` is not closed", 'end it with `"`')
    bad = next((part for part in _ESCAPES.finditer(token) if part["bad"]), None)
    if bad is None or bad["bad"].startswith("\\"):
        what, offset = (bad["bad"], bad.start()) if bad else (token, 0)
        problem = f"`{_shortened(what)}` is no escape sequence of JSON"
        return Problem(at + offset, problem, "write a backslash as `\\\\`")
    problem = "a control character stands in a string"
    return Problem(at + bad.start(), problem, f"write it as `\\u{ord(bad['bad']):04x}`")


def _word_advice(word: str) -> str:
    for literal, spellings in _SPELLINGS.items():
        if word.lower() in spellings:
            return f"write `{literal}`"
    if word.strip("+-").lower() in ("nan", "inf", "infinity"):
        return "JSON has no such number"
    if _NUMBER_LIKE.fullmatch(word):
        return "write the number without `+`, leading zeros or a bare `.`"
    return "put it in double quotes"


def _shortened(text: str, limit: int = 40) -> str:
    text = printable(text)
    return text if len(text) <= limit else text[: limit - 1] + "…"
