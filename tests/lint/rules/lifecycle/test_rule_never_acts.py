"""A rule whose images are all owned by earlier rules."""

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import lifecycle
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Problem
from ecrpolicy.snapshot import Image, Repository, StorageClass
from tests.builders import (
    NOW,
    any_image,
    archived,
    count,
    document,
    patterns,
    prefixes,
    pushed,
    rule,
    untagged,
)
from tests.lint.tables import Case, message, passes, problems, table, trips
from tests.property.strategies import policies, situations
from tests.situations import Situation

RULE = "rule-never-acts"
PLACE = "/rules/1/rulePriority"


def two(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return document(rule(one | count(5)), rule(other | pushed(5), priority=2))


@table(
    trips("a longer prefix", two(prefixes("prod"), prefixes("prod-eu")), PLACE),
    trips("the same pattern", two(patterns("v*"), patterns("v*")), PLACE),
    trips("a pattern within another", two(patterns("*-rc*"), patterns("v*-rc*.*")), PLACE),
    trips("a tag within a pattern", two(patterns("v*"), patterns("v1")), PLACE),
    trips("a pattern within a prefix", two(prefixes("v"), patterns("v*-rc")), PLACE),
    trips("a prefix within a pattern", two(patterns("v*"), prefixes("v1")), PLACE),
    trips("more is asked for", two(patterns("v*"), patterns("dev", "v1*")), PLACE),
    trips("each is covered", two(patterns("a*", "b*"), patterns("b1", "a1")), PLACE),
    trips("one covers both", two(patterns("a*", "*1"), patterns("a*1")), PLACE),
    trips("every tag", two(patterns("*"), prefixes("prod")), PLACE),
    trips("the empty prefix", two(prefixes(""), prefixes("prod")), PLACE),
    trips(
        "whatever the order",
        document(rule(prefixes("ab") | count(1), priority=7), rule(prefixes("a") | count(1))),
        "/rules/0/rulePriority",
    ),
    trips(
        "in the archive",
        document(
            rule(prefixes("a") | archived(90)), rule(prefixes("ab") | archived(90), priority=2)
        ),
        PLACE,
    ),
    trips(
        "all images, after all of them",
        document(
            rule(untagged() | pushed(1)),
            rule(patterns("*") | count(1), priority=2),
            rule(any_image() | count(1), priority=3),
        ),
        "/rules/2/rulePriority",
    ),
    trips(
        "more may be asked for",
        two(patterns("v*"), {"tagStatus": "tagged", "tagPatternList": ["v1", UNKNOWN]}),
        PLACE,
    ),
    passes("a shorter prefix", two(prefixes("prod-eu"), prefixes("prod"))),
    passes("others", two(prefixes("a"), prefixes("b"))),
    passes("a star in a prefix", two(prefixes("*"), prefixes("prod"))),
    passes("a star in a prefix, later", two(patterns("a*b"), prefixes("a*b"))),
    passes("less is asked for", two(patterns("v*", "dev"), patterns("v1"))),
    passes("overlapping", two(patterns("*-rc"), patterns("v*"))),
    passes("untagged and tagged", two(untagged(), patterns("*"))),
    passes(
        "the storage classes differ",
        document(rule(prefixes("a") | count(1)), rule(prefixes("ab") | archived(90), priority=2)),
    ),
    passes("equal prefixes, which are refused", two(prefixes("a", "b"), prefixes("b", "a"))),
    passes("after all images, which is refused", two(any_image(), prefixes("a"))),
    passes(
        "tagged images are left",
        document(
            rule(untagged() | pushed(1)),
            rule(patterns("*-*") | count(1), priority=2),
            rule(any_image() | count(1), priority=3),
        ),
    ),
    passes("untagged images are left", two(patterns("*"), any_image())),
    passes(
        "the earlier one may ask for more",
        two({"tagStatus": "tagged", "tagPatternList": ["v*", UNKNOWN]}, patterns("v1")),
    ),
    passes(
        "a priority is unknown",
        document(
            rule(prefixes("a") | count(1)) | {"rulePriority": UNKNOWN},
            rule(prefixes("ab") | count(1)),
        ),
    ),
    passes(
        "a storage class is unknown", two(prefixes("a") | {"storageClass": UNKNOWN}, prefixes("ab"))
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, two(prefixes("a"), prefixes("ab"))) == (
        "the rule can never act: `/rules/0` owns every image that it selects; give it a "
        "`rulePriority` below 1, or delete it"
    )


def test_message_of_two_owners() -> None:
    rules = (
        rule(untagged() | pushed(1), priority=4),
        rule(patterns("*") | count(1), priority=3),
        rule(any_image() | count(1), priority=5),
    )
    assert message(RULE, document(*rules)) == (
        "the rule can never act: `/rules/0` and `/rules/1` own every image that it selects; give "
        "it a `rulePriority` below 3, or delete it"
    )


# What the rule says is what the engine does, and where it says nothing, rules do act.


def flagged(policy: dict[str, Any]) -> set[int]:
    """The priorities of the rules that are said never to act."""

    def priority(found: Problem) -> int:
        number = policy["rules"][found.path[1]]["rulePriority"]
        assert isinstance(number, int)
        return number

    return set(map(priority, problems(RULE, policy)))


LISTS = st.lists(st.sampled_from(["*", "pro*", "prod", "prod-*", "*beta*", "v1*"]), min_size=1)
SELECTIONS = st.lists(
    LISTS.map(lambda entries: patterns(*entries)) | st.just(untagged()), min_size=1, max_size=4
)


@given(SELECTIONS, situations())
def test_rules_that_are_found_never_act(
    selections: list[dict[str, Any]], situation: Situation
) -> None:
    unlike = [each for at, each in enumerate(selections) if each not in selections[:at]]
    policy = document(
        *(
            rule(selection | pushed(1), priority=at)
            for at, selection in enumerate([*unlike, any_image()], 1)
        )
    )
    preview = lifecycle.evaluate(lifecycle.parse(policy), situation.repository(), now=situation.now)
    assert not flagged(policy) & {result.rule_priority for result in preview.results}


@given(policies())
def test_all_others_act_on_some_images(policy: dict[str, Any]) -> None:
    found = flagged(policy)
    for each in policy["rules"]:
        number = each["selection"]["countNumber"]
        if each["rulePriority"] not in found and number < 100:
            images = _of_its_own(each["selection"], number + 1)
            preview = lifecycle.evaluate(lifecycle.parse(policy), Repository("a", images), now=NOW)
            assert each["rulePriority"] in {result.rule_priority for result in preview.results}


def _of_its_own(selection: dict[str, Any], number: int) -> tuple[Image, ...]:
    """Old images that a rule selects, and others as little as can be."""
    stands_for = "\N{SNOWMAN}"
    tags = [each.replace("*", stands_for) for each in selection.get("tagPatternList", ())]
    tags += [each + stands_for for each in selection.get("tagPrefixList", ())]
    if selection["tagStatus"] == "any" and tags == []:
        return (
            *_images([], selection, number, "a"),
            *_images([stands_for], selection, number, "b"),
        )
    return tuple(_images(tags, selection, number, "a"))


def _images(tags: list[str], selection: dict[str, Any], number: int, digit: str) -> list[Image]:
    is_archived = selection.get("storageClass") == "archive"
    return [
        Image(
            digest=f"sha256:{digit}{at:063x}",
            pushed_at=NOW - timedelta(days=200, seconds=at),
            tags=tuple(tags),
            storage_class=StorageClass.ARCHIVE if is_archived else StorageClass.STANDARD,
            archived_at=NOW - timedelta(days=150) if is_archived else None,
        )
        for at in range(number)
    ]
