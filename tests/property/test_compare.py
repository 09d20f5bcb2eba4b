"""Comparisons: what is reported as a difference is one, and what is not is none."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ecrpolicy import lifecycle
from ecrpolicy.lifecycle import Turn
from tests.builders import NOW, ago, digest
from tests.property.strategies import policies, situations
from tests.reference import lifecycle as reference
from tests.situations import Details, Situation

# By the OCI distribution specification.
TAG = re.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")

Pair = tuple[dict[str, Any], dict[str, Any]]


@st.composite
def pairs(draw: st.DrawFn, drawn: st.SearchStrategy[dict[str, Any]]) -> Pair:
    """Two policies: most often the second is the first with some of it changed."""
    old = draw(drawn)
    if draw(st.integers(0, 3)) == 0:
        return old, draw(drawn)
    rules = [json.loads(json.dumps(rule)) for rule in old["rules"]]
    at = draw(st.integers(0, len(rules) - 1))
    match draw(st.sampled_from(["less", "number", "order", "spelling"])):
        case "less" if len(rules) > 1:
            del rules[at]
        case "number":
            rules[at]["selection"]["countNumber"] += 1
        case "order":
            # One for all images stays the last of its storage class.
            movable = [rule for rule in rules if rule["selection"]["tagStatus"] != "any"]
            priorities = [rule["rulePriority"] for rule in movable]
            for rule, priority in zip(movable, draw(st.permutations(priorities)), strict=True):
                rule["rulePriority"] = priority
        case _:
            for rule in rules:
                rule["rulePriority"] *= 3
                prefixes = rule["selection"].pop("tagPrefixList", None)
                if prefixes and not any("*" in prefix for prefix in prefixes):
                    rule["selection"]["tagPatternList"] = [f"{prefix}*" for prefix in prefixes]
                elif prefixes:
                    rule["selection"]["tagPrefixList"] = prefixes
    return old, {"rules": rules}


@given(pair=pairs(policies()), situation=situations())
def test_what_turns_is_what_fares_otherwise(pair: Pair, situation: Situation) -> None:
    old, new = pair
    before, after = (
        {
            outcome.digest: outcome.action
            for outcome in reference.evaluate(
                policy, situation.images, situation.now, situation.manifests
            )
        }
        for policy in (old, new)
    )
    found = lifecycle.compare(
        lifecycle.parse(old), lifecycle.parse(new), situation.repository(), now=situation.now
    )
    told = {
        each.image.digest: (
            each.old and each.old.action.name,
            each.new and each.new.action.name,
        )
        for each in found.turned
        if each.turn is not Turn.OTHER_RULE
    }
    assert told == {
        each["imageDigest"]: (before.get(each["imageDigest"]), after.get(each["imageDigest"]))
        for each in situation.images
        if before.get(each["imageDigest"]) != after.get(each["imageDigest"])
    }


@given(pair=pairs(policies()), situation=situations())
def test_every_image_that_turns_has_a_cause(pair: Pair, situation: Situation) -> None:
    old, new = pair
    found = lifecycle.compare(
        lifecycle.parse(old), lifecycle.parse(new), situation.repository(), now=situation.now
    )
    for each in found.turned:
        assert each.causes
        assert set(map(id, each.causes)) <= set(map(id, found.changes))


@given(policy=policies(), situation=situations())
def test_a_policy_changes_nothing_beside_itself(
    policy: dict[str, Any], situation: Situation
) -> None:
    read = lifecycle.parse(policy)
    found = lifecycle.compare(read, read, situation.repository(), now=situation.now)
    assert (found.changes, found.turned) == ((), ())


# Any repository


def acts(policy: dict[str, Any], images: list[Details]) -> dict[str, str]:
    """What the reference says that a policy does."""
    return {each.digest: each.action for each in reference.evaluate(policy, images, NOW, {})}


@given(pair=pairs(policies()))
def test_a_repository_that_is_found_shows_a_difference(pair: Pair) -> None:
    old, new = pair
    found = lifecycle.search(lifecycle.parse(old), lifecycle.parse(new), now=NOW)
    if found.witness is None:
        return
    images = [
        {
            "imageDigest": each.digest,
            "imagePushedAt": each.pushed_at,
            "imageTags": list(each.tags),
            "lastRecordedPullTime": each.pulled_at,
            "lastArchivedAt": each.archived_at,
            "imageStatus": "ARCHIVED" if each.storage_class.value == "archive" else "ACTIVE",
        }
        for each in found.witness.old.repository.images
    ]
    assert acts(old, images) != acts(new, images)
    assert {each.turn for each in found.witness.turned} - {Turn.OTHER_RULE}
    assert_can_be(images)


def assert_can_be(images: list[Details]) -> None:
    """A repository can have these images: what AWS's documents say of tags and times holds."""
    tags = [tag for each in images for tag in each["imageTags"]]
    assert len(set(tags)) == len(tags)
    for tag in tags:
        assert TAG.fullmatch(tag)
    for each in images:
        for time in (each["lastRecordedPullTime"], each["lastArchivedAt"]):
            assert time is None or each["imagePushedAt"] <= time <= NOW


@given(pair=pairs(policies()), situation=situations())
def test_no_repository_differs_where_none_is_found(pair: Pair, situation: Situation) -> None:
    old, new = pair
    found = lifecycle.search(lifecycle.parse(old), lifecycle.parse(new), now=NOW)
    assert found.is_complete
    if found.witness is None:
        can_be = replace(situation, images=list(map(as_can_be, situation.images)))
        assert acts_in(old, can_be) == acts_in(new, can_be)


def as_can_be(image: Details) -> Details:
    """An image without the tags that a registry refuses, neither pulled nor archived unpushed."""
    tags = [tag for tag in image.get("imageTags") or () if TAG.fullmatch(tag)]
    times = {
        name: max(image[name], image["imagePushedAt"])
        for name in ("lastRecordedPullTime", "lastArchivedAt")
        if image.get(name)
    }
    return {**image, "imageTags": tags, **times}


def acts_in(policy: dict[str, Any], situation: Situation) -> dict[str, str]:
    """What the reference says that a policy does in a situation."""
    outcomes = reference.evaluate(policy, situation.images, situation.now, situation.manifests)
    return {each.digest: each.action for each in outcomes}


# Small policies, for which all small repositories can be tried.

# Of each kind of tags that these entries tell apart there are three tags in what is tried, or all:
# `a` and `b` are one tag each.
_ENTRIES = st.sampled_from(["a", "b", "a*", "*b", "*", "a/", "-*"])
_ALIKE: tuple[tuple[str, ...], ...] = (
    ("a",),
    ("b",),
    ("ab", "axb", "ayb"),
    ("ac", "ad", "ae"),
    ("cb", "db", "eb"),
    ("c", "d", "e"),
)
_SELECTIONS = st.one_of(
    st.just({"tagStatus": "untagged"}),
    st.just({"tagStatus": "any"}),
    st.lists(_ENTRIES, min_size=1, max_size=2, unique=True).map(
        lambda entries: {"tagStatus": "tagged", "tagPatternList": entries}
    ),
)
_EXPIRE = {"type": "expire"}
_TRANSITION = {"type": "transition", "targetStorageClass": "archive"}


def limits(count_type: str, *numbers: int) -> st.SearchStrategy[dict[str, Any]]:
    """Limits of one count type."""
    unit = {} if count_type == "imageCountMoreThan" else {"countUnit": "days"}
    return st.sampled_from(numbers).map(
        lambda number: {"countType": count_type, **unit, "countNumber": number}
    )


_COUNTS = limits("imageCountMoreThan", 1, 2)
_AGES = limits("sinceImagePushed", 1, 2)


@st.composite
def small_policies(
    draw: st.DrawFn, drawn: st.SearchStrategy[dict[str, Any]], actions: tuple[Any, ...]
) -> dict[str, Any]:
    """Policies of one to three rules about short tags, with some limits."""
    chosen = draw(st.lists(st.tuples(_SELECTIONS, drawn), min_size=1, max_size=3))
    kept: dict[str, dict[str, Any]] = {}
    for number, (selection, limit) in enumerate(chosen):
        status = selection["tagStatus"]
        key = str(status if status != "tagged" else number)
        kept.setdefault(key, {**selection, **limit})
    ordered = sorted(kept.values(), key=lambda selection: selection["tagStatus"] == "any")
    return {
        "rules": [
            {
                "rulePriority": priority,
                "selection": selection,
                "action": draw(st.sampled_from(actions)),
            }
            for priority, selection in enumerate(ordered, start=1)
        ]
    }


def tags_of_images(number: int) -> Iterator[tuple[tuple[str, ...], ...]]:
    """All ways for so many images to have tags, each image tags of its own, at most four each.

    Two tags that the entries cannot tell apart do no more for an image than one.
    """
    kinds = [
        (),
        *(kinds for size in (1, 2, 3, 4) for kinds in combinations(_ALIKE, size)),
    ]
    for chosen in product(kinds, repeat=number):
        left = {kind: iter(kind) for kind in _ALIKE}
        tags = [[next(left[kind], None) for kind in each] for each in chosen]
        if all(tag is not None for each in tags for tag in each):
            yield tuple(tuple(tag for tag in each if tag) for each in tags)


def smallest_by_force(
    old: dict[str, Any], new: dict[str, Any], repositories: Iterable[list[Details]]
) -> int | None:
    """The number of images of the first repository that shows a difference."""
    return next((len(each) for each in repositories if acts(old, each) != acts(new, each)), None)


def sought(pair: Pair) -> int | None:
    """The number of images of the smallest repository that the search finds."""
    old, new = pair
    found = lifecycle.search(lifecycle.parse(old), lifecycle.parse(new), now=NOW)
    assert found.is_complete
    return len(found.witness.old.repository.images) if found.witness else None


# Images differ in tags alone, younger ones last.
IN_A_ROW = [
    [
        {"imageDigest": digest("abc"[at]), "imagePushedAt": ago(0.5 - at / 10), "imageTags": tags}
        for at, tags in enumerate(all_tags)
    ]
    for number, most in ((1, 4), (2, 3), (3, 2))
    for all_tags in tags_of_images(number)
    if max(map(len, all_tags)) <= most
]
# One or two images of some ages, in the archive or not; what is archived was pushed before.
OF_AGES = [
    [
        {
            "imageDigest": digest("ab"[at]),
            "imagePushedAt": ago(pushed),
            "imageTags": tags,
            "imageStatus": "ACTIVE" if archived is None else "ARCHIVED",
            "lastArchivedAt": None if archived is None else ago(archived),
        }
        for at, (tags, (pushed, archived)) in enumerate(zip(all_tags, ages, strict=True))
    ]
    for number, most in ((1, 4), (2, 1))
    for all_tags in tags_of_images(number)
    if max(map(len, all_tags)) <= most
    for ages in product(
        [(0.5, None), (1.5, None), (2.5, None), (90.0, 89.5), (90.5, 90.5), (99.0, 91.5)],
        repeat=number,
    )
]


@settings(max_examples=30)
@given(pair=pairs(small_policies(_COUNTS, (_EXPIRE, _EXPIRE, _TRANSITION))))
def test_all_small_repositories_agree_with_the_search_about_counts(pair: Pair) -> None:
    assert sought(pair) == smallest_by_force(*pair, IN_A_ROW)


_IN_THE_ARCHIVE = limits("sinceImageTransitioned", 90, 91).map(
    lambda limit: {"storageClass": "archive", **limit}
)


@settings(max_examples=30)
@given(pair=pairs(small_policies(_AGES | _IN_THE_ARCHIVE, (_EXPIRE,))))
def test_all_small_repositories_agree_with_the_search_about_ages(pair: Pair) -> None:
    assert sought(pair) == smallest_by_force(*pair, OF_AGES)
