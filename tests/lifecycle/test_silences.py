"""Where Amazon's documents are silent: each decision has a warning where it changes the outcome.

For each decision there is one small repository where the other reading makes a difference, and one
that differs from it by as little as possible, where it makes none.
"""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given

from ecrpolicy import lifecycle
from ecrpolicy.finding import Finding, Severity
from ecrpolicy.lifecycle.silences import SILENCES
from ecrpolicy.snapshot import Image, StorageClass
from tests.builders import (
    INDEX,
    ago,
    any_image,
    archived,
    count,
    digest,
    image,
    prefixes,
    preview,
    pulled,
    pushed,
    rule,
    untagged,
)
from tests.property.strategies import policies, situations
from tests.situations import Situation

Rules = Sequence[dict[str, Any]]

ARCHIVE = StorageClass.ARCHIVE
ACTIVATING = StorageClass.ACTIVATING

OWNED = (rule(prefixes("prod") | count(5), priority=1), rule(any_image() | count(1), priority=2))
OLD = (rule(any_image() | pushed(10)),)
UNUSED = (rule(any_image() | pulled(10), action="transition"),)
NEWEST = (rule(any_image() | count(1)),)
ARCHIVED = (rule(any_image() | archived(90)),)
BOTH_CLASSES = (
    rule(prefixes("prod") | archived(500), priority=1),
    rule(any_image() | pushed(10), priority=2),
)


def warnings(rules: Rules, images: Sequence[Image]) -> dict[str, str]:
    """The warnings by name, each with the digits of the digests that it is about."""
    return {
        found.rule: "".join(each[-1] for each in found.images)
        for found in preview(rules, *images).warnings
    }


@pytest.mark.parametrize(
    ("name", "rules", "images", "concerned"),
    [
        # 1: b goes, because a, which belongs to rule 1, fills the count.
        pytest.param(
            "counts-owned-images",
            OWNED,
            [image("a", "prod", days=1), image("b", days=2)],
            "b",
            id="counts-owned-images",
        ),
        # 2: the children of an index that goes.
        pytest.param(
            "children-wait",
            OLD,
            [
                image("a", days=30, manifests=(digest("b"), digest("c"))),
                image("b", days=30),
                image("c", days=30),
            ],
            "bc",
            id="children-wait",
        ),
        # 2: a nested index holds its own children only for as long as it stands.
        pytest.param(
            "children-wait",
            OLD,
            [
                image("a", days=30, manifests=(digest("b"),)),
                image("b", days=30, manifests=(digest("c"),)),
                image("c", days=30),
            ],
            "bc",
            id="children-wait-nested",
        ),
        pytest.param(
            "archived-index",
            OLD,
            [image("a", storage_class=ARCHIVE, manifests=(digest("b"),)), image("b", days=30)],
            "b",
            id="archived-index",
        ),
        # 3: exactly 10 days; b is older under any reading.
        pytest.param(
            "age-limit",
            OLD,
            [image("a", days=10), image("b", days=11)],
            "a",
            id="age-limit-pushed",
        ),
        pytest.param(
            "age-limit",
            UNUSED,
            [image("a", days=30, pulled_at=ago(10))],
            "a",
            id="age-limit-pulled",
        ),
        pytest.param(
            "age-limit",
            ARCHIVED,
            [image("a", storage_class=ARCHIVE, archived_at=ago(90))],
            "a",
            id="age-limit-archived",
        ),
        # 3: between 10 and 11 days; b has ended its eleventh day.
        pytest.param(
            "age-in-whole-days",
            OLD,
            [image("a", days=10.999), image("b", days=11)],
            "a",
            id="age-in-whole-days",
        ),
        # 4: b is kept, being the greater.
        pytest.param(
            "equal-push-times",
            NEWEST,
            [image("a", days=1), image("b", days=1)],
            "ab",
            id="equal-push-times",
        ),
        # 5: the child b fills the count.
        pytest.param(
            "counts-children",
            (rule(untagged() | count(1)),),
            [image("a", "v1", manifests=(digest("b"),)), image("b", days=1), image("c", days=2)],
            "c",
            id="counts-children",
        ),
        # 6: restored 5 days ago, pushed long before.
        pytest.param(
            "restored-images",
            OLD,
            [image("a", days=300, activated_at=ago(5))],
            "a",
            id="restored-images",
        ),
        # 7: the signature is old enough itself; its subject is not.
        pytest.param(
            "referrers",
            OLD,
            [image("a", days=5), image("b", days=30, subject=digest("a"))],
            "b",
            id="referrers-that-stay",
        ),
        pytest.param(
            "referrers",
            OLD,
            [image("a", days=30), image("b", days=5, subject=digest("a"))],
            "b",
            id="referrers-that-go",
        ),
        # 9: rule 1 is for the archive, and a is in standard.
        pytest.param(
            "owners-across-storage-classes",
            BOTH_CLASSES,
            [image("a", "prod", days=30)],
            "a",
            id="owners-across-storage-classes",
        ),
        # 11
        pytest.param(
            "activating-images",
            OLD,
            [image("a", days=300, storage_class=ACTIVATING)],
            "a",
            id="activating-images",
        ),
        pytest.param(
            "activating-images-as-archived",
            ARCHIVED,
            [image("a", days=300, storage_class=ACTIVATING, archived_at=ago(91))],
            "a",
            id="activating-images-as-archived",
        ),
        # Nobody knows whether a lists b.
        pytest.param(
            "unknown-children",
            OLD,
            [image("a", "v1", manifest_media_type=INDEX), image("b", days=30)],
            "b",
            id="unknown-children",
        ),
    ],
)
def test_a_decision_that_changes_the_outcome_is_named(
    name: str, rules: Rules, images: Sequence[Image], concerned: str
) -> None:
    assert warnings(rules, images) == {name: concerned}


@pytest.mark.parametrize(
    ("rules", "images"),
    [
        pytest.param(
            OWNED, [image("a", "prod", days=2), image("b", days=1)], id="owned-but-counted-last"
        ),
        pytest.param(
            OWNED, [image("a", "beta", days=1), image("b", "prod", days=2)], id="owned-and-kept"
        ),
        pytest.param(
            OLD,
            [image("a", days=9, manifests=(digest("b"),)), image("b", days=30)],
            id="children-of-an-index-that-stays",
        ),
        pytest.param(
            OLD,
            [image("a", days=30, manifests=(digest("b"),)), image("b", days=9)],
            id="children-too-young-to-go",
        ),
        pytest.param(
            OLD,
            [image("a", storage_class=ARCHIVE, manifests=(digest("b"),)), image("b", days=9)],
            id="archived-index-of-a-young-child",
        ),
        pytest.param(
            OLD,
            [image("a", storage_class=ARCHIVE, manifests=(digest("9"),)), image("b", days=30)],
            id="archived-index-of-others",
        ),
        pytest.param(OLD, [image("a", days=9.999), image("b", days=11)], id="no-age-near"),
        pytest.param(
            NEWEST, [image("a", days=1), image("b", days=1.001)], id="push-times-that-differ"
        ),
        pytest.param(
            (rule(any_image() | count(2)),),
            [image("a", days=1), image("b", days=1), image("c", days=2)],
            id="equal-push-times-within-the-count",
        ),
        pytest.param(OLD, [image("a", days=11), image("b", days=11)], id="equal-push-times-by-age"),
        pytest.param(
            (rule(untagged() | count(1)),),
            [image("a", "v1", manifests=(digest("b"),)), image("b", days=2), image("c", days=1)],
            id="child-counted-last",
        ),
        pytest.param(OLD, [image("a", days=300, activated_at=ago(11))], id="restored-long-ago"),
        pytest.param(
            OLD,
            [image("a", days=9), image("b", days=9, subject=digest("a"))],
            id="referrer-as-young-as-its-subject",
        ),
        pytest.param(
            OLD,
            [image("a", days=30), image("b", days=30, subject=digest("a"))],
            id="referrer-as-old-as-its-subject",
        ),
        pytest.param(
            OLD, [image("a", days=30, subject=digest("b"))], id="referrer-of-an-absent-subject"
        ),
        pytest.param(
            BOTH_CLASSES, [image("a", "beta", days=30)], id="owner-of-neither-storage-class"
        ),
        pytest.param(OLD, [image("a", days=9, storage_class=ACTIVATING)], id="young-activating"),
        pytest.param(
            ARCHIVED,
            [image("a", days=300, storage_class=ACTIVATING, archived_at=ago(89))],
            id="activating-and-not-long-in-the-archive",
        ),
        pytest.param(
            OLD,
            [image("a", "v1", manifest_media_type=INDEX), image("b", "v2", days=30)],
            id="tagged-beside-an-unknown-index",
        ),
        pytest.param(
            OLD,
            [image("a", "v1", manifest_media_type=INDEX, manifests=()), image("b", days=30)],
            id="untagged-beside-a-known-index",
        ),
        pytest.param(OLD, [], id="empty"),
    ],
)
def test_a_decision_that_changes_nothing_is_not_named(
    rules: Rules, images: Sequence[Image]
) -> None:
    assert warnings(rules, images) == {}


def test_a_warning_says_what_was_decided_and_what_would_be_otherwise() -> None:
    (found,) = preview(OLD, image("a", days=10), image("b", days=11)).warnings
    assert found == Finding(
        "age-limit",
        Severity.WARNING,
        "decision 3: older than N days is strictly more than N times 24 hours; "
        "were exactly N times 24 hours enough, 1 image would fare otherwise, such as "
        "`sha256:aaaaaaaaaaaa`, which stays but would go under rule 1",
        images=(digest("a"),),
    )


def test_a_warning_names_the_first_of_many() -> None:
    rules = (
        rule(prefixes("prod") | archived(90), priority=4),
        rule(any_image() | pushed(10), priority=7),
    )
    (found,) = preview(rules, image("b", "prod", days=30), image("a", "prod2", days=31)).warnings
    assert found.message.endswith(
        "2 images would fare otherwise, such as `sha256:bbbbbbbbbbbb`, which goes under rule 7 "
        "but would stay"
    )
    assert found.images == (digest("b"), digest("a"))


def test_a_warning_names_another_rule() -> None:
    rules = (
        rule(prefixes("sig") | pushed(10), priority=1),
        rule(any_image() | pushed(10), priority=2),
    )
    images = [image("a", days=30), image("b", "sig", days=30, subject=digest("a"))]
    (found,) = preview(rules, *images).warnings
    assert found.message.endswith("which goes under rule 2 but would go under rule 1")


@pytest.mark.parametrize(
    ("indexes", "named"),
    [
        ([image("a", "v1", manifests=None)], "an index"),
        ([image("a", "v1", manifests=None), image("b", "v2", manifests=None)], "2 indexes"),
    ],
)
def test_the_number_of_indexes_of_unknown_children_is_told(
    indexes: list[Image], named: str
) -> None:
    (found,) = preview(OLD, *indexes, image("c", days=30), image("d", days=31)).warnings
    assert found == Finding(
        "unknown-children",
        Severity.WARNING,
        f"cannot tell whether 2 images that would go are children of {named} whose manifests are "
        "not given: children stay while their index does",
        help="give the indexes' manifests, as `aws ecr batch-get-image` prints them",
        images=(digest("d"), digest("c")),
    )


def test_several_decisions_may_matter_at_once() -> None:
    images = [
        image("a", days=10),
        image("b", days=300, activated_at=ago(5)),
        image("c", days=300, storage_class=ACTIVATING),
    ]
    assert warnings(OLD, images) == {
        "age-limit": "a",
        "restored-images": "b",
        "activating-images": "c",
    }


def test_every_decision_has_a_name_of_its_own() -> None:
    names = [(silence.rule, silence.decision) for silence in SILENCES]
    assert names == [
        ("counts-owned-images", 1),
        ("children-wait", 2),
        ("archived-index", 2),
        ("age-limit", 3),
        ("age-in-whole-days", 3),
        ("equal-push-times", 4),
        ("counts-children", 5),
        ("restored-images", 6),
        ("referrers", 7),
        ("owners-across-storage-classes", 9),
        ("activating-images", 11),
        ("activating-images-as-archived", 11),
    ]


@given(policy=policies(), situation=situations())
def test_warnings_are_about_images_of_the_repository(
    policy: dict[str, Any], situation: Situation
) -> None:
    found = lifecycle.evaluate(lifecycle.parse(policy), situation.repository(), now=situation.now)
    here = [each["imageDigest"] for each in situation.images]
    names = [warning.rule for warning in found.warnings]
    assert len(names) == len(set(names))
    for warning in found.warnings:
        assert warning.images
        assert set(warning.images) <= set(here)
        assert len(set(warning.images)) == len(warning.images)
    doubtful = tuple(result.image.digest for result in found.results if result.cannot_tell)
    told = [warning.images for warning in found.warnings if warning.rule == "unknown-children"]
    assert told == ([doubtful] if doubtful else [])


@given(policy=policies(), situation=situations())
def test_a_cheap_look_never_hides_a_difference(
    policy: dict[str, Any], situation: Situation
) -> None:
    """Where a decision is said to be of no concern, its other reading changes nothing."""
    read, repository = lifecycle.parse(policy), situation.repository()
    found = lifecycle.evaluate(read, repository, now=situation.now)
    for silence in SILENCES:
        if silence.reread is None and not silence.concerns(found):
            other = lifecycle.evaluate(read, repository, now=situation.now, reading=silence.reading)
            assert other.by_digest == found.by_digest
