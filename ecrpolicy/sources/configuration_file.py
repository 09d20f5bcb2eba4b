"""The files of the linter's configuration: `.ecrpolicy.toml`, and `pyproject.toml` with a table."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, StrictStr

from ecrpolicy.document.location import line_and_column, pointer, tokens
from ecrpolicy.document.shape import Problem, finding, misfits
from ecrpolicy.errors import EcrPolicyError, SyntaxProblem
from ecrpolicy.finding import Location, Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.selection import all_names, closest, is_selector
from ecrpolicy.lint.values import at_path, path_of
from ecrpolicy.sources import toml_text
from ecrpolicy.sources.configuration import PROJECT_FILE, TABLE, Configuration

_WORDS: Final = {"severities": "severity", "kinds": "kind of documents"}


class InvalidConfiguration(EcrPolicyError):
    """The configuration is not one that the linter understands."""


class _Scope(StrEnum):
    """What registry policies can be about, as the option has it."""

    V1 = "v1"
    V2 = "v2"


_SCOPES: Final[Mapping[_Scope | None, Literal["V1", "V2"] | None]] = {
    _Scope.V1: "V1",
    _Scope.V2: "V2",
    None: None,
}


def _kebab(name: str) -> str:
    return name.replace("_", "-")


class _Settings(BaseModel, frozen=True, extra="forbid", alias_generator=_kebab):
    """The settings as they are written."""

    select: tuple[StrictStr, ...] | None = None
    ignore: tuple[StrictStr, ...] = ()
    exclude: tuple[StrictStr, ...] = ()
    fail_level: Severity = Severity.WARNING
    severities: dict[str, Severity] = {}
    kinds: dict[str, Kind] = {}
    per_file_ignores: dict[str, tuple[StrictStr, ...]] = {}
    baseline: StrictStr | None = None
    registry: StrictStr | None = None
    registry_scope: _Scope | None = None


def read(content: bytes, path: Path, file: str) -> Configuration:
    """A configuration; raises InvalidConfiguration with all that is wrong with it."""
    text = content.decode("utf-8", "replace")
    try:
        value = toml_text.value(text, file)
    except SyntaxProblem as error:
        raise InvalidConfiguration(error.findings) from None
    if path.name == PROJECT_FILE:
        value = value.get("tool", {}).get("ecrpolicy", {})
    problems = [_in_words(each.problem) for each in misfits(_Settings, value)]
    if not problems:
        problems = list(_names(value))
    if problems:
        raise InvalidConfiguration(
            [finding(each, _located(text, value, each.pointer, file)) for each in problems]
        )
    held = _Settings.model_validate(value, by_alias=True, by_name=False)
    return Configuration(
        path.parent,
        held.select,
        held.ignore,
        held.exclude,
        held.fail_level,
        held.severities,
        held.kinds,
        held.per_file_ignores,
        None if held.baseline is None else path.parent / held.baseline,
        None if held.registry is None else path.parent / held.registry,
        _SCOPES[held.registry_scope],
    )


def _in_words(problem: Problem) -> Problem:
    """What does not fit, in the words of settings."""
    table, *_ = tokens(problem.pointer) or [""]
    if problem.rule == "unknown-member":
        name = tokens(problem.pointer)[-1]
        return problem._replace(message=f"no setting is called `{name}`")
    if problem.rule == "not-in-enum" and table in _WORDS:
        told = problem.message.partition(" is no ")[0]
        return problem._replace(message=f"{told} is no {_WORDS[table]}")
    return problem


def _names(value: Any) -> Iterator[Problem]:
    """The rules that there are not."""
    several: list[tuple[tuple[str, ...], Any]] = [
        (("select",), value.get("select", ())),
        (("ignore",), value.get("ignore", ())),
    ]
    for pattern, names in value.get("per-file-ignores", {}).items():
        several.append((("per-file-ignores", pattern), names))
    for path, names in several:
        for number, name in enumerate(names):
            if not is_selector(name):
                yield unknown_rule(name, pointer(*path, number))
    for name in value.get("severities", {}):
        if name not in all_names():
            yield unknown_rule(name, pointer("severities", name))


def unknown_rule(name: str, place: str = "") -> Problem:
    """The complaint about a rule that there is not."""
    near = closest(name, all_names())
    advice = f"write `{near}`" if near else "`ecrpolicy rules` lists them"
    return Problem("unknown-rule", place, f"no rule is called `{name}`", advice)


def _located(text: str, value: Any, place: str, file: str) -> Location:
    """Where a setting stands, as far as that can be told without a parser that knows places."""
    at = max(text.find(f"[{TABLE}"), 0)
    path = path_of(value, tokens(place))
    for number, token in enumerate(path):
        if isinstance(token, int):
            held = at_path(value, path[: number + 1])
            found = re.search(f"[\"']{re.escape(held)}[\"']", text[at:]) if held else None
        else:
            name = re.escape(token)
            found = re.search(rf"(?<![\w-])[\"']?{name}[\"']?(?=[ \t]*[=\].])", text[at:])
        if found is None:
            break
        at += found.start()
    return Location(file, *line_and_column(text, at), pointer=place)
