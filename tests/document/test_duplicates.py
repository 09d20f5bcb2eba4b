"""Names that stand twice, found in the text."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy.document.duplicates import duplicates
from ecrpolicy.document.location import offset, tokens
from tests.property.strategies import json_values

STRANGE = '{"a": ["}", {"b\\\\": "\\"", "c": [{}, []]}], "\\u0061": {"b": null, "b": 1}, "b": "b"}'


def test_what_stands_in_strings_is_no_mark() -> None:
    found = [(each.pointer, each.name) for each in duplicates(STRANGE)]
    assert found == [("/a", "a"), ("/a/b", "b")]


@given(value=json_values(), indent=st.sampled_from([None, 1]))
def test_a_value_that_is_written_has_no_name_twice(value: Any, indent: int | None) -> None:
    assert list(duplicates(json.dumps(value, indent=indent))) == []


@given(value=st.dictionaries(st.text(), json_values(), min_size=1), name=st.data())
def test_a_member_that_is_written_again_is_found(value: dict[str, Any], name: Any) -> None:
    again = name.draw(st.sampled_from(sorted(value)))
    text = json.dumps({"x": [0, value]})[:-3] + f", {json.dumps(again)}: 0}}]}}"
    [found] = duplicates(text)
    assert found.name == again
    assert tokens(found.pointer) == ["x", "1", again]
    assert offset(text, tokens(found.pointer), key=True) == found.offset
