"""Which rules of a lifecycle policy select the images of others, whatever images there are.

The first rule that identifies an image owns it; no later rule acts on it (Amazon ECR User Guide,
"Lifecycle policy evaluation rules").
"""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.lint.lifecycle import RulesView, RuleView
from ecrpolicy.lint.matching import contains
from ecrpolicy.wildcard import TagPattern

_PREFIXES: Final = "tagPrefixList"
_EVERY_TAG: Final = TagPattern(("", ""))

# What a rule keeps that has such a number is as good as all.
_MANY_IMAGES: Final = 9_999
_MANY_DAYS: Final = 3_650


def patterns(rule: RuleView) -> tuple[TagPattern, ...]:
    """The known entries of a rule's list; in a prefix, `*` is a character like any other."""
    found = rule.tag_list
    if found is None:
        return ()
    if found.name == _PREFIXES:
        return tuple(TagPattern((entry.text, "")) for entry in found.entries)
    return tuple(TagPattern.compile(entry.text) for entry in found.entries)


def selects_all_of(general: RuleView, special: RuleView) -> bool:
    """Whether a rule for tagged images selects all that another one selects, of its tags."""
    mine, theirs = patterns(general), patterns(special)
    return (
        general.tag_status == special.tag_status == "tagged"
        and bool(mine)
        and general.tag_list is not None
        and general.tag_list.is_complete
        and all(any(contains(entry, each) for each in theirs) for entry in mine)
    )


def selects_every_tag(rule: RuleView) -> bool:
    """Whether a rule selects all tagged images."""
    found = rule.tag_list
    return (
        rule.tag_status == "tagged"
        and found is not None
        and found.is_complete
        and bool(found.entries)
        and all(contains(entry, _EVERY_TAG) for entry in patterns(rule))
    )


def earlier(rules: RulesView, rule: RuleView) -> Iterator[RuleView]:
    """The rules of the same storage class that are applied before a rule, in the document's order.

    Those of which priority or storage class are unknown are left out.
    """
    mine, storage_class = rule.priority, rule.storage_class
    if mine is None or storage_class is None:
        return
    for other in rules.rules:
        if other.storage_class == storage_class:
            priority = other.priority
            if priority is not None and priority < mine:
                yield other


def owners(rules: RulesView, rule: RuleView) -> list[RuleView]:
    """The earlier rules that together own all images of a rule; none where some may be left."""
    before = list(earlier(rules, rule))
    if rule.tag_status == "any":
        untagged = next((each for each in before if each.tag_status == "untagged"), None)
        tagged = next((each for each in before if selects_every_tag(each)), None)
        return [] if untagged is None or tagged is None else [untagged, tagged]
    owner = next((each for each in before if selects_all_of(each, rule)), None)
    return [] if owner is None else [owner]


def may_own_both(rules: RulesView, rule: RuleView, other: RuleView) -> bool:
    """Whether an earlier rule may own the images that just have tags for two rules."""
    theirs = (*patterns(rule), *patterns(other))
    return any(
        each.tag_status != "untagged"
        and (
            each.tag_list is None
            or not each.tag_list.is_complete
            or all(any(contains(entry, tag) for tag in theirs) for entry in patterns(each))
        )
        for each in earlier(rules, rule)
    )


def is_for_ever(rule: RuleView) -> bool:
    """Whether a rule keeps so many images, or for so long, that it is as good as all."""
    number = rule.count_number
    if number is None or rule.count_type is None:
        return False
    return number >= (_MANY_IMAGES if rule.count_type == "imageCountMoreThan" else _MANY_DAYS)
