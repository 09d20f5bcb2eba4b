"""What members of a lifecycle policy must have to do with each other.

The checks read plain JSON values, and only such as are of the right type: what a member alone
must be is the models' business. Each says what is wrong, where, what to do, and what the service
would answer (`PutLifecyclePolicy`), where that is known.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple, TypeGuard

from ecrpolicy import quotas
from ecrpolicy.document.shape import Problem
from ecrpolicy.document.unknown import UNKNOWN

_SINCE: Final = ("sinceImagePushed", "sinceImagePulled", "sinceImageTransitioned")
_STANDARD_ONLY: Final = ("imageCountMoreThan", "sinceImagePushed", "sinceImagePulled")
_COUNT_TYPES: Final = ("imageCountMoreThan", *_SINCE)
_TAG_LISTS: Final = ("tagPrefixList", "tagPatternList")

_NO_SCHEMA: Final = "instance failed to match exactly one schema (matched 0 out of 4)"
_STANDARD_ONLY_TEXT: Final = (
    "SINCE_IMAGE_PUSHED, SINCE_IMAGE_PULLED and IMAGE_COUNT_MORE_THAN support the STANDARD "
    "storage class only"
)
_NO_LIST_TEXT: Final = "Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED."
_TWO_LISTS_TEXT: Final = (
    "If policy has a tagged rule, it must specify only one of tagPrefixList or tagPatternList"
)
_WILDCARDS_TEXT: Final = (
    f"Invalid tag pattern provided. Total number of * must not exceed "
    f"{quotas.TAG_PATTERN_MAX_WILDCARDS}"
)
NOT_MAPPED: Final = (
    "Lifecycle policy parsing failure: Could not map policyString into LifecyclePolicy."
)


def problems(policy: Mapping[str, Any]) -> Iterator[Problem]:
    """Every constraint of a policy document that does not hold."""
    rules = policy.get("rules")
    if not isinstance(rules, list):
        return
    yield from _number_of_rules(rules)
    known = [
        (f"/rules/{index}", rule) for index, rule in enumerate(rules) if isinstance(rule, dict)
    ]
    for place, rule in known:
        yield from _rule_problems(place, rule)
    yield from _duplicate_priorities(known)
    for storage_class in ("standard", "archive"):
        one_class = [
            _Selected(place, rule, selection)
            for place, rule in known
            if isinstance(selection := rule.get("selection"), dict)
            and selection.get("storageClass", "standard") == storage_class
        ]
        yield from _single_untagged(one_class)
        yield from _any_comes_last(one_class)
        yield from _equal_prefixes(one_class)


def _number_of_rules(rules: list[Any]) -> Iterator[Problem]:
    most = quotas.LIFECYCLE_POLICY_MAX_RULES
    if not rules:
        message = "a policy has one rule at least"
        yield Problem("no-rules", "/rules", message, "delete the policy to keep all images")
    number = sum(rule is not UNKNOWN for rule in rules)
    if number > most:
        yield Problem(
            "too-many-rules",
            "/rules",
            f"a policy has {most} rules at most, not {number}",
            "join rules, or leave some out",
            f"array is too long: must have at most {most} elements but instance has "
            f"{number} elements",
        )


class _Selected(NamedTuple):
    place: str
    rule: Mapping[str, Any]
    selection: Mapping[str, Any]

    @property
    def tag_status(self) -> Any:
        return self.selection.get("tagStatus")

    @property
    def tag_status_place(self) -> str:
        return f"{self.place}/selection/tagStatus"


def _rule_problems(place: str, rule: Mapping[str, Any]) -> Iterator[Problem]:
    selection, action = rule.get("selection"), rule.get("action")
    if isinstance(selection, dict):
        for check in _SELECTION_CHECKS:
            yield from check(f"{place}/selection", selection)
    if isinstance(action, dict):
        yield from _target_storage_class(f"{place}/action", action)
        if isinstance(selection, dict):
            yield from _count_type_and_action(f"{place}/action", selection, action)


def _tag_lists(place: str, selection: Mapping[str, Any]) -> Iterator[Problem]:
    present = [name for name in _TAG_LISTS if name in selection]
    if selection.get("tagStatus") == "tagged":
        if not present:
            message = "a rule for tagged images needs a `tagPatternList` or a `tagPrefixList`"
            advice = 'for all tagged images, add `"tagPatternList": ["*"]`'
            yield Problem("tagged-without-list", place, message, advice, _NO_LIST_TEXT)
        elif len(present) == 2:
            message = "a rule has either a `tagPatternList` or a `tagPrefixList`, not both"
            advice = "write the prefixes as patterns, each with a `*` at its end"
            yield Problem("two-tag-lists", place, message, advice, _TWO_LISTS_TEXT)
    elif selection.get("tagStatus") in ("untagged", "any"):
        for name in present:
            message = f"`{name}` goes with `tagStatus` `tagged` alone"
            yield Problem("list-without-tagged", f"{place}/{name}", message, "delete it")


def _empty_lists(place: str, selection: Mapping[str, Any]) -> Iterator[Problem]:
    if selection.get("tagStatus") in ("untagged", "any"):
        return  # there, any list is one too many
    for name in _TAG_LISTS:
        if selection.get(name) == []:
            message = f"`{name}` is empty"
            yield Problem("empty-tag-list", f"{place}/{name}", message, "name a tag, or delete it")


def _wildcards(place: str, selection: Mapping[str, Any]) -> Iterator[Problem]:
    patterns = selection.get("tagPatternList")
    if not isinstance(patterns, list):
        return
    for index, pattern in enumerate(patterns):
        if isinstance(pattern, str) and pattern.count("*") > quotas.TAG_PATTERN_MAX_WILDCARDS:
            yield Problem(
                "too-many-wildcards",
                f"{place}/tagPatternList/{index}",
                f"the pattern `{pattern}` has {pattern.count('*')} wildcards",
                f"use {quotas.TAG_PATTERN_MAX_WILDCARDS} at most",
                _WILDCARDS_TEXT,
            )


def _count_unit(place: str, selection: Mapping[str, Any]) -> Iterator[Problem]:
    count_type = selection.get("countType")
    if count_type in _SINCE and "countUnit" not in selection:
        message = f"`{count_type}` needs a `countUnit`"
        advice = 'add `"countUnit": "days"`'
        yield Problem("count-unit", place, message, advice, _NO_SCHEMA)
    elif count_type == "imageCountMoreThan" and "countUnit" in selection:
        message = "`imageCountMoreThan` counts images and has no `countUnit`"
        yield Problem("count-unit", place, message, "delete the `countUnit`", _NO_SCHEMA)


def _storage_class(place: str, selection: Mapping[str, Any]) -> Iterator[Problem]:
    count_type = selection.get("countType")
    storage_class = selection.get("storageClass", "standard")
    if storage_class == "archive" and count_type in _STANDARD_ONLY:
        message = f"`{count_type}` looks at the storage class `standard` alone"
        advice = "use `sinceImageTransitioned`, or leave `storageClass` out"
        yield Problem("archive-count-type", place, message, advice, _STANDARD_ONLY_TEXT)
    elif storage_class == "standard" and count_type == "sinceImageTransitioned":
        message = "`sinceImageTransitioned` looks at archived images alone"
        advice = 'add `"storageClass": "archive"`'
        yield Problem("archive-count-type", place, message, advice, _NO_SCHEMA)


def _archived_days(place: str, selection: Mapping[str, Any]) -> Iterator[Problem]:
    days = selection.get("countNumber")
    if (
        selection.get("countType") == "sinceImageTransitioned"
        and _is_integer(days)
        and 1 <= days < quotas.ARCHIVED_MIN_DAYS
    ):
        least = quotas.ARCHIVED_MIN_DAYS
        message = f"archived images stay {least} days at least, not {days}"
        advice = f"set `countNumber` to {least} or more"
        yield Problem("too-few-archived-days", place, message, advice)


_SELECTION_CHECKS: Final[tuple[Callable[[str, Mapping[str, Any]], Iterator[Problem]], ...]] = (
    _tag_lists,
    _empty_lists,
    _wildcards,
    _count_unit,
    _storage_class,
    _archived_days,
)


def _target_storage_class(place: str, action: Mapping[str, Any]) -> Iterator[Problem]:
    if action.get("type") == "transition" and "targetStorageClass" not in action:
        message = "a `transition` needs a `targetStorageClass`"
        advice = 'add `"targetStorageClass": "archive"`'
        yield Problem("target-storage-class", place, message, advice, NOT_MAPPED)
    elif action.get("type") == "expire" and "targetStorageClass" in action:
        message = "`expire` has no `targetStorageClass`"
        place = f"{place}/targetStorageClass"
        yield Problem("target-storage-class", place, message, "delete it")


def _count_type_and_action(
    place: str, selection: Mapping[str, Any], action: Mapping[str, Any]
) -> Iterator[Problem]:
    count_type, kind = selection.get("countType"), action.get("type")
    if count_type == "sinceImagePulled" and kind == "expire":
        message = "`sinceImagePulled` goes with `transition` alone"
        advice = "expire by `sinceImagePushed`, or archive with `transition`"
    elif count_type == "sinceImageTransitioned" and kind == "transition":
        message = "`sinceImageTransitioned` goes with `expire` alone: the images are archived"
        advice = "use `expire`"
    else:
        return
    yield Problem("count-type-and-action", f"{place}/type", message, advice)


def _duplicate_priorities(rules: list[tuple[str, Any]]) -> Iterator[Problem]:
    seen: dict[int, str] = {}
    for place, rule in rules:
        priority = rule.get("rulePriority")
        if not _is_integer(priority):
            continue
        if priority in seen:
            message = f"the priority {priority} is that of `{seen[priority]}` too"
            yield Problem(
                "duplicate-priority",
                f"{place}/rulePriority",
                message,
                "give each rule a number of its own",
                "Duplicate priority in multiple rules",
            )
        seen.setdefault(priority, place)


def _single_untagged(rules: list[_Selected]) -> Iterator[Problem]:
    untagged = [rule for rule in rules if rule.tag_status == "untagged"]
    for rule in untagged[1:]:
        yield Problem(
            "two-untagged-rules",
            rule.tag_status_place,
            f"`{untagged[0].place}` selects the untagged images of this storage class already",
            "keep one of the two rules",
            "Only one rule can select Untagged images per storage class",
        )


def _any_comes_last(rules: list[_Selected]) -> Iterator[Problem]:
    catch_all = [rule for rule in rules if rule.tag_status == "any"]
    for rule in catch_all[1:]:
        yield Problem(
            "two-any-rules",
            rule.tag_status_place,
            f"`{catch_all[0].place}` selects all images of this storage class already",
            "keep one of the two rules",
            "Only one rule can specify tagStatus=ANY",
        )
    if not catch_all:
        return
    last = max(catch_all, key=_priority)
    mine = last.rule.get("rulePriority")
    others = [rule.rule.get("rulePriority") for rule in rules if rule.tag_status != "any"]
    highest = max((number for number in others if _is_integer(number)), default=None)
    if highest is not None and _is_integer(mine) and mine < highest:
        yield Problem(
            "any-not-last",
            f"{last.place}/rulePriority",
            f"the rule for `any` image has priority {mine}, but one of its storage class has "
            f"{highest}",
            f"give it a number above {highest}: it must be applied last",
            "Rule for tagStatus=ANY must have the lowest priority per storage class",
        )


def _priority(rule: _Selected) -> int:
    priority = rule.rule.get("rulePriority")
    return priority if _is_integer(priority) else 0


def _is_integer(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _equal_prefixes(rules: list[_Selected]) -> Iterator[Problem]:
    seen: dict[frozenset[str], str] = {}
    for rule in rules:
        prefixes = rule.selection.get("tagPrefixList")
        if rule.tag_status != "tagged" or not isinstance(prefixes, list):
            continue
        if not prefixes or not all(isinstance(prefix, str) for prefix in prefixes):
            continue
        entries = frozenset(prefixes)
        if entries in seen:
            yield Problem(
                "equal-prefixes",
                f"{rule.place}/selection/tagPrefixList",
                f"`{seen[entries]}` has the same set of prefixes",
                "keep one of the two rules",
            )
        seen.setdefault(entries, rule.place)
