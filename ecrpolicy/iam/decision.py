"""The answer to a request."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from ecrpolicy.iam.model import Kind
from ecrpolicy.iam.policies import PolicySet
from ecrpolicy.iam.request import Request

if TYPE_CHECKING:
    from ecrpolicy.iam.explain import Explanation


class Effect(StrEnum):
    """What becomes of a request."""

    ALLOW = "ALLOW"
    EXPLICIT_DENY = "EXPLICIT_DENY"
    IMPLICIT_DENY = "IMPLICIT_DENY"


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a request, and by which types of policies.

    `decided_by` is empty where nothing allows, and where the account's root user needs no policy;
    `missing` is then the type whose allow would be needed first. Anything else is worked out when
    it is asked for.
    """

    effect: Effect
    decided_by: tuple[Kind, ...]
    missing: Kind | None = field(repr=False)
    request: Request = field(repr=False)
    policies: PolicySet = field(repr=False)

    @property
    def allowed(self) -> bool:
        """Whether the caller may do it."""
        return self.effect is Effect.ALLOW

    def __bool__(self) -> bool:
        return self.effect is Effect.ALLOW

    @property
    def reason(self) -> str:
        """One line, in the wording of the service's own messages."""
        from ecrpolicy.iam.reasons import reason

        return reason(self)

    @property
    def assumes(self) -> tuple[str, ...]:
        """What the answer takes for granted: it could be another one, were that otherwise."""
        from ecrpolicy.iam.reasons import assumptions

        return tuple(assumptions(self))

    def explain(self) -> "Explanation":
        """Why, policy by policy and statement by statement."""
        from ecrpolicy.iam.explain import explain

        return explain(self)
