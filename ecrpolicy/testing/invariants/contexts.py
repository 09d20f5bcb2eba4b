"""The contexts of a request that policies tell apart: what each context key can have in it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, product, takewhile
from math import prod
from typing import Final, NamedTuple

from ecrpolicy.iam import Request
from ecrpolicy.iam.model import Condition, Policy, Statement
from ecrpolicy.iam.operators import OPERATORS, Comparison
from ecrpolicy.iam.patterns import Piece, has_wildcard
from ecrpolicy.iam.resources import arn_template, behind_fields
from ecrpolicy.iam.sides import IsOpen
from ecrpolicy.iam.standing import Standing, is_open
from ecrpolicy.iam.variables import has_variables, template, text_of
from ecrpolicy.testing.invariants.key_types import (
    CURRENT_TIME,
    EPOCH_TIME,
    REQUESTED_REGION,
    canonical,
)
from ecrpolicy.testing.invariants.policies import WORD, Held
from ecrpolicy.testing.invariants.values import (
    Value,
    instants,
    moment,
    sets_of,
    single_values,
    values_of,
)

# So many contexts of one request are tried.
_MAX_TRIED: Final = 4_000

_TAG: Final = "aws:resourcetag/"
_REQUEST_TAG: Final = "aws:requesttag/"
_TAG_KEYS: Final = "aws:tagkeys"
_EQUALS: Final = OPERATORS[Comparison.STRING_EQUALS]
_WITH_WILDCARDS: Final = (Comparison.STRING_LIKE, Comparison.ARN)
_TIMES: Final = (CURRENT_TIME, EPOCH_TIME)

Context = dict[str, Value]


class Choices(NamedTuple):
    """What some keys that go together can have, nothing too; `is_complete`: no more matters."""

    several: tuple[Context, ...]
    is_complete: bool


@dataclass(frozen=True)
class Contexts:
    """The contexts that are made of one of each choices; `is_complete`: nothing else matters.

    `spelled` says how the keys are written in the policies.
    """

    choices: tuple[Choices, ...]
    spelled: Mapping[str, str]
    is_complete: bool

    def of_fewer(self, keys: float) -> Iterator[Context]:
        """The contexts of fewer keys than that, the fewest first; no more than can be tried."""
        several = [each.several for each in self.choices]
        numbers = takewhile(lambda number: number < keys, range(_most(several) + 1))
        made = chain.from_iterable(_of_size(several, number) for number in numbers)
        return islice(made, _MAX_TRIED)

    def said(self, context: Context) -> Mapping[str, list[str] | str]:
        """A context as a request has it, its keys as the policies write them."""
        return {
            self.spelled[key]: value[0] if len(value) == 1 else list(value)
            for key, value in context.items()
        }


def _of_size(several: Sequence[Sequence[Context]], keys: int) -> Iterator[Context]:
    """All contexts of so many keys, made of one of each choices."""
    if not several:
        yield {}
        return
    first, *others = several
    most = _most(others)
    for part in first:
        left = keys - len(part)
        if 0 <= left <= most:
            yield from ({**part, **context} for context in _of_size(others, left))


def _most(several: Iterable[Sequence[Context]]) -> int:
    """Of how many keys a context can be."""
    return sum(max(map(len, each)) for each in several)


def openness(request: Request) -> IsOpen:
    """Whether a key can have several values in a request, as far as nothing is said of them."""
    is_unknown = is_open(Standing(request.principal, is_held=False), request, {})

    def opens(key: str) -> bool:
        if canonical(key).startswith(_TAG):
            return request.resource is not None
        return is_unknown(key)

    return opens


def contexts(several: Sequence[Held], request: Request) -> Contexts:
    """The contexts of a request that policy sets tell apart, by what they say of its action."""
    opens = openness(request)
    asked: dict[str, list[Condition]] = {}
    spelled: dict[str, str] = {}
    linked = set[str]()
    is_complete = True
    for name, condition in _asked(several, request, opens):
        key = canonical(name)
        if opens(name.lower()):
            # What stands for a variable may be anything, and is tried with one word alone.
            is_complete = is_complete and condition is not None
            spelled.setdefault(key, name)
            asked.setdefault(key, []).extend([] if condition is None else [condition])
            linked.update([key] if condition is None else [])
    choices = tuple(_choices(request, asked, spelled, linked))
    number = prod(len(each.several) for each in choices)
    is_complete = is_complete and all(each.is_complete for each in choices)
    return Contexts(choices, spelled, is_complete and number <= _MAX_TRIED)


_Asked = Mapping[str, Sequence[Condition]]


def _choices(
    request: Request, asked: _Asked, spelled: Mapping[str, str], linked: Collection[str]
) -> Iterator[Choices]:
    """The choices of each key; those of the times go together, and those of tags."""
    alone = dict(asked)
    times: dict[str, Sequence[Condition]] = {key: alone.pop(key) for key in _TIMES if key in alone}
    if times:
        yield _of_times(times)
    if _TAG_KEYS in alone:
        tags = {key: each for key, each in alone.items() if key.startswith(_REQUEST_TAG)}
        names = {key: spelled[key][len(_REQUEST_TAG) :] for key in tags}
        yield _of_tags(tags, alone[_TAG_KEYS], names, linked)
        alone = {key: each for key, each in alone.items() if key not in (*tags, _TAG_KEYS)}
    region = "" if request.resource is None else request.resource.split(":")[3]
    if region and alone.pop(REQUESTED_REGION, None) is not None:
        yield Choices(({}, {REQUESTED_REGION: (region,)}), is_complete=True)
    for key, conditions in sorted(alone.items()):
        yield _of_key(key, conditions, linked)


def _of_key(key: str, conditions: Sequence[Condition], linked: Collection[str]) -> Choices:
    found = values_of(key, conditions, [WORD] if key in linked else [])
    return Choices(
        tuple({key: value} if value else {} for value in found.several), found.is_complete
    )


def _of_times(asked: _Asked) -> Choices:
    """Both keys say the same instant, in two ways."""
    found = instants([each for conditions in asked.values() for each in conditions])
    made: Iterator[Context] = (
        {CURRENT_TIME: (moment(each),), EPOCH_TIME: (f"{each}",)} for each in found
    )
    several = tuple({key: value for key, value in each.items() if key in asked} for each in made)
    is_complete = all(
        each.operator.comparison is Comparison.NULL
        or each.operator.comparison.startswith(("Date", "Numeric"))
        for conditions in asked.values()
        for each in conditions
    )
    return Choices(({}, *several), is_complete)


def _of_tags(
    asked: _Asked,
    conditions: Sequence[Condition],
    names: Mapping[str, str],
    linked: Collection[str],
) -> Choices:
    """The tags of a request, and `aws:TagKeys` with the names of those that it has, and others."""
    found = single_values(_TAG_KEYS, tuple(conditions))
    word = [WORD] if _TAG_KEYS in linked else []
    members = list(dict.fromkeys(filter(None, (*found.several, *names.values(), *word))))
    lowered = {name.lower() for name in names.values()}
    others = sets_of([each for each in members if each.lower() not in lowered])
    each_tag = [_of_key(key, several, linked) for key, several in sorted(asked.items())]
    made: list[Context] = []
    for parts in product(*(each.several for each in each_tag)):
        tags = {key: value for part in parts for key, value in part.items()}
        spellings = [
            [each for each in members if each.lower() == names[key].lower()] for key in tags
        ]
        for chosen in product(*spellings):
            for more in others.several:
                keys = (*chosen, *more)
                made.append({**tags, _TAG_KEYS: keys} if keys else tags)
                if len(made) > _MAX_TRIED:
                    return Choices(tuple(made), is_complete=False)
    parts_are_complete = all(each.is_complete for each in each_tag)
    return Choices(tuple(made), found.is_complete and others.is_complete and parts_are_complete)


def with_context(request: Request, context: Mapping[str, list[str] | str]) -> Request:
    """The request with a context; tags of the resource go under both of their names."""
    tags = {
        name.partition("/")[2]: value
        for name, value in context.items()
        if canonical(name).startswith(_TAG) and isinstance(value, str)
    }
    others = {
        name: value for name, value in context.items() if not canonical(name).startswith(_TAG)
    }
    return replace(request, context=others, resource_tags=tags)


def _asked(
    several: Iterable[Held], request: Request, opens: IsOpen
) -> Iterator[tuple[str, Condition | None]]:
    """The keys that statements about the action ask for, with the condition; None in a variable."""
    for held in several:
        for policy in held.everything:
            for prepared in policy.prepared:
                if prepared.means(request.action_key):
                    yield from _of_statement(policy, prepared.statement, request, opens)


def _of_statement(
    policy: Policy, statement: Statement, request: Request, opens: IsOpen
) -> Iterator[tuple[str, Condition | None]]:
    for condition in statement.conditions:
        if not (policy.knows_variables and condition.operator.knows_variables):
            yield condition.key, condition
            continue
        several = [
            pieces for value in condition.values for pieces in _filled(value, request, opens)
        ]
        yield condition.key, replace(condition, values=tuple(map(text_of, several)))
        if condition.operator.comparison in _WITH_WILDCARDS:
            for pieces in filter(_has_literal_wildcard, several):
                # Read as a pattern, it stands for more than it does: the text itself is tried.
                yield condition.key, replace(condition, operator=_EQUALS, values=(text_of(pieces),))
                yield condition.key, None
        for value in filter(has_variables, condition.values):
            for variable in template(value).variables:
                if variable.key not in request.values:
                    yield variable.key, None
    if policy.knows_variables and statement.resource is not None:
        for value in statement.resource.values:
            if has_variables(behind_fields(value)):
                for variable in arn_template(value).variables:
                    yield variable.key, None


def _filled(value: str, request: Request, opens: IsOpen) -> Iterator[tuple[Piece, ...]]:
    """The value of a condition, its variables filled with what is known of them.

    What is not known is filled with a word, and with the default that stands in for it.
    """
    cut = template(value)
    words = {each.key: (WORD,) for each in cut.variables if opens(each.key)}
    filled = (cut.fill({**each, **request.values}) for each in (words, {}))
    yield from dict.fromkeys(pieces for pieces in filled if pieces is not None)


def _has_literal_wildcard(pieces: Iterable[Piece]) -> bool:
    return any(piece.is_literal and has_wildcard(piece.text) for piece in pieces)
