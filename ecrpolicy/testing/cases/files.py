"""The cases of a file, of whichever kind: `request`, `problems` or neither tells which.

A file is one case, a list of them, or `{"cases": […]}` beside `about` and the named `policies` of
cases about access; a `.jsonl` file, or one whose first line is a whole case, has one a line. It is
JSON, or YAML by its name.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final, TypeVar

from ecrpolicy import document
from ecrpolicy.document import Document
from ecrpolicy.errors import EcrPolicyError, SyntaxProblem
from ecrpolicy.sources import iam_cases
from ecrpolicy.sources.files import Source, text_of
from ecrpolicy.testing.cases import access, lifecycle, refusal
from ecrpolicy.testing.cases.case import Case, Complaints, InvalidCase
from ecrpolicy.testing.cases.place import Origin, Place, placed
from ecrpolicy.wording import printable

_LINES: Final = (".jsonl", ".ndjson")
_YAML: Final = (".yaml", ".yml")
_ADVICE: Final = (
    'a case is `{"policy": …, "images": …, "expected": …}`, or has a `request` with `policies`'
)
_OF_FILES: Final = frozenset(("$schema", "about", "policies", "cases"))

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A case that has not been read yet, and where it stands."""

    name: str
    place: Place
    number: int
    named: iam_cases.Named

    def read(self) -> Case:
        """The case; raises EcrPolicyError with every complaint, located."""
        value = self.place.value
        if not isinstance(value, dict):
            raise self.place.refusal("expected a case: an object", _ADVICE)
        if "request" in value:
            return access.read(self.place, self.name, self.number, self.named)
        if "problems" in value:
            return refusal.read(self.place, self.name)
        if "expected" in value:
            return lifecycle.read(self.place, self.name)
        raise self.place.refusal("nothing is expected", _ADVICE)

    def read_access(self) -> iam_cases.Case:
        """Its request and policies, even if nothing is expected; raises as `read` does."""
        return access.given(self.place, self.name, self.number, self.named)


def find_cases(source: Source) -> tuple[Found, ...]:
    """The cases of a file, to be read one by one.

    Raises EcrPolicyError where there are none, where a name is empty, and where two have one name.
    """
    found = tuple(_found(source))
    nameless = [each for each in found if not each.name]
    if nameless:
        advice = "give a name, or leave the member out"
        raise InvalidCase(
            [each.place.below("name").finding("the name is empty", advice) for each in nameless]
        )
    named = Counter(each.name for each in found)
    twice = [each for each in found if named[each.name] > 1]
    if twice:
        raise InvalidCase(
            [
                each.place.below("name").finding(
                    f"{named[each.name]:,} cases are called `{printable(each.name)}`",
                    "names tell them apart",
                )
                for each in twice[1:]
            ]
        )
    return found


def read_cases(source: Source, *, named: str | None = None) -> tuple[Case, ...]:
    """The cases of a file, or those of a name.

    Raises EcrPolicyError with the complaints about all of them.
    """
    found = find_cases(source)
    return read_each([each for each in found if named in (None, each.name)], Found.read)


def read_each(found: Iterable[Found], read: Callable[[Found], _T]) -> tuple[_T, ...]:
    """What is read of each case; raises EcrPolicyError with the complaints about all of them."""
    complaints = Complaints()
    cases = [complaints.attempt(read, each) for each in found]
    complaints.raise_all()
    return tuple(each for each in cases if each is not None)


def _found(source: Source) -> Iterator[Found]:
    file = source.file or ""
    text = text_of(source)
    if file.endswith(_LINES) or (not file.endswith(_YAML) and _starts_with_a_case(text)):
        yield from _on_lines(text, source.file)
        return
    origin = _yaml(text, file) if file.endswith(_YAML) else Origin(_json(text, source.file))
    value = origin.held.value
    whole = Place(origin)
    if isinstance(value, list):
        yield from _several(whole)
    elif isinstance(value, dict) and "cases" in value:
        unknown = sorted(value.keys() - _OF_FILES)
        if unknown:
            known = ", ".join(f"`{name}`" for name in sorted(_OF_FILES))
            message = f"the member `{printable(unknown[0])}` is not known beside `cases`"
            raise whole.below(unknown[0]).refusal(message, f"known are {known}")
        if not isinstance(value["cases"], list):
            raise whole.below("cases").refusal("expected a list of cases", _ADVICE)
        yield from _several(whole.below("cases"))
    elif isinstance(value, dict):
        yield Found(_name(value, PurePath(file).name.partition(".")[0] or "case 1"), whole, 1, {})
    else:
        raise whole.refusal("nothing here tells of cases", _ADVICE)


def _several(place: Place) -> Iterator[Found]:
    named: iam_cases.Named = {}
    for number, value in enumerate(place.value):
        name = _name(value, f"case {number + 1}")
        yield Found(name, place.below(number), number + 1, named)


def _name(value: Any, otherwise: str) -> str:
    name = value.get("name") if isinstance(value, dict) else None
    return name if isinstance(name, str) else otherwise


def _json(text: str, file: str | None) -> Document:
    try:
        return document.read(text, file=file)
    except SyntaxProblem as error:
        raise InvalidCase(error.findings) from None


def _yaml(text: str, file: str) -> Origin:
    from ecrpolicy.testing.cases.yaml import read_yaml

    return read_yaml(text, file)


def _starts_with_a_case(text: str) -> bool:
    """Whether the first line is a whole object, and others follow."""
    first, _, others = text.lstrip().partition("\n")
    if not (first.startswith("{") and others.strip()):
        return False
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    return True


def _on_lines(text: str, file: str | None) -> Iterator[Found]:
    """A case a line; what is wrong with the JSON of any is told at once."""
    errors: list[EcrPolicyError] = []
    number = 0
    for before, line in enumerate(text.split("\n")):
        if not line.strip():
            continue
        number += 1
        try:
            held = document.read(line, file=file)
        except SyntaxProblem as error:
            errors.append(placed(Origin(Document("", None, file), before), error))
            continue
        place = Place(Origin(held, before))
        yield Found(_name(held.value, f"case {number}"), place, number, {})
    if errors:
        raise InvalidCase.of(errors)
