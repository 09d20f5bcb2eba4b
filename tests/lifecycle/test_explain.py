"""Why an image goes or stays."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import lifecycle
from ecrpolicy.lifecycle import Explanation, Match, Preview, Reason, RuleExplanation
from ecrpolicy.snapshot import StorageClass
from tests.builders import (
    NOW,
    ago,
    any_image,
    archived,
    count,
    digest,
    image,
    patterns,
    prefixes,
    preview,
    pulled,
    pushed,
    rule,
    untagged,
)
from tests.cases import evaluation_case
from tests.property.strategies import policies, situations
from tests.reference import lifecycle as reference
from tests.situations import Details, Situation

EXPIRE_OLD = rule(any_image() | pushed(10))


def explained(case_name: str, digit: str) -> Explanation:
    case = evaluation_case(case_name)
    found = lifecycle.evaluate(lifecycle.parse(case.policy), case.repository(), now=case.now)
    return found.explain(digest(digit))


def text(*lines: str) -> str:
    return "\n".join(lines)


# The guide's examples


@pytest.mark.parametrize(
    ("case_name", "digit", "expected"),
    [
        pytest.param(
            "guide-image-age",
            "b",
            text(
                digest("b"),
                "  no tag; pushed 2026-01-16T00:00:00Z, 15 d ago; 52.4 MB",
                "goes: rule 1 expires it",
                "  rule 1 (Untagged for more than two weeks) owns it: the first that identifies it",
                "    pushed 15 d ago; limit 14 d: older",
            ),
            id="older",
        ),
        pytest.param(
            "guide-image-age",
            "c",
            text(
                digest("c"),
                "  no tag; pushed 2026-01-17T00:00:00Z, 14 d ago; 52.4 MB",
                "stays: rule 1 owns it and lets it be",
                "  rule 1 (Untagged for more than two weeks) owns it: the first that identifies it",
                "    pushed 14 d ago; limit 14 d: not older",
            ),
            id="not-older",
        ),
        pytest.param(
            "guide-image-age",
            "e",
            text(
                digest("e"),
                "  v1; pushed 2025-12-02T00:00:00Z, 60 d ago; 52.4 MB",
                "stays: no rule identifies it",
                "  rule 1 (Untagged for more than two weeks) does not identify it: "
                "the image has tags",
            ),
            id="unidentified",
        ),
        pytest.param(
            "guide-multiple-rules-a",
            "b",
            text(
                digest("b"),
                "  beta-2, prod-2; pushed 2026-01-22T00:00:00Z, 9 d ago; 52.4 MB",
                "stays: rule 1 owns it and lets it be",
                "  rule 1 (Rule 1) owns it: the first that identifies it",
                "    tag `prod-2` meets the prefix `prod`",
                "    rank 1 of 2, youngest first; limit 1: within the limit",
                "  rule 2 (Rule 2) identifies it too and would expire it, but cannot: "
                "rule 1 owns it",
                "    tag `beta-2` meets the prefix `beta`",
                "    rank 2 of 3, youngest first; limit 1: past the limit",
            ),
            id="shielded",
        ),
        pytest.param(
            "guide-multiple-rules-a",
            "c",
            text(
                digest("c"),
                "  beta-3; pushed 2026-01-23T00:00:00Z, 8 d ago; 52.4 MB",
                "stays: rule 2 owns it and lets it be",
                "  rule 1 (Rule 1) does not identify it: no tag meets the prefix `prod`",
                "  rule 2 (Rule 2) owns it: the first that identifies it",
                "    tag `beta-3` meets the prefix `beta`",
                "    rank 1 of 3, youngest first; limit 1: within the limit",
            ),
            id="second-rule",
        ),
        pytest.param(
            "guide-multiple-tags-a",
            "a",
            text(
                digest("a"),
                "  alpha-1; pushed 2026-01-19T00:00:00Z, 12 d ago; 52.4 MB",
                "stays: no rule identifies it",
                "  rule 1 (Rule 1) does not identify it: no tag meets the prefix `beta`",
            ),
            id="half-met",
        ),
        pytest.param(
            "guide-multiple-tags-a",
            "c",
            text(
                digest("c"),
                "  alpha-2, beta-2; pushed 2026-01-21T00:00:00Z, 10 d ago; 52.4 MB",
                "goes: rule 1 expires it",
                "  rule 1 (Rule 1) owns it: the first that identifies it",
                "    tag `alpha-2` meets the prefix `alpha`",
                "    tag `beta-2` meets the prefix `beta`",
                "    pushed 10 d ago; limit 5 d: older",
            ),
            id="all-met",
        ),
        pytest.param(
            "guide-all-images-b",
            "d",
            text(
                digest("d"),
                "  git hash; pushed 2026-01-30T00:00:00Z, 1 d ago; 52.4 MB",
                "goes: rule 3 expires it",
                "  rule 1 (Rule 1) does not identify it: no tag meets the prefix `alpha`",
                "  rule 2 (Rule 2) does not identify it: the image has tags",
                "  rule 3 (Rule 3) owns it: the first that identifies it",
                "    rank 2 of 5, youngest first; limit 1: past the limit",
            ),
            id="third-rule",
        ),
        pytest.param(
            "guide-all-images-b",
            "e",
            text(
                digest("e"),
                "  no tag; pushed 2026-01-30T00:00:00Z, 1 d ago; 52.4 MB",
                "stays: rule 2 owns it and lets it be",
                "  rule 1 (Rule 1) does not identify it: the image has no tag",
                "  rule 2 (Rule 2) owns it: the first that identifies it",
                "    pushed 1 d ago; limit 1 d: not older",
                "  rule 3 (Rule 3) identifies it too and would let it be, but cannot: "
                "rule 2 owns it",
                "    rank 1 of 5, youngest first; limit 1: within the limit",
            ),
            id="untagged-owner",
        ),
    ],
)
def test_an_example_of_the_guide_is_explained(case_name: str, digit: str, expected: str) -> None:
    assert explained(case_name, digit).text() == expected


def test_an_example_of_the_guide_is_explained_as_json() -> None:
    nothing = {"rank": None, "identified": None, "ageInSeconds": None}
    assert explained("guide-all-images-b", "d").to_json() == {
        "imageDigest": digest("d"),
        "imageTags": ["git hash"],
        "imagePushedAt": "2026-01-30T00:00:00+00:00",
        "now": "2026-01-31T00:00:00+00:00",
        "action": "EXPIRE",
        "appliedRulePriority": 3,
        "cascade": False,
        "cannotTell": False,
        "reason": "MARKED",
        "answer": "goes: rule 3 expires it",
        "rules": [
            {
                "rulePriority": 1,
                "identifies": False,
                "owns": False,
                "wouldMark": False,
                "mismatch": "no tag meets the prefix `alpha`",
                "matches": [{"entry": "alpha", "tag": None}],
                "countType": "imageCountMoreThan",
                "countNumber": 1,
            }
            | nothing,
            {
                "rulePriority": 2,
                "identifies": False,
                "owns": False,
                "wouldMark": False,
                "mismatch": "the image has tags",
                "matches": [],
                "countType": "sinceImagePushed",
                "countNumber": 1,
            }
            | nothing,
            {
                "rulePriority": 3,
                "identifies": True,
                "owns": True,
                "wouldMark": True,
                "mismatch": None,
                "matches": [],
                "rank": 2,
                "identified": 5,
                "ageInSeconds": None,
                "countType": "imageCountMoreThan",
                "countNumber": 1,
            },
        ],
        "heldBy": [],
        "mayBeHeldBy": [],
        "subjects": [],
        "root": None,
    }


def test_an_explanation_has_values() -> None:
    explanation = explained("guide-multiple-rules-a", "b")
    first, second = explanation.rules
    assert explanation.image.tags == ("beta-2", "prod-2")
    assert explanation.now == NOW
    assert explanation.result is None
    assert explanation.reason is Reason.WITHIN_COUNT
    assert explanation.owner is first
    assert first == RuleExplanation(
        rule=first.rule,
        identifies=True,
        matches=(Match("prod", "prod-2"),),
        rank=1,
        identified=2,
        would_mark=False,
    )
    assert second.rule.rule_priority == 2
    assert (second.identifies, second.rank, second.identified, second.would_mark) == (
        True,
        2,
        3,
        True,
    )


def test_an_age_is_a_span() -> None:
    explanation = explained("guide-image-age", "b")
    assert explanation.rules[0].age == timedelta(days=15)
    assert explanation.to_json()["rules"][0]["ageInSeconds"] == 15 * 86_400
    assert explanation.rules[0].rank == 3
    assert explanation.rules[0].identified == 4


def test_there_is_nothing_to_explain_about_an_image_that_is_not_here() -> None:
    found = preview([EXPIRE_OLD], image("a"))
    with pytest.raises(KeyError):
        found.explain(digest("b"))


# What the guide has no example of


def test_a_child_that_is_held() -> None:
    found = preview(
        [EXPIRE_OLD],
        image("a", "v1", days=1, manifests=(digest("b"),)),
        image("b", days=30, size_bytes=999),
    )
    explanation = found.explain(digest("b"))
    assert explanation.reason is Reason.HELD
    assert explanation.held_by == (digest("a"),)
    assert explanation.text() == text(
        digest("b"),
        "  no tag; pushed 2026-01-01T00:00:00Z, 30 d ago; 999 B",
        "stays: rule 1 expires it not, because an index refers to it",
        f"  index {digest('a')} refers to it: it stays while the index does",
        "  rule 1 owns it: the first that identifies it",
        "    pushed 30 d ago; limit 10 d: older",
    )
    assert explanation.to_json()["heldBy"] == [digest("a")]
    assert explanation.to_json()["reason"] == "HELD"
    assert explanation.to_json()["action"] is None


def test_a_child_that_would_stay_anyway_is_not_held() -> None:
    found = preview([EXPIRE_OLD], image("a", "v1", manifests=(digest("b"),)), image("b", days=10))
    assert found.explain(digest("b")).reason is Reason.YOUNG_ENOUGH
    assert found.explain(digest("b")).held_by == (digest("a"),)


def test_a_referrer_that_goes_with_its_subject() -> None:
    found = preview(
        [rule(prefixes("v") | pushed(10), priority=4, action="transition")],
        image("a", "v1", days=30, size_bytes=1_500_000),
        image("b", "sbom", days=20, subject=digest("a")),
        image("c", days=10, subject=digest("b")),
    )
    explanation = found.explain(digest("c"))
    assert explanation.reason is Reason.CASCADE
    assert explanation.subjects == (digest("b"), digest("a"))
    assert explanation.rules == ()
    assert explanation.owner is None
    assert explanation.root == found.explain(digest("a"))
    assert explanation.text() == text(
        digest("c"),
        "  no tag; pushed 2026-01-21T00:00:00Z, 10 d ago; 0 B",
        "goes: rule 4 archives it; it goes with its subject",
        f"  refers to {digest('b')}",
        f"  refers to {digest('a')}",
        f"  {digest('a')}",
        "    v1; pushed 2026-01-01T00:00:00Z, 30 d ago; 1.5 MB",
        "  goes: rule 4 archives it",
        "    rule 4 owns it: the first that identifies it",
        "      tag `v1` meets the prefix `v`",
        "      pushed 30 d ago; limit 10 d: older",
    )
    written = explanation.to_json()
    assert (written["action"], written["appliedRulePriority"]) == ("TRANSITION", 4)
    assert (written["cascade"], written["reason"]) == (True, "CASCADE")
    assert written["subjects"] == [digest("b"), digest("a")]
    assert written["root"] == found.explain(digest("a")).to_json()


def test_a_referrer_that_stays_with_its_subject() -> None:
    found = preview([EXPIRE_OLD], image("a", days=5), image("b", days=300, subject=digest("a")))
    explanation = found.explain(digest("b"))
    assert explanation.reason is Reason.FOLLOWS_SUBJECT
    assert explanation.subjects == (digest("a"),)
    assert explanation.root is not None
    assert explanation.root.reason is Reason.YOUNG_ENOUGH
    assert explanation.text().splitlines()[2:4] == [
        "stays: its subject stays",
        f"  refers to {digest('a')}",
    ]


def test_a_referrer_that_goes_is_not_said_to_be_held() -> None:
    found = preview(
        [EXPIRE_OLD],
        image("a", days=30),
        image("b", subject=digest("a")),
        image("c", "v1", manifests=(digest("b"),)),
    )
    explanation = found.explain(digest("b"))
    assert explanation.reason is Reason.CASCADE
    assert "it stays" not in explanation.text()


def test_subjects_that_refer_to_each_other() -> None:
    found = preview(
        [EXPIRE_OLD],
        image("a", days=30, subject=digest("b")),
        image("b", days=30, subject=digest("a")),
        image("c", days=30, subject=digest("a")),
        image("d", days=30, subject=digest("d")),
    )
    circle = found.explain(digest("a"))
    assert circle.reason is Reason.SUBJECT_CYCLE
    assert set(circle.subjects) == {digest("a"), digest("b")}
    assert (circle.root, circle.rules, circle.result) == (None, (), None)
    assert circle.text().splitlines()[2] == ("stays: its subjects refer to each other in a circle")
    hanging_on = found.explain(digest("c"))
    assert hanging_on.reason is Reason.SUBJECT_CYCLE
    assert hanging_on.subjects[0] == digest("a")
    assert hanging_on.root is None
    assert found.explain(digest("d")).reason is Reason.MARKED
    assert found.explain(digest("d")).subjects == ()


def test_a_referrer_without_its_subject_is_an_image_like_any_other() -> None:
    found = preview([EXPIRE_OLD], image("b", days=30, subject=digest("a")))
    explanation = found.explain(digest("b"))
    assert (explanation.reason, explanation.subjects) == (Reason.MARKED, ())


def test_an_image_on_its_way_from_the_archive() -> None:
    found = preview([EXPIRE_OLD], image("a", "v1", days=30, storage_class=StorageClass.ACTIVATING))
    explanation = found.explain(digest("a"))
    assert (explanation.reason, explanation.rules) == (Reason.ACTIVATING, ())
    assert explanation.text() == text(
        digest("a"),
        "  v1; pushed 2026-01-01T00:00:00Z, 30 d ago; 0 B; activating",
        "stays: it is on its way from the archive",
    )


def test_an_image_that_was_archived_at_an_unknown_time() -> None:
    found = preview(
        [
            rule(any_image() | archived(90), priority=2),
            rule(any_image() | pushed(1), priority=1),
        ],
        image("a", days=300, storage_class=StorageClass.ARCHIVE),
    )
    explanation = found.explain(digest("a"))
    assert explanation.reason is Reason.NO_TIME
    assert explanation.text() == text(
        digest("a"),
        "  no tag; pushed 2025-04-06T00:00:00Z, 300 d ago; 0 B; archive",
        "stays: rule 2 owns it and lets it be",
        "  rule 1 does not identify it: it looks at the storage class `standard`",
        "  rule 2 owns it: the first that identifies it",
        "    archived at a time that is not known; limit 90 d: never older",
    )
    assert explanation.rules[1].age is None


def test_an_image_of_a_storage_class_that_no_rule_looks_at() -> None:
    found = preview(
        [EXPIRE_OLD], image("a", days=300, storage_class=StorageClass.ARCHIVE, archived_at=ago(9))
    )
    explanation = found.explain(digest("a"))
    assert explanation.reason is Reason.UNIDENTIFIED
    assert [each.mismatch for each in explanation.rules] == [
        "it looks at the storage class `standard`"
    ]


def test_a_restored_image() -> None:
    found = preview([EXPIRE_OLD], image("a", days=300, activated_at=ago(10.5)))
    assert found.explain(digest("a")).text() == text(
        digest("a"),
        "  no tag; restored 2026-01-20T12:00:00Z, 10 d 12 h ago; 0 B",
        "goes: rule 1 expires it",
        "  rule 1 owns it: the first that identifies it",
        "    restored 10 d 12 h ago; limit 10 d: older",
    )


def test_a_pull_is_what_a_rule_about_pulls_looks_at() -> None:
    rules = [rule(patterns("v*", "*1") | pulled(30), action="transition")]
    found = preview(rules, image("a", "latest", "v2.1", days=300, pulled_at=ago(31)))
    assert found.explain(digest("a")).text() == text(
        digest("a"),
        "  latest, v2.1; pushed 2025-04-06T00:00:00Z, 300 d ago; 0 B",
        "goes: rule 1 archives it",
        "  rule 1 owns it: the first that identifies it",
        "    tag `v2.1` meets the pattern `v*`",
        "    tag `v2.1` meets the pattern `*1`",
        "    pulled 31 d ago; limit 30 d: older",
    )


def test_an_unmet_pattern_is_named() -> None:
    found = preview([rule(patterns("v*", "*-rc") | pushed(1))], image("a", "v1", days=9))
    (seen,) = found.explain(digest("a")).rules
    assert seen.mismatch == "no tag meets the pattern `*-rc`"
    assert seen.matches == (Match("v*", "v1"), Match("*-rc", None))


def test_the_children_of_an_index_may_be_unknown() -> None:
    found = preview(
        [EXPIRE_OLD], image("a", "v1", manifests=None), image("b", days=30, size_bytes=1000)
    )
    explanation = found.explain(digest("b"))
    assert explanation.doubts == (digest("a"),)
    assert explanation.text() == text(
        digest("b"),
        "  no tag; pushed 2026-01-01T00:00:00Z, 30 d ago; 1.0 kB",
        "goes: rule 1 expires it, unless an index holds it",
        f"  cannot tell: the children of index {digest('a')} are unknown; if it is one, it stays",
        "  rule 1 owns it: the first that identifies it",
        "    pushed 30 d ago; limit 10 d: older",
    )
    assert explanation.to_json()["cannotTell"] is True
    assert explanation.to_json()["mayBeHeldBy"] == [digest("a")]


def test_an_index_may_not_hold_itself() -> None:
    found = preview(
        [EXPIRE_OLD],
        image("a", days=30, manifests=None),
        image("b", "v1", manifests=None),
        image("c", "signature", subject=digest("a")),
    )
    assert found.explain(digest("a")).doubts == (digest("b"),)
    # A referrer goes where its subject goes, so its doubts are those about the subject.
    assert found.explain(digest("c")).doubts == (digest("b"),)


def test_there_is_no_doubt_about_what_stays() -> None:
    found = preview([EXPIRE_OLD], image("a", "v1", manifests=None), image("b", days=3))
    assert found.explain(digest("b")).doubts == ()


def test_an_image_pushed_after_now_has_a_negative_age() -> None:
    found = preview([EXPIRE_OLD], image("a", days=-1.5))
    assert found.explain(digest("a")).text().splitlines()[1] == (
        "  no tag; pushed 2026-02-01T12:00:00Z, -1 d 12 h ago; 0 B"
    )


def test_what_would_steer_a_terminal_is_escaped() -> None:
    rules = [
        rule(prefixes("\x1b[2J") | pushed(1), priority=1, description="a\nb\x07"),
        rule(prefixes("\x9b") | pushed(1), priority=2),
        rule(any_image() | count(1), priority=3),
    ]
    explanation = preview(rules, image("a", "\x1b[2Jx\u202e", days=9)).explain(digest("a"))
    assert explanation.text() == text(
        digest("a"),
        r"  \x1b[2Jx\u202e; pushed 2026-01-22T00:00:00Z, 9 d ago; 0 B",
        "goes: rule 1 expires it",
        r"  rule 1 (a\nb\x07) owns it: the first that identifies it",
        r"    tag `\x1b[2Jx\u202e` meets the prefix `\x1b[2J`",
        "    pushed 9 d ago; limit 1 d: older",
        r"  rule 2 does not identify it: no tag meets the prefix `\x9b`",
        "  rule 3 identifies it too and would let it be, but cannot: rule 1 owns it",
        "    rank 1 of 1, youngest first; limit 1: within the limit",
    )
    assert explanation.to_json()["imageTags"] == ["\x1b[2Jx\u202e"]


def test_images_are_explained_in_any_order() -> None:
    images = [image(digit, days=days) for days, digit in enumerate("abcdef")]
    found = preview([rule(untagged() | count(3))], *images)
    forwards = [found.explain(each.digest) for each in images]
    backwards = [found.explain(each.digest) for each in reversed(images)]
    assert forwards == backwards[::-1]
    assert [explanation.rules[0].rank for explanation in forwards] == [1, 2, 3, 4, 5, 6]


# Laws, held against the reference


def _expected_reason(explanation: Explanation, details: Details, situation: Situation) -> Reason:
    if explanation.result is not None:
        return Reason.CASCADE if explanation.result.cascade else Reason.MARKED
    if reference.subject(details, situation.images) is not None:
        in_circle = reference.last_subject(details, situation.images) is None
        return Reason.SUBJECT_CYCLE if in_circle else Reason.FOLLOWS_SUBJECT
    if details.get("imageStatus") == "ACTIVATING":
        return Reason.ACTIVATING
    if explanation.owner is None:
        return Reason.UNIDENTIFIED
    if explanation.owner.would_mark:
        return Reason.HELD
    count_type = explanation.owner.rule.selection.count_type
    if count_type == "imageCountMoreThan":
        return Reason.WITHIN_COUNT
    is_archived = count_type == "sinceImageTransitioned"
    if is_archived and details.get("lastArchivedAt") is None:
        return Reason.NO_TIME
    return Reason.YOUNG_ENOUGH


def _check_rules(
    explanation: Explanation, details: Details, situation: Situation, policy: dict[str, Any]
) -> None:
    ordinary = [
        each for each in situation.images if reference.subject(each, situation.images) is None
    ]
    by_priority = {each["rulePriority"]: each for each in policy["rules"]}
    assert [each.rule.rule_priority for each in explanation.rules] == sorted(by_priority)
    for seen in explanation.rules:
        asked = by_priority[seen.rule.rule_priority]
        assert seen.identifies is reference.identifies(asked, details)
        assert (seen.mismatch is None) is seen.identifies
        identified = [each for each in ordinary if reference.identifies(asked, each)]
        ranked = sorted(identified, key=reference.age_order, reverse=True)
        if seen.identifies:
            assert seen.rank == ranked.index(details) + 1
            assert seen.identified == len(ranked)
            assert seen.would_mark is (details in reference.marks(asked, ordinary, situation.now))
        else:
            assert (seen.rank, seen.identified, seen.would_mark) == (None, None, False)


@given(policy=policies(), situation=situations())
def test_every_explanation_agrees_with_the_results(
    policy: dict[str, Any], situation: Situation
) -> None:
    found = lifecycle.evaluate(lifecycle.parse(policy), situation.repository(), now=situation.now)
    by_digest = {result.image.digest: result for result in found.results}
    for details in situation.images:
        explanation = found.explain(details["imageDigest"])
        result = by_digest.get(details["imageDigest"])
        assert explanation.result == result
        assert explanation.reason is _expected_reason(explanation, details, situation)
        assert explanation.text().splitlines()[2].startswith("goes: " if result else "stays: ")
        holders = {
            index["imageDigest"]
            for index in situation.images
            if reference.can_hold(index, details)
            and details["imageDigest"] in situation.manifests.get(index["imageDigest"], ())
        }
        if explanation.subjects:
            # A referrer goes with its subject, whatever index lists it.
            assert not explanation.rules
            assert not explanation.held_by
            continue
        assert set(explanation.held_by) == holders
        if details.get("imageStatus") != "ACTIVATING":
            _check_rules(explanation, details, situation, policy)
        owner = explanation.owner
        assert (result is not None) is (owner is not None and owner.would_mark and not holders)
        if result is not None and owner is not None:
            assert result.rule_priority == owner.rule.rule_priority
            assert result.action is owner.rule.action.type
            assert bool(explanation.doubts) is result.cannot_tell


@given(policy=policies(), situation=situations())
def test_an_explanation_is_printable_and_json(policy: dict[str, Any], situation: Situation) -> None:
    found = lifecycle.evaluate(lifecycle.parse(policy), situation.repository(), now=situation.now)
    for each in found.repository.images:
        explanation = found.explain(each.digest)
        assert all(line.isprintable() for line in explanation.text().split("\n"))
        written = explanation.to_json()
        assert json.loads(json.dumps(written)) == written
        assert written["answer"] in explanation.text()


@given(
    moved=st.timedeltas(min_value=timedelta(days=-300), max_value=timedelta(days=300)),
    situation=situations(max_images=5),
    policy=policies(),
)
def test_an_explanation_does_not_depend_on_the_date(
    moved: timedelta, situation: Situation, policy: dict[str, Any]
) -> None:
    """Moving all times and now by the same span changes no reason."""
    later = Situation(
        situation.now + moved,
        [
            {
                name: value + moved if isinstance(value, datetime) else value
                for name, value in each.items()
            }
            for each in situation.images
        ],
        situation.manifests,
    )
    assert _reasons(policy, later) == _reasons(policy, situation)


def _reasons(policy: dict[str, Any], situation: Situation) -> list[Reason]:
    found: Preview = lifecycle.evaluate(
        lifecycle.parse(policy), situation.repository(), now=situation.now
    )
    return [found.explain(each["imageDigest"]).reason for each in situation.images]


def test_an_explanation_is_told_as_text() -> None:
    found = preview([EXPIRE_OLD], image("a", days=30)).explain(digest("a"))
    assert str(found) == found.text()
    assert str(found).startswith(digest("a"))


@pytest.mark.parametrize(
    ("members", "line"),
    [
        ({}, "never pulled, pushed 31 d ago"),
        ({"activated_at": ago(30)}, "never pulled, restored 30 d ago"),
        ({"activated_at": ago(29), "pulled_at": ago(30)}, "restored 29 d ago"),
        ({"activated_at": ago(30), "pulled_at": ago(29)}, "pulled 29 d ago"),
    ],
)
def test_what_a_rule_about_pulls_looks_at(members: dict[str, datetime], line: str) -> None:
    rules = [rule(any_image() | pulled(9), action="transition")]
    found = preview(rules, image("a", days=31, **members)).explain(digest("a"))
    assert found.text().splitlines()[-1] == f"    {line}; limit 9 d: older"


def test_of_many_doubts_the_first_are_told() -> None:
    indexes = [image(digit, f"v{digit}", manifests=None) for digit in "bcdef"]
    found = preview([EXPIRE_OLD], *indexes, image("a", days=30)).explain(digest("a"))
    lines = [line for line in found.text().splitlines() if "known" in line]
    unknown = "are unknown; if it is one, it stays"
    assert lines == [
        *(f"  cannot tell: the children of index {digest(digit)} {unknown}" for digit in "bcd"),
        "  nor are those of 2 more known",
    ]
