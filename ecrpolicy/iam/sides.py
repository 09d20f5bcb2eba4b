"""What becomes of a request where not everything is known of the policies and the context.

A condition on a context key that is not known may hold or not; a policy that is not held may say
anything. Each is looked at from two sides: the good one, where Allows hold and Denies do not, and
the bad one. A statement only ever adds to what is allowed or to what is denied: what is allowed
on the bad side of everything is allowed, and what is not on the good side of everything is not.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from ecrpolicy.iam.answers import OpenCondition
from ecrpolicy.iam.decision import Effect
from ecrpolicy.iam.evaluate import authorize
from ecrpolicy.iam.model import Condition, Element, Kind, Policy, Statement, StatementEffect
from ecrpolicy.iam.operators import Comparison, Qualifier
from ecrpolicy.iam.patterns import Piece
from ecrpolicy.iam.policies import PolicySet
from ecrpolicy.iam.request import Request
from ecrpolicy.iam.resources import EVERYTHING, arn_template, behind_fields
from ecrpolicy.iam.variables import Variable, has_variables, template

# Whether nobody knows the value of a context key, which is in lower case.
IsOpen = Callable[[str], bool]

_ALL: Final = Element((EVERYTHING,))
_ALLOWING: Final = Policy(Kind.IDENTITY, (Statement(StatementEffect.ALLOW, _ALL, _ALL),))
_DENYING: Final = Policy(Kind.IDENTITY, (Statement(StatementEffect.DENY, _ALL, _ALL),))

# Of more statements that matter, the smallest sets that suffice are not looked for.
_MAX_SEARCHED: Final = 12


class Place(NamedTuple):
    """Where a policy stands in a policy set; SCPs and RCPs have levels."""

    member: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A policy in its place; None for one that is not held."""

    place: Place
    name: str
    policy: Policy | None = field(repr=False)


class Choice(NamedTuple):
    """What has two sides: a statement of a placed policy, or the policy that is not held (None)."""

    placed: int
    statement: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether the good and the bad side allow; if only the good one, what suffices.

    Each of `ways` is a set of choices that need be on the good side, and no more than those.
    """

    is_good: bool
    is_bad: bool
    ways: tuple[tuple[Choice, ...], ...] = ()
    unknown: frozenset[str] = frozenset()


class Desk:
    """Holds requests against policies from both sides.

    A desk is kept while many requests are held against the same policies: what it makes of them,
    it makes once.
    """

    def __init__(self, registry_scope: str) -> None:
        self._scope = registry_scope
        self._sets: dict[tuple[tuple[Place, int], ...], PolicySet] = {}
        self._sided: dict[tuple[int, frozenset[str], frozenset[int]], Policy] = {}
        self._keys: dict[int, tuple[frozenset[str], ...]] = {}
        self._all_keys: dict[int, frozenset[str]] = {}
        # What is remembered by its identity must not go.
        self._kept: list[Policy] = []

    def outcome(self, request: Request, placed: Sequence[Placed], is_open: IsOpen) -> Outcome:
        """Decide a request on both sides of all that is open."""
        unknown = frozenset(filter(is_open, self.keys_asked(placed)))
        choices = tuple(self._choices(placed, unknown))

        def allows(good: frozenset[Choice]) -> bool:
            made = [
                (each.place, self._side(number, each.policy, unknown, good))
                for number, each in enumerate(placed)
            ]
            return authorize(request, self._set(made)).allowed

        is_good = allows(frozenset(choices))
        if not (is_good and choices):
            return Outcome(is_good, is_good)
        if allows(frozenset()):
            return Outcome(is_good, is_bad=True)
        matter = [each for each in choices if _speaks(request, placed, each, unknown)]
        rest = frozenset(choices).difference(matter)
        ways = _smallest(matter, lambda good: allows(good | rest))
        return Outcome(is_good, is_bad=False, ways=ways, unknown=unknown)

    def plain(self, placed: Iterable[Placed]) -> PolicySet:
        """The policies that are held, as they are."""
        return self._set([(each.place, each.policy) for each in placed if each.policy is not None])

    def keys_asked(self, placed: Iterable[Placed]) -> Iterator[str]:
        """The context keys that the policies ask for, in lower case."""
        for each in placed:
            if each.policy is not None:
                self._keys_of(each.policy)
                yield from self._all_keys[id(each.policy)]

    def _keys_of(self, policy: Policy) -> tuple[frozenset[str], ...]:
        """The context keys that each statement of a policy asks for."""
        keys = self._keys.get(id(policy))
        if keys is None:
            keys = tuple(
                frozenset(_keys(each, knows_variables=policy.knows_variables))
                for each in policy.statements
            )
            self._keys[id(policy)] = keys
            self._all_keys[id(policy)] = frozenset().union(*keys)
            self._kept.append(policy)
        return keys

    def _choices(self, placed: Sequence[Placed], unknown: frozenset[str]) -> Iterator[Choice]:
        for number, each in enumerate(placed):
            if each.policy is None:
                yield Choice(number, None)
            elif not unknown.isdisjoint(self._all_keys[id(each.policy)]):
                for at, keys in enumerate(self._keys_of(each.policy)):
                    if not unknown.isdisjoint(keys):
                        yield Choice(number, at)

    def _side(
        self, number: int, policy: Policy | None, unknown: frozenset[str], good: frozenset[Choice]
    ) -> Policy:
        """A policy with each of its open statements on the side that is chosen."""
        if policy is None:
            return _ALLOWING if Choice(number, None) in good else _DENYING
        asked = unknown & self._all_keys[id(policy)]
        if not asked:
            return policy
        chosen = frozenset(
            each.statement for each in good if each.placed == number and each.statement is not None
        )
        key = (id(policy), asked, chosen)
        found = self._sided.get(key)
        if found is None:
            found = replace(policy, statements=tuple(self._statements(policy, asked, chosen)))
            self._sided[key] = found
        return found

    def _statements(
        self, policy: Policy, unknown: frozenset[str], good: frozenset[int]
    ) -> Iterator[Statement]:
        for at, (statement, keys) in enumerate(
            zip(policy.statements, self._keys_of(policy), strict=True)
        ):
            if unknown.isdisjoint(keys):
                yield statement
            elif (at in good) is (statement.effect is StatementEffect.ALLOW):
                yield _widened(statement, unknown, knows_variables=policy.knows_variables)

    def _set(self, made: Sequence[tuple[Place, Policy]]) -> PolicySet:
        key = tuple((place, id(policy)) for place, policy in made)
        found = self._sets.get(key)
        if found is None:
            found = self._sets[key] = _policy_set(made, self._scope)
            self._kept += [policy for _, policy in made]
        return found


def open_conditions(
    choice: Choice, placed: Sequence[Placed], unknown: frozenset[str]
) -> Iterator[OpenCondition]:
    """The conditions that make a statement one of two sides."""
    each = placed[choice.placed]
    if each.policy is None or choice.statement is None:
        return
    policy, at = each.policy, choice.statement
    statement = policy.statements[at]
    about = (each.name, at + 1, statement.sid, statement.effect)
    for condition in statement.conditions:
        variables = tuple(_variables(condition, knows_variables=policy.knows_variables))
        opened = tuple(key for key in variables if key in unknown)
        if opened or (condition.key.lower() in unknown and not _is_settled(condition)):
            yield OpenCondition(*about, condition, opened)
    names = _resource_variables(statement, knows_variables=policy.knows_variables)
    opened = tuple(dict.fromkeys(key for key in names if key in unknown))
    if opened:
        yield OpenCondition(*about, None, opened)


def _policy_set(made: Iterable[tuple[Place, Policy]], scope: str) -> PolicySet:
    members: dict[str, list[Policy]] = {}
    levels: dict[str, dict[int, list[Policy]]] = {"scps": {}, "rcps": {}}
    for place, policy in made:
        if place.member in levels:
            levels[place.member].setdefault(place.level, []).append(policy)
        else:
            members.setdefault(place.member, []).append(policy)
    return PolicySet(
        identity=tuple(members.get("identity", ())),
        resource=tuple(members.get("resource", ())),
        boundary=next(iter(members.get("boundary", ())), None),
        session=tuple(members.get("session", ())),
        endpoint=next(iter(members.get("endpoint", ())), None),
        scps=tuple(tuple(level) for _, level in sorted(levels["scps"].items())),
        rcps=tuple(tuple(level) for _, level in sorted(levels["rcps"].items())),
        registry_scope="V1" if scope == "V1" else "V2",
    )


def _keys(statement: Statement, *, knows_variables: bool) -> Iterator[str]:
    for condition in statement.conditions:
        if not _is_settled(condition):
            yield condition.key.lower()
        yield from _variables(condition, knows_variables=knows_variables)
    yield from _resource_variables(statement, knows_variables=knows_variables)


def _is_settled(condition: Condition) -> bool:
    """With a qualifier, Null says the same of every request."""
    operator = condition.operator
    return operator.comparison is Comparison.NULL and operator.qualifier is not Qualifier.NONE


def _variables(condition: Condition, *, knows_variables: bool) -> Iterator[str]:
    if knows_variables and condition.operator.knows_variables:
        for value in filter(has_variables, condition.values):
            yield from (variable.key for variable in template(value).variables)


def _resource_variables(statement: Statement, *, knows_variables: bool) -> Iterator[str]:
    if knows_variables and statement.resource is not None:
        for value in statement.resource.values:
            if has_variables(behind_fields(value)):
                yield from (variable.key for variable in arn_template(value).variables)


def _widened(statement: Statement, unknown: frozenset[str], *, knows_variables: bool) -> Statement:
    """The statement without what is open in it, so that it speaks of all that it may speak of."""
    conditions = tuple(
        condition
        for condition in statement.conditions
        if (condition.key.lower() not in unknown or _is_settled(condition))
        and unknown.isdisjoint(_variables(condition, knows_variables=knows_variables))
    )
    resource = statement.resource
    if resource is not None and not unknown.isdisjoint(
        _resource_variables(statement, knows_variables=knows_variables)
    ):
        values = tuple(_without(value, unknown) for value in resource.values)
        resource = _ALL if resource.is_negated else Element(values)
    return replace(statement, conditions=conditions, resource=resource)


def _without(resource: str, unknown: frozenset[str]) -> str:
    """A resource with a `*` for each variable that is open.

    >>> _without("arn:aws:ecr:*:*:repository/${aws:username}/a", frozenset({"aws:username"}))
    'arn:aws:ecr:*:*:repository/*/a'
    """
    if not has_variables(behind_fields(resource)):
        return resource
    return "".join(_written(part, unknown) for part in arn_template(resource).parts)


def _written(part: Piece | Variable, unknown: frozenset[str]) -> str:
    if isinstance(part, Piece):
        return f"${{{part.text}}}" if part.is_literal else part.text
    if part.key in unknown:
        return EVERYTHING
    default = "" if part.default is None else f", '{part.default}'"
    return f"${{{part.key}{default}}}"


def _speaks(
    request: Request, placed: Sequence[Placed], choice: Choice, unknown: frozenset[str]
) -> bool:
    """Whether a statement would match, were all that is open in it so.

    It is asked as a Deny, alone: then it denies what it matches. A Deny with NotPrincipal matches
    more than the statement itself.
    """
    place, policy = placed[choice.placed].place, placed[choice.placed].policy
    if policy is None or choice.statement is None:
        return True
    if not policy.prepared[choice.statement].means(request.action_key):
        return False
    statement = policy.statements[choice.statement]
    if statement.principal is not None and statement.principal.is_negated:
        return True
    widened = _widened(statement, unknown, knows_variables=policy.knows_variables)
    alone = replace(policy, statements=(replace(widened, effect=StatementEffect.DENY),))
    policies = _policy_set([(place, alone)], "V2")
    return authorize(request, policies).effect is Effect.EXPLICIT_DENY


def _smallest(
    choices: Sequence[Choice], allows: Callable[[frozenset[Choice]], bool]
) -> tuple[tuple[Choice, ...], ...]:
    """Sets of choices that allow, and do not without any one of theirs; each choice in one if any.

    What all of them allow, more of them allow too: one by one, those are left out that can be.
    """
    if len(choices) == 1 or len(choices) > _MAX_SEARCHED:
        return (tuple(choices),)
    found: dict[frozenset[Choice], None] = {}
    for kept in choices:
        others = [each for each in choices if each != kept]
        for order in (others, others[::-1]):
            left = frozenset(choices)
            for each in order:
                if allows(left - {each}):
                    left -= {each}
            if not allows(left - {kept}):
                found[left] = None
    return tuple(tuple(sorted(each, key=choices.index)) for each in found)
