"""What one run of a policy does with a repository."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from operator import attrgetter
from random import Random
from typing import Any

import pytest

from ecrpolicy import lifecycle
from ecrpolicy.snapshot import Image, Repository, StorageClass
from tests.builders import (
    INDEX,
    NOW,
    ago,
    any_image,
    archived,
    count,
    digest,
    gone,
    image,
    patterns,
    policy,
    prefixes,
    preview,
    pulled,
    pushed,
    rule,
    untagged,
)
from tests.cases import EVALUATION_FILES, EvaluationCase, evaluation_cases, outcomes
from tests.reference import lifecycle as reference

CASES = evaluation_cases(*EVALUATION_FILES)

EXPIRE_OLD = [rule(any_image() | pushed(10))]
KEEP_ONE = [rule(any_image() | count(1))]


def evaluated(
    rules: list[dict[str, Any]], *images: Image, now: datetime = NOW
) -> list[tuple[str, int]]:
    """What goes at some time: the digit of each image's digest and its rule."""
    return gone(lifecycle.evaluate(policy(*rules), Repository("app", images), now=now))


@pytest.mark.parametrize("case", CASES, ids=attrgetter("name"))
def test_the_reference_evaluates_a_case_alike(case: EvaluationCase) -> None:
    found = reference.evaluate(case.policy, case.images_with_instants(), case.now, case.manifests)
    assert found == case.expected


@pytest.mark.parametrize("case", CASES, ids=attrgetter("name"))
def test_the_order_of_the_images_makes_no_difference(case: EvaluationCase) -> None:
    repository = case.repository()
    shuffled = list(repository.images)
    for images in (shuffled[::-1], Random(1).sample(shuffled, len(shuffled))):
        found = lifecycle.evaluate(
            lifecycle.parse(case.policy),
            replace(repository, images=tuple(images)),
            now=case.now,
        )
        assert outcomes(found.results) == case.expected


@pytest.mark.parametrize("case", CASES, ids=attrgetter("name"))
def test_the_order_of_the_rules_in_the_document_makes_no_difference(case: EvaluationCase) -> None:
    reversed_policy = {"rules": case.policy["rules"][::-1]}
    found = lifecycle.evaluate(lifecycle.parse(reversed_policy), case.repository(), now=case.now)
    assert outcomes(found.results) == case.expected


# Times


def test_now_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="`now` has no time zone: `2026-01-31T00:00:00`"):
        lifecycle.evaluate(policy(*KEEP_ONE), Repository("app"), now=NOW.replace(tzinfo=None))


@pytest.mark.parametrize("minutes", [-720, -90, 0, 345, 840])
def test_now_may_be_in_any_zone(minutes: int) -> None:
    now = NOW.astimezone(timezone(timedelta(minutes=minutes)))
    images = (image("a", pushed_at=ago(10)), image("b", pushed_at=ago(10) - timedelta.resolution))
    assert evaluated(EXPIRE_OLD, *images, now=now) == [("b", 1)]
    preview_there = lifecycle.evaluate(policy(*EXPIRE_OLD), Repository("app", images), now=now)
    assert preview_there.now == NOW
    assert preview_there.now.tzinfo is UTC


@pytest.mark.parametrize("minutes", [-720, -90, 0, 345, 840])
def test_times_of_images_may_be_in_any_zone(minutes: int) -> None:
    zone = timezone(timedelta(minutes=minutes))
    images = [
        image("a", pushed_at=ago(10).astimezone(zone)),
        image("b", pushed_at=(ago(10) - timedelta.resolution).astimezone(zone)),
        image("c", pushed_at=(ago(11)).astimezone(UTC)),
    ]
    assert evaluated(EXPIRE_OLD, *images) == [("c", 1), ("b", 1)]
    assert evaluated(KEEP_ONE, *images) == [("c", 1), ("b", 1)]


FIRST = datetime(1, 1, 1, tzinfo=UTC)
LAST = datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)


def test_the_first_and_the_last_instant_of_the_calendar_are_times() -> None:
    images = (image("a", pushed_at=LAST), image("b", pushed_at=FIRST))
    assert evaluated(KEEP_ONE, *images) == [("b", 1)]
    assert evaluated(EXPIRE_OLD, *images) == [("b", 1)]
    assert evaluated(EXPIRE_OLD, *images, now=FIRST) == []
    assert evaluated(EXPIRE_OLD, *images, now=LAST) == [("b", 1)]


def test_the_calendar_begins_at_its_first_instant() -> None:
    images = (image("a", pushed_at=FIRST), image("b", pushed_at=FIRST + timedelta.resolution))
    day = timedelta(days=1)
    assert evaluated([rule(any_image() | pushed(1))], *images, now=FIRST + day) == []
    assert evaluated(
        [rule(any_image() | pushed(1))], *images, now=FIRST + day + timedelta.resolution
    ) == [("a", 1)]


# Instants of which UTC has no date: before its first year, and after its last.
BEFORE = FIRST.replace(tzinfo=timezone(timedelta(hours=14)))
AFTER = LAST.replace(tzinfo=timezone(timedelta(hours=-12)))


def test_a_time_before_the_calendar_is_the_oldest_and_one_after_it_the_youngest() -> None:
    images = (
        image("a", pushed_at=AFTER),
        image("b", pushed_at=BEFORE),
        image("c", days=9),
        image("d", days=900_000 / 2),
    )
    assert evaluated([rule(any_image() | count(2))], *images) == [("b", 1), ("d", 1)]
    assert evaluated(EXPIRE_OLD, *images) == [("b", 1), ("d", 1)]
    assert evaluated(EXPIRE_OLD, *images, now=BEFORE) == []
    assert evaluated(EXPIRE_OLD, *images, now=AFTER) == [("b", 1), ("d", 1), ("c", 1)]


@pytest.mark.parametrize(("time", "goes"), [(BEFORE, True), (AFTER, False)])
@pytest.mark.parametrize(
    ("rules", "member", "storage_class"),
    [
        (EXPIRE_OLD, "pushed_at", StorageClass.STANDARD),
        (EXPIRE_OLD, "activated_at", StorageClass.STANDARD),
        (
            [rule(any_image() | pulled(10), action="transition")],
            "pulled_at",
            StorageClass.STANDARD,
        ),
        ([rule(any_image() | archived(90))], "archived_at", StorageClass.ARCHIVE),
    ],
    ids=["pushed", "activated", "pulled", "archived"],
)
def test_any_time_may_be_outside_the_calendar(
    time: datetime,
    *,
    goes: bool,
    rules: list[dict[str, Any]],
    member: str,
    storage_class: StorageClass,
) -> None:
    members: dict[str, Any] = {member: time}
    subject = image("a", storage_class=storage_class, **members)
    referrer = image("b", subject=digest("a"), **members)
    found = preview(rules, subject, referrer)
    assert gone(found) == ([("a", 1), ("b", 1)] if goes else [])
    assert found.summarise().to_json()["images"] == 2
    for each in (subject, referrer):
        assert found.explain(each.digest).text().startswith(each.digest)
        assert found.explain(each.digest).to_json()["imageDigest"] == each.digest
    assert {each for warning in found.warnings for each in warning.images} <= {
        subject.digest,
        referrer.digest,
    }


# Numbers


@pytest.mark.parametrize("number", [10**6, 10**9, 10**18, 10**4000])
@pytest.mark.parametrize(
    "limited",
    [lambda number: any_image() | count(number), lambda number: any_image() | pushed(number)],
    ids=["count", "pushed"],
)
def test_an_astronomical_number_marks_nothing(limited: Any, number: int) -> None:
    assert evaluated([rule(limited(number))], image("a", days=700_000)) == []


@pytest.mark.parametrize("number", [10**6, 10**4000])
def test_an_astronomical_number_of_days_in_the_archive_marks_nothing(number: int) -> None:
    old = image("a", storage_class=StorageClass.ARCHIVE, archived_at=FIRST)
    assert evaluated([rule(any_image() | archived(number))], old) == []


def test_priorities_may_be_astronomical() -> None:
    rules = [
        rule(any_image() | count(1), priority=10**30),
        rule(prefixes("a") | count(1), priority=10**29),
    ]
    assert evaluated(rules, image("a", "a"), image("b", days=1)) == [("b", 10**30)]


def test_fifty_rules_own_fifty_images() -> None:
    rules = [
        rule(prefixes(f"v{number}-") | pushed(1), priority=number * 3) for number in range(1, 51)
    ]
    images = [
        Image(f"sha256:{number:064x}", ago(100 - number), tags=(f"v{number}-a",))
        for number in range(1, 51)
    ]
    found = lifecycle.evaluate(policy(*rules), Repository("app", tuple(images)), now=NOW)
    assert [(result.image.tags[0], result.rule_priority) for result in found.results] == [
        (f"v{number}-a", number * 3) for number in range(1, 51)
    ]


# Repositories


@pytest.mark.parametrize(
    "rules",
    [KEEP_ONE, EXPIRE_OLD, [rule(untagged() | archived(90))], [rule(prefixes("") | count(1))]],
)
def test_an_empty_repository_has_no_results(rules: list[dict[str, Any]]) -> None:
    found = preview(rules)
    assert list(found.results) == []
    assert found.warnings == ()
    assert found.summarise().groups == ()


ODD_TAGS = [
    "\n",
    "\0",
    "\x01",
    "\0\0",
    "\0\n\x01",
    "\r\n",
    " ",
    "",
    "ä",
    "😀",
    "\ud800",
    "*",
    "a\0b",
]


def test_a_tag_may_hold_any_character() -> None:
    images = [
        Image(f"sha256:{number:064x}", ago(100 - number), tags=(tag,))
        for number, tag in enumerate(ODD_TAGS)
    ]
    for number, tag in enumerate(ODD_TAGS):
        found = lifecycle.evaluate(
            policy(rule(patterns(tag.replace("*", "***")) | pushed(1))),
            Repository("app", tuple(images)),
            now=NOW,
        )
        tags = [result.image.tags[0] for result in found.results]
        assert tags == (ODD_TAGS if tag == "*" else [ODD_TAGS[number]])


@pytest.mark.parametrize("between", ["\0", "\x01", "\n", ",", ""])
@pytest.mark.parametrize("status", [prefixes, patterns])
def test_two_tags_are_not_one_whatever_stands_in_an_entry(status: Any, between: str) -> None:
    entry = f"a{between}b" if between else "ab"
    rules = [rule(status(entry) | pushed(1))]
    assert evaluated(rules, image("a", "a", "b", days=9)) == []
    assert evaluated(rules, image("a", "a", "b", days=9), image("b", entry, days=9)) == [("b", 1)]


def test_an_entry_that_is_a_control_character_is_no_wildcard() -> None:
    for control in ("\0", "\x01", "\x02"):
        rules = [rule(patterns(f"*{control}*") | pushed(1))]
        assert evaluated(rules, image("a", "a", "b", days=9)) == []


def test_an_image_on_its_way_from_the_archive_is_out_of_reach() -> None:
    on_its_way = image(
        "a", "x", days=500, storage_class=StorageClass.ACTIVATING, archived_at=ago(400)
    )
    rules = [
        rule(any_image() | pushed(1), priority=1),
        rule(any_image() | archived(90), priority=2),
    ]
    assert evaluated(rules, on_its_way) == []
    assert evaluated(KEEP_ONE, on_its_way, image("b", days=3), image("c", days=4)) == [("c", 1)]


def test_an_index_on_its_way_from_the_archive_holds_its_children() -> None:
    index = image(
        "a",
        days=50,
        storage_class=StorageClass.ACTIVATING,
        manifest_media_type=INDEX,
        manifests=(digest("b"),),
    )
    assert evaluated(EXPIRE_OLD, index, image("b", days=50), image("c", days=50)) == [("c", 1)]


def test_the_media_type_alone_leaves_the_children_open() -> None:
    found = preview(
        EXPIRE_OLD,
        image("a", "v1", manifest_media_type=INDEX),
        image("b", days=50),
        image("c", "v2", days=50),
    )
    assert [result.cannot_tell for result in found.results] == [True, False]


@pytest.mark.parametrize("manifests", [(), ("sha256:" + "9" * 64,)])
def test_known_children_leave_nothing_open(manifests: tuple[str, ...]) -> None:
    index = image("a", "v1", manifest_media_type=INDEX, manifests=manifests)
    found = preview(EXPIRE_OLD, index, image("b", days=50))
    assert [result.cannot_tell for result in found.results] == [False]


def test_children_make_an_index_whatever_the_media_type() -> None:
    index = image("a", "v1", manifests=(digest("b"),))
    assert gone(preview(EXPIRE_OLD, index, image("b", days=50))) == []
    unknown = image("a", "v1", manifests=None)
    assert preview(EXPIRE_OLD, unknown, image("b", days=50)).results[0].cannot_tell


def test_an_index_that_lists_itself_holds_itself_not() -> None:
    index = image("a", days=50, manifests=(digest("a"), digest("b")))
    assert gone(preview(EXPIRE_OLD, index, image("b", days=50))) == [("a", 1)]


def test_a_long_chain_of_referrers_goes_with_its_subject() -> None:
    digests = [f"sha256:{number:064x}" for number in range(3000)]
    chain = [
        Image(each, ago(50), subject=subject)
        for subject, each in zip([None, *digests], digests, strict=False)
    ]
    found = lifecycle.evaluate(policy(*EXPIRE_OLD), Repository("app", tuple(chain)), now=NOW)
    assert [result.image.digest for result in found.results] == digests
    assert [result.cascade for result in found.results] == [False] + [True] * 2999
    assert found.explain(digests[-1]).subjects == tuple(reversed(digests[:-1]))


def test_the_repository_and_the_policy_are_part_of_the_preview() -> None:
    repository = Repository("app", (image("a"),))
    asked = policy(*KEEP_ONE)
    found = lifecycle.evaluate(asked, repository, now=NOW)
    assert found.repository is repository
    assert found.policy is asked
    assert found.now == NOW
