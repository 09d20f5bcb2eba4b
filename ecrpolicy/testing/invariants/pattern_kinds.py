"""The patterns of policies, as readers of texts take them."""

from collections.abc import Iterable, Iterator
from typing import Final

from ecrpolicy.iam.model import Condition
from ecrpolicy.iam.operators import Comparison
from ecrpolicy.iam.patterns import matcher
from ecrpolicy.testing.invariants.text_kinds import Item, Reader, TextKinds, Wild
from ecrpolicy.testing.invariants.text_shapes import Shape

Items = tuple[Item, ...]

STRINGS: Final = frozenset(
    (
        Comparison.STRING_EQUALS,
        Comparison.STRING_EQUALS_IGNORE_CASE,
        Comparison.STRING_LIKE,
        Comparison.ARN,
    )
)
"""The operators that compare texts: one reader reads the values of all of them."""

_COLONS: Final = 5

_FREE: Final = {"*": Wild.ANY, "?": Wild.ONE}
_IN_FIELD: Final = {"*": Wild.ANY_IN_FIELD, "?": Wild.ONE_IN_FIELD}
_IN_NAME: Final = {"*": Wild.ANY_IN_NAME, "?": Wild.ONE_IN_NAME}


def like(pattern: str) -> Items:
    """A pattern whose wildcards stand for any characters."""
    return tuple(_FREE.get(each, each) for each in pattern)


def within_name(pattern: str) -> Items:
    """A pattern whose wildcards take no slash."""
    return tuple(_IN_NAME.get(each, each) for each in pattern)


def in_any_case(text: str) -> Items:
    """A text in all its spellings; its wildcards are characters.

    >>> in_any_case("Ci")
    ('Cc', 'iI')
    """
    return tuple("".join(dict.fromkeys((each, *_other(each)))) for each in text)


def _other(character: str) -> Iterator[str]:
    for other in (character.lower(), character.upper()):
        if other.lower() == character.lower() and len(other) == 1:
            yield other


def of_resources(pattern: str) -> Items:
    """A value of Resource: wildcards stay in their field, but for a `*` that ends it.

    IAM User Guide, "IAM JSON policy elements: Resource", "Using wildcards in resource ARNs".
    """
    segments = pattern.split(":", _COLONS)
    items: list[Item] = []
    for number, field in enumerate(segments[:_COLONS]):
        items += [":"] if number else []
        items += (_IN_FIELD.get(each, each) for each in field)
        if field.endswith("*"):
            items[-1] = Wild.ANY
    return (*items, *(item for each in segments[_COLONS:] for item in (":", *like(each))))


def of_arns(pattern: str) -> Items | None:
    """A value of an Arn operator, whose fields are matched apart; None where none meets it."""
    first, *fields = pattern.split(":", _COLONS)
    if len(fields) != _COLONS or not matcher(first)("arn"):
        return None
    *held, last = fields
    middle = (_IN_FIELD.get(each, each) for each in ":".join(("arn", *held)))
    return (*middle, ":", *like(last))


def of_condition(condition: Condition, values: Iterable[str] | None = None) -> Iterator[Items]:
    """What the values of a condition on texts are met by."""
    for value in condition.values if values is None else values:
        match condition.operator.comparison:
            case Comparison.STRING_EQUALS:
                yield tuple(value)
            case Comparison.STRING_EQUALS_IGNORE_CASE:
                yield in_any_case(value)
            case Comparison.STRING_LIKE:
                yield like(value)
            case Comparison.ARN:
                items = of_arns(value)
                if items is not None:
                    yield items


def kinds(reader: Reader, shape: Shape, number: int = 1) -> TextKinds[int]:
    """The kinds of texts of a shape that a reader tells apart."""
    return TextKinds(
        (reader,), (reader.start,), shape, lambda places: reader.kind(places[0]), number
    )
