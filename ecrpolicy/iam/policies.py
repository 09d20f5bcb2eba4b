"""The policies that a request is held against, each in its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from ecrpolicy.iam.model import Kind, Policy

if TYPE_CHECKING:
    from ecrpolicy.iam.prepare import PreparedSet

# Policies of these kinds have one grammar: a managed policy can stand in either place.
_OF_IDENTITIES: Final = frozenset((Kind.IDENTITY, Kind.BOUNDARY, Kind.SESSION))
_OF_RESOURCES: Final = frozenset((Kind.REPOSITORY, Kind.REGISTRY, Kind.RESOURCE))


@dataclass(frozen=True, kw_only=True)
class PolicySet:
    """Everything that is known of the policies of a caller, a resource, and their organization.

    `resource` holds the repository's policy, the registry's, and those of other services'
    resources: each policy says which it is. `scps` and `rcps` are levels, the organization's root
    first, each with its policies; without any, they were not given. Without a session policy
    there is none. Raises ValueError where a policy stands in a place that its kind does not fit.
    """

    identity: tuple[Policy, ...] = ()
    resource: tuple[Policy, ...] = ()
    boundary: Policy | None = None
    session: tuple[Policy, ...] = ()
    scps: tuple[tuple[Policy, ...], ...] = ()
    rcps: tuple[tuple[Policy, ...], ...] = ()
    endpoint: Policy | None = None
    registry_scope: Literal["V1", "V2"] = "V2"

    def __post_init__(self) -> None:
        made: dict[str, object] = {
            "identity": tuple(self.identity or ()),
            "resource": tuple(self.resource or ()),
            "session": tuple(self.session or ()),
            "scps": tuple(tuple(level) for level in self.scps or ()),
            "rcps": tuple(tuple(level) for level in self.rcps or ()),
        }
        for name, value in made.items():
            object.__setattr__(self, name, value)
        if self.registry_scope not in ("V1", "V2"):
            raise ValueError(f"`{self.registry_scope}` is no registry scope; write `V1` or `V2`")
        _check("identity", self.identity, _OF_IDENTITIES)
        _check("boundary", _several(self.boundary), _OF_IDENTITIES)
        _check("session", self.session, _OF_IDENTITIES)
        _check("resource", self.resource, _OF_RESOURCES)
        _check("endpoint", _several(self.endpoint), {Kind.ENDPOINT})
        _check("scps", (policy for level in self.scps for policy in level), {Kind.SCP})
        _check("rcps", (policy for level in self.rcps for policy in level), {Kind.RCP})

    @cached_property
    def prepared(self) -> "PreparedSet":
        """The set as functions of requests, made once."""
        from ecrpolicy.iam.prepare import PreparedSet

        return PreparedSet(self)


def _several(policy: Policy | None) -> tuple[Policy, ...]:
    return () if policy is None else (policy,)


def _check(place: str, policies: Iterable[Policy], kinds: Iterable[Kind]) -> None:
    for policy in policies:
        if not isinstance(policy, Policy):
            raise TypeError(f"`{place}` holds policies that `iam.parse` has read")
        if policy.kind not in kinds:
            raise ValueError(f"a policy of kind `{policy.kind}` cannot stand in `{place}`")
