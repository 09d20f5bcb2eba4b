"""What pydantic says, in this library's words."""

import json
from typing import Any

import pytest
from pydantic import AwareDatetime, BaseModel, Field, TypeAdapter, ValidationError

from ecrpolicy.sources.complaints import Complaint, complaints, is_syntax_error


class Thing(BaseModel, extra="forbid"):
    name: str = ""
    count: int = 0
    parts: list[str] = []
    pair: tuple[int, ...] = ()
    owner: "Thing | None" = None
    seen: AwareDatetime | None = None
    shade: float = Field(default=0.5, lt=1)


def complained(text: str, wanted: Any = Thing) -> list[Complaint]:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(wanted).validate_json(text)
    return complaints(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"name": 1}', Complaint("/name", "expected a string, found `1`", None)),
        ('{"count": "a"}', Complaint("/count", 'expected an integer, found `"a"`', None)),
        ('{"count": 1.5}', Complaint("/count", "expected an integer, found `1.5`", None)),
        ('{"parts": {}}', Complaint("/parts", "expected a list, found `{}`", None)),
        ('{"pair": 1}', Complaint("/pair", "expected a list, found `1`", None)),
        ('{"parts": ["a", 1]}', Complaint("/parts/1", "expected a string, found `1`", None)),
        ('{"owner": []}', Complaint("/owner", "expected an object, found `[]`", None)),
        (
            '{"seen": "2026-01-01T00:00:00"}',
            Complaint(
                "/seen",
                "the time `2026-01-01T00:00:00` has no time zone",
                "add an offset such as `+00:00`",
            ),
        ),
        (
            '{"seen": "soon"}',
            Complaint(
                "/seen", "`soon` is no time", "write ISO 8601 with an offset, or epoch seconds"
            ),
        ),
        (
            '{"shade": 2}',
            Complaint("/shade", "input should be less than 1: `2`", None),
        ),
        (
            '{"a/b": 1}',
            Complaint("/a~1b", "no member is called `a/b`", "mend its name, or delete it"),
        ),
        ("[]", Complaint("", "expected an object, found `[]`", None)),
    ],
)
def test_a_complaint_is_told_in_our_words(text: str, expected: Complaint) -> None:
    assert complained(text) == [expected]


def test_a_missing_member_is_told_at_its_object() -> None:
    class Required(BaseModel):
        inner: dict[str, "Thing"] = {}
        name: str

    assert complained("{}", Required) == [Complaint("", "the member `name` is missing", None)]
    assert complained("[{}]", list[Required]) == [
        Complaint("/0", "the member `name` is missing", None)
    ]


def test_a_long_value_is_cut() -> None:
    (found,) = complained(json.dumps({"count": "x" * 100}))
    assert found.message == f'expected an integer, found `"{"x" * 58}…`'


def test_twenty_complaints_are_told_at_most() -> None:
    assert len(complained(json.dumps({"parts": [1] * 30}))) == 20


def test_a_text_that_is_no_json_is_told_from_one_of_the_wrong_shape() -> None:
    for text, expected in (("{", True), ('{"name": 1}', False)):
        with pytest.raises(ValidationError) as caught:
            Thing.model_validate_json(text)
        assert is_syntax_error(caught.value) is expected
