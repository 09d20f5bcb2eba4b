"""The requests that policies tell apart, and the search among them for one that breaks a rule."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from ecrpolicy.iam import Request, actions
from ecrpolicy.iam.sides import Desk, Outcome, Place, Placed
from ecrpolicy.testing.invariants.callers import Asking, callers, unnamed_account
from ecrpolicy.testing.invariants.contexts import Contexts, contexts, openness, with_context
from ecrpolicy.testing.invariants.policies import Held
from ecrpolicy.testing.invariants.subjects import (
    Alike,
    account_of,
    alike,
    partition_of,
    patterns_of,
    resources,
)
from ecrpolicy.testing.invariants.who import Who
from ecrpolicy.wording import count

# More doubts than these tell nobody more.
_MAX_DOUBTS: Final = 5


@dataclass(frozen=True)
class Asked:
    """A request whose context is still open, and the actions that it stands for."""

    request: Request
    actions: Alike


class Requests:
    """The requests to look at: who, what, on which resource."""

    def __init__(self, several: Sequence[Held], action: str, who: Who, resource: str) -> None:
        partition = partition_of(several, resource)
        self.account = account_of(several, resource) or who.account or unnamed_account(several)
        self.groups = alike(several, action)
        found = callers(several, who, partition, self.account)
        self._callers = found.several
        known = [self._request(each, "ecr:Any", None).values for each in found.several]
        patterns = patterns_of(several, resource, known)
        self._resources = [
            resources(patterns, group.first, resource, self.account, partition)
            for group in self.groups
        ]
        self.is_complete = found.is_complete and all(each.is_complete for each in self._resources)

    def __iter__(self) -> Iterator[Asked]:
        """The requests, those of the simplest callers first."""
        for asking in self._callers:
            for group, held in zip(self.groups, self._resources, strict=True):
                for resource in held.several:
                    yield Asked(self._request(asking, group.first.name, resource), group)

    def _request(self, asking: Asking, action: str, resource: str | None) -> Request:
        return Request(
            principal=asking.principal,
            role=asking.role,
            action=action,
            resource=resource,
            resource_account=self.account,
        )

    @property
    def doubts(self) -> tuple[str, ...]:
        """What was not looked at, of what policies tell apart."""
        if self.is_complete:
            return ()
        return ("not all callers and resources that the policies tell apart could be made up",)

    @property
    def actions(self) -> int:
        """How many actions there are."""
        return sum(len(group.several) for group in self.groups)


@dataclass
class Looked:
    """What a search came to: the request that was found, how many were looked at, what was left."""

    found: Request | None = None
    actions: Alike | None = None
    requests: int = 0
    open_requests: list[str] = field(default_factory=list)

    @property
    def doubts(self) -> tuple[str, ...]:
        """The requests of which nothing is known, some of them."""
        shown = self.open_requests[:_MAX_DOUBTS]
        more = len(self.open_requests) - len(shown)
        return (*shown, f"and {count(more, 'request')} more") if more else tuple(shown)


# Whether a request can break the rule at all, whatever its context; and whether it does.
CanBreak = Callable[[Request], bool]
Breaks = Callable[[Request], bool]


def look(
    requests: Requests, several: Sequence[Held], can_break: CanBreak, breaks: Breaks
) -> Looked:
    """Look for the request with the fewest context keys that breaks a rule, the simplest first.

    A request that cannot break it, whatever its context, is done with at once. Of one that can,
    all contexts are tried that the policies tell apart; where that is not all, it is left open.
    """
    looked = Looked()
    fewest: int | None = None
    for asked in requests:
        looked.requests += 1
        if not can_break(asked.request):
            continue
        possible = contexts(several, asked.request)
        found = _first(asked.request, possible, breaks)
        if found is None:
            if not possible.is_complete:
                looked.open_requests.append(_said(asked.request, possible))
            continue
        keys = len(found.context) + len(found.resource_tags)
        if fewest is None or keys < fewest:
            looked.found, looked.actions, fewest = found, asked.actions, keys
        if not fewest:
            break
    return looked


def _first(request: Request, possible: Contexts, breaks: Breaks) -> Request | None:
    made = (with_context(request, possible.said(context)) for context in possible)
    return next(filter(breaks, made), None)


def _said(request: Request, possible: Contexts) -> str:
    keys = ", ".join(f"`{each}`" for each in possible.spelled.values())
    resource = f" on `{request.resource}`" if request.resource else ""
    return (
        f"`{request.action}`{resource} by `{request.caller.text}`: not all values of {keys} "
        "were tried"
    )


class Sides:
    """What becomes of a request whatever its context: whether it can be allowed, or always is."""

    def __init__(self, held: Held) -> None:
        self._held = held
        self._desk = Desk(held.given.registry_scope)

    def outcome(self, request: Request) -> Outcome:
        """Both sides of all conditions on keys that are not known."""
        return self._desk.outcome(request, self._placed(request), openness(request))

    def _placed(self, request: Request) -> tuple[Placed, ...]:
        policies = self._held.of(request)
        places = [
            *((Place("identity"), each) for each in policies.identity),
            *((Place("resource"), each) for each in policies.resource),
            *((Place("session"), each) for each in policies.session),
            *((Place("boundary"), each) for each in (policies.boundary,) if each),
            *((Place("endpoint"), each) for each in (policies.endpoint,) if each),
            *((Place("scps", at), p) for at, level in enumerate(policies.scps) for p in level),
            *((Place("rcps", at), p) for at, level in enumerate(policies.rcps) for p in level),
        ]
        return tuple(Placed(place, place.member, policy) for place, policy in places)


def looked_at(requests: Requests, looked: Looked) -> str:
    """What was looked at, in words."""
    return (
        f"{count(looked.requests, 'request')}, one of each kind that the policies tell apart, for "
        f"{count(requests.actions, 'action')} known on {actions.facts().date}, "
        f"on resources of the account {requests.account}"
    )
