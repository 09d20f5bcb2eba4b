"""What stands above and below the tables of a preview, in every format for people."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from ecrpolicy.lifecycle import Action, Preview, Result, Rule, Summary
from ecrpolicy.snapshot import Repository
from ecrpolicy.wording import count, instant, printable, size

_DOES = {Action.EXPIRE: "expires", Action.TRANSITION: "archives"}


def by_rule(preview: Preview) -> Iterator[tuple[Rule, list[Result]]]:
    """The rules that act, in the order of their priority, each with its results."""
    found: defaultdict[int, list[Result]] = defaultdict(list)
    for result in preview.results:
        found[result.rule_priority].append(result)
    for rule in preview.policy.by_priority:
        if rule.rule_priority in found:
            yield rule, found[rule.rule_priority]


def heading(preview: Preview) -> str:
    """Which repository, how much is in it, and when the policy runs."""
    return repository_heading(preview.repository, preview.now)


def repository_heading(repository: Repository, now: datetime) -> str:
    """Which repository, how much is in it, and when."""
    registry = f" in registry {repository.registry_id}" if repository.registry_id else ""
    total = size(sum(image.size_bytes for image in repository.images))
    images = count(len(repository.images), "image")
    return f"{repository.name}{registry}: {images}, {total}, at {instant(now)}"


def rule_heading(rule: Rule, results: Sequence[Result]) -> str:
    """Which rule, what it does, and to how much."""
    total = size(sum(result.image.size_bytes for result in results))
    described = f": {rule.description}" if rule.description else ""
    images = count(len(results), "image")
    return f"rule {rule.rule_priority} {_DOES[rule.action.type]} {images}, {total}{described}"


def tags(result: Result) -> str:
    """The tags of an image that goes, and what is special about its going."""
    shown = ", ".join(printable(tag) for tag in result.image.tags) or "(no tag)"
    if result.cascade:
        shown += " (with its subject)"
    if result.cannot_tell:
        shown += " (may be held)"
    return shown


def totals(summary: Summary) -> list[str]:
    """What goes and what stays, in a line each."""
    lines = []
    for action, verb, end, effect in (
        (Action.EXPIRE, "expire", "", ", {} freed"),
        (Action.TRANSITION, "move", " to the archive", ", {} moved"),
        (None, "stay", "", ", {}"),
    ):
        images = summary.images(action)
        if images or action is None:
            ending = "s" if images == 1 else ""
            amount = effect.format(size(summary.bytes(action)))
            lines.append(f"{count(images, 'image')} {verb}{ending}{end}{amount}")
    return lines


def reasons(summary: Summary) -> list[tuple[int, str]]:
    """Why images stay: how many, and the reason."""
    return [
        (
            group.images,
            f"rule {group.rule_priority}: {group.reason}"
            if group.rule_priority is not None
            else str(group.reason),
        )
        for group in summary.kept
    ]
