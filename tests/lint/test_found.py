"""Files, and where things stand in them."""

import pytest

from ecrpolicy.lint import Kind
from ecrpolicy.lint.edit import Remove
from ecrpolicy.lint.found import Excerpt, SourceText, Span, Unchanging
from ecrpolicy.lint.json_places import read_json


@pytest.mark.parametrize("repeated", [1, 3000])
def test_lines_and_columns_of_short_and_of_long_texts(repeated: int) -> None:
    """Of `a\\r\\nb\\rcd\\n`: two columns and an end of two, one and an end, two and an end."""
    source = SourceText("a.json", "a\r\nb\rcd\n" * repeated)
    places = [(0, 1), (0, 2), (0, 3), (1, 1), (1, 2), (2, 1), (2, 2), (2, 3)]
    last = repeated - 1
    for at, (line, column) in enumerate(places):
        # Between a carriage return and its line feed nothing stands that anybody looks up.
        if at != 2:
            assert source.line_and_column(8 * last + at) == (3 * last + line + 1, column)
    assert source.line_and_column(8 * repeated) == (3 * repeated + 1, 1)


def test_what_somebody_makes_anew_is_placed_and_not_changed() -> None:
    [document] = read_json(Excerpt.whole(SourceText("a.json", '{"a": 1}')), Kind.SCANNING).documents
    places = Unchanging(document.places)
    assert places.span(("a",)) == Span(6, 7)
    assert places.span(("a",), at_name=True) == Span(1, 4)
    assert document.places.changes([Remove(("a",))])
    assert places.changes([Remove(("a",))]) is None


def test_of_a_text_that_stands_nowhere_the_place_is_the_beginning() -> None:
    assert Excerpt(SourceText("a.tf", "a"), "", ()).place(0, 0) == Span(0, 0)
