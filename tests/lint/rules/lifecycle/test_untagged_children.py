"""A count of untagged images, in which those of indexes are counted."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    INDEX,
    any_image,
    count,
    digest,
    document,
    gone,
    image,
    patterns,
    preview,
    pushed,
    rule,
    untagged,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "untagged-children"


@table(
    trips("a count", document(rule(untagged() | count(1))), "/rules/0/selection/countType"),
    trips(
        "of what number is unknown",
        document(rule(untagged() | count(1) | {"countNumber": UNKNOWN})),
        "/rules/0/selection/countType",
    ),
    passes("by age", document(rule(untagged() | pushed(1)))),
    passes("of all images", document(rule(any_image() | count(1)))),
    passes("of tagged ones", document(rule(patterns("*") | count(1)))),
    passes("unknown", document(rule(untagged() | {"countType": UNKNOWN}))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, document(rule(untagged() | count(1)))) == (
        "the images of an index are mostly untagged: they are counted, and stay as long as the "
        "index does; choose untagged images by `sinceImagePushed`"
    )


def test_the_engine_counts_children_and_lets_them_be() -> None:
    index = image("1", "v1", manifests=(digest("2"), digest("3")), manifest_media_type=INDEX)
    children = (image("2", days=1), image("3", days=2))
    rules = [rule(untagged() | count(1))]
    assert gone(preview(rules, index, *children, image("4", days=3))) == [("4", 1)]
    assert gone(preview(rules, *children)) == [("3", 1)]
