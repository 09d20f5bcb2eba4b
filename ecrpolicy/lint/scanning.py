"""Scanning configurations as rules read them: filter by filter, whatever JSON there is."""

from dataclasses import dataclass

from ecrpolicy.lint.edit import Path
from ecrpolicy.lint.settings import settings_of
from ecrpolicy.lint.subject import Subject
from ecrpolicy.lint.values import objects, text
from ecrpolicy.wildcard import TagPattern


@dataclass(frozen=True, slots=True)
class ScanRule:
    """A scanning rule, with those of its filters that are known."""

    path: Path
    frequency: str | None
    filters: tuple["Filter", ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A scan filter: its text, where that stands, and the object around it."""

    text: str
    path: Path
    object_path: Path

    @property
    def pattern(self) -> TagPattern:
        """The names that it matches; without `*`, those that have it in them."""
        if "*" in self.text:
            return TagPattern.compile(self.text)
        return TagPattern(("", self.text, ""))


def scan_rules(subject: Subject) -> tuple[ScanRule, ...]:
    """The rules of a subject, read when the first rule of the linter asks for them.

    >>> from ecrpolicy.lint.kind import Kind
    >>> filters = [{"filter": "prod*", "filterType": "WILDCARD"}]
    >>> rule = {"scanFrequency": "MANUAL", "repositoryFilters": filters}
    >>> scan_rules(Subject(Kind.SCANNING, {"rules": [rule]}))[0].filters[0].text
    'prod*'
    """
    return subject.once(_read)


def _read(subject: Subject) -> tuple[ScanRule, ...]:
    value, start = settings_of(subject)
    return tuple(
        ScanRule(
            path,
            text(rule, "scanFrequency"),
            tuple(
                Filter(found, (*inner, "filter"), inner)
                for each, inner in objects(rule, "repositoryFilters", path=path)
                if (found := text(each, "filter"))
            ),
        )
        for rule, path in objects(value, "rules", path=start)
    )
