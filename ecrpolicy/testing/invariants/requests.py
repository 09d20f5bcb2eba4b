"""The requests that policies tell apart, and the search among them for one that breaks a rule."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from math import inf
from typing import Final

from ecrpolicy.arn import Arn, is_account
from ecrpolicy.iam import Request, actions
from ecrpolicy.iam.resources import EVERYTHING
from ecrpolicy.iam.sides import Desk, Outcome, Place, Placed
from ecrpolicy.testing.invariants.accounts import Accounts, Probe, written
from ecrpolicy.testing.invariants.callers import Asking, Callers
from ecrpolicy.testing.invariants.contexts import (
    Context,
    Contexts,
    contexts,
    openness,
    with_context,
)
from ecrpolicy.testing.invariants.key_types import REQUESTED_REGION
from ecrpolicy.testing.invariants.links import Links
from ecrpolicy.testing.invariants.policies import Held, filled
from ecrpolicy.testing.invariants.said import Said
from ecrpolicy.testing.invariants.subjects import (
    Alike,
    Resources,
    accounts_named,
    alike,
    partitions_of,
)
from ecrpolicy.testing.invariants.text_kinds import Reader
from ecrpolicy.testing.invariants.who import Who
from ecrpolicy.wording import count

_RESOURCE_ACCOUNT: Final = "aws:resourceaccount"

# More doubts than these tell nobody more.
_MAX_DOUBTS: Final = 5
_MAX_ACCOUNTS: Final = 4

# So many requests are made, and so many decisions are taken of their contexts.
_MAX_REQUESTS: Final = 20_000
_MAX_DECISIONS: Final = 60_000


@dataclass(frozen=True)
class Asked:
    """A request whose context is still open, and the actions that it stands for."""

    request: Request
    actions: Alike


class Requests:
    """The requests to look at: who, what, on which resource; raises ValueError for none."""

    def __init__(self, several: Sequence[Held], action: str, who: Who, resource: str) -> None:
        self.groups = alike(several, action)
        self._wanted = resource
        said = Said.of(several, (group.first.name for group in self.groups))
        self._partitions = partitions_of(said, who.value, resource)
        links = Links(said, who, resource)
        self._callers = Callers(said, who, self._partitions, links.names)
        self._said = [Said.of(several, [group.first.name]) for group in self.groups]
        self._resources: dict[object, Resources] = {}
        self._accounts = Accounts(
            list(self._callers.probes),
            list(self._probes(said)),
            _preferred(said, who, resource),
        )
        self._made = list(islice(self._make(), _MAX_REQUESTS + 1))
        self._is_cut = len(self._made) > _MAX_REQUESTS
        if not self._made:
            raise ValueError(_no_request(action, who, resource, self.groups))
        self.is_complete = (
            links.are_settled
            and self._callers.is_complete
            and self._accounts.is_complete
            and all(each.is_complete for each in self._resources.values())
            and not self._is_cut
        )

    def __iter__(self) -> Iterator[Asked]:
        """The requests, those of the simplest callers first."""
        return iter(self._made[:_MAX_REQUESTS])

    def _make(self) -> Iterator[Asked]:
        for asking in self._callers.of_none():
            yield from self._of(asking, None)
        for account in self._accounts.of_callers():
            for asking in self._callers.of(account):
                yield from self._of(asking, account)

    def _of(self, asking: Asking, account: str | None) -> Iterator[Asked]:
        arn = Arn.read(asking.principal or "")
        partitions = self._partitions if arn is None else [arn.partition]
        for owner in self._accounts.of_resources(account):
            for group, said in zip(self.groups, self._said, strict=True):
                request = Request(
                    action=group.first.name, resource_account=owner, **asking._asdict()
                )
                held = self._held(group, said, request)
                for resource in chain.from_iterable(held.of(owner, each) for each in partitions):
                    yield Asked(replace(request, resource=resource), group)

    def _held(self, group: Alike, said: Said, request: Request | None = None) -> Resources:
        """The resources of an action, for a caller whose name variables make some of."""
        patterns = dict.fromkeys(said.resources())
        if request is not None:
            several = (filled(each, request.values) for each in said.templates())
            patterns |= dict.fromkeys(each for each in several if each is not None)
        action = group.first
        service = action.name.partition(":")[0]
        requested = tuple(said.patterns(REQUESTED_REGION))
        key = service, action.resource_types, tuple(patterns), requested
        found = self._resources.get(key)
        if found is None:
            found = self._resources[key] = Resources(action, self._wanted, patterns, requested)
        return found

    def _probes(self, said: Said) -> Iterator[Probe]:
        reader = Reader(said.patterns(_RESOURCE_ACCOUNT))
        yield Probe(reader, reader.start)
        for group, own in zip(self.groups, self._said, strict=True):
            yield from self._held(group, own).probes(self._partitions)

    @property
    def doubts(self) -> tuple[str, ...]:
        """What was not looked at, of what policies tell apart."""
        if self._is_cut:
            return (f"there are more than {count(_MAX_REQUESTS, 'request')}: no others were made",)
        if self.is_complete:
            return ()
        return ("not all callers and resources that the policies tell apart could be made up",)

    @property
    def actions(self) -> int:
        """How many actions there are."""
        return sum(len(group.several) for group in self.groups)

    @property
    def accounts(self) -> tuple[str, ...]:
        """The accounts that resources are in."""
        found = (asked.request.values.get(_RESOURCE_ACCOUNT, ()) for asked in self)
        return tuple(dict.fromkeys(chain.from_iterable(found)))


def _preferred(said: Said, who: Who, wanted: str) -> Iterator[str]:
    """The accounts to look at first: those that are named, resources' before others."""
    own = [who.account] if who.account else []
    conditions = (value for _, each in said.on(_RESOURCE_ACCOUNT) for value in each.values)
    several = (*accounts_named((wanted, *said.resources())), *conditions, *own)
    yield from filter(is_account, (*several, *written(said.texts())))


def _no_request(action: str, who: Who, wanted: str, groups: Sequence[Alike]) -> str:
    if wanted == EVERYTHING:
        return f"there is no caller that is {who}"
    if not any(group.first.has_resource for group in groups):
        return f"`{action}` is about no resource that `{wanted}` could mean; leave the resource out"
    return (
        f"`{wanted}` means no resource that `{action}` is about; write an ARN such as "
        "`arn:aws:ecr:*:111122223333:repository/web`, or a pattern such as "
        "`arn:aws:ecr:*:*:repository/web*`"
    )


@dataclass
class Looked:
    """What a search came to: the request that was found, how many were looked at, what was left."""

    found: Request | None = None
    actions: Alike | None = None
    requests: int = 0
    decisions: int = 0
    open_requests: list[str] = field(default_factory=list)

    @property
    def doubts(self) -> tuple[str, ...]:
        """The requests of which nothing is known, some of them."""
        shown = self.open_requests[:_MAX_DOUBTS]
        more = len(self.open_requests) - len(shown)
        return (*shown, f"and {count(more, 'request')} more") if more else tuple(shown)

    @property
    def fewest(self) -> float:
        """How many context keys the request has that was found."""
        return inf if self.found is None else _keys(self.found)

    def has_time_for(self, possible: Contexts) -> Iterator[Context]:
        """The contexts that can be better than what was found, as long as decisions are left."""
        for context in possible.of_fewer(self.fewest):
            if self.decisions == _MAX_DECISIONS:
                return
            self.decisions += 1
            yield context


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
    for asked in requests:
        looked.requests += 1
        if not can_break(asked.request):
            continue
        possible = contexts(several, asked.request)
        made = (
            with_context(asked.request, possible.said(context))
            for context in looked.has_time_for(possible)
        )
        found = next(filter(breaks, made), None)
        if found is not None:
            looked.found, looked.actions = found, asked.actions
        elif not possible.is_complete or looked.decisions == _MAX_DECISIONS:
            looked.open_requests.append(_said(asked.request, possible))
        if not looked.fewest:
            break
    return looked


def _keys(request: Request) -> int:
    return len(request.context) + len(request.resource_tags)


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
        f"on resources of {_accounts(requests.accounts)}"
    )


def _accounts(several: Sequence[str]) -> str:
    more = len(several) - _MAX_ACCOUNTS
    if len(several) == 1:
        return f"the account {several[0]}"
    shown = ", ".join(several[:_MAX_ACCOUNTS])
    return f"the accounts {shown}" + (f" and {more:,} more" if more > 0 else "")
