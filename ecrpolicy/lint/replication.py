"""Replication configurations as rules read them: destination by destination."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.edit import Path
from ecrpolicy.lint.policy import Value
from ecrpolicy.lint.settings import settings_of
from ecrpolicy.lint.subject import Subject
from ecrpolicy.lint.values import member, objects, text


class Destination(NamedTuple):
    """A destination of a rule."""

    region: str
    account: str
    path: Path


@dataclass(frozen=True, slots=True)
class ReplicationRule:
    """A replication rule, with those of its destinations and filters that are known.

    `is_for_all`: it has no filters, None where that is not known. `has_all_filters`: there are no
    others. `deletes`: whether it carries deletions, None where that is not known.
    """

    path: Path
    value: Mapping[str, Any]
    destinations: tuple[Destination, ...]
    filters: tuple[Value, ...]
    is_for_all: bool | None
    has_all_filters: bool
    deletes: bool | None

    def covers(self, other: "ReplicationRule") -> bool:
        """Whether it is for all repositories that another rule is for."""
        if self.is_for_all:
            return True
        return (
            other.is_for_all is False
            and other.has_all_filters
            and all(
                any(each.text.startswith(mine.text) for mine in self.filters)
                for each in other.filters
            )
        )

    def overlaps(self, other: "ReplicationRule") -> bool:
        """Whether some repository's name meets both."""
        if self.is_for_all:
            return bool(other.is_for_all or other.filters)
        if other.is_for_all:
            return bool(self.filters)
        return any(
            mine.text.startswith(each.text) or each.text.startswith(mine.text)
            for mine in self.filters
            for each in other.filters
        )


def replication_rules(subject: Subject) -> tuple[ReplicationRule, ...]:
    """The rules of a subject, read when the first rule of the linter asks for them.

    >>> from ecrpolicy.lint.kind import Kind
    >>> rule = {"destinations": [{"region": "eu-west-1", "registryId": "111122223333"}]}
    >>> replication_rules(Subject(Kind.REPLICATION, {"rules": [rule]}))[0].is_for_all
    True
    """
    return subject.once(_read)


def _read(subject: Subject) -> tuple[ReplicationRule, ...]:
    value, start = settings_of(subject)
    return tuple(_rule(rule, path) for rule, path in objects(value, "rules", path=start))


def _rule(value: Mapping[str, Any], path: Path) -> ReplicationRule:
    held = value.get("repositoryFilters", [])
    several = held if isinstance(held, list) else [UNKNOWN]
    filters = tuple(
        Value(found, (*inner, "filter"))
        for each, inner in objects(value, "repositoryFilters", path=path)
        if (found := text(each, "filter")) is not None
    )
    is_some = any(each is not UNKNOWN for each in several)
    is_for_all = False if is_some else (None if several else True)
    return ReplicationRule(
        path,
        value,
        tuple(
            Destination(region, account, inner)
            for each, inner in objects(value, "destinations", path=path)
            if (region := text(each, "region")) is not None
            and (account := text(each, "registryId")) is not None
        ),
        filters,
        is_for_all,
        len(filters) == len(several),
        _deletes(value),
    )


def _deletes(value: Mapping[str, Any]) -> bool | None:
    if "deleteReplication" not in value:
        return False
    enabled = member(value, "deleteReplication", "enabled")
    return enabled if isinstance(enabled, bool) else None
