"""Where images go besides, where they do not, and why: nested lines."""

from collections.abc import Iterator

from ecrpolicy.caching import NewRepository
from ecrpolicy.render.outline import INDENT, nested
from ecrpolicy.render.registry_words import OUTCOMES, rules
from ecrpolicy.replication import Choice, Outcome, Replica, Replication, Topology
from ecrpolicy.snapshot import Registry
from ecrpolicy.tagging import Change, TagPush
from ecrpolicy.wording import count

_NO_FURTHER = "what arrives by replication goes no further"


def replication(found: Replication, topology: Topology) -> Iterator[str]:
    """A line for the whole, then every destination: those that are chosen, and those that are not.

    The tags of a replica are told where it was sent with any.
    """
    yield f"replication: {count(len(found.replicas), 'destination')}"
    for replica in found.replicas:
        yield f"{INDENT}to {_chosen(replica.choice)}"
        there = topology.registry(replica.destination)
        yield from nested(nested(_replica(replica, there, found.repository)))
    for each in found.not_chosen:
        yield f"{INDENT}not to {each.destination}: {each.reason}"
    for step in found.not_chained:
        yield f"{INDENT}not on from {step.source} to {step.destination}: {_NO_FURTHER}"


def new_repository(made: NewRepository) -> str:
    """What a repository gets, in a line."""
    template = made.template
    source = "the defaults" if template is None else f"the template `{template.prefix}`"
    return f"{source}: {made.image_tag_mutability}, {made.encryption_type}"


def _chosen(choice: Choice) -> str:
    filters = ", ".join(f"`{each}`" for each in dict.fromkeys(choice.filters) if each)
    by = f", filter {filters}" if filters else ", which has no filter"
    deletions = "; deletions go there too" if choice.carries_deletions else ""
    return f"{choice.destination}: {rules(choice.rules)}{by}{deletions}"


def _replica(replica: Replica, there: Registry | None, name: str) -> Iterator[str]:
    if not replica.permissions:
        yield f"{OUTCOMES[replica.outcome]}: {replica.reason}"
    for each in replica.permissions:
        yield f"`{each.action}` {_is(each.verdict.value)}: {each.reason}"
    if there is None or replica.outcome is Outcome.DENIED:
        return
    if replica.creates_repository and replica.new_repository is not None:
        yield f"creates the repository, {_made(replica.new_repository, there)}"
    for tag in replica.tags:
        yield f"tag `{tag.tag}`: {_tag(tag, there, name)}"


def _is(verdict: str) -> str:
    return f"is {'not known' if verdict == 'unknown' else verdict}"


def _made(made: NewRepository, there: Registry) -> str:
    """A template of a registry whose templates are not known is not known either."""
    if there.repository_creation_templates is None:
        return "with what its templates say, which are not known"
    return f"with {new_repository(made)}"


def _tag(pushed: TagPush, there: Registry, name: str) -> str:
    repository = there.repository(name)
    if repository is None:
        return pushed.change.value
    hangs = pushed.change in (Change.MOVED, Change.UNKNOWN)
    if hangs and repository.image_tag_mutability is None:
        return "not known: the tag mutability of the repository there is not told"
    if pushed.change is Change.REFUSED:
        return f"left out: {pushed.change}"
    return pushed.change.value
