"""What an IAM-style policy is (IAM User Guide, "IAM JSON policy element reference")."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ecrpolicy.iam.operators import Operator
from ecrpolicy.iam.variables import VERSION

if TYPE_CHECKING:
    from ecrpolicy.iam.prepare import Prepared


class Kind(StrEnum):
    """Where a policy stands, which is what its grammar and its meaning hang on."""

    IDENTITY = "identity"
    BOUNDARY = "boundary"
    SESSION = "session"
    SCP = "scp"
    RCP = "rcp"
    ENDPOINT = "endpoint"
    REPOSITORY = "repository"
    REGISTRY = "registry"
    RESOURCE = "resource"


class StatementEffect(StrEnum):
    """What a statement does with the requests that it matches."""

    ALLOW = "Allow"
    DENY = "Deny"


@dataclass(frozen=True, slots=True)
class Element:
    """The values of `Action` or `Resource`; negated, those of `NotAction` or `NotResource`."""

    values: tuple[str, ...]
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Principals:
    """The values of `Principal`, or negated of `NotPrincipal`, each with its kind.

    `"*"` is read as `{"AWS": "*"}`: both name everybody ("AWS JSON policy elements: Principal",
    "All principals").
    """

    values: tuple[tuple[str, str], ...]
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """One operator, one context key and the values that the policy has for it."""

    operator: Operator
    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a policy; elements that it does not have are None."""

    effect: StatementEffect
    action: Element
    resource: Element | None = None
    principal: Principals | None = None
    conditions: tuple[Condition, ...] = ()
    sid: str | None = None


@dataclass(frozen=True)
class Policy:
    """A policy that the service would accept; `file` is where it was read from."""

    kind: Kind
    statements: tuple[Statement, ...]
    version: str | None = None
    id: str | None = None
    file: str | None = field(default=None, repr=False, compare=False)

    @property
    def knows_variables(self) -> bool:
        """Whether `${…}` is a variable in it, and not plain text."""
        return self.version == VERSION

    @cached_property
    def prepared(self) -> "Prepared":
        """Its statements as functions of requests, made once."""
        from ecrpolicy.iam.prepare import prepare

        return prepare(self)

    def document(self) -> dict[str, Any]:
        """The policy document, as plain JSON values; `parse` makes an equal policy of it."""
        from ecrpolicy.iam.written import written

        return written(self)
