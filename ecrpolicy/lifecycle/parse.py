"""From the text of a lifecycle policy to its model, or to everything that is wrong with it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from operator import itemgetter
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ecrpolicy import document, quotas
from ecrpolicy.document import pointer
from ecrpolicy.errors import InvalidPolicy, SyntaxProblem
from ecrpolicy.finding import Finding, Location, Severity
from ecrpolicy.lifecycle.constraints import NOT_MAPPED, Constraint, problems
from ecrpolicy.lifecycle.model import LifecyclePolicy, Rule, RuleAction, Selection

# A text so much longer than the limit is refused unread.
_MAX_CHARACTERS_READ: Final = 3 * quotas.LIFECYCLE_POLICY_MAX_CHARACTERS

# Each place is looked up from the start of the text; nobody reads more than this.
_MAX_FINDINGS: Final = 100

_NO_SCHEMA: Final = "instance failed to match exactly one schema (matched 0 out of 4)"

_JSON_NAMES: Final = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
    type(None): "null",
}

# What pydantic calls a wrong type, and what JSON calls the type that is wanted.
_WANTED: Final = {
    "int_type": "integer",
    "string_type": "string",
    "tuple_type": "array",
    "model_type": "object",
}

_MEMBERS: Final = {
    member.alias
    for model in (LifecyclePolicy, Rule, Selection, RuleAction)
    for member in model.model_fields.values()
    if member.alias
}


def parse(source: str | bytes | Mapping[str, Any], *, file: str | None = None) -> LifecyclePolicy:
    """Read a lifecycle policy: its JSON text, or the document as a dictionary.

    Raises InvalidPolicy with every complaint, each with its place and, where it is known, the
    text of the service's own answer. `file` is the name that the findings give as the place.

    >>> policy = parse('''{"rules": [{"rulePriority": 1,
    ...     "selection": {"tagStatus": "untagged", "countType": "imageCountMoreThan",
    ...                   "countNumber": 1},
    ...     "action": {"type": "expire"}}]}''')
    >>> policy.rules[0].selection.count_number
    1
    """
    if isinstance(source, str | bytes) and len(source) > _MAX_CHARACTERS_READ:
        raise InvalidPolicy([_finding(_length(len(source)), Location(file))])
    try:
        read = document.read(source, file=file)
    except SyntaxProblem as error:
        raise _not_json(error, source, file) from error
    found = [*_wrong_length(read), *_complaints(read.value)]
    if found:
        raise InvalidPolicy(_located(read, found))
    return LifecyclePolicy.model_validate(read.value, by_alias=True, by_name=False)


def service_error(text: str) -> str:
    """The message of the service's InvalidParameterException around one of its texts.

    Source: Amazon ECR API Reference, "PutLifecyclePolicy".
    """
    if not text.startswith("Lifecycle policy parsing failure"):
        text = f"Lifecycle policy validation failure: {text}"
    return f"Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: '{text}'"


def _not_json(error: SyntaxProblem, source: Any, file: str | None) -> InvalidPolicy:
    findings = [
        replace(finding, service_text=NOT_MAPPED if finding.rule == "json-syntax-error" else None)
        for finding in error.findings
    ]
    if isinstance(source, str) and len(source) > quotas.LIFECYCLE_POLICY_MAX_CHARACTERS:
        findings.append(_finding(_length(len(source)), Location(file)))
    return InvalidPolicy(findings)


def _located(read: document.Document, found: Iterable[Constraint]) -> list[Finding]:
    """The complaints, each once, in the order of the document.

    A member that should not be there is shown by its name, all else by its value.
    """
    once = sorted(dict.fromkeys(found), key=_numbered)[:_MAX_FINDINGS]
    placed = [
        (read.offset(each.pointer), _finding(each, read.locate(each.pointer, key=is_name)))
        for each in once
        for is_name in (each.rule == "unknown-member",)
    ]
    return [finding for _, finding in sorted(placed, key=itemgetter(0))]


def _numbered(problem: Constraint) -> list[tuple[int, str]]:
    return [
        (int(token), "") if token.isascii() and token.isdecimal() else (-1, token)
        for token in problem.pointer.split("/")
    ]


def _finding(problem: Constraint, location: Location) -> Finding:
    return Finding(
        problem.rule,
        Severity.ERROR,
        problem.message,
        location,
        problem.help,
        problem.service_text,
    )


def _wrong_length(read: document.Document) -> Iterator[Constraint]:
    """A document without a text of its own can be filled up, but not shortened."""
    least = quotas.LIFECYCLE_POLICY_MIN_CHARACTERS if read.has_text else 0
    if not least <= len(read.text) <= quotas.LIFECYCLE_POLICY_MAX_CHARACTERS:
        yield _length(len(read.text))


def _length(characters: int) -> Constraint:
    least, most = quotas.LIFECYCLE_POLICY_MIN_CHARACTERS, quotas.LIFECYCLE_POLICY_MAX_CHARACTERS
    message = f"a policy has {least} to {most} characters, not {characters}"
    advice = "shorten it" if characters > most else "fill it up with spaces"
    return Constraint("policy-length", "", message, advice)


def _complaints(value: Any) -> Iterator[Constraint]:
    """What the members are not, and what they do not have to do with each other."""
    nulls = list(_nulls(value))
    yield from nulls
    told = {null.pointer for null in nulls}
    try:
        LifecyclePolicy.model_validate(value, by_alias=True, by_name=False)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            if detail["type"] != "value_error" and pointer(*detail["loc"]) not in told:
                yield _complaint(detail)
    if isinstance(value, dict):
        for problem in problems(value):
            if problem.pointer not in told:
                yield problem


def _nulls(value: Any) -> Iterator[Constraint]:
    """Members that are there and null: the service takes none for absent."""
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        place, value = waiting.pop()
        members: Iterable[tuple[str | int, Any]] = ()
        if isinstance(value, dict):
            members = value.items()
        elif isinstance(value, list):
            members = enumerate(value)
        for name, member in members:
            if member is not None:
                waiting.append((place + pointer(name), member))
            elif isinstance(name, str):
                advice = "give it a value, or delete it"
                yield Constraint(
                    "null-member", place + pointer(name), f"`{name}` is null", advice, _NO_SCHEMA
                )
            else:
                wanted = "object" if place == "/rules" else "string"
                message, text = "an element is null", _type_text(None, wanted)
                yield Constraint("null-member", place + pointer(name), message, "delete it", text)


def _complaint(detail: ErrorDetails) -> Constraint:
    """What pydantic says of one member, in our words and in the service's."""
    kind, path, value = detail["type"], detail["loc"], detail["input"]
    place = pointer(*path)
    if kind == "missing":
        text = f'object has missing required properties (["{path[-1]}"])'
        message = f"the member `{path[-1]}` is missing"
        return Constraint("missing-member", pointer(*path[:-1]), message, "add it", text)
    if kind == "extra_forbidden":
        return _unknown_member(place, str(path[-1]))
    if kind == "enum" and isinstance(value, str):
        return _not_in_enum(place, str(path[-1]), value, detail["ctx"]["expected"])
    if kind == "greater_than_equal":
        text = f"numeric instance is lower than the required minimum (minimum: 1, found: {value})"
        message = f"`{path[-1]}` is 1 at least, not {_shown(value)}"
        return Constraint("number-too-small", place, message, "raise it", text)
    wanted = _WANTED.get(kind, "string")
    message = f"expected {_article(wanted)}, found {_article(_json_name(value))}"
    if kind == "string_unicode":
        message = "the string has half a surrogate pair"
    if not isinstance(value, list | dict):
        message += f", `{_shown(value)}`"
    return Constraint("wrong-type", place, message, None, _type_text(value, wanted))


def _unknown_member(place: str, name: str) -> Constraint:
    close = get_close_matches(name, _MEMBERS, n=1)
    advice = f"write `{close[0]}`, or delete it" if close else "delete it"
    text = f'object instance has properties which are not allowed by the schema: (["{name}"])'
    return Constraint("unknown-member", place, f"no member is called `{name}`", advice, text)


def _not_in_enum(place: str, name: str, value: str, expected: str) -> Constraint:
    choices = expected.replace("'", "").replace(" or ", ", ").split(", ")
    close = get_close_matches(value.lower(), choices, n=1)
    listed = ", ".join(f"`{choice}`" for choice in choices)
    advice = f"write `{close[0]}`" if close else f"write one of {listed}"
    if len(choices) == 1:
        advice = f"write {listed}"
    text = f"instance value ({value}) not found in enum :(possible values: [{','.join(choices)}])"
    message = f"`{_shown(value)}` is no `{name}`"
    return Constraint("not-in-enum", place, message, advice, text)


def _type_text(value: Any, wanted: str) -> str:
    return (
        f"instance type ({_json_name(value)}) does not match any allowed primitive type "
        f'(allowed: ["{wanted}"])'
    )


def _json_name(value: Any) -> str:
    return _JSON_NAMES[type(value)]


def _article(name: str) -> str:
    return f"an {name}" if name[0] in "aio" else f"a {name}"


def _shown(value: Any, limit: int = 60) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"
