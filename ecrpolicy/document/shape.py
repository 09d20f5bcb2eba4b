"""What does not fit the model of a document, in this library's words.

A model says which members there are and of which type; what members must have to do with each
other is checked beside it. Places are JSON pointers: lines are looked up for what is shown.
"""

import json
from collections.abc import Callable, Container, Iterable, Iterator
from difflib import get_close_matches
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from ecrpolicy.document.location import pointer, tokens
from ecrpolicy.document.reader import Document, read
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.errors import InvalidPolicy, SyntaxProblem
from ecrpolicy.finding import Finding, Location, Severity

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

# Each place is looked up from the start of the text; nobody reads more than this.
MAX_FINDINGS: Final = 100

_JSON_NAMES: Final = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
    type(None): "null",
}

# Members that only tell when something was made, whatever they are.
_PASSED_OVER: Final = ("createdAt", "updatedAt")

# Listings of what is sent to the service in requests of its own.
_SENT_ALONE: Final = ("pullThroughCacheRules", "repositoryCreationTemplates", "repositories")

# What pydantic calls a wrong type, and what JSON calls the type that is wanted.
_WANTED: Final = {
    "int_type": "integer",
    "bool_type": "boolean",
    "string_type": "string",
    "tuple_type": "array",
    "model_type": "object",
    "dict_type": "object",
}


_M = TypeVar("_M", bound="BaseModel")


class Problem(NamedTuple):
    """What is wrong and where (JSON pointer); `service_text` is the service's own, where known."""

    rule: str
    pointer: str
    message: str
    help: str | None = None
    service_text: str | None = None


class Misfit(NamedTuple):
    """A member that does not fit: the problem, the value, and the type or the choices wanted."""

    problem: Problem
    value: Any = None
    wanted: str = ""


def parsed(
    model: type[_M],
    source: Any,
    problems: Callable[[Any], Iterable[Problem]],
    *,
    member: str | None = None,
    root: str = "",
    file: str | None = None,
) -> _M:
    """A document of a model: JSON text, or its value; as it is, or as the AWS CLI prints it.

    `problems` are what a value has against it beyond the model; `member` is where the CLI prints
    the document, `root` where a request of the API has it. Raises InvalidPolicy with every
    complaint.
    """
    try:
        document = read(source, file=file)
    except SyntaxProblem as error:
        raise InvalidPolicy(error.findings) from error
    value, place = document.value, ""
    if member is not None and isinstance(value, dict) and member in value:
        value, place = value[member], f"/{member}"
    found = list(complaints(model, value, problems, root=root))
    if found:
        placed = [each._replace(pointer=place + each.pointer) for each in found]
        raise refusal(document, placed)
    return model.model_validate(value, by_alias=True, by_name=False)


def complaints(
    model: "type[BaseModel]",
    value: Any,
    problems: Callable[[Any], Iterable[Problem]],
    *,
    root: str = "",
) -> Iterator[Problem]:
    """Everything that the value of a document has against it, before places are looked up."""
    found = [
        each.problem._replace(service_text=_constraint_text(each, root))
        for each in misfits(model, value)
    ]
    yield from found
    if isinstance(value, dict):
        told = {each.pointer for each in found if each.rule != "missing-member"}
        yield from _nulls(value, told)
    yield from problems(value)


def invalid_parameter(path: str, constraint: str) -> str:
    """The service's answer to a parameter that breaks a constraint of the API.

    The form is that of the InvalidParameterException of Amazon ECR.
    """
    text = f"Invalid parameter at '{path}' failed to satisfy constraint: '{constraint}'"
    return f"InvalidParameterException: {text}"


def too_long(path: str, most: int) -> str:
    """The service's answer to a list or a text that is too long."""
    return invalid_parameter(path, f"Member must have length less than or equal to {most}")


def too_short(path: str, least: int) -> str:
    """The service's answer to a list or a text that is too short."""
    return invalid_parameter(path, f"Member must have length greater than or equal to {least}")


def no_match(path: str, pattern: str) -> str:
    """The service's answer to a text that is not of the form of the API."""
    return invalid_parameter(path, f"Member must satisfy regular expression pattern: {pattern}")


def parameter_path(place: str, root: str = "") -> str:
    """What the API calls the place of a JSON pointer in a request.

    >>> parameter_path("/rules/0/destinations", "replicationConfiguration")
    'replicationConfiguration.rules.1.member.destinations'
    >>> parameter_path("/pullThroughCacheRules/3/customRoleArn")
    'customRoleArn'
    """
    path = tokens(place)
    if path and path[0] in _SENT_ALONE:
        path = path[2:]
    named = (f"{int(each) + 1}.member" if each.isdecimal() else each for each in path)
    return ".".join(each for each in (root, *named) if each)


def _constraint_text(misfit: "Misfit", root: str) -> str | None:
    """What the service says of a missing member, or of a word that is none of the choices."""
    path = parameter_path(misfit.problem.pointer, root)
    match misfit.problem.rule:
        case "missing-member":
            whole = f"{path}.{misfit.wanted}" if path else misfit.wanted
            return invalid_parameter(whole, "Member must not be null")
        case "not-in-enum":
            choices = ", ".join(misfit.wanted.split(","))
            return invalid_parameter(path, f"Member must satisfy enum value set: [{choices}]")
    return None


def _nulls(value: Any, told: Container[str]) -> Iterator[Problem]:
    """Members that are null where a model lets them be absent, but in what is told already."""
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        place, value = waiting.pop()
        if place in told:
            continue
        members: Iterable[tuple[Any, Any]] = enumerate(value)
        if isinstance(value, dict):
            members = ((name, each) for name, each in value.items() if name not in _PASSED_OVER)
        for name, member in members:
            if isinstance(member, dict | list):
                waiting.append((place + pointer(name), member))
            elif member is None and isinstance(value, dict):
                at, advice = place + pointer(name), "give it a value, or delete it"
                if at not in told:
                    yield Problem("wrong-type", at, f"`{name}` is null", advice)


def misfits(model: "type[BaseModel]", value: Any) -> Iterator[Misfit]:
    """All that does not fit a model; a value that is unknown is not among it."""
    from pydantic import ValidationError

    members = _member_names(model)
    try:
        model.model_validate(value, by_alias=True, by_name=False)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            if detail["type"] != "value_error" and detail["input"] is not UNKNOWN:
                yield _misfit(detail, members)


def refusal(read: Document, found: Iterable[Problem]) -> InvalidPolicy:
    """The problems as findings, each once, in the order of the document, the first hundred.

    A member that should not be there is shown by its name, all else by its value.
    """
    once = sorted(dict.fromkeys(found), key=_numbered)
    placed = [
        (read.offset(each.pointer), finding(each, read.locate(each.pointer, key=is_name)))
        for each in once[:MAX_FINDINGS]
        for is_name in (each.rule == "unknown-member",)
    ]
    findings = [each for _, each in sorted(placed, key=itemgetter(0))]
    return InvalidPolicy(findings, left_out=len(once) - len(findings))


def finding(problem: Problem, location: Location) -> Finding:
    """A problem with its place."""
    return Finding(
        problem.rule,
        Severity.ERROR,
        problem.message,
        location,
        problem.help,
        problem.service_text,
    )


def message_within(found: Finding) -> str:
    """What a finding says of a text within a text, with the place in that."""
    place = str(found.location)
    return f"{found.message} (in its text at {place})" if place else found.message


def json_name(value: Any) -> str:
    """What JSON calls the type of a value.

    >>> json_name([]), json_name(True)
    ('array', 'boolean')
    """
    return _JSON_NAMES[type(value)]


def _numbered(problem: Problem) -> list[tuple[int, str]]:
    return [
        (int(token), "") if token.isascii() and token.isdecimal() else (-1, token)
        for token in problem.pointer.split("/")
    ]


@cache
def _member_names(model: "type[BaseModel]") -> frozenset[str]:
    """The names that members have in a model, and in the models in it; none is within itself."""
    from pydantic import BaseModel

    names: set[str] = set()
    waiting: list[Any] = [model]
    while waiting:
        found = waiting.pop()
        if isinstance(found, type) and issubclass(found, BaseModel):
            names.update(each.alias for each in found.model_fields.values() if each.alias)
            waiting += [each.annotation for each in found.model_fields.values()]
        else:
            waiting += getattr(found, "__args__", ())
    return frozenset(names)


def _misfit(detail: "ErrorDetails", members: Iterable[str]) -> Misfit:
    """What pydantic says of one member, in our words."""
    kind, path, value = detail["type"], detail["loc"], detail["input"]
    place, name = pointer(*path), str(path[-1]) if path else ""
    if kind == "missing":
        message = f"the member `{name}` is missing"
        return Misfit(Problem("missing-member", pointer(*path[:-1]), message, "add it"), None, name)
    if kind == "extra_forbidden":
        return Misfit(_unknown_member(place, name, members), value, name)
    if kind == "enum" and isinstance(value, str):
        member = next((each for each in reversed(path) if isinstance(each, str)), name)
        return _not_in_enum(place, member, value, detail["ctx"]["expected"])
    if kind == "greater_than_equal":
        message = f"`{name}` is 1 at least, not {shown(value)}"
        return Misfit(Problem("number-too-small", place, message, "raise it"), value)
    return _wrong_type(place, kind, value)


def _wrong_type(place: str, kind: str, value: Any) -> Misfit:
    wanted = _WANTED.get(kind, "string")
    found = "null" if value is None else _article(json_name(value))
    message = f"expected {_article(wanted)}, found {found}"
    if kind == "string_unicode":
        message = "the string has half a surrogate pair"
    if not isinstance(value, list | dict | None):
        message += f", `{shown(value)}`"
    return Misfit(Problem("wrong-type", place, message), value, wanted)


def _unknown_member(place: str, name: str, members: Iterable[str]) -> Problem:
    close = get_close_matches(name, sorted(members), n=1)
    advice = f"write `{close[0]}`, or delete it" if close else "delete it"
    return Problem("unknown-member", place, f"no member is called `{name}`", advice)


def _not_in_enum(place: str, name: str, value: str, expected: str) -> Misfit:
    choices = expected.replace("'", "").replace(" or ", ", ").split(", ")
    close = get_close_matches(value.lower(), [choice.lower() for choice in choices], n=1)
    likely = next((choice for choice in choices if close and choice.lower() == close[0]), None)
    listed = ", ".join(f"`{choice}`" for choice in choices)
    advice = f"write `{likely}`" if likely else f"write one of {listed}"
    if len(choices) == 1:
        advice = f"write {listed}"
    problem = Problem("not-in-enum", place, f"`{shown(value)}` is no `{name}`", advice)
    return Misfit(problem, value, ",".join(choices))


def _article(name: str) -> str:
    return f"an {name}" if name[0] in "aio" else f"a {name}"


def shown(value: Any, limit: int = 60) -> str:
    """A value as JSON, no longer than a line takes."""
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return text if len(text) <= limit else text[: limit - 1] + "…"
