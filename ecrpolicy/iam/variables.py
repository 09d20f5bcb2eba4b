"""Policy variables: text that is completed from the context of a request.

IAM User Guide, "IAM policy elements: Variables and tags". A text is read once, when its policy
is; what a variable puts in is literal, its wildcards too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

from ecrpolicy.iam.patterns import Piece
from ecrpolicy.iam.wording import shown

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

# What a request says about each context key, by its name in lower case; never an empty tuple.
Values = Mapping[str, tuple[str, ...]]

# The version of the language from which on there are variables ("IAM JSON policy elements:
# Version").
VERSION: Final = "2012-10-17"

_OPEN: Final = "${"
_ADVICE: Final = "write `${key}` or `${key, 'default'}`"


@dataclass(frozen=True, slots=True)
class Variable:
    """A context key, in lower case, and the text that stands in where it has no value."""

    key: str
    default: str | None = None

    def value(self, values: Values) -> str | None:
        """The key's only value, else the default: a key with several values has none."""
        found = values.get(self.key)
        return found[0] if found is not None and len(found) == 1 else self.default


@dataclass(frozen=True, slots=True)
class Template:
    """A text cut into pieces and variables."""

    parts: tuple[Piece | Variable, ...]

    def fill(self, values: Values) -> tuple[Piece, ...] | None:
        """The pieces of the completed text, None where a variable has neither value nor default."""
        pieces = []
        for part in self.parts:
            if isinstance(part, Variable):
                value = part.value(values)
                if value is None:
                    return None
                pieces.append(Piece(value, is_literal=True))
            else:
                pieces.append(part)
        return tuple(pieces)

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The variables of the text."""
        return tuple(part for part in self.parts if isinstance(part, Variable))


class Mistake(NamedTuple):
    """What is wrong with a variable, at an offset of the text."""

    rule: str
    offset: int
    message: str
    help: str


class MalformedVariable(ValueError):
    """A text whose variables cannot be read."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.message)
        self.mistake = mistake


def text_of(pieces: tuple[Piece, ...]) -> str:
    """The completed text, for operators that know no wildcards."""
    return "".join(piece.text for piece in pieces)


def has_variables(text: str) -> bool:
    """Whether a variable may stand in a text, under a version that knows them.

    >>> has_variables("${aws:username}"), has_variables("$5")
    (True, False)
    """
    return _OPEN in text


@lru_cache(maxsize=1024)
def template(text: str) -> Template:
    """Cut a text at its variables; raises MalformedVariable.

    >>> template("team/${aws:PrincipalTag/team, 'none'}/*").variables
    (Variable(key='aws:principaltag/team', default='none'),)
    """
    from lark import Tree, UnexpectedInput, UnexpectedToken

    try:
        tree = _grammar().parse(text)
    except UnexpectedInput as error:
        at_end = isinstance(error, UnexpectedToken) and error.token.type == "$END"
        at = None if at_end else error.pos_in_stream
        raise MalformedVariable(_mistake(text, len(text) if at is None else at)) from None
    return Template(tuple(_part(each) for each in tree.children if isinstance(each, Tree)))


def _part(tree: "Tree[Token]") -> Piece | Variable:
    texts = [str(token) for token in tree.children]
    match tree.data:
        case "text":
            return Piece(texts[0])
        case "literal":
            return Piece(texts[1], is_literal=True)
    _, key, *default = texts
    return Variable(key.lower(), default[-1][1:-1] if default else None)


@cache
def _grammar() -> "Lark":
    from lark import Lark

    return Lark(
        (files("ecrpolicy.iam") / "variables.lark").read_text("utf-8"),
        parser="lalr",
        maybe_placeholders=False,
    )


def _mistake(text: str, at: int) -> Mistake:
    """What is wrong with the variable in which the parser stopped."""
    start = text.rfind(_OPEN, 0, at)
    end = text.find("}", start)
    written = text[start : end + 1] if end >= 0 else text[start:]
    if end < 0 or _OPEN in written[len(_OPEN) :]:
        message = f"the variable {shown(written)} is not closed"
        return Mistake("missing-brace-in-variable", start, message, "end it with `}`")
    inner = written[len(_OPEN) : -1]
    if not inner.strip():
        return Mistake("empty-variable", start, "the variable `${}` names no key", _ADVICE)
    key, comma, default = inner.partition(",")
    if comma and not _is_quoted(default.strip()):
        message = f"the default of the variable {shown(written)} is not in single quotes"
        return Mistake("missing-quote-in-variable", start, message, _ADVICE)
    if any(character.isspace() for character in key):
        message = f"a space stands in the variable {shown(written)}"
        return Mistake("unsupported-space-in-variable", start, message, _ADVICE)
    return Mistake("malformed-variable", start, f"{shown(written)} is no variable", _ADVICE)


def _is_quoted(text: str) -> bool:
    return len(text) >= 2 and text.startswith("'") and text.endswith("'")
