"""Policies built in Python: refused and written like those that were read."""

import json
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from ecrpolicy import lifecycle
from ecrpolicy.lifecycle import (
    Action,
    CountType,
    CountUnit,
    LifecyclePolicy,
    Rule,
    RuleAction,
    RuleStorageClass,
    Selection,
    TagStatus,
    TargetStorageClass,
)
from tests.builders import any_image, archived, count, prefixes, pushed, rule
from tests.property.strategies import policies

EXPIRE = RuleAction(type=Action.EXPIRE)
ARCHIVE = RuleAction(type=Action.TRANSITION, target_storage_class=TargetStorageClass.ARCHIVE)
UNTAGGED = Selection(
    tag_status=TagStatus.UNTAGGED, count_type=CountType.IMAGE_COUNT_MORE_THAN, count_number=1
)


def since(
    count_type: CountType = CountType.SINCE_IMAGE_PUSHED, days: int = 100, **members: Any
) -> Selection:
    asked: dict[str, Any] = {
        "tag_status": TagStatus.UNTAGGED,
        "count_type": count_type,
        "count_unit": CountUnit.DAYS,
        "count_number": days,
    }
    return Selection(**(asked | members))


def counting(**members: Any) -> Selection:
    asked: dict[str, Any] = {
        "tag_status": TagStatus.UNTAGGED,
        "count_type": CountType.IMAGE_COUNT_MORE_THAN,
        "count_number": 1,
    }
    return Selection(**(asked | members))


def one(selection: Selection, action: RuleAction = EXPIRE, priority: int = 1) -> Rule:
    return Rule(rule_priority=priority, selection=selection, action=action)


def test_a_policy_is_built_from_python_names() -> None:
    policy = LifecyclePolicy(
        rules=(
            Rule(
                rule_priority=5,
                description="all of it",
                selection=Selection(
                    tag_status=TagStatus.TAGGED,
                    tag_prefix_list=("prod", "v"),
                    count_type=CountType.SINCE_IMAGE_PULLED,
                    count_unit=CountUnit.DAYS,
                    count_number=30,
                ),
                action=ARCHIVE,
            ),
            one(since(CountType.SINCE_IMAGE_TRANSITIONED, storage_class=RuleStorageClass.ARCHIVE)),
        )
    )
    assert policy.document() == {
        "rules": [
            {
                "rulePriority": 5,
                "description": "all of it",
                "selection": {
                    "tagStatus": "tagged",
                    "tagPrefixList": ["prod", "v"],
                    "countType": "sinceImagePulled",
                    "countUnit": "days",
                    "countNumber": 30,
                },
                "action": {"type": "transition", "targetStorageClass": "archive"},
            },
            {
                "rulePriority": 1,
                "selection": {
                    "tagStatus": "untagged",
                    "storageClass": "archive",
                    "countType": "sinceImageTransitioned",
                    "countUnit": "days",
                    "countNumber": 100,
                },
                "action": {"type": "expire"},
            },
        ]
    }


def test_a_policy_built_equals_one_read() -> None:
    assert LifecyclePolicy(rules=(one(UNTAGGED),)) == lifecycle.parse(
        {"rules": [rule({"tagStatus": "untagged"} | count(1))]}
    )


@pytest.mark.parametrize(
    ("rules", "complaint"),
    [
        pytest.param([], "a policy has one rule at least (at `/rules`)", id="none"),
        pytest.param(
            [
                one(counting(tag_status="tagged", tag_prefix_list=(f"v{n}",)), EXPIRE, n)
                for n in range(1, 52)
            ],
            "a policy has 50 rules at most, not 51 (at `/rules`)",
            id="too-many",
        ),
        pytest.param(
            [one(UNTAGGED), one(counting(tag_status="any"))],
            "the priority 1 is that of `/rules/0` too (at `/rules/1/rulePriority`)",
            id="equal-priorities",
        ),
        pytest.param(
            [one(UNTAGGED, EXPIRE, 1), one(UNTAGGED, EXPIRE, 2)],
            "`/rules/0` selects the untagged images of this storage class already "
            "(at `/rules/1/selection/tagStatus`)",
            id="two-untagged",
        ),
        pytest.param(
            [one(counting(tag_status="any"), EXPIRE, 1), one(UNTAGGED, EXPIRE, 2)],
            "(at `/rules/0/rulePriority`)",
            id="any-not-last",
        ),
        pytest.param(
            [one(counting(tag_status="tagged"))],
            "a rule for tagged images needs a `tagPatternList` or a `tagPrefixList` "
            "(at `/rules/0/selection`)",
            id="no-list",
        ),
        pytest.param(
            [one(counting(tag_status="tagged", tag_prefix_list=("a",), tag_pattern_list=("a",)))],
            "a rule has either a `tagPatternList` or a `tagPrefixList`, not both "
            "(at `/rules/0/selection`)",
            id="two-lists",
        ),
        pytest.param(
            [one(counting(tag_status="tagged", tag_prefix_list=()))],
            "`tagPrefixList` is empty (at `/rules/0/selection/tagPrefixList`)",
            id="empty-list",
        ),
        pytest.param(
            [one(counting(tag_pattern_list=("a",)))],
            "`tagPatternList` goes with `tagStatus` `tagged` alone "
            "(at `/rules/0/selection/tagPatternList`)",
            id="list-with-untagged",
        ),
        pytest.param(
            [one(counting(tag_status="tagged", tag_pattern_list=("*****",)))],
            "the pattern `*****` has 5 wildcards (at `/rules/0/selection/tagPatternList/0`)",
            id="wildcards",
        ),
        pytest.param(
            [one(since(count_unit=None))],
            "`sinceImagePushed` needs a `countUnit` (at `/rules/0/selection`)",
            id="no-unit",
        ),
        pytest.param(
            [one(counting(count_unit=CountUnit.DAYS))],
            "`imageCountMoreThan` counts images and has no `countUnit` (at `/rules/0/selection`)",
            id="unit-with-count",
        ),
        pytest.param(
            [one(counting(storage_class=RuleStorageClass.ARCHIVE))],
            "`imageCountMoreThan` looks at the storage class `standard` alone "
            "(at `/rules/0/selection`)",
            id="archive-by-count",
        ),
        pytest.param(
            [one(since(CountType.SINCE_IMAGE_TRANSITIONED))],
            "`sinceImageTransitioned` looks at archived images alone (at `/rules/0/selection`)",
            id="transitioned-in-standard",
        ),
        pytest.param(
            [
                one(
                    since(
                        CountType.SINCE_IMAGE_TRANSITIONED,
                        89,
                        storage_class=RuleStorageClass.ARCHIVE,
                    )
                )
            ],
            "archived images stay 90 days at least, not 89 (at `/rules/0/selection`)",
            id="too-few-days",
        ),
        pytest.param(
            [one(since(CountType.SINCE_IMAGE_PULLED))],
            "`sinceImagePulled` goes with `transition` alone (at `/rules/0/action/type`)",
            id="pulled-and-expire",
        ),
        pytest.param(
            [one(UNTAGGED, RuleAction(type=Action.TRANSITION))],
            "a `transition` needs a `targetStorageClass` (at `/rules/0/action`)",
            id="no-target",
        ),
        pytest.param(
            [
                one(
                    UNTAGGED,
                    RuleAction(type=Action.EXPIRE, target_storage_class=TargetStorageClass.ARCHIVE),
                )
            ],
            "`expire` has no `targetStorageClass` (at `/rules/0/action/targetStorageClass`)",
            id="target-with-expire",
        ),
        pytest.param(
            [
                one(counting(tag_status="tagged", tag_prefix_list=("a", "b")), EXPIRE, 1),
                one(counting(tag_status="tagged", tag_prefix_list=("b", "a")), EXPIRE, 2),
            ],
            "`/rules/0` has the same set of prefixes (at `/rules/1/selection/tagPrefixList`)",
            id="equal-prefixes",
        ),
    ],
)
def test_what_the_service_would_refuse_cannot_be_built(rules: list[Rule], complaint: str) -> None:
    with pytest.raises(ValidationError) as caught:
        LifecyclePolicy(rules=tuple(rules))
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("model", "members"),
    [
        (Rule, {"rule_priority": 0, "selection": UNTAGGED, "action": EXPIRE}),
        (Rule, {"rule_priority": "1", "selection": UNTAGGED, "action": EXPIRE}),
        (Rule, {"rule_priority": 1.0, "selection": UNTAGGED, "action": EXPIRE}),
        (Rule, {"rule_priority": True, "selection": UNTAGGED, "action": EXPIRE}),
        (Rule, {"rule_priority": 1, "selection": UNTAGGED, "action": EXPIRE, "more": 1}),
        (Rule, {"rule_priority": 1, "selection": UNTAGGED}),
        (RuleAction, {"type": "delete"}),
        (Selection, {"tag_status": "any", "count_type": "imageCountMoreThan"}),
        (Selection, {"tag_status": "any", "count_type": "imageCountMoreThan", "count_number": 0}),
        (Selection, {"tag_status": "all", "count_type": "imageCountMoreThan", "count_number": 1}),
    ],
)
def test_a_member_of_a_wrong_value_is_refused(model: Any, members: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        model(**members)


@pytest.mark.parametrize(
    ("thing", "member"), [(UNTAGGED, "count_number"), (one(UNTAGGED), "rule_priority")]
)
def test_a_policy_does_not_change(thing: Any, member: str) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        setattr(thing, member, 2)


def test_rules_are_applied_by_priority_and_kept_in_their_order() -> None:
    rules = [
        rule(any_image() | count(1), priority=30),
        rule(prefixes("a") | count(1), priority=2),
        rule(prefixes("b") | count(1), priority=10),
    ]
    policy = lifecycle.parse({"rules": rules})
    assert [each.rule_priority for each in policy.by_priority] == [2, 10, 30]
    assert [each.rule_priority for each in policy.rules] == [30, 2, 10]


def test_a_default_is_not_written_out() -> None:
    written = rule(any_image() | pushed(1) | {"storageClass": "standard"})
    assert lifecycle.parse({"rules": [written]}).document() == {
        "rules": [rule(any_image() | pushed(1))]
    }
    kept = rule(any_image() | archived(90), description="")
    assert lifecycle.parse({"rules": [kept]}).document() == {"rules": [kept]}


@pytest.mark.parametrize(
    ("selection", "entries"),
    [
        (counting(tag_status="tagged", tag_prefix_list=("a", "b")), ("a", "b")),
        (counting(tag_status="tagged", tag_pattern_list=("a*",)), ("a*",)),
        (UNTAGGED, ()),
    ],
)
def test_the_entries_are_those_of_whichever_list_there_is(
    selection: Selection, entries: tuple[str, ...]
) -> None:
    assert selection.entries == entries


@given(policy=policies())
def test_a_policy_survives_its_document(policy: dict[str, Any]) -> None:
    for each in policy["rules"]:
        if each["selection"].get("storageClass") == "standard":
            del each["selection"]["storageClass"]
    read = lifecycle.parse(policy)
    assert read.document() == policy
    assert lifecycle.parse(json.dumps(read.document()).ljust(100)) == read
