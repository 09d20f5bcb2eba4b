"""How many images, and bytes, go and stay, by rule and by reason."""

import json
from typing import Any

from hypothesis import given

from ecrpolicy import lifecycle
from ecrpolicy.lifecycle import Action, Group, Preview, Reason, Summary
from ecrpolicy.snapshot import StorageClass
from tests.builders import (
    ago,
    any_image,
    archived,
    count,
    digest,
    image,
    prefixes,
    preview,
    pushed,
    rule,
    untagged,
)
from tests.property.strategies import policies, situations
from tests.situations import Situation


def found() -> Preview:
    """A preview in which nearly everything happens once.

    Of the prod images c is kept and b goes, with its signature 1; d is held by the index a, whose
    children are known; e, 9 and the archived 2 may be held by the index f, whose children are not.
    """
    return preview(
        [
            rule(prefixes("prod") | count(1), priority=10, action="transition"),
            rule(untagged() | pushed(10), priority=2),
            rule(any_image() | archived(90), priority=3),
        ],
        image("a", "index", days=1, size_bytes=1, manifests=(digest("d"),)),
        image("b", "prod-1", days=9, size_bytes=20),
        image("c", "prod-2", days=8, size_bytes=300),
        image("d", days=30, size_bytes=4000),
        image("e", days=31, size_bytes=50_000),
        image("f", "other", days=1, size_bytes=600_000, manifests=None),
        image("1", days=1, size_bytes=7_000_000, subject=digest("b")),
        image("2", days=99, size_bytes=10, storage_class=StorageClass.ARCHIVE, archived_at=ago(91)),
        image("3", days=99, size_bytes=10, storage_class=StorageClass.ARCHIVE, archived_at=ago(89)),
        image("4", days=99, size_bytes=10, storage_class=StorageClass.ARCHIVE),
        image("5", days=99, size_bytes=10, storage_class=StorageClass.ACTIVATING),
        image("6", days=99, size_bytes=10, subject=digest("c")),
        image("7", days=99, size_bytes=10, subject=digest("8")),
        image("8", days=99, size_bytes=10, subject=digest("7")),
        image("9", days=31, size_bytes=5),
    )


GROUPS = (
    Group(Reason.MARKED, Action.EXPIRE, 2, 2, 50_005),
    Group(Reason.MARKED, Action.EXPIRE, 3, 1, 10),
    Group(Reason.CASCADE, Action.TRANSITION, 10, 1, 7_000_000),
    Group(Reason.MARKED, Action.TRANSITION, 10, 1, 20),
    Group(Reason.HELD, None, 2, 1, 4000),
    Group(Reason.NO_TIME, None, 3, 1, 10),
    Group(Reason.YOUNG_ENOUGH, None, 3, 1, 10),
    Group(Reason.WITHIN_COUNT, None, 10, 1, 300),
    Group(Reason.ACTIVATING, None, None, 1, 10),
    Group(Reason.FOLLOWS_SUBJECT, None, None, 1, 10),
    Group(Reason.SUBJECT_CYCLE, None, None, 2, 20),
    Group(Reason.UNIDENTIFIED, None, None, 2, 600_001),
)


def test_images_are_counted_by_rule_and_reason() -> None:
    summary = found().summarise()
    assert summary.groups == GROUPS
    assert summary.gone == GROUPS[:4]
    assert summary.kept == GROUPS[4:]
    assert summary.cannot_tell == 3


def test_images_and_bytes_are_added_up_by_action() -> None:
    summary = found().summarise()
    actions = (Action.EXPIRE, Action.TRANSITION, None)
    assert [summary.images(action) for action in actions] == [3, 2, 10]
    assert [summary.bytes(action) for action in actions] == [50_015, 7_000_020, 604_361]


def test_a_summary_has_a_line_for_each_group() -> None:
    preview = found()
    images = {each.digest[-1]: each for each in preview.repository.images}
    some = [images["b"], images["7"], images["8"]]
    assert preview.summarise(some).text().splitlines() == [
        "      1  go, rule 10: its rule marks it",
        "      2  stay: its subjects refer to each other in a circle",
    ]
    many = [images["c"]] * 12_345
    assert preview.summarise(many).text() == (
        " 12,345  stay, rule 10: among the newest that its rule keeps"
    )


def test_some_images_may_be_counted_alone() -> None:
    preview = found()
    images = {each.digest[-1]: each for each in preview.repository.images}
    assert preview.summarise([images["b"], images["c"]]) == Summary(
        (
            Group(Reason.MARKED, Action.TRANSITION, 10, 1, 20),
            Group(Reason.WITHIN_COUNT, None, 10, 1, 300),
        )
    )
    assert preview.summarise([images["e"]]).cannot_tell == 1
    assert preview.summarise([]) == Summary(())


def test_a_summary_is_json() -> None:
    preview = found()
    images = {each.digest[-1]: each for each in preview.repository.images}
    written = preview.summarise([images["b"], images["1"], images["e"], images["d"]]).to_json()
    assert written == {
        "images": 4,
        "expiring": {"images": 1, "bytes": 50_000},
        "transitioning": {"images": 2, "bytes": 7_000_020},
        "staying": {"images": 1, "bytes": 4000},
        "cannotTell": 1,
        "groups": [
            {
                "action": "EXPIRE",
                "reason": "MARKED",
                "appliedRulePriority": 2,
                "images": 1,
                "bytes": 50_000,
            },
            {
                "action": "TRANSITION",
                "reason": "CASCADE",
                "appliedRulePriority": 10,
                "images": 1,
                "bytes": 7_000_000,
            },
            {
                "action": "TRANSITION",
                "reason": "MARKED",
                "appliedRulePriority": 10,
                "images": 1,
                "bytes": 20,
            },
            {
                "action": None,
                "reason": "HELD",
                "appliedRulePriority": 2,
                "images": 1,
                "bytes": 4000,
            },
        ],
    }
    assert json.loads(json.dumps(written)) == written


@given(policy=policies(), situation=situations())
def test_a_summary_adds_up_to_the_results(policy: dict[str, Any], situation: Situation) -> None:
    preview = lifecycle.evaluate(lifecycle.parse(policy), situation.repository(), now=situation.now)
    summary = preview.summarise()
    for action in (Action.EXPIRE, Action.TRANSITION):
        taken = [result.image for result in preview.results if result.action is action]
        assert summary.images(action) == len(taken)
        assert summary.bytes(action) == sum(image.size_bytes for image in taken)
    everything = preview.repository.images
    assert sum(group.images for group in summary.groups) == len(everything)
    assert sum(group.bytes for group in summary.groups) == sum(
        image.size_bytes for image in everything
    )
    assert summary.cannot_tell == sum(result.cannot_tell for result in preview.results)
    cascades = sum(result.cascade for result in preview.results)
    assert cascades == sum(
        group.images for group in summary.groups if group.reason is Reason.CASCADE
    )
    for each in {result.rule_priority for result in preview.results}:
        assert sum(group.images for group in summary.gone if group.rule_priority == each) == sum(
            result.rule_priority == each for result in preview.results
        )
