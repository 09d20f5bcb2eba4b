"""Lifecycle policies that the service would accept."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from ecrpolicy import quotas
from ecrpolicy.lifecycle import (
    Action,
    CountType,
    LifecyclePolicy,
    RuleStorageClass,
    TagStatus,
    parse,
)
from ecrpolicy.testing.strategies import words
from ecrpolicy.testing.strategies.building import built, one_of_many
from ecrpolicy.testing.strategies.options import check_number, check_order, check_some

_Json = dict[str, Any]

# So long are tags in policies at most: fifty rules of them have to fit into one.
_LONGEST_ENTRY: Final = 40

_Kind = tuple[Action, RuleStorageClass, CountType, int]

# Of each kind of rule: the action, the storage class, the count type and the least number.
_KINDS: Final[tuple[_Kind, ...]] = (
    (Action.EXPIRE, RuleStorageClass.STANDARD, CountType.IMAGE_COUNT_MORE_THAN, 1),
    (Action.EXPIRE, RuleStorageClass.STANDARD, CountType.SINCE_IMAGE_PUSHED, 1),
    (Action.TRANSITION, RuleStorageClass.STANDARD, CountType.IMAGE_COUNT_MORE_THAN, 1),
    (Action.TRANSITION, RuleStorageClass.STANDARD, CountType.SINCE_IMAGE_PUSHED, 1),
    (Action.TRANSITION, RuleStorageClass.STANDARD, CountType.SINCE_IMAGE_PULLED, 1),
    (
        Action.EXPIRE,
        RuleStorageClass.ARCHIVE,
        CountType.SINCE_IMAGE_TRANSITIONED,
        quotas.ARCHIVED_MIN_DAYS,
    ),
)


def lifecycle_policies(
    *,
    min_rules: int = 1,
    max_rules: int = 4,
    tags: SearchStrategy[str] | None = None,
    actions: Collection[Action] = tuple(Action),
    storage_classes: Collection[RuleStorageClass] = tuple(RuleStorageClass),
    tag_statuses: Collection[TagStatus] = tuple(TagStatus),
) -> SearchStrategy[LifecyclePolicy]:
    """Lifecycle policies; `.map(LifecyclePolicy.document)` makes JSON documents of them.

    Prefixes and patterns are made of `tags`, so that those of images meet them. Where no rule may
    be `tagged`, there is room for one of each storage class and status. Shrinks to one rule of
    priority 1 that keeps one image of any.
    """
    check_number("max_rules", max_rules, least=1, most=quotas.LIFECYCLE_POLICY_MAX_RULES)
    check_number("min_rules", min_rules, least=1)
    check_order("min_rules", min_rules, "max_rules", max_rules)
    check_some("tag_statuses", tag_statuses)
    kinds = [kind for kind in _KINDS if kind[0] in actions and kind[1] in storage_classes]
    check_some("the rules of these `actions` and `storage_classes`", kinds)
    chosen = words.tags() if tags is None else tags
    if TagStatus.TAGGED in tag_statuses:
        rules = st.lists(
            st.one_of(*(_rules(*kind, _which(tag_statuses, chosen)) for kind in kinds)),
            min_size=min_rules,
            max_size=max_rules,
        )
    else:
        rules = _untagged(kinds, tag_statuses, min_rules, max_rules)
    return built(_policy, st.integers(1, 10), st.booleans(), rules)


def _untagged(
    kinds: Sequence[_Kind], statuses: Collection[TagStatus], min_rules: int, max_rules: int
) -> SearchStrategy[list[_Json]]:
    """Rules without tags: one of a storage class for `any` image, one for `untagged` ones."""
    places = {
        (status, storage_class): st.one_of(
            *(_rules(*kind, st.just({"tagStatus": status.value})) for kind in of_class)
        )
        for status in _ORDER
        if status in statuses
        for storage_class in RuleStorageClass
        if (of_class := [kind for kind in kinds if kind[1] is storage_class])
    }
    if min_rules > len(places):
        raise InvalidArgument(
            f"`min_rules` is {min_rules}, but there is room for {len(places)}: of each storage "
            "class, one for `any` image and one for `untagged` ones; let `tag_statuses` have others"
        )
    return st.lists(
        st.sampled_from(list(places)), min_size=min_rules, max_size=max_rules, unique=True
    ).flatmap(lambda chosen: st.tuples(*(places[each] for each in chosen)).map(list))


_ORDER: Final = (TagStatus.ANY, TagStatus.UNTAGGED, TagStatus.TAGGED)


def _which(statuses: Collection[TagStatus], tags: SearchStrategy[str]) -> SearchStrategy[_Json]:
    """What a selection says of tags, without tags first."""
    plain = [st.just({"tagStatus": each.value}) for each in _ORDER[:2] if each in statuses]
    tagged = st.one_of(
        _patterns(tags).map(lambda entries: _tagged("tagPatternList", entries)),
        st.lists(_entries(tags), min_size=1, max_size=3).map(
            lambda entries: _tagged("tagPrefixList", entries)
        ),
    )
    return st.one_of(*plain, *([tagged] if TagStatus.TAGGED in statuses else []))


def _tagged(name: str, entries: list[str]) -> _Json:
    return {"tagStatus": TagStatus.TAGGED.value, name: entries}


def _entries(tags: SearchStrategy[str]) -> SearchStrategy[str]:
    """Tags, and beginnings of them."""
    cut = st.builds(lambda tag, length: tag[:length], tags, st.integers(1, 6))
    return (tags | cut).map(lambda tag: tag[:_LONGEST_ENTRY])


def _patterns(tags: SearchStrategy[str]) -> SearchStrategy[list[str]]:
    """Lists of patterns, with no more wildcards than one may have."""
    entries = _entries(tags)
    one = st.one_of(
        st.just("*"),
        entries,
        entries.map(lambda tag: f"{tag}*"),
        entries.map(lambda tag: f"*{tag}"),
        st.builds(lambda one, other: f"{one}*{other}", entries, entries),
        st.builds(lambda one, other: f"*{one}*{other}*", entries, entries),
    )
    return st.lists(one, min_size=1, max_size=3)


def _rules(
    action: Action,
    storage_class: RuleStorageClass,
    count_type: CountType,
    least: int,
    which: SearchStrategy[_Json],
) -> SearchStrategy[_Json]:
    fixed: _Json = {"countType": count_type.value}
    if count_type is not CountType.IMAGE_COUNT_MORE_THAN:
        fixed["countUnit"] = "days"
    if storage_class is not RuleStorageClass.STANDARD:
        fixed["storageClass"] = storage_class.value
    act: _Json = {"type": action.value}
    if action is Action.TRANSITION:
        act["targetStorageClass"] = "archive"
    # Every draw is one that Hypothesis tries to leave out: a rule is few of them.
    few = range(least, least + 4)
    numbers = one_of_many((*few, *few, *few, least + 6, least + 29, least + 311))
    described = one_of_many((None, None, "nightly builds", "größte Ausgaben", ""))
    return st.builds(
        lambda selected, number, text: {
            **({} if text is None else {"description": text}),
            "selection": {**selected, **fixed, "countNumber": number},
            "action": act,
        },
        which,
        numbers,
        described,
    )


def _policy(distance: int, is_turned: bool, drawn: Sequence[_Json]) -> LifecyclePolicy:  # noqa: FBT001
    """A policy of rules that get along, of which those for `any` image are applied last.

    Their priorities are some distance apart; turned, the last stands first.
    """
    rules = _at_peace(drawn)
    rules.sort(key=lambda rule: rule["selection"]["tagStatus"] == TagStatus.ANY)
    numbered = [
        {"rulePriority": 1 + number * distance, **rule} for number, rule in enumerate(rules)
    ]
    return parse({"rules": numbered[::-1] if is_turned else numbered})


def _at_peace(drawn: Sequence[_Json]) -> list[_Json]:
    """The rules, with patterns for what another rule of the storage class selects already."""
    taken: set[tuple[object, object]] = set()
    made = []
    for rule in drawn:
        selection = rule["selection"]
        prefixes = selection.get("tagPrefixList")
        selects = selection["tagStatus"] if prefixes is None else frozenset(prefixes)
        key = (selection.get("storageClass"), selects)
        if key in taken and "tagPatternList" not in selection:
            limits = {
                name: value for name, value in selection.items() if not name.startswith("tag")
            }
            patterns = [f"{prefix}*" for prefix in prefixes or ("",)]
            rule = {**rule, "selection": {**_tagged("tagPatternList", patterns), **limits}}
        taken.add(key)
        made.append(rule)
    return made
