"""Comparisons: what is reported as a difference is one, and what is not is none."""

import json
from itertools import combinations, combinations_with_replacement
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ecrpolicy import lifecycle
from ecrpolicy.lifecycle import Turn
from tests.builders import NOW, ago, digest
from tests.property.strategies import policies, situations
from tests.reference import lifecycle as reference
from tests.situations import Details, Situation

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


@settings(max_examples=300)
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


@settings(max_examples=300)
@given(pair=pairs(policies()), situation=situations())
def test_no_repository_differs_where_none_is_found(pair: Pair, situation: Situation) -> None:
    old, new = pair
    found = lifecycle.search(lifecycle.parse(old), lifecycle.parse(new), now=NOW)
    assert found.is_complete
    if found.witness is None:
        assert acts_in(old, situation) == acts_in(new, situation)


def acts_in(policy: dict[str, Any], situation: Situation) -> dict[str, str]:
    """What the reference says that a policy does in a situation."""
    outcomes = reference.evaluate(policy, situation.images, situation.now, situation.manifests)
    return {each.digest: each.action for each in outcomes}


# Small policies, for which all small repositories can be tried.

_ENTRIES = st.sampled_from(["a", "b", "ab", "*b", "a*", "*"])
_SELECTIONS = st.one_of(
    st.just({"tagStatus": "untagged"}),
    st.just({"tagStatus": "any"}),
    st.lists(_ENTRIES, min_size=1, max_size=2, unique=True).map(
        lambda entries: {"tagStatus": "tagged", "tagPatternList": entries}
    ),
)
_LIMITS = st.one_of(
    st.just({"countType": "imageCountMoreThan", "countNumber": 1}),
    st.integers(1, 2).map(
        lambda days: {"countType": "sinceImagePushed", "countUnit": "days", "countNumber": days}
    ),
)


@st.composite
def small_policies(draw: st.DrawFn) -> dict[str, Any]:
    """Policies of one to three rules about short tags, one image or few days."""
    drawn = draw(st.lists(st.tuples(_SELECTIONS, _LIMITS), min_size=1, max_size=3))
    kept: dict[str, dict[str, Any]] = {}
    for number, (selection, limit) in enumerate(drawn):
        status = selection["tagStatus"]
        key = str(status if status != "tagged" else number)
        kept.setdefault(key, {**selection, **limit})
    ordered = sorted(kept.values(), key=lambda selection: selection["tagStatus"] == "any")
    return {
        "rules": [
            {"rulePriority": priority, "selection": selection, "action": {"type": "expire"}}
            for priority, selection in enumerate(ordered, start=1)
        ]
    }


TAGS = ("a", "b", "ab", "ba", "c")
KINDS = [
    (list(tags), days)
    for number in range(4)
    for tags in combinations(TAGS, number)
    for days in (0.5, 1.5, 2.5)
]


def smallest_by_force(old: dict[str, Any], new: dict[str, Any]) -> int | None:
    """The number of images of the smallest repository of one or two that shows a difference."""
    for number in (1, 2):
        for kinds in combinations_with_replacement(KINDS, number):
            images = [
                {"imageDigest": digest("ab"[at]), "imagePushedAt": ago(days), "imageTags": tags}
                for at, (tags, days) in enumerate(kinds)
            ]
            if acts(old, images) != acts(new, images):
                return number
    return None


@settings(max_examples=40)
@given(pair=pairs(small_policies()))
def test_all_small_repositories_agree_with_the_search(pair: Pair) -> None:
    old, new = pair
    found = lifecycle.search(lifecycle.parse(old), lifecycle.parse(new), now=NOW)
    number = len(found.witness.old.repository.images) if found.witness else None
    assert number == smallest_by_force(old, new)
