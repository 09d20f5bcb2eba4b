"""What rules look at: one document, and what is known beside it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from ecrpolicy.lint.facts import OWN, Facts
from ecrpolicy.lint.kind import Kind

if TYPE_CHECKING:
    from ecrpolicy.snapshot import Registry

_T = TypeVar("_T")


@dataclass(frozen=True, eq=False)
class Subject:
    """A document as plain JSON values, in which `UNKNOWN` may stand.

    `text` is what would be sent to the service, None where that is not known; `scope` is that of
    a registry policy; `registry` is the registry that the document is for, where there is a
    snapshot of it, and `others` are registries that it has to do with; `facts` is what is known
    of the services of AWS.
    """

    kind: Kind
    value: Any
    text: str | None = None
    scope: Literal["V1", "V2"] | None = None
    registry: "Registry | None" = None
    facts: Facts = OWN
    others: "tuple[Registry, ...]" = ()
    _made: dict[Callable[..., Any], Any] = field(default_factory=dict, repr=False)

    def once(self, make: Callable[["Subject"], _T]) -> _T:
        """What a function makes of the subject, made when the first rule asks for it.

        >>> subject = Subject(Kind.SCP, {"Version": "2012-10-17"})
        >>> subject.once(lambda subject: len(subject.value))
        1
        """
        made = self._made
        if make not in made:
            made[make] = make(self)
        found: _T = made[make]
        return found
