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

_ARCHIVED: Final = ("is archived", "are archived")
_EXPIRES: Final = ("expires", "expire")
# What is said of one image, and of several.
_Verbs = tuple[str, str]


def changes(comparison: Comparison) -> list[str]:
    """What has changed in the rules, a line each."""
    return [str(change) for change in comparison.changes] or ["no rule has changed"]


def groups(comparison: Comparison) -> Iterator[tuple[str, list[Turned]]]:
    """The images whose fate is another one, by how and why; each group under its heading."""
    for turn in Turn:
        found: defaultdict[tuple[_Verbs, tuple[str, ...]], list[Turned]] = defaultdict(list)
        for each in comparison.turned:
            if each.turn is turn:
                found[_verbs(each), tuple(map(_brief, each.causes))].append(each)
        for (verbs, causes), turned in found.items():
            yield f"{_heading(verbs, turned)}: {' and '.join(causes)}", turned


def _verbs(turned: Turned) -> _Verbs:
    """How the fate of an image is another one, for one image and for several."""
    match turned.turn:
        case Turn.GOES:
            before, after = ("stays", "stay"), ("goes", "go")
        case Turn.STAYS:
            before, after = ("goes", "go"), ("stays", "stay")
        case Turn.OTHER_RULE:
            return "goes under both, by another rule", "go under both, by another rule"
        case Turn.OTHER_ACTION:
            before, after = _ARCHIVED, _EXPIRES
            if turned.new and turned.new.action is Action.TRANSITION:
                before, after = after, before
    one, many = zip(before, after, strict=True)
    return _under(*one), _under(*many)


def _under(before: str, after: str) -> str:
    return f"{before} under the old policy and {after} under the new"


def _heading(verbs: _Verbs, turned: Sequence[Turned]) -> str:
    total = size(sum(each.image.size_bytes for each in turned))
    return f"{count(len(turned), 'image')}, {total}, {verbs[0 if len(turned) == 1 else 1]}"


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
    """The tags of an image, and whether an index may hold it."""
    shown = ", ".join(map(printable, turned.image.tags)) or "(no tag)"
    return f"{shown} (may be held)" if turned.cannot_tell else shown


def totals(comparison: Comparison) -> Iterator[str]:
    """What goes under the old policy and under the new, in a line each."""
    for name, preview in (("old", comparison.old), ("new", comparison.new)):
        yield f"under the {name} policy {_goes(preview.summarise())}"
    if not comparison.turned:
        yield "every image fares the same under both"


def warnings(comparison: Comparison) -> Iterator[str]:
    """What is open to doubt of the one policy and not of the other."""
    for name, warning in comparison.warnings:
        advice = f"; {warning.help}" if warning.help else ""
        yield f"under the {name} policy: {warning.message}{advice}"


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
