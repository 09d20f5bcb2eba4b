"""A rule that keeps all its images."""

from typing import Any

import pytest
from hypothesis import assume, given

from ecrpolicy import lifecycle
from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    any_image,
    archived,
    count,
    document,
    prefixes,
    pulled,
    pushed,
    rule,
    untagged,
)
from tests.lint.tables import Case, message, passes, problems, table, trips
from tests.property.strategies import policies, situations
from tests.situations import Situation

RULE = "keep-for-ever"
PLACE = "/rules/0/selection/countNumber"
KEPT = rule(prefixes("release") | count(99_999))
LAST = rule(any_image() | count(10), priority=2)


@table(
    trips("from the last rule", document(KEPT, LAST), PLACE),
    trips("from nothing", document(KEPT), PLACE),
    trips("9,999 images", document(rule(untagged() | count(9_999)), LAST), PLACE),
    trips("ten years", document(rule(prefixes("a") | pushed(3_650)), LAST), PLACE),
    trips("ten years in the archive", document(rule(any_image() | archived(36_500))), PLACE),
    trips(
        "ten years after a pull",
        document(rule(any_image() | pulled(9_999), action="transition")),
        PLACE,
    ),
    passes("another rule is unknown", document(KEPT, UNKNOWN, LAST)),
    passes(
        "its images are an earlier rule's",
        document(rule(prefixes("a") | count(1)), rule(prefixes("ab") | count(9_999), priority=2)),
    ),
    passes(
        "its images may be an earlier rule's",
        document(
            rule({"tagStatus": "tagged", "tagPrefixList": [UNKNOWN]} | count(1)),
            rule(prefixes("ab") | count(9_999), priority=2),
            rule(prefixes("cd") | count(1), priority=3),
        ),
    ),
    passes("fewer images", document(rule(prefixes("a") | count(9_998)), LAST)),
    passes("fewer days", document(rule(prefixes("a") | pushed(3_649)), LAST)),
    passes("unknown", document(rule(prefixes("a") | count(1) | {"countNumber": UNKNOWN}))),
    passes(
        "of what is unknown",
        document(rule(prefixes("a") | {"countType": UNKNOWN, "countNumber": 99_999})),
    ),
    passes("later rules are unknown", {"rules": [KEPT, UNKNOWN]}),
    passes("the order is unknown", document(KEPT, LAST | {"rulePriority": UNKNOWN})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ([KEPT], "the rule does nothing; delete it: images that no rule acts on stay anyway"),
        (
            [KEPT, LAST],
            "the rule keeps its images from `/rules/1`, and does nothing else; say so in a "
            "`description`",
        ),
        (
            [KEPT | {"description": "keep releases"}, LAST],
            "the rule keeps its images from `/rules/1`, and does nothing else",
        ),
        (
            [
                rule(prefixes("dev") | count(1)),
                rule(prefixes("release") | count(99_999), priority=2),
                rule(prefixes("dev-1") | count(1), priority=3),
            ],
            "the rule does nothing; delete it: images that no rule acts on stay anyway",
        ),
        (
            [rule(untagged() | count(99_999)), rule(prefixes("a") | count(1), priority=2)],
            "the rule does nothing; delete it: images that no rule acts on stay anyway",
        ),
    ],
)
def test_message(rules: list[dict[str, Any]], said: str) -> None:
    assert message(RULE, document(*rules)) == f"99999 images is as good as for ever: {said}"


@given(policy=policies(), situation=situations())
def test_without_a_rule_that_is_said_to_do_nothing_the_engine_does_the_same(
    policy: dict[str, Any], situation: Situation
) -> None:
    idle = {found.path[1] for found in problems(RULE, policy) if "does nothing;" in _said(found)}
    kept = [each for at, each in enumerate(policy["rules"]) if at not in idle]
    assume(idle and kept)
    repository, now = situation.repository(), situation.now
    before, after = (
        list(lifecycle.evaluate(lifecycle.parse(each), repository, now=now).results)
        for each in (policy, {"rules": kept})
    )
    assert before == after


def _said(found: Any) -> str:
    return f"{found.message};"
