"""Files of invariants: what must hold of which policies, in TOML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, Field, StrictBool, StrictInt, StrictStr

from ecrpolicy.document.location import line_and_column, pointer, tokens
from ecrpolicy.document.shape import Problem, finding, misfits
from ecrpolicy.errors import EcrPolicyError, SyntaxProblem
from ecrpolicy.finding import Location
from ecrpolicy.iam import Kind
from ecrpolicy.sources import toml_text
from ecrpolicy.tagging import may_match_image_tag

_UNITS: Final = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_SPAN: Final = re.compile(r"([0-9]{1,6})([hdw])", re.ASCII)
_HEADER: Final = re.compile(r"^[ \t]*\[\[[ \t]*invariant[ \t]*\]\]", re.MULTILINE)


class InvalidInvariants(EcrPolicyError):
    """The file is none of invariants, or states some that cannot be meant."""


def span(text: str) -> timedelta:
    """A span of time: hours, days or weeks. Raises ValueError.

    >>> span("30d") == span("720h"), span("2w").days
    (True, 14)
    """
    found = _SPAN.fullmatch(text)
    if found is None or int(found[1]) == 0:
        raise ValueError(f"`{text}` is no span of time; write hours, days or weeks, such as `30d`")
    return int(found[1]) * _UNITS[found[2]]


def _kebab(name: str) -> str:
    return name.replace("_", "-")


class _Model(BaseModel, frozen=True, extra="forbid", alias_generator=_kebab, populate_by_name=True):
    """A table."""


class Never(_Model, frozen=True):
    """Of `never-expires` and `never-archives`."""

    tag: StrictStr | None = None
    untagged: StrictBool = False
    younger_than: StrictStr | None = None


class Keeps(_Model, frozen=True):
    """Of `always-keeps`."""

    at_least: Annotated[StrictInt, Field(ge=1)]
    tag: StrictStr | None = None
    untagged: StrictBool = False


class Eventually(_Model, frozen=True):
    """Of `eventually-expires`."""

    within: StrictStr
    tag: StrictStr | None = None
    untagged: StrictBool = False


class NeverAllows(_Model, frozen=True):
    """Of `never-allows`."""

    action: StrictStr
    principal: StrictStr
    resource: StrictStr = "*"


class AtMost(_Model, frozen=True):
    """Of `allows-at-most`; `old` is the file of the policy that allows as much."""

    old: StrictStr
    action: StrictStr = "ecr:*"
    principal: StrictStr | None = None
    resource: StrictStr = "*"


Statement = Never | Keeps | Eventually | NeverAllows | AtMost


class _Invariant(_Model, frozen=True):
    """One table of a file, as it is written: exactly one statement about some policies."""

    policies: StrictStr | tuple[StrictStr, ...]
    name: StrictStr | None = None
    kind: Kind | None = None
    never_expires: Never | None = None
    never_archives: Never | None = None
    always_keeps: Keeps | None = None
    eventually_expires: Eventually | None = None
    never_allows: NeverAllows | None = None
    allows_at_most: AtMost | None = None


class _File(_Model, frozen=True):
    invariant: tuple[_Invariant, ...]


STATEMENTS: Final = (
    "never_expires",
    "never_archives",
    "always_keeps",
    "eventually_expires",
    "never_allows",
    "allows_at_most",
)
_NOTHING: Final = Problem(
    "no-invariants", "/invariant", "the file states nothing", "write tables `[[invariant]]`"
)


@dataclass(frozen=True)
class Stated:
    """A statement, by its name in Python, about each policy of some files.

    `kind` is that of the policies where they are IAM-style ones.
    """

    what: str
    statement: Statement
    paths: tuple[Path, ...]
    kind: Kind
    name: str | None
    place: Location


def read(content: bytes, path: Path, file: str) -> tuple[Stated, ...]:
    """The invariants of a file; patterns of paths are relative to it.

    Raises InvalidInvariants with all that is wrong with it.
    """
    text = content.decode("utf-8", "replace")
    try:
        value = toml_text.value(text, file)
    except SyntaxProblem as error:
        raise InvalidInvariants(error.findings) from None
    problems = [each.problem for each in misfits(_File, value)]
    if not problems:
        held = _File.model_validate(value, by_alias=True, by_name=False).invariant
        problems = [] if held else [_NOTHING]
        problems += [
            problem
            for at, each in enumerate(held)
            for problem in _problems(each, path.parent, pointer("invariant", at))
        ]
    if problems:
        raise InvalidInvariants(
            [finding(each, _located(text, each.pointer, file)) for each in problems]
        )
    return tuple(
        _stated(each, path.parent, _located(text, pointer("invariant", at), file))
        for at, each in enumerate(held)
    )


def _stated(each: _Invariant, folder: Path, place: Location) -> Stated:
    [what] = _given(each)
    statement: Statement = getattr(each, what)
    if isinstance(statement, AtMost):
        statement = statement.model_copy(update={"old": str(folder / statement.old)})
    paths = tuple(path for pattern in _patterns(each) for path in _files(folder, pattern))
    kind = each.kind or Kind.REPOSITORY
    return Stated(what, statement, tuple(dict.fromkeys(paths)), kind, each.name, place)


def _given(each: _Invariant) -> list[str]:
    return [name for name in STATEMENTS if getattr(each, name) is not None]


def _patterns(each: _Invariant) -> tuple[str, ...]:
    return (each.policies,) if isinstance(each.policies, str) else each.policies


def _files(folder: Path, pattern: str) -> list[Path]:
    """The files that meet a pattern, in order; a path without wildcards is taken as it is."""
    if not any(each in pattern for each in "*?["):
        return [folder / pattern]
    return sorted(path for path in folder.glob(pattern) if path.is_file())


def _problems(each: _Invariant, folder: Path, place: str) -> Iterator[Problem]:
    """What the members of an invariant have against each other, and against the files there are."""
    given = _given(each)
    if len(given) != 1:
        names = ", ".join(f"`{_kebab(name)}`" for name in STATEMENTS)
        message = (
            "the invariant states nothing"
            if not given
            else f"the invariant states {len(given)} things"
        )
        yield Problem("one-statement", place, message, f"write one of {names}")
        return
    name = _kebab(given[0])
    statement: Statement = getattr(each, given[0])
    yield from _of_statement(statement, f"{place}/{name}")
    if each.kind is not None and not isinstance(statement, NeverAllows | AtMost):
        message = f"`{name}` is about lifecycle policies, which have no `kind`"
        yield Problem("kind-without-use", f"{place}/kind", message, "delete it")
    if not _patterns(each):
        message = "the invariant is about no policy"
        yield Problem("no-policies", f"{place}/policies", message, "write paths, or patterns")
    for pattern in _patterns(each):
        if pattern.startswith("/") or not pattern:
            message = f"`{pattern}` is no path relative to this file"
            yield Problem("malformed-pattern", f"{place}/policies", message, "write it so")
        elif not _files(folder, pattern):
            message = f"no file meets `{pattern}`"
            yield Problem("no-files", f"{place}/policies", message, "check the pattern")


def _of_statement(statement: Statement, place: str) -> Iterator[Problem]:
    """What is wrong with the spans and the tags of a statement."""
    for member in ("younger_than", "within"):
        text = getattr(statement, member, None)
        if text is not None:
            try:
                span(text)
            except ValueError as error:
                yield Problem("malformed-span", f"{place}/{_kebab(member)}", str(error))
    tag = getattr(statement, "tag", None)
    if tag and not may_match_image_tag(tag):
        message = f"no tag meets `{tag}`"
        advice = (
            "images without a tag are `untagged = true`, all images are neither member"
            if tag.startswith("@")
            else "write the characters of tags, and `*`"
        )
        yield Problem("malformed-tag", f"{place}/tag", message, advice)


def _located(text: str, place: str, file: str) -> Location:
    """Where a member stands, as far as that can be told without a parser that knows places."""
    at = 0
    path = tokens(place)
    headers = [found.start() for found in _HEADER.finditer(text)]
    if len(path) > 1 and path[0] == "invariant" and int(path[1]) < len(headers):
        at = headers[int(path[1])]
        path = path[2:]
    for name in path:
        found = re.search(rf"(?<![\w-])[\"']?{re.escape(name)}[\"']?(?=[ \t]*[=\].])", text[at:])
        if found is None:
            break
        at += found.start()
    return Location(file, *line_and_column(text, at), pointer=place)
