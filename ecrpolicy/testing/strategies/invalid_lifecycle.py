"""Lifecycle policies that the service would refuse for one reason."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ecrpolicy import quotas
from ecrpolicy.lifecycle import TagStatus
from ecrpolicy.testing.strategies.invalid import (
    WRONG,
    Breakage,
    Invalid,
    Json,
    inserted,
    invalid,
    pick,
)
from ecrpolicy.testing.strategies.lifecycle import lifecycle_policies

_COUNTED: Final = {"countType": "imageCountMoreThan", "countNumber": 1}
_AGED: Final = {"countType": "sinceImagePushed", "countUnit": "days", "countNumber": 1}
_ARCHIVED: Final = {
    "storageClass": "archive",
    "countType": "sinceImageTransitioned",
    "countUnit": "days",
    "countNumber": quotas.ARCHIVED_MIN_DAYS,
}
_TAGGED: Final = {"tagStatus": "tagged", "tagPatternList": ["v*"]}
_TRANSITION: Final = {"type": "transition", "targetStorageClass": "archive"}
_LAST: Final = 10**6


def invalid_lifecycle_policies(*, rules: Sequence[str] | None = None) -> SearchStrategy[Invalid]:
    """Documents of lifecycle policies with one fault; with `rules`, with one of these.

    Shrinks to one rule, or as many as the fault takes.
    """
    return invalid(_BREAKAGES, rules)


def _rule(
    selection: Json = _TAGGED | _COUNTED, action: Json | None = None, priority: int = 1
) -> Json:
    return {
        "rulePriority": priority,
        "selection": dict(selection),
        "action": dict(action or {"type": "expire"}),
    }


def _others(draw: DrawFn) -> list[Json]:
    """Valid rules that get along with whatever else there is: of patterns, applied in between."""
    found = draw(st.none() | _VALID)
    rules = [] if found is None else found.document()["rules"]
    return [
        {**rule, "rulePriority": rule["rulePriority"] + 10}
        for rule in rules
        if "tagPatternList" in rule["selection"]
    ]


_VALID: Final = lifecycle_policies(max_rules=2, tag_statuses=(TagStatus.TAGGED,))


def _broken(draw: DrawFn, new: Sequence[Json], rule: str, place: str, at: int = 0) -> Invalid:
    """A policy with new rules, of which that `at` a number has the fault, at a place within it."""
    rules, start = inserted(draw, _others(draw), new)
    return Invalid({"rules": rules}, rule, f"/rules/{start + at}{place}")


def _within(made: Json, path: Sequence[str]) -> Json:
    for name in path:
        made = made[name]
    return made


_REQUIRED: Final = (
    ((), ("rulePriority", "selection", "action")),
    (("selection",), ("tagStatus", "countType", "countNumber")),
    (("action",), ("type",)),
)
_TYPES: Final = (
    ((), {"rulePriority": "integer", "description": "string", "selection": "object"}),
    ((), {"action": "object"}),
    (("selection",), {"tagPatternList": "array", "countNumber": "integer", "countType": "string"}),
    (("action",), {"type": "string"}),
)
_NULLS: Final = (
    ((), ("description", "rulePriority", "selection", "action")),
    (("selection",), ("countNumber", "tagStatus", "countType")),
    (("action",), ("type",)),
)
_ENUMS: Final = (
    (("selection",), ("tagStatus", "countType", "storageClass", "countUnit")),
    (("action",), ("type", "targetStorageClass")),
)


def _pointer(path: Sequence[str]) -> str:
    return "".join(f"/{name}" for name in path)


def _missing_member(draw: DrawFn) -> Invalid:
    path, names = pick(draw, _REQUIRED)
    made = _rule()
    del _within(made, path)[pick(draw, names)]
    return _broken(draw, [made], "missing-member", _pointer(path))


def _missing_rules(draw: DrawFn) -> Invalid:
    return Invalid(draw(st.just({})), "missing-member", "")


def _unknown_member(draw: DrawFn) -> Invalid:
    path = pick(draw, ((), ("selection",), ("action",)))
    name = pick(draw, ("unknown", "tag_status", "RulePriority"))
    made = _rule()
    _within(made, path)[name] = 1
    return _broken(draw, [made], "unknown-member", _pointer((*path, name)))


def _null_member(draw: DrawFn) -> Invalid:
    path, names = pick(draw, _NULLS)
    name = pick(draw, names)
    made = _rule()
    _within(made, path)[name] = None
    return _broken(draw, [made], "null-member", _pointer((*path, name)))


def _wrong_type(draw: DrawFn) -> Invalid:
    path, types = pick(draw, _TYPES)
    name = pick(draw, list(types))
    made = _rule()
    _within(made, path)[name] = pick(draw, WRONG[types[name]])
    return _broken(draw, [made], "wrong-type", _pointer((*path, name)))


def _not_in_enum(draw: DrawFn) -> Invalid:
    path, names = pick(draw, _ENUMS)
    name = pick(draw, names)
    made = _rule(_TAGGED | _AGED, _TRANSITION)
    _within(made, path)[name] = pick(draw, ("", "Any", "days ", "EXPIRE", "glacier"))
    return _broken(draw, [made], "not-in-enum", _pointer((*path, name)))


def _number_too_small(draw: DrawFn) -> Invalid:
    path, name = pick(draw, (((), "rulePriority"), (("selection",), "countNumber")))
    made = _rule()
    _within(made, path)[name] = draw(st.integers(max_value=0))
    return _broken(draw, [made], "number-too-small", _pointer((*path, name)))


def _no_rules(draw: DrawFn) -> Invalid:
    return Invalid({"rules": draw(st.just([]))}, "no-rules", "/rules")


def _too_many_rules(draw: DrawFn) -> Invalid:
    most = quotas.LIFECYCLE_POLICY_MAX_RULES
    number = draw(st.integers(most + 1, most + 10))
    rules = [_rule(priority=priority) for priority in range(1, number + 1)]
    return Invalid({"rules": rules}, "too-many-rules", "/rules")


def _too_long(draw: DrawFn) -> Invalid:
    most = quotas.LIFECYCLE_POLICY_MAX_CHARACTERS
    made = {**_rule(), "description": "a" * (most + draw(st.integers(0, 100)))}
    return Invalid({"rules": [made]}, "policy-length", "")


def _tagged_without_list(draw: DrawFn) -> Invalid:
    made = _rule({"tagStatus": "tagged"} | pick(draw, (_COUNTED, _AGED, _ARCHIVED)))
    return _broken(draw, [made], "tagged-without-list", "/selection")


def _two_tag_lists(draw: DrawFn) -> Invalid:
    made = _rule(_TAGGED | {"tagPrefixList": ["v"]} | pick(draw, (_COUNTED, _AGED, _ARCHIVED)))
    return _broken(draw, [made], "two-tag-lists", "/selection")


def _list_without_tagged(draw: DrawFn) -> Invalid:
    name = pick(draw, ("tagPatternList", "tagPrefixList"))
    status = pick(draw, ("any", "untagged"))
    listed: list[str] = pick(draw, (["v"], []))
    made = _rule({"tagStatus": status, name: listed} | _COUNTED, priority=_LAST)
    return _broken(draw, [made], "list-without-tagged", f"/selection/{name}")


def _empty_tag_list(draw: DrawFn) -> Invalid:
    name = pick(draw, ("tagPatternList", "tagPrefixList"))
    made = _rule({"tagStatus": "tagged", name: []} | pick(draw, (_COUNTED, _AGED)))
    return _broken(draw, [made], "empty-tag-list", f"/selection/{name}")


def _too_many_wildcards(draw: DrawFn) -> Invalid:
    stars = draw(st.integers(quotas.TAG_PATTERN_MAX_WILDCARDS + 1, 10))
    patterns = [*draw(st.lists(st.just("v*"), max_size=2)), "v*" * stars]
    made = _rule({"tagStatus": "tagged", "tagPatternList": patterns} | _COUNTED)
    place = f"/selection/tagPatternList/{len(patterns) - 1}"
    return _broken(draw, [made], "too-many-wildcards", place)


def _count_unit(draw: DrawFn) -> Invalid:
    aged = {name: value for name, value in _AGED.items() if name != "countUnit"}
    limit = pick(draw, (_COUNTED | {"countUnit": "days"}, aged))
    return _broken(draw, [_rule(_TAGGED | limit)], "count-unit", "/selection")


def _archive_count_type(draw: DrawFn) -> Invalid:
    standard = {name: value for name, value in _ARCHIVED.items() if name != "storageClass"}
    archive = {"storageClass": "archive"}
    limit = pick(draw, (_COUNTED | archive, _AGED | archive, standard))
    return _broken(draw, [_rule(_TAGGED | limit)], "archive-count-type", "/selection")


def _too_few_archived_days(draw: DrawFn) -> Invalid:
    days = draw(st.integers(1, quotas.ARCHIVED_MIN_DAYS - 1))
    made = _rule(_TAGGED | _ARCHIVED | {"countNumber": days})
    return _broken(draw, [made], "too-few-archived-days", "/selection")


def _target_missing(draw: DrawFn) -> Invalid:
    made = _rule(_TAGGED | pick(draw, (_COUNTED, _AGED)), {"type": "transition"})
    return _broken(draw, [made], "target-storage-class", "/action")


def _target_superfluous(draw: DrawFn) -> Invalid:
    limit = pick(draw, (_COUNTED, _AGED, _ARCHIVED))
    made = _rule(_TAGGED | limit, _TRANSITION | {"type": "expire"})
    return _broken(draw, [made], "target-storage-class", "/action/targetStorageClass")


def _count_type_and_action(draw: DrawFn) -> Invalid:
    pulled = _AGED | {"countType": "sinceImagePulled"}
    made = pick(draw, (_rule(_TAGGED | pulled), _rule(_TAGGED | _ARCHIVED, _TRANSITION)))
    return _broken(draw, [made], "count-type-and-action", "/action/type")


def _duplicate_priority(draw: DrawFn) -> Invalid:
    made = [_rule(), _rule(_TAGGED | pick(draw, (_AGED, _ARCHIVED)))]
    return _broken(draw, made, "duplicate-priority", "/rulePriority", at=1)


def _two_of(status: str, rule: str) -> Breakage:
    def broken(draw: DrawFn) -> Invalid:
        limits = pick(draw, ((_COUNTED, _AGED), (_ARCHIVED, _ARCHIVED)))
        made = [
            _rule({"tagStatus": status} | limit, priority=_LAST + number)
            for number, limit in enumerate(limits)
        ]
        return _broken(draw, made, rule, "/selection/tagStatus", at=1)

    return broken


def _any_not_last(draw: DrawFn) -> Invalid:
    limit = pick(draw, (_COUNTED, _ARCHIVED))
    made = [_rule({"tagStatus": "any"} | limit), _rule(_TAGGED | limit, priority=2)]
    return _broken(draw, made, "any-not-last", "/rulePriority")


def _equal_prefixes(draw: DrawFn) -> Invalid:
    prefixes = pick(draw, ((["v"], ["v"]), (["v", "w"], ["w", "v"]), (["v"], ["v", "v"])))
    limit = pick(draw, (_COUNTED, _AGED, _ARCHIVED))
    made = [
        _rule({"tagStatus": "tagged", "tagPrefixList": each} | limit, priority=number)
        for number, each in enumerate(prefixes, start=1)
    ]
    return _broken(draw, made, "equal-prefixes", "/selection/tagPrefixList", at=1)


_BREAKAGES: Final[Mapping[str, Sequence[Any]]] = {
    "missing-member": (_missing_member, _missing_rules),
    "unknown-member": (_unknown_member,),
    "null-member": (_null_member,),
    "wrong-type": (_wrong_type,),
    "not-in-enum": (_not_in_enum,),
    "number-too-small": (_number_too_small,),
    "no-rules": (_no_rules,),
    "too-many-rules": (_too_many_rules,),
    "policy-length": (_too_long,),
    "tagged-without-list": (_tagged_without_list,),
    "two-tag-lists": (_two_tag_lists,),
    "list-without-tagged": (_list_without_tagged,),
    "empty-tag-list": (_empty_tag_list,),
    "too-many-wildcards": (_too_many_wildcards,),
    "count-unit": (_count_unit,),
    "archive-count-type": (_archive_count_type,),
    "too-few-archived-days": (_too_few_archived_days,),
    "target-storage-class": (_target_missing, _target_superfluous),
    "count-type-and-action": (_count_type_and_action,),
    "duplicate-priority": (_duplicate_priority,),
    "two-untagged-rules": (_two_of("untagged", "two-untagged-rules"),),
    "two-any-rules": (_two_of("any", "two-any-rules"),),
    "any-not-last": (_any_not_last,),
    "equal-prefixes": (_equal_prefixes,),
}
