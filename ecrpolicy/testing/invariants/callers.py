"""The callers that policies tell apart: those that they name, and one of every other kind.

What a policy can tell of a caller is whether a Principal names it, and what its ARN, its account,
its type, and the provider that its session comes from are. So the callers are: an anonymous one;
AWS services, one of each kind; for each kind of account, the root user, and users, sessions of
roles and of federated users, one of each kind that names and patterns tell apart. A session has
a name where a policy has it, else none; it comes from a provider where a policy names one.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from ecrpolicy.arn import Arn, is_account
from ecrpolicy.iam import InvalidRequest, Request
from ecrpolicy.iam.operators import Comparison
from ecrpolicy.testing.invariants.accounts import Probe
from ecrpolicy.testing.invariants.pattern_kinds import (
    STRINGS,
    Items,
    in_any_case,
    kinds,
    of_arns,
    of_condition,
    within_name,
)
from ecrpolicy.testing.invariants.said import Said
from ecrpolicy.testing.invariants.text_kinds import Places, Reader, TextKinds
from ecrpolicy.testing.invariants.text_shapes import NameText, PathText, ServiceText, Shape
from ecrpolicy.testing.invariants.who import Who, WhoKind

_ARN: Final = "aws:principalarn"
_ACCOUNT: Final = "aws:principalaccount"
_SERVICE: Final = "aws:principalservicename"
_USER: Final = "aws:username"
_ID: Final = "aws:userid"

KNOWN_OF_CALLERS: Final = frozenset((_ARN, _ACCOUNT, _SERVICE, _USER))
"""The context keys with names that follow from the caller."""

_UNNAMED_SERVICE: Final = "unnamed.amazonaws.com"
_FEDERATED: Final = "federated-user/"

_ROLE: Final = "role/"

# The kinds of identities, and what their names look like.
_SHAPES: Final[dict[str, Shape]] = {
    "user/": PathText(),
    _ROLE: PathText(),
    _FEDERATED: NameText(),
}


class Asking(NamedTuple):
    """A caller, and what is known of it that its own ARN does not say, as in a request."""

    principal: str | None
    role: str | None = None
    user: str | None = None
    provider: str | None = None


class Callers:
    """The callers to look at, the simplest first; `is_complete`: policies tell no others apart.

    `names` are those that users are tried with, because variables make resources of them.
    """

    def __init__(self, said: Said, who: Who, partitions: Sequence[str], names: Iterable[str]):
        self._who = who
        self._partitions = partitions
        self._named = list(dict.fromkeys(_named(said, who)))
        self._written = _written(self._named)
        self._providers = [value for kind, value in said.principals() if kind == "Federated"]
        self._arns = Reader([*said.patterns(_ARN), *self._names(said, names)])
        self._ids = Reader(said.patterns(_ID))
        numbers = (tuple(each.account) for each in self._named)
        own = [tuple(who.account)] if who.account else []
        self._accounts = Reader([*said.patterns(_ACCOUNT), *numbers, *own])
        services = _services(said, who)
        self._services = tuple(_shown_service(kind, each) for kind, each in services.texts.items())
        self.is_complete = services.is_complete and _are_texts(said)
        self._identities = cache(self._identities_behind)

    @property
    def probes(self) -> Iterator[Probe]:
        """Where the accounts of callers are read."""
        yield Probe(self._accounts, self._accounts.start)
        yield Probe(self._ids, self._ids.start)
        yield Probe(self._ids, self._ids.start, ":")
        for partition in self._partitions:
            for service in ("iam", "sts"):
                before = f"arn:{partition}:{service}::"
                yield Probe(self._arns, self._arns.after(self._arns.start, before), ":")

    def of_none(self) -> Iterator[Asking]:
        """The callers that are of no account."""
        return filter(self._is_meant, map(Asking, (None, *self._services)))

    def of(self, account: str) -> Iterator[Asking]:
        """The callers of an account, those with odd names last."""
        several = [each for partition in self._partitions for each in self._of(partition, account)]
        return filter(self._is_meant, sorted(several, key=_is_odd))

    def _of(self, partition: str, account: str) -> Iterator[Asking]:
        iam, sts = (f"arn:{partition}:{service}::{account}:" for service in ("iam", "sts"))
        yield Asking(f"{iam}root")
        for start in _SHAPES:
            is_federated = start == _FEDERATED
            base = (sts if is_federated else iam) + start
            at = self._arns.after(self._arns.start, base)
            ids = self._ids.after(self._ids.start, f"{account}:") if is_federated else 0
            for name in self._identities(start, (at, ids)):
                plain = Asking(base + name)
                yield plain
                if is_federated:
                    yield from (plain._replace(user=each) for each in self._users(iam))
                elif start == _ROLE:
                    yield from self._sessions(plain, iam, name)

    def _identities_behind(self, start: str, places: Places) -> tuple[str, ...]:
        """A name of each kind, as it is written where it is; ids are read beside ARNs."""
        readers = self._arns, self._ids

        def kind(reached: Places) -> Places:
            return tuple(reader.kind(at) for reader, at in zip(readers, reached, strict=True))

        found = TextKinds(readers, places, _SHAPES[start], kind)
        self.is_complete = self.is_complete and found.is_complete
        names = {met: several[0] for met, several in found.texts.items()}
        for name in self._written.get(start, ()):
            met = kind(tuple(map(Reader.after, readers, places, (name, name))))
            if any(met) and met in names:
                names[met] = name
        return tuple(names.values())

    def _users(self, iam: str) -> Iterator[str]:
        """The users that are named, whom federated users can have behind them."""
        yield from (str(each) for each in self._named if str(each).startswith(f"{iam}user/"))

    def _sessions(self, role: Asking, iam: str, name: str) -> Iterator[Asking]:
        """The sessions of a role that are named, and those that come from providers."""
        several = [role]
        for each in self._named:
            kind, *names = each.resource.split("/")
            is_near = kind == "assumed-role" and iam == f"arn:{each.partition}:iam::{each.account}:"
            if is_near and names[0].lower() == name.rpartition("/")[2].lower():
                several.append(Asking(str(each), role=role.principal))
        yield from several[1:]
        for provider in dict.fromkeys(self._providers):
            yield from (each._replace(provider=provider) for each in several)

    def _names(self, said: Said, names: Iterable[str]) -> Iterator[Items]:
        """The identities that are named, in full or by what they are called."""
        for arn in self._named:
            kind, *rest = arn.resource.split("/")
            base = f"arn:{arn.partition}:iam::{arn.account}:"
            if kind == "assumed-role" and rest:
                for path in ("role/", "role/*/"):
                    yield (*_of_arn(base + path), *in_any_case(rest[0]))
            elif kind == "role" and rest:
                path, slash, name = str(arn).rpartition("/")
                yield (*(path + slash), *in_any_case(name))
            else:
                yield tuple(str(arn))
        called = (tuple(each) for each in names)
        for items in (*_of_users(said), *called):
            for path in ("user/", "user/*/"):
                yield (*_of_arn(f"arn:*:iam::*:{path}"), *items)

    def _is_meant(self, asking: Asking) -> bool:
        try:
            request = Request(action="ecr:Any", **asking._asdict())
        except InvalidRequest:
            return False
        return self._who.has(request)


def _named(said: Said, who: Who) -> Iterator[Arn]:
    for kind, value in said.principals():
        if kind == "AWS":
            arn = Arn.read(f"arn:aws:iam::{value}:root" if is_account(value) else value)
            yield from [arn] if arn is not None else []
    own = Arn.read(who.value)
    yield from [own] if own is not None else []


def _written(named: Iterable[Arn]) -> dict[str, list[str]]:
    """The names of identities by their kinds; a session tells the name of its role."""
    found: dict[str, list[str]] = {}
    for arn in named:
        kind, *names = arn.resource.split("/")
        if kind == "assumed-role":
            kind, names = "role", names[:1]
        found.setdefault(f"{kind}/", []).append("/".join(names))
    return found


def _is_odd(asking: Asking) -> bool:
    """Whether a path has characters that nobody uses, so that patterns take it for another ARN."""
    arn = Arn.read(asking.principal or "")
    return arn is not None and ":" in arn.resource


def _of_arn(pattern: str) -> Items:
    return of_arns(pattern) or ()


def _of_users(said: Said) -> Iterator[Items]:
    """What the names of users are met by."""
    for _, condition in said.on(_USER):
        comparison = condition.operator.comparison
        if comparison is Comparison.STRING_LIKE:
            yield from map(within_name, condition.values)
        elif comparison in STRINGS and comparison is not Comparison.ARN:
            yield from of_condition(condition)


def _services(said: Said, who: Who) -> TextKinds[int]:
    """The services that are named, and one of each other kind."""
    named = [value for kind, value in said.principals() if kind == "Service"]
    if who.kind is WhoKind.SERVICE:
        named.append(who.value)
    return kinds(Reader([*said.patterns(_SERVICE), *map(tuple, named)]), ServiceText())


def _shown_service(kind: int, several: Sequence[str]) -> str:
    """A service of a kind; where nothing is met, one that says so."""
    return several[0] if kind else _UNNAMED_SERVICE


def _are_texts(said: Said) -> bool:
    """Whether conditions on what callers are called compare texts, so that all is read."""
    return all(
        condition.operator.comparison in (*STRINGS, Comparison.NULL)
        for key in (*KNOWN_OF_CALLERS, _ID, "aws:resourceaccount")
        for _, condition in said.on(key)
    )
