"""What is said of a comparison, in every format for people."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from ecrpolicy.lifecycle import (
    ChangeKind,
    Comparison,
    Preview,
    RuleChange,
    Search,
    Summary,
    Turn,
    Turned,
)
from ecrpolicy.lifecycle.differences import Fate
from ecrpolicy.lifecycle.model import Action
from ecrpolicy.lifecycle.witness import line, lines
from ecrpolicy.snapshot import Image
from ecrpolicy.wording import count, printable, size

_MANY: Final = {
    Turn.GOES: ("stays under the old policy and goes", "stay under the old policy and go"),
    Turn.STAYS: ("goes under the old policy and stays", "go under the old policy and stay"),
    Turn.OTHER_ACTION: ("goes under both, in another way", "go under both, in another way"),
    Turn.OTHER_RULE: ("goes under both, by another rule", "go under both, by another rule"),
}


def changes(comparison: Comparison) -> list[str]:
    """What has changed in the rules, a line each."""
    return [str(change) for change in comparison.changes] or ["no rule has changed"]


def groups(comparison: Comparison) -> Iterator[tuple[str, list[Turned]]]:
    """The images whose fate is another one, by how and why; each group under its heading."""
    for turn in Turn:
        found: defaultdict[tuple[str, ...], list[Turned]] = defaultdict(list)
        for each in comparison.turned:
            if each.turn is turn:
                found[tuple(map(_brief, each.causes))].append(each)
        for causes, turned in found.items():
            yield f"{_heading(turn, turned)}: {' and '.join(causes)}", turned


def _heading(turn: Turn, turned: Sequence[Turned]) -> str:
    total = size(sum(each.image.size_bytes for each in turned))
    one, many = _MANY[turn]
    verb = one if len(turned) == 1 else many
    under = " under the new" if turn in (Turn.GOES, Turn.STAYS) else ""
    return f"{count(len(turned), 'image')}, {total}, {verb}{under}"


def _brief(change: RuleChange) -> str:
    """A change by the numbers of its rules."""
    if change.old is None:
        return f"rule {change.new.rule_priority} is new" if change.new else ""
    verb = "has moved" if change.kind is ChangeKind.MOVED else f"is {change.kind}"
    return f"rule {change.old.rule_priority} {verb}"


def fate(found: Fate | None) -> str:
    """What happens to an image, in the width of a column."""
    if found is None:
        return "stays"
    archived = " (archive)" if found.action is Action.TRANSITION else ""
    return f"rule {found.rule_priority}{archived}"


def tags(turned: Turned) -> str:
    """The tags of an image."""
    return ", ".join(map(printable, turned.image.tags)) or "(no tag)"


def totals(comparison: Comparison) -> Iterator[str]:
    """What goes under the old policy and under the new, in a line each."""
    for name, preview in (("old", comparison.old), ("new", comparison.new)):
        yield f"under the {name} policy {_goes(preview.summarise())}"
    if not comparison.turned:
        yield "every image fares the same under both"


def _goes(summary: Summary) -> str:
    parts = []
    for action, verb, ending in (
        (Action.EXPIRE, "expire", ""),
        (Action.TRANSITION, "move", " to the archive"),
        (None, "stay", ""),
    ):
        images = summary.images(action)
        if images or action is None:
            agreeing = f"{verb}s" if images == 1 else verb
            total = size(summary.bytes(action))
            parts.append(f"{count(images, 'image')} {agreeing}{ending} ({total})")
    return ", ".join(parts)


def search(found: Search) -> Iterator[str]:
    """Whether two policies can differ, and what was looked at."""
    witness = found.witness
    if witness is None:
        where = f"in any repository of at most {count(found.images, 'image')}"
        yield (
            f"the two policies never differ {where}"
            if found.is_complete
            else (f"no difference was found {where}; not everything was tried")
        )
        yield bounds(found)
        return
    images = witness.old.repository.images
    yield f"the two policies differ, for one in a repository of {count(len(images), 'image')}:"
    yield from (f"  {line}" for line in lines(images, witness.old.now))
    for each in witness.turned:
        yield f"of these, {line(each.image, witness.old.now)}"
        yield f"  under the old policy {_answer(witness.old, each.image)}"
        yield f"  under the new policy {_answer(witness.new, each.image)}"


def bounds(found: Search) -> str:
    """What a search has looked at."""
    tried = "all" if found.is_complete else "some"
    return (
        f"looked at: {count(found.kinds, 'kind')} of tags, made of the entries of the policies, "
        f"{tried} that these tell apart; counts and ages at the limits of the rules; a single run"
    )


def _answer(preview: Preview, image: Image) -> str:
    """The line of an explanation that says whether the image goes."""
    return preview.explain(image.digest).text().splitlines()[2]
