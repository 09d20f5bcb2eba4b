"""Documents that stand in resources."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from ecrpolicy.lint.embedded import (
    Resource,
    listed,
    only,
    policies,
    repeated,
    settings,
    structure,
    with_policies_apart,
)
from ecrpolicy.lint.found import Excerpt, Reading, SourceText, Span
from ecrpolicy.lint.nodes import Member, Node, list_of, object_of

TEXT = 'aws_x web { policy = "{}" other = "[" }'
SOURCE = SourceText("main.tf", TEXT)


def text_node(text: str) -> Node:
    """A string that stands in the file."""
    at = TEXT.index(f'"{text}"') + 1
    span = Span(at - 1, at + len(text) + 1)
    inner = Span(at, at + len(text))
    return Node(span, text, excerpt=lambda: Excerpt.part(SOURCE, inner))


def known(value: object, at: int = 0) -> Node:
    return Node(Span(at, at + 1), value)


def resource(**properties: Node) -> Resource:
    return Resource(SOURCE, "aws_x", "aws_x.web", object_of(Span(0, 9), **properties), (0,))


def read(node: Node | None, name: str = "") -> Reading:
    return Reading.joined(policies(resource(), node, Kind.IDENTITY, name))


def test_policies_that_are_text() -> None:
    [document] = read(text_node("{}")).documents
    assert (document.name, document.value, document.text) == ("aws_x.web", {}, "{}")
    assert document.anchors == (0, TEXT.index('"{}"'))
    [document] = read(text_node("{}"), "policy").documents
    assert document.name == "aws_x.web.policy"


def test_policies_that_are_structures() -> None:
    node = object_of(Span(4, 6), Version=known("a", 5))
    [document] = read(node).documents
    assert (document.value, document.text, document.anchors) == ({"Version": "a"}, None, (0, 4))
    assert document.places.span(("Version",)) == Span(5, 6)


def test_what_is_no_policy() -> None:
    for node in (None, known(UNKNOWN), known(1), known(None), list_of(Span(0, 1))):
        assert read(node).is_empty
    empty = Node(Span(0, 1), "", excerpt=lambda: Excerpt.part(SOURCE, Span(0, 0)))
    assert read(empty).is_empty


def test_texts_that_are_no_json() -> None:
    [error] = read(text_node("["), "policy").misread
    assert (error.rule, error.name) == ("json-syntax-error", "aws_x.web.policy")
    assert error.anchors == (0, TEXT.index('"["'))


def test_settings_have_the_names_of_the_api() -> None:
    node = object_of(Span(0, 9), scanType=known(1), rules=list_of(Span(1, 2), known(UNKNOWN)))
    [reading] = settings(resource(), node, Kind.SCANNING, str.upper)
    [document] = reading.documents
    assert document.value == {"SCANTYPE": "1", "RULES": [UNKNOWN]}
    assert not list(settings(resource(), None, Kind.SCANNING, str))
    assert not list(settings(resource(), known(UNKNOWN), Kind.SCANNING, str))


def test_one_of_a_listing() -> None:
    node = object_of(Span(0, 9), prefix=known("a", 3))
    [reading] = listed(resource(), node, Kind.TEMPLATES, "all", str.upper)
    [document] = reading.documents
    assert document.value == {"all": [{"PREFIX": "a"}]}
    assert document.places.span(("all", 0, "PREFIX")) == Span(3, 4)
    assert not list(listed(resource(), known(UNKNOWN), Kind.TEMPLATES, "all", str))


def test_some_members_alone() -> None:
    node = object_of(Span(0, 9), a=known(1), b=known(2))
    assert only(node, ("b", "c")).value == {"b": 2}
    assert only(known(1), ("b",)).value == {}
    held = object_of(Span(0, 9), a=known("x"), b=object_of(Span(0, 1)), c=known(UNKNOWN))
    assert with_policies_apart(held, ("b", "c", "d")).value == {
        "a": "x",
        "b": UNKNOWN,
        "c": UNKNOWN,
    }


def test_members_that_stand_twice() -> None:
    inner = Node(
        Span(4, 9),
        members={"a": Member(Span(5, 6), known(1))},
        repeated=(("a", Span(7, 8)),),
    )
    node = object_of(Span(0, 9), b=list_of(Span(1, 2), known(1), inner))
    reading = structure(resource(), node, Kind.IDENTITY, "name")
    [error] = reading.misread
    assert (error.rule, error.span, error.pointer, error.name) == (
        "duplicate-key",
        Span(7, 8),
        "/b/1/a",
        "name",
    )
    assert error.message == "the member `a` stands twice in one object"
    assert len(reading.documents) == 1
    [error] = repeated(resource(), node).misread
    assert (error.name, error.anchors) == ("aws_x.web", (0,))


def test_a_document_is_anchored_where_its_name_stands_however_deep() -> None:
    policy = text_node("{}")
    inline = Node(Span(2, 40), members={"policy": Member(Span(12, 18), policy)})
    held = object_of(Span(0, 41), name=known("a", 1), inline=list_of(Span(2, 40), inline))
    within = Resource(SOURCE, "aws_x", "aws_x.web", held, (0,))
    [document] = Reading.joined(policies(within, policy, Kind.IDENTITY)).documents
    assert document.anchors == (0, 12, policy.span.start)
