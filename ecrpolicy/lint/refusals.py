"""Rules that say what a parser says already: that the service would refuse the document.

A document is parsed once, for all of them together.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from ecrpolicy.document.location import tokens
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.kind import IAM, Kind
from ecrpolicy.lint.rule import Check, Problem
from ecrpolicy.lint.settings import settings_of
from ecrpolicy.lint.subject import Subject
from ecrpolicy.lint.values import at_path, path_of

if TYPE_CHECKING:
    from pydantic import BaseModel

    from ecrpolicy.document import shape

_Told = Iterator[tuple[str, Problem]]

# In templates, policies stand as texts: what these have against them is told under one name.
_TEXTS: Final = ("repositoryPolicy", "lifecyclePolicy")


class Refused:
    """The check that tells what the parser of a document says under a name."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, subject: Subject) -> Iterator[Problem]:
        """What it says of a document."""
        return iter(refusals_of(subject).get(self.name, ()))


def refused(name: str) -> Check:
    """The check that tells what the parser of a document says under a name."""
    return Refused(name)


def refusals_of(subject: Subject) -> Mapping[str, list[Problem]]:
    """All that the parser of a document says, by the names under which it says it."""
    return subject.once(_refusals)


def told_by_reader(_: Subject) -> Iterator[Problem]:
    """The check of rules about the text itself: whoever reads it tells, and there are no values."""
    yield from ()


def _refusals(subject: Subject) -> Mapping[str, list[Problem]]:
    """All that the parser says, by the names of the rules."""
    found: defaultdict[str, list[Problem]] = defaultdict(list)
    for name, problem in _PARSERS[subject.kind](subject):
        found[name].append(problem)
    return found


def _lifecycle(subject: Subject) -> _Told:
    from ecrpolicy.lifecycle.parse import complaints

    for found in dict.fromkeys(complaints(subject.value)):
        yield found.rule, _problem(subject.value, found)


def _problem(value: Any, found: "shape.Problem") -> Problem:
    return Problem(
        path_of(value, tokens(found.pointer)),
        found.message,
        found.help,
        at_name=found.rule == "unknown-member",
        service_text=found.service_text,
    )


def _scanning(subject: Subject) -> _Told:
    from ecrpolicy.scanning.model import ScanningConfiguration
    from ecrpolicy.scanning.parse import problems

    return _of_settings(subject, "scanning", ScanningConfiguration, problems)


def _replication(subject: Subject) -> _Told:
    from ecrpolicy.replication.model import ReplicationConfiguration
    from ecrpolicy.replication.parse import problems

    check = partial(problems, **_home(subject))
    root = "replicationConfiguration"
    return _of_settings(subject, "replication", ReplicationConfiguration, check, root)


def _caching(subject: Subject) -> _Told:
    from ecrpolicy.caching.model import CacheRules
    from ecrpolicy.caching.rule_problems import problems

    return _of_settings(subject, "caching", CacheRules, partial(problems, **_home(subject)))


def _templates(subject: Subject) -> _Told:
    from ecrpolicy.caching.model import Templates
    from ecrpolicy.caching.template_problems import problems

    return _of_settings(subject, "caching", Templates, problems)


def _home(subject: Subject) -> dict[str, str | None]:
    """The account and the Region of the registry, where they are known."""
    registry = subject.registry
    if registry is None:
        return {"account": None, "region": None}
    return {"account": registry.account, "region": registry.region}


def _of_settings(
    subject: Subject,
    family: str,
    model: "type[BaseModel]",
    check: "Callable[[Any], Iterable[shape.Problem]]",
    root: str = "",
) -> _Told:
    """What a registry's settings have against them; the names say of which settings."""
    from ecrpolicy.document import shape

    value, start = settings_of(subject)
    for found in dict.fromkeys(shape.complaints(model, value, check, root=root)):
        problem = _problem(value, found)
        if found.rule.startswith("too-many-") and _may_be_shorter(at_path(value, problem.path)):
            continue
        name = "refused-policy" if _is_about_text(value, problem) else found.rule
        yield f"{family}-{name}", problem._replace(path=(*start, *problem.path))


def _is_about_text(value: Any, problem: Problem) -> bool:
    """Whether it is about a policy that stands in a template."""
    path = problem.path
    return bool(path) and path[-1] in _TEXTS and isinstance(at_path(value, path), str)


def _may_be_shorter(value: Any) -> bool:
    """Whether a list has elements that are unknown: there may turn out to be none."""
    return isinstance(value, list) and UNKNOWN in value


def _iam(subject: Subject) -> _Told:
    from ecrpolicy import iam
    from ecrpolicy.iam.statements import Reader

    kind = iam.Kind(subject.kind.value)
    reader = Reader(kind, subject.scope if kind is iam.Kind.REGISTRY else None)
    reader.policy(subject.value)
    for found in reader.problems:
        problem = Problem(found.path, found.message, found.help, found.at_name, found.offset)
        yield found.rule, problem


_PARSERS: Final[Mapping[Kind, Callable[[Subject], _Told]]] = {
    Kind.LIFECYCLE: _lifecycle,
    Kind.SCANNING: _scanning,
    Kind.REPLICATION: _replication,
    Kind.CACHING: _caching,
    Kind.TEMPLATES: _templates,
    **dict.fromkeys(IAM, _iam),
}
