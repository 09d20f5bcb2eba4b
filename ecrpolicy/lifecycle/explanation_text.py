"""An explanation written for people, and as JSON."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from ecrpolicy.lifecycle.explain import Explanation, Match, Reason, RuleExplanation
from ecrpolicy.lifecycle.model import Action, CountType, Rule, Selection
from ecrpolicy.lifecycle.ranking import pushed_time
from ecrpolicy.snapshot import Image
from ecrpolicy.wording import duration, instant, printable, size

# A registry can have thousands of indexes; more than these few tell nobody more.
_MAX_DOUBTS: Final = 3

_VERBS = {Action.EXPIRE: "expires", Action.TRANSITION: "archives"}


def as_text(explanation: Explanation) -> str:
    """The explanation in some lines: the image, the answer, then rule by rule."""
    return "\n".join(_lines(explanation))


def _lines(explanation: Explanation) -> Iterator[str]:
    yield printable(explanation.image.digest)
    yield f"  {_image_line(explanation.image, explanation.now)}"
    yield answer(explanation)
    for digest in explanation.held_by:
        yield f"  index {digest} refers to it: it stays while the index does"
    for digest in explanation.doubts[:_MAX_DOUBTS]:
        yield f"  cannot tell: the children of index {digest} are unknown; if it is one, it stays"
    if more := len(explanation.doubts[_MAX_DOUBTS:]):
        yield f"  nor are those of {more:,} more known"
    for subject in explanation.subjects:
        yield f"  refers to {printable(subject)}"
    if explanation.root:
        yield from (f"  {line}" for line in _lines(explanation.root))
    yield from _rule_lines(explanation)


def answer(explanation: Explanation) -> str:
    """One line: whether the image goes, under which rule, or why it stays."""
    result = explanation.result
    if result is not None:
        along = "; it goes with its subject" if result.cascade else ""
        doubt = ", unless an index holds it" if result.cannot_tell else ""
        verb = _VERBS[result.action]
        return f"goes: rule {result.rule_priority} {verb} it{doubt}{along}"
    owner = explanation.owner
    if explanation.reason is Reason.HELD and owner:
        verb = _VERBS[owner.rule.action.type]
        return (
            f"stays: rule {owner.rule.rule_priority} {verb} it not, because an index refers to it"
        )
    if owner is None:
        return f"stays: {explanation.reason}"
    return f"stays: rule {owner.rule.rule_priority} owns it and lets it be"


def _image_line(image: Image, now: datetime) -> str:
    tags = ", ".join(printable(tag) for tag in image.tags) or "no tag"
    pushed = pushed_time(image)
    word = "restored" if image.activated_at else "pushed"
    parts = [
        tags,
        f"{word} {instant(pushed)}, {duration(now - pushed)} ago",
        size(image.size_bytes),
    ]
    if image.storage_class.value != "standard":
        parts.append(image.storage_class.value)
    return "; ".join(parts)


def _rule_lines(explanation: Explanation) -> Iterator[str]:
    owner = explanation.owner
    for seen in explanation.rules:
        yield _rule_line(seen, owner)
        if not seen.identifies:
            continue
        for match in seen.matches:
            yield f"    {_match_line(match, seen.rule.selection)}"
        yield f"    {limit_line(seen, explanation.image)}"


def _rule_line(seen: RuleExplanation, owner: RuleExplanation | None) -> str:
    name = _name(seen.rule)
    if not seen.identifies:
        return f"  {name} does not identify it: {printable(seen.mismatch or '')}"
    if seen is owner:
        return f"  {name} owns it: the first that identifies it"
    verb = _VERBS[seen.rule.action.type]
    would = f"and would {verb[:-1]} it" if seen.would_mark else "and would let it be"
    number = owner.rule.rule_priority if owner else 0
    return f"  {name} identifies it too {would}, but cannot: rule {number} owns it"


def _name(rule: Rule) -> str:
    described = f" ({printable(rule.description)})" if rule.description else ""
    return f"rule {rule.rule_priority}{described}"


def _match_line(match: Match, selection: Selection) -> str:
    kind = "prefix" if selection.tag_prefix_list else "pattern"
    return f"tag `{printable(match.tag or '')}` meets the {kind} `{printable(match.entry)}`"


def limit_line(seen: RuleExplanation, image: Image) -> str:
    """How an image stands to the limit of a rule that identifies it."""
    selection = seen.rule.selection
    number = selection.count_number
    if selection.count_type is CountType.IMAGE_COUNT_MORE_THAN:
        past = "past the limit" if seen.would_mark else "within the limit"
        return f"rank {seen.rank} of {seen.identified}, youngest first; limit {number}: {past}"
    if seen.age is None:
        return f"archived at a time that is not known; limit {number} d: never older"
    past = "older" if seen.would_mark else "not older"
    word = _what_happened(selection.count_type, image)
    return f"{word} {duration(seen.age)} ago; limit {number} d: {past}"


def _what_happened(count_type: CountType, image: Image) -> str:
    """What the time that a rule looks at is the time of."""
    if count_type is CountType.SINCE_IMAGE_TRANSITIONED:
        return "archived"
    pushed = "restored" if image.activated_at else "pushed"
    if count_type is CountType.SINCE_IMAGE_PUSHED:
        return pushed
    if image.pulled_at is None:
        return f"never pulled, {pushed}"
    return "restored" if image.activated_at and image.activated_at > image.pulled_at else "pulled"


def as_json(explanation: Explanation) -> dict[str, Any]:
    """The explanation as plain JSON values, under the service's names where it has any."""
    result = explanation.result
    return {
        "imageDigest": explanation.image.digest,
        "imageTags": list(explanation.image.tags),
        "imagePushedAt": explanation.image.pushed_at.isoformat(),
        "now": explanation.now.isoformat(),
        "action": result.action.name if result else None,
        "appliedRulePriority": result.rule_priority if result else None,
        "cascade": result.cascade if result else False,
        "cannotTell": result.cannot_tell if result else False,
        "reason": explanation.reason.name,
        "answer": answer(explanation),
        "rules": [_rule_json(seen, explanation.owner) for seen in explanation.rules],
        "heldBy": list(explanation.held_by),
        "mayBeHeldBy": list(explanation.doubts),
        "subjects": list(explanation.subjects),
        "root": as_json(explanation.root) if explanation.root else None,
    }


def _rule_json(seen: RuleExplanation, owner: RuleExplanation | None) -> dict[str, Any]:
    return {
        "rulePriority": seen.rule.rule_priority,
        "identifies": seen.identifies,
        "owns": seen is owner,
        "wouldMark": seen.would_mark,
        "mismatch": seen.mismatch,
        "matches": [{"entry": match.entry, "tag": match.tag} for match in seen.matches],
        "rank": seen.rank,
        "identified": seen.identified,
        "ageInSeconds": seen.age.total_seconds() if seen.age is not None else None,
        "countType": seen.rule.selection.count_type.value,
        "countNumber": seen.rule.selection.count_number,
    }
