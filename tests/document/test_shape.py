"""What does not fit the model of a document, with its place and the service's answer."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, StrictStr
from pydantic.alias_generators import to_camel

from ecrpolicy.document import shape
from ecrpolicy.document.shape import MAX_FINDINGS, Problem, parsed
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.finding import Finding, Severity


class _Model(BaseModel, frozen=True, extra="forbid", alias_generator=to_camel):
    pass


class _Part(_Model, frozen=True):
    part_name: StrictStr
    note: StrictStr | None = None
    created_at: Any = None


class _Whole(_Model, frozen=True):
    parts: tuple[_Part, ...] = ()
    note: StrictStr | None = None


def none(_: Any) -> Iterator[Problem]:
    """No further problems."""
    return iter(())


def read(source: Any, **about: Any) -> _Whole:
    return parsed(_Whole, source, about.pop("problems", none), **about)


def findings(source: Any, **about: Any) -> tuple[Finding, ...]:
    with pytest.raises(InvalidPolicy) as caught:
        read(source, **about)
    return caught.value.findings


def told(source: Any, **about: Any) -> list[tuple[str, str]]:
    return [(each.rule, each.location.pointer) for each in findings(source, **about)]


@pytest.mark.parametrize(
    ("place", "root", "path"),
    [
        ("", "", ""),
        ("", "policy", "policy"),
        ("/rules", "", "rules"),
        ("/rules/0/destinations/12", "", "rules.1.member.destinations.13.member"),
        ("/rules/0", "replicationConfiguration", "replicationConfiguration.rules.1.member"),
        ("/a~1b/~0", "", "a/b.~"),
        ("/pullThroughCacheRules/2/ecrRepositoryPrefix", "", "ecrRepositoryPrefix"),
        ("/repositoryCreationTemplates/0/appliedFor/1", "", "appliedFor.2.member"),
        ("/repositories/7/repositoryName", "", "repositoryName"),
    ],
)
def test_the_api_counts_entries_from_one(place: str, root: str, path: str) -> None:
    assert shape.parameter_path(place, root) == path


def test_answers_of_the_service_have_its_form() -> None:
    start = "InvalidParameterException: Invalid parameter at 'a.b' failed to satisfy constraint: "
    assert shape.invalid_parameter("a.b", "no") == f"{start}'no'"
    assert shape.too_long("a.b", 3) == f"{start}'Member must have length less than or equal to 3'"
    assert shape.too_short("a.b", 3) == (
        f"{start}'Member must have length greater than or equal to 3'"
    )
    assert shape.no_match("a.b", "x+") == (
        f"{start}'Member must satisfy regular expression pattern: x+'"
    )


def test_a_document_is_read_from_text_from_bytes_and_from_a_value() -> None:
    value = {"parts": [{"partName": "a"}]}
    expected = _Whole(parts=(_Part.model_validate({"partName": "a"}),))
    for source in (value, json.dumps(value), json.dumps(value).encode()):
        assert read(source) == expected


def test_a_document_may_be_a_member_of_what_the_cli_prints() -> None:
    printed = {"whole": {"parts": []}, "registryId": "1"}
    assert read(printed, member="whole") == _Whole()
    assert read({"parts": []}, member="whole") == _Whole()
    assert told({"whole": {"parts": 1}}, member="whole") == [("wrong-type", "/whole/parts")]
    assert sorted(told(printed)) == [
        ("unknown-member", "/registryId"),
        ("unknown-member", "/whole"),
    ]


def test_members_have_the_names_of_the_document() -> None:
    assert told({"parts": [{"part_name": "a"}]}) == [
        ("missing-member", "/parts/0"),
        ("unknown-member", "/parts/0/part_name"),
    ]


def test_a_member_that_is_null_is_no_absent_one() -> None:
    assert told({"note": None}) == [("wrong-type", "/note")]
    [found] = findings({"parts": [{"partName": "a", "note": None}]})
    assert (found.rule, found.location.pointer) == ("wrong-type", "/parts/0/note")
    assert (found.message, found.help) == ("`note` is null", "give it a value, or delete it")


def test_a_null_is_told_once() -> None:
    assert told({"parts": None}) == [("wrong-type", "/parts")]
    assert told({"parts": [None]}) == [("wrong-type", "/parts/0")]
    assert told({"parts": [{"partName": None}]}) == [("wrong-type", "/parts/0/partName")]
    assert told({"parts": [{"note": None}]}) == [
        ("missing-member", "/parts/0"),
        ("wrong-type", "/parts/0/note"),
    ]
    assert told({"more": None}) == [("unknown-member", "/more")]
    assert told({"note": {"a": None}}) == [("wrong-type", "/note")]
    assert told("null") == [("wrong-type", "")]


def test_what_only_tells_when_something_was_made_may_be_anything() -> None:
    for value in (None, 3, {"a": None}, [None]):
        assert read({"parts": [{"partName": "a", "createdAt": value}]}).parts[0].part_name == "a"


def test_further_problems_stand_in_the_order_of_the_document() -> None:
    def problems(_: Any) -> Iterator[Problem]:
        yield Problem("second", "/parts/1", "b", "do it", "said")
        yield Problem("first", "/parts/0/partName", "a")
        yield Problem("first", "/parts/0/partName", "a")

    text = '{"note": 3,\n "parts": [\n  {"partName": "a"}, {}]}'
    found = findings(text, problems=problems, file="whole.json")
    assert [(each.rule, str(each.location)) for each in found] == [
        ("wrong-type", "whole.json:1:10"),
        ("first", "whole.json:3:16"),
        ("missing-member", "whole.json:3:22"),
        ("second", "whole.json:3:22"),
    ]
    assert (found[3].help, found[3].service_text) == ("do it", "said")
    assert all(each.severity is Severity.ERROR for each in found)


def test_the_place_of_a_name_that_should_not_be_there_is_that_of_the_name() -> None:
    [found] = findings('{"parts": [], "nots": {"a": 1}}')
    assert (found.location.line, found.location.column) == (1, 15)
    assert found.help == "write `note`, or delete it"


def test_a_hundred_complaints_are_told_at_most() -> None:
    with pytest.raises(InvalidPolicy) as caught:
        read({"parts": [3] * (MAX_FINDINGS + 50)})
    assert (len(caught.value.findings), caught.value.left_out) == (MAX_FINDINGS, 50)


def test_a_text_that_is_no_json_is_told_as_such() -> None:
    assert [rule for rule, _ in told('{"parts": [}')] == ["json-syntax-error"]
    assert [rule for rule, _ in told('{"note": "a", "note": "b"}')] == ["duplicate-key"]


def test_a_missing_member_is_answered_by_the_service() -> None:
    [found] = findings({"parts": [{}]}, root="whole")
    assert found.service_text == (
        "InvalidParameterException: Invalid parameter at 'whole.parts.1.member.partName' failed "
        "to satisfy constraint: 'Member must not be null'"
    )
