"""What a rule is: a check of a document, with its documentation."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ecrpolicy.finding import Severity
from ecrpolicy.lint.edit import Edit, Path
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.subject import Subject

Check = Callable[[Subject], "Iterator[Problem]"]


class Problem(NamedTuple):
    """One complaint about a document, and the path of what it is about.

    `at_name`: the place is the member's name. `offset`: where in a string value it is. `fix`: how
    to mend it, where that changes nothing that the author can have meant. `severity`: where it is
    less grave than the rule is, unless somebody sets that of the rule.
    """

    path: Path
    message: str
    help: str | None = None
    at_name: bool = False
    offset: int | None = None
    fix: tuple[Edit, ...] = ()
    service_text: str | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A check, and the page about it.

    `summary` says in one line what is wrong with a document that trips the rule; `what` and `why`
    are paragraphs. `trips` and `passes` are texts of documents, of the first of `kinds` unless
    `example` names another. `without_facts` says what is still checked where the facts of the
    other services are not installed. Checks never raise, whatever JSON they are given.
    """

    name: str
    severity: Severity
    kinds: tuple[Kind, ...]
    summary: str
    what: str
    why: str
    trips: str
    passes: str
    references: tuple[str, ...]
    check: Check
    without_facts: str | None = None
    example: Kind | None = None

    @property
    def example_kind(self) -> Kind:
        """The kind of the documents that are the examples."""
        return self.example or self.kinds[0]

    def problems(self, subject: Subject) -> Iterator[Problem]:
        """What the rule has to say of a document; nothing, where that is of another kind."""
        if subject.kind in self.kinds:
            yield from self.check(subject)
