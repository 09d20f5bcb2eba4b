"""A policy under which every image goes some day."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import lifecycle
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.snapshot import Repository
from tests.builders import (
    NOW,
    any_image,
    archived,
    count,
    document,
    image,
    patterns,
    prefixes,
    pushed,
    rule,
    untagged,
)
from tests.lint.tables import Case, message, passes, problems, table, trips

RULE = "nothing-is-kept"
ALL = rule(any_image() | pushed(30), priority=9)
PLACE = "/rules/1/selection/countType"


@table(
    trips("all", document(ALL), "/rules/0/selection/countType"),
    trips("some sooner", document(rule(prefixes("dev") | pushed(7)), ALL), PLACE),
    trips(
        "untagged and tagged",
        document(rule(untagged() | pushed(7)), rule(patterns("*") | pushed(30), priority=2)),
        PLACE,
    ),
    trips("a rule for the archive", document(rule(untagged() | archived(90)), ALL), PLACE),
    passes("some are kept", document(rule(prefixes("prod") | count(5)), ALL)),
    passes("untagged ones are kept", document(rule(untagged() | count(5)), ALL)),
    passes("some are kept for ever", document(rule(prefixes("prod") | pushed(9_999)), ALL)),
    passes("by number", document(rule(any_image() | count(5)))),
    passes("archived", document(rule(any_image() | pushed(30), action="transition"))),
    passes("untagged ones alone", document(rule(untagged() | pushed(1)))),
    passes("tagged ones alone", document(rule(patterns("*") | pushed(1)))),
    passes(
        "not all tagged ones",
        document(rule(untagged() | pushed(7)), rule(patterns("*-*") | pushed(30), priority=2)),
    ),
    passes("another rule is unknown", document(ALL, UNKNOWN)),
    passes(
        "the number is unknown", document(rule(any_image() | pushed(1) | {"countNumber": UNKNOWN}))
    ),
    passes(
        "a storage class is unknown",
        document(ALL, rule(untagged() | count(1) | {"storageClass": UNKNOWN})),
    ),
    passes("no rules", document()),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, document(rule(prefixes("dev") | pushed(7)), ALL)) == (
        "every image goes at the age of 30 days, the newest too: nothing is kept; keep the newest "
        "with `imageCountMoreThan`, or give the images that are in use an earlier rule that does"
    )
    assert "at the age of a day" in message(RULE, document(rule(any_image() | pushed(1))))


TAGS = st.lists(st.sampled_from(["prod", "v1", "dev-eu", "latest"]), max_size=2)


SELECTIONS = st.lists(
    st.sampled_from(
        [untagged(), prefixes("prod"), patterns("*"), patterns("v*", "*-eu"), any_image()]
    ),
    min_size=1,
)


@given(SELECTIONS, st.lists(TAGS, min_size=1, max_size=5))
def test_the_engine_empties_the_repository(
    selections: list[dict[str, Any]], tags: list[list[str]]
) -> None:
    unlike = [each for at, each in enumerate(selections) if each not in selections[:at]]
    unlike.sort(key=lambda each: each["tagStatus"] == "any")
    policy = document(*(rule(each | pushed(at), priority=at) for at, each in enumerate(unlike, 1)))
    images = [image(str(at), *each, days=200) for at, each in enumerate(tags)]
    preview = lifecycle.evaluate(lifecycle.parse(policy), Repository("a", tuple(images)), now=NOW)
    if problems(RULE, policy):
        assert len(preview.results) == len(images)
