"""Which rules are looked for, and how grave each is taken."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from ecrpolicy.finding import Severity
from ecrpolicy.lint.catalog import FAMILIES, family_of, names, rules_for
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import Refused, told_by_reader
from ecrpolicy.lint.rule import Rule

_Chosen = tuple[Rule, Severity]

GRAVEST_FIRST: Final = tuple(Severity)


def is_at_least(severity: Severity, least: Severity) -> bool:
    """Whether a severity is as grave as another, or graver.

    >>> is_at_least(Severity.SECURITY_WARNING, Severity.WARNING)
    True
    """
    return GRAVEST_FIRST.index(severity) <= GRAVEST_FIRST.index(least)


def closest(name: str, among: Iterable[str]) -> str | None:
    """The name that was surely meant, if there is one."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name.lower().replace("_", "-"), list(among), n=1)), None)


def all_names() -> tuple[str, ...]:
    """The names of all rules."""
    return tuple(name for family in FAMILIES for name in names(family))


def is_selector(name: str) -> bool:
    """Whether a name is that of a rule or of a family of rules."""
    return name in FAMILIES or family_of(name) is not None


class Plan(NamedTuple):
    """Rules, each with its severity: those that tell what a parser says, by the parser's name.

    These are asked together, since mostly it says nothing.
    """

    told: Mapping[str, Sequence[_Chosen]]
    others: Sequence[_Chosen]


@dataclass(frozen=True)
class Selection:
    """The rules that are looked for: those of `select`, all where it is None, without `ignore`.

    Both name rules and families. `severities` are other ones than the rules have themselves.
    """

    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)

    def without(self, ignored: Iterable[str]) -> "Selection":
        """The same, without some more."""
        return Selection(self.select, self.ignore | frozenset(ignored), self.severities)

    def has(self, name: str) -> bool:
        """Whether a rule is looked for.

        >>> Selection(select=frozenset({"iam"})).has("missing-effect")
        True
        """
        if name not in self._known:
            meant = {name, family_of(name)}
            is_selected = self.select is None or not meant.isdisjoint(self.select)
            self._known[name] = is_selected and meant.isdisjoint(self.ignore)
        return self._known[name]

    def severity(self, rule: Rule) -> Severity:
        """How grave a rule is taken."""
        return self.severities.get(rule.name, rule.severity)

    def plan(self, kind: Kind) -> Plan:
        """The rules for a kind of documents, as the engine asks them."""
        if kind not in self._plans:
            chosen = [
                (rule, self.severity(rule)) for rule in rules_for(kind) if self.has(rule.name)
            ]
            told: dict[str, list[_Chosen]] = {}
            for rule, severity in chosen:
                if isinstance(rule.check, Refused):
                    told.setdefault(rule.check.name, []).append((rule, severity))
            others = [
                each
                for each in chosen
                if not isinstance(each[0].check, Refused) and each[0].check is not told_by_reader
            ]
            self._plans[kind] = Plan(told, tuple(others))
        return self._plans[kind]

    @cached_property
    def _known(self) -> dict[str, bool]:
        return {}

    @cached_property
    def _plans(self) -> dict[Kind, Plan]:
        return {}
