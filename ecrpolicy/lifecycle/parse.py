"""From the text of a lifecycle policy to its model, or to everything that is wrong with it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from ecrpolicy import document, quotas
from ecrpolicy.document import fit, pointer, shape
from ecrpolicy.document.shape import Misfit, Problem
from ecrpolicy.errors import InvalidPolicy, SyntaxProblem
from ecrpolicy.finding import Location
from ecrpolicy.lifecycle.constraints import NOT_MAPPED, problems

if TYPE_CHECKING:
    from ecrpolicy.lifecycle.model import LifecyclePolicy

# An answer with the name of its exception.
_IS_WHOLE: Final = re.compile(r"\w+Exception: ")

# A text so much longer than the limit is refused unread.
_MAX_CHARACTERS_READ: Final = 3 * quotas.LIFECYCLE_POLICY_MAX_CHARACTERS

FORM: Final[fit.Form] = {
    "rules": [
        {
            "rulePriority": fit.counting,
            "description?": fit.text,
            "selection": {
                "tagStatus": frozenset(("tagged", "untagged", "any")),
                "tagPatternList?": [fit.text],
                "tagPrefixList?": [fit.text],
                "storageClass?": frozenset(("standard", "archive")),
                "countType": frozenset(
                    (
                        "imageCountMoreThan",
                        "sinceImagePushed",
                        "sinceImagePulled",
                        "sinceImageTransitioned",
                    )
                ),
                "countUnit?": frozenset(("days",)),
                "countNumber": fit.counting,
            },
            "action": {
                "type": frozenset(("expire", "transition")),
                "targetStorageClass?": frozenset(("archive",)),
            },
        }
    ]
}
"""What fits this fits the model: most policies are read without it."""

_NO_SCHEMA: Final = "instance failed to match exactly one schema (matched 0 out of 4)"


def parse(source: str | bytes | Mapping[str, Any], *, file: str | None = None) -> "LifecyclePolicy":
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
        raise InvalidPolicy([shape.finding(_length(len(source)), Location(file))])
    try:
        read = document.read(source, file=file)
    except SyntaxProblem as error:
        raise _not_json(error, source, file) from error
    found = [*_wrong_length(read), *complaints(read.value)]
    if found:
        raise shape.refusal(read, found)
    from ecrpolicy.lifecycle.model import LifecyclePolicy

    return LifecyclePolicy.model_validate(read.value, by_alias=True, by_name=False)


def service_error(text: str) -> str:
    """The message of the service's InvalidParameterException around one of its texts.

    A text that names its exception is whole already. Source: Amazon ECR API Reference,
    "PutLifecyclePolicy".
    """
    if _IS_WHOLE.match(text):
        return text
    if not text.startswith("Lifecycle policy parsing failure"):
        text = f"Lifecycle policy validation failure: {text}"
    return f"Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: '{text}'"


def _not_json(error: SyntaxProblem, source: Any, file: str | None) -> InvalidPolicy:
    findings = [
        replace(finding, service_text=NOT_MAPPED if finding.rule == "json-syntax-error" else None)
        for finding in error.findings
    ]
    if isinstance(source, str) and len(source) > quotas.LIFECYCLE_POLICY_MAX_CHARACTERS:
        findings.append(shape.finding(_length(len(source)), Location(file)))
    return InvalidPolicy(findings)


def _wrong_length(read: document.Document) -> Iterator[Problem]:
    """A document without a text of its own can be filled up, but not shortened."""
    found = length_problem(len(read.text))
    is_short = len(read.text) < quotas.LIFECYCLE_POLICY_MIN_CHARACTERS
    if found is not None and not (is_short and not read.has_text):
        yield found


def length_problem(characters: int) -> Problem | None:
    """What a text of so many characters has against it; None where its length is right."""
    least, most = quotas.LIFECYCLE_POLICY_MIN_CHARACTERS, quotas.LIFECYCLE_POLICY_MAX_CHARACTERS
    return None if least <= characters <= most else _length(characters)


def _length(characters: int) -> Problem:
    least, most = quotas.LIFECYCLE_POLICY_MIN_CHARACTERS, quotas.LIFECYCLE_POLICY_MAX_CHARACTERS
    message = f"a policy has {least} to {most} characters, not {characters}"
    advice = "shorten it" if characters > most else "no policy with a rule is so short: complete it"
    return Problem("policy-length", "", message, advice)


def complaints(value: Any) -> Iterator[Problem]:
    """What the members are not, and what they do not have to do with each other."""
    nulls = list(_nulls(value))
    yield from nulls
    told = {null.pointer for null in nulls}
    for misfit in () if fit.fits(value, FORM) else _misfits(value):
        if misfit.problem.rule == "missing-member" or misfit.problem.pointer not in told:
            yield misfit.problem._replace(service_text=_service_text(misfit))
    if isinstance(value, dict):
        for problem in problems(value):
            if problem.pointer not in told:
                yield problem


def _misfits(value: Any) -> Iterator[Misfit]:
    from ecrpolicy.lifecycle.model import LifecyclePolicy

    yield from shape.misfits(LifecyclePolicy, value)


def _nulls(value: Any) -> Iterator[Problem]:
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
                yield Problem(
                    "null-member", place + pointer(name), f"`{name}` is null", advice, _NO_SCHEMA
                )
            else:
                wanted = "object" if place == "/rules" else "string"
                message, text = "an element is null", _type_text(None, wanted)
                yield Problem("null-member", place + pointer(name), message, "delete it", text)


def _service_text(misfit: Misfit) -> str | None:
    """What the service says of a member that does not fit."""
    match misfit.problem.rule:
        case "missing-member":
            return f'object has missing required properties (["{misfit.wanted}"])'
        case "unknown-member":
            text = "object instance has properties which are not allowed by the schema"
            return f'{text}: (["{misfit.wanted}"])'
        case "not-in-enum":
            text = f"instance value ({misfit.value}) not found in enum"
            return f"{text} :(possible values: [{misfit.wanted}])"
        case "number-too-small":
            text = "numeric instance is lower than the required minimum"
            return f"{text} (minimum: 1, found: {misfit.value})"
    return _type_text(misfit.value, misfit.wanted)


def _type_text(value: Any, wanted: str) -> str:
    return (
        f"instance type ({shape.json_name(value)}) does not match any allowed primitive type "
        f'(allowed: ["{wanted}"])'
    )
