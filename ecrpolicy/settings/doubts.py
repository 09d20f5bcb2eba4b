"""Whether a push is taken, as far as the documents tell, and what that hangs on."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ecrpolicy import tagging
from ecrpolicy.settings.model import Settings
from ecrpolicy.settings.push import Push
from ecrpolicy.settings.unknown import TEMPLATES
from ecrpolicy.tagging import Change


class Verdict(StrEnum):
    """Whether the service takes a push."""

    ALLOWED = "allowed"
    REFUSED = "refused"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether the service takes a push, and why: its own texts, or what is not known."""

    verdict: Verdict
    reasons: tuple[str, ...]


def answer(pushed: Push, settings: Settings) -> Answer:
    """Whether the service takes a push; what `push` takes for granted makes it not known.

    >>> from ecrpolicy.replication import Topology
    >>> from ecrpolicy.settings.push import push
    >>> from ecrpolicy.snapshot import Registry, Repository
    >>> registry = Registry("111122223333", "us-east-1", repositories=(Repository("web"),))
    >>> settings = Settings.of(registry)
    >>> answer(push(settings, Topology((registry,)), "web", "v1"), settings).verdict.value
    'not known'
    """
    doubts = tuple(_doubts(pushed, settings))
    certain = _certain(pushed)
    if certain:
        return Answer(Verdict.REFUSED, certain)
    if doubts:
        return Answer(Verdict.UNKNOWN, doubts)
    return Answer(Verdict.REFUSED if pushed.refusals else Verdict.ALLOWED, pushed.refusals)


def _certain(pushed: Push) -> tuple[str, ...]:
    """The refusals that hang on nothing: names and tags that are none."""
    is_named = tagging.is_repository_name(pushed.repository)
    is_tagged = tagging.is_image_tag(pushed.tag)
    return () if is_named and is_tagged else pushed.refusals


def _doubts(pushed: Push, settings: Settings) -> Iterator[str]:
    registry, name = settings.registry, pushed.repository
    is_replica = pushed.replication is not None and pushed.replication.is_replica
    repository = registry.repository(name)
    if repository is None:
        if registry.has_unknown_repositories:
            yield "no repository is listed: whether this one is there is not known"
        if not is_replica and TEMPLATES in settings.unknown:
            yield f"the {TEMPLATES} are not known: one may have the push create the repository"
        return
    tagged = pushed.tagged
    if tagged is None or is_replica:
        return
    if tagged.change is Change.UNKNOWN:
        if repository.image_tag_mutability is None:
            yield "neither the images of the repository nor its tag mutability are known"
        elif tagged.immutable:
            yield "the tag is immutable, and whether another image has it is not known"
    elif tagged.change is Change.MOVED and repository.image_tag_mutability is None:
        yield "another image has the tag, and the tag mutability of the repository is not known"
