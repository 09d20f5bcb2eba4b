"""The policies that an invariant about requests is about, as a set; and what is said in them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from ecrpolicy.iam import Decision, Kind, Policy, PolicySet, Request, authorize
from ecrpolicy.iam.callers import CallerKind
from ecrpolicy.iam.model import Element, Statement, StatementEffect
from ecrpolicy.iam.resources import EVERYTHING, arn_template
from ecrpolicy.iam.variables import Values, text_of

Policies = PolicySet | Policy | Iterable[Policy]

# What a variable stands for where nothing else is known of it.
WORD: Final = "x1"

_ALL: Final = Element((EVERYTHING,))
_ALLOWS: Final = (Statement(StatementEffect.ALLOW, _ALL, _ALL),)
_ALLOWING: Final = Policy(Kind.IDENTITY, _ALLOWS, file="(taken to allow everything)")
_ALLOWING_SESSION: Final = replace(_ALLOWING, kind=Kind.SESSION)


def policy_set(policies: Policies) -> PolicySet:
    """Policies in the places that their kinds tell; all SCPs are of one level, and all RCPs."""
    if isinstance(policies, PolicySet):
        return policies
    several = (policies,) if isinstance(policies, Policy) else tuple(policies)

    def of(*kinds: Kind) -> tuple[Policy, ...]:
        return tuple(each for each in several if each.kind in kinds)

    for kind in (Kind.BOUNDARY, Kind.ENDPOINT):
        if len(of(kind)) > 1:
            raise ValueError(f"there are several policies of the kind `{kind}`: give one")
    return PolicySet(
        identity=of(Kind.IDENTITY),
        resource=of(Kind.REPOSITORY, Kind.REGISTRY, Kind.RESOURCE),
        boundary=next(iter(of(Kind.BOUNDARY)), None),
        session=of(Kind.SESSION),
        scps=tuple(filter(None, (of(Kind.SCP),))),
        rcps=tuple(filter(None, (of(Kind.RCP),))),
        endpoint=next(iter(of(Kind.ENDPOINT)), None),
    )


class Held:
    """A policy set, completed by what a caller can have that it does not tell.

    Without identity policies, a caller of another account than the resource's is taken to have
    all that its account can give it; a caller of the same account to have none. A set of limits
    alone, which can allow nothing, is taken to limit a caller who has everything.
    """

    def __init__(self, policies: Policies) -> None:
        self.given = policy_set(policies)
        self.everything = tuple(_policies(self.given))
        self.are_limits = not (self.given.identity or self.given.resource)
        identity = self.given.identity or (_ALLOWING,)
        self._generous = replace(self.given, identity=identity)
        self._federated = replace(
            self._generous, session=self.given.session or (_ALLOWING_SESSION,)
        )

    def of(self, request: Request) -> PolicySet:
        """The policies of a request."""
        caller = request.caller
        if self.given.identity or not caller.has_identity:
            return self.given
        if request.is_same_account and not self.are_limits:
            return self.given
        return self._federated if caller.kind is CallerKind.FEDERATED else self._generous

    def decide(self, request: Request) -> Decision:
        """The decision of a request."""
        return authorize(request, self.of(request))


def filled(resource: str, known: Values) -> str | None:
    """A resource with what is known in place of its variables, and a word for what is not."""
    cut = arn_template(resource)
    pieces = cut.fill({**{variable.key: (WORD,) for variable in cut.variables}, **known})
    return None if pieces is None else text_of(pieces)


def without_variables(text: str) -> str:
    """A text with a `*` for each variable.

    >>> without_variables("repository/${aws:username}/*")
    'repository/*/*'
    """
    head, is_open, rest = text.partition("${")
    if not is_open:
        return text
    return f"{head}*{without_variables(rest.partition('}')[2])}"


def _policies(given: PolicySet) -> Iterator[Policy]:
    yield from (*given.identity, *given.resource, *given.session)
    yield from (each for each in (given.boundary, given.endpoint) if each is not None)
    for level in (*given.scps, *given.rcps):
        yield from level
