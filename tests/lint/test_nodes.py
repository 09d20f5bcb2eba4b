"""Documents that are structures of another format."""

from typing import Any

import pytest

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.edit import Path, Remove
from ecrpolicy.lint.found import Excerpt, SourceText, Span
from ecrpolicy.lint.nodes import Member, Node, NodePlaces, list_of, object_of

SOURCE = SourceText("a.tf", "a = [b, 'cde'] a = 1")
B = Node(Span(5, 6), UNKNOWN)
CDE = Node(Span(8, 13), "cde", excerpt=lambda: Excerpt.part(SOURCE, Span(9, 12)))
LIST = Node(Span(4, 14), elements=(B, CDE))
ROOT = Node(Span(0, 14), members={"a": Member(Span(0, 1), LIST)}, repeated=(("a", Span(15, 16)),))


def test_values() -> None:
    assert ROOT.value == {"a": [UNKNOWN, "cde"]}
    assert Node(Span(0, 0)).value is None
    assert Node(Span(0, 0), members={}).value == {}
    assert Node(Span(0, 0), elements=()).value == []


def test_what_a_node_is() -> None:
    empty = Node(Span(0, 0), members={})
    nothing = Node(Span(0, 0))
    assert [each.is_unknown for each in (B, CDE, LIST, empty, nothing)] == [
        True,
        False,
        False,
        False,
        False,
    ]
    assert [each.is_null for each in (B, CDE, LIST, empty, nothing)] == [
        False,
        False,
        False,
        False,
        True,
    ]


def test_members() -> None:
    assert ROOT.member("a") is LIST
    assert ROOT.member() is ROOT
    assert ROOT.member("b") is None
    assert ROOT.member("a", "b") is None
    assert ROOT.member("b", "c") is None


def test_what_is_changed_in_all_of_a_node() -> None:
    made = object_of(Span(0, 14), scan_type=LIST, n=Node(Span(0, 0), 12)).renamed(str.upper)
    assert made.value == {"SCAN_TYPE": [UNKNOWN, "cde"], "N": 12}
    assert made.as_strings().value == {"SCAN_TYPE": [UNKNOWN, "cde"], "N": "12"}
    held = list_of(Span(0, 1), *(Node(Span(0, 0), each) for each in (True, 1.5, None)))
    assert held.as_strings().value == [True, "1.5", None]
    assert ROOT.renamed(str.upper).repeated == ROOT.repeated
    assert ROOT.flat.repeated == ROOT.repeated
    assert ROOT.flat.value is None


@pytest.mark.parametrize(
    ("path", "how", "expected"),
    [
        ((), {}, (0, 14)),
        ((), {"at_name": True}, (0, 14)),
        (("a",), {}, (4, 14)),
        (("a",), {"at_name": True}, (0, 1)),
        (("a", 0), {}, (5, 6)),
        (("a", 0), {"at_name": True}, (5, 6)),
        (("a", 0), {"offset": 0}, (5, 6)),
        (("a", 1), {}, (8, 13)),
        (("a", 1), {"offset": 1}, (10, 11)),
        (("a", 1), {"offset": 3}, (8, 13)),
        (("a", 2), {}, (4, 14)),
        (("a", "b"), {}, (4, 14)),
        (("a", 1, "b"), {}, (8, 13)),
        (("b", "c"), {}, (0, 14)),
        ((0,), {}, (0, 14)),
    ],
)
def test_places(path: Path, how: dict[str, Any], expected: tuple[int, int]) -> None:
    assert NodePlaces(ROOT).span(path, **how) == expected


def test_a_structure_is_not_changed() -> None:
    assert NodePlaces(ROOT).changes([Remove(("a",))]) is None
