"""Lifecycle policies as rules read them: rule by rule, whatever JSON there is.

What has the wrong type or is unknown is None, or left out; `is_complete` says whether a list has
all its entries. Made once a document: ask for it with `lifecycle_rules`, or with
`lifecycle_policy` for the model that the engine evaluates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from ecrpolicy.document.unknown import UNKNOWN, is_known
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.lint.edit import Path
from ecrpolicy.lint.policy import Value
from ecrpolicy.lint.subject import Subject
from ecrpolicy.lint.values import integer, member, objects, strings, text

if TYPE_CHECKING:
    from ecrpolicy.lifecycle import LifecyclePolicy

_TAG_LISTS: Final = ("tagPatternList", "tagPrefixList")


@dataclass(frozen=True)
class RuleView:
    """One rule of a lifecycle policy; `value` is the object itself."""

    path: Path
    value: Mapping[str, Any]

    @property
    def priority(self) -> int | None:
        """Its `rulePriority`."""
        return integer(self.value, "rulePriority")

    @property
    def tag_status(self) -> str | None:
        """`tagged`, `untagged` or `any`, or another word."""
        return text(self.value, "selection", "tagStatus")

    @property
    def storage_class(self) -> str | None:
        """The storage class that it looks at: `standard` where it names none."""
        held = member(self.value, "selection")
        if isinstance(held, dict) and "storageClass" not in held:
            return "standard"
        return text(self.value, "selection", "storageClass")

    @property
    def count_type(self) -> str | None:
        """Its `countType`."""
        return text(self.value, "selection", "countType")

    @property
    def count_number(self) -> int | None:
        """Its `countNumber`."""
        return integer(self.value, "selection", "countNumber")

    @property
    def action(self) -> str | None:
        """`expire` or `transition`, or another word."""
        return text(self.value, "action", "type")

    @cached_property
    def tag_list(self) -> "TagList | None":
        """Its `tagPatternList`, else its `tagPrefixList`."""
        for name in _TAG_LISTS:
            held = member(self.value, "selection", name)
            if isinstance(held, list):
                values = strings(self.value, "selection", name, path=self.path)
                entries = tuple(Value(*value) for value in values)
                path = (*self.path, "selection", name)
                return TagList(name, path, entries, len(entries) == len(held))
        return None


@dataclass(frozen=True, slots=True)
class TagList:
    """The list of tags of a rule; `is_complete`: `entries` is all that there is, and will be."""

    name: str
    path: Path
    entries: tuple[Value, ...]
    is_complete: bool


@dataclass(frozen=True, slots=True)
class RulesView:
    """The rules that are objects, in the order of the document; `is_complete`: it has no others."""

    rules: tuple[RuleView, ...]
    is_complete: bool


def lifecycle_rules(subject: Subject) -> RulesView:
    """The rules of a subject, read when the first rule of the linter asks for them.

    >>> from ecrpolicy.lint.kind import Kind
    >>> subject = Subject(Kind.LIFECYCLE, {"rules": [{"rulePriority": 1, "selection": {}}]})
    >>> [rule.storage_class for rule in lifecycle_rules(subject).rules]
    ['standard']
    """
    return subject.once(_read)


def lifecycle_policy(subject: Subject) -> "LifecyclePolicy | None":
    """The policy for the engine; None where it is not valid, or not known in full."""
    return subject.once(_parsed)


def _read(subject: Subject) -> RulesView:
    rules = tuple(RuleView(path, value) for value, path in objects(subject.value, "rules"))
    held = member(subject.value, "rules")
    return RulesView(rules, isinstance(held, list) and UNKNOWN not in held)


def _parsed(subject: Subject) -> "LifecyclePolicy | None":
    from ecrpolicy.lifecycle import parse

    if not isinstance(subject.value, dict) or not is_known(subject.value):
        return None
    try:
        return parse(subject.value)
    except InvalidPolicy:
        return None
