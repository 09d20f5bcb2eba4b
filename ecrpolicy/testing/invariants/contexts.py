"""The contexts of a request that policies tell apart: what each context key can have in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import Final

from ecrpolicy.iam import Request
from ecrpolicy.iam.model import Condition, Policy, Statement
from ecrpolicy.iam.resources import arn_template, behind_fields
from ecrpolicy.iam.sides import IsOpen
from ecrpolicy.iam.standing import Standing, is_open
from ecrpolicy.iam.variables import has_variables, template, text_of
from ecrpolicy.testing.invariants.policies import WORD, Held
from ecrpolicy.testing.invariants.values import Value, values_of

# So many contexts of one request are tried.
_MAX_TRIED: Final = 4_000

_TAG: Final = "aws:resourcetag/"
_OTHER_TAGS: Final = ("ecr:resourcetag/", "ecr-public:resourcetag/")
_REQUEST_TAG: Final = "aws:requesttag/"
_TAG_KEYS: Final = "aws:tagkeys"

Context = dict[str, Value]


@dataclass(frozen=True)
class Contexts:
    """What each key can have; `is_complete`: nothing else matters.

    `spelled` says how the keys are written in the policies.
    """

    options: Mapping[str, tuple[Value, ...]]
    spelled: Mapping[str, str]
    is_complete: bool

    def __iter__(self) -> Iterator[Context]:
        """The contexts, those of the fewest keys first; no more than can be tried."""
        keys = list(self.options)
        tried = product(*(self.options[key] for key in keys))
        limited = (chosen for _, chosen in zip(range(_MAX_TRIED), tried, strict=False))
        for chosen in sorted(limited, key=lambda each: sum(map(bool, each))):
            context = {key: value for key, value in zip(keys, chosen, strict=True) if value}
            if _is_consistent(context, keys):
                yield context

    def said(self, context: Context) -> Mapping[str, list[str] | str]:
        """A context as a request has it, its keys as the policies write them."""
        return {
            self.spelled[key]: value[0] if len(value) == 1 else list(value)
            for key, value in context.items()
        }


def openness(request: Request) -> IsOpen:
    """Whether a key can have several values in a request, as far as nothing is said of them."""
    is_unknown = is_open(Standing(request.principal, is_held=False), request, {})

    def opens(key: str) -> bool:
        if _canonical(key).startswith(_TAG):
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
        key = _canonical(name)
        if opens(name.lower()):
            # What stands for a variable may be anything, and is tried with one word alone.
            is_complete = is_complete and condition is not None
            spelled.setdefault(key, name)
            asked.setdefault(key, []).extend([] if condition is None else [condition])
            linked.update([key] if condition is None else [])
    found = {
        key: values_of(conditions, [*([WORD] if key in linked else []), *_tag_names(key, spelled)])
        for key, conditions in sorted(asked.items())
    }
    options = {key: values.several for key, values in found.items()}
    is_complete = is_complete and all(values.is_complete for values in found.values())
    return Contexts(
        options, spelled, is_complete and prod(map(len, options.values())) <= _MAX_TRIED
    )


def with_context(request: Request, context: Mapping[str, list[str] | str]) -> Request:
    """The request with a context; tags of the resource go under both of their names."""
    tags = {
        name.partition("/")[2]: value
        for name, value in context.items()
        if _canonical(name).startswith(_TAG) and isinstance(value, str)
    }
    others = {
        name: value for name, value in context.items() if not _canonical(name).startswith(_TAG)
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
        yield condition.key, replace(condition, values=_filled(condition.values, request, opens))
        for value in filter(has_variables, condition.values):
            for variable in template(value).variables:
                if variable.key not in request.values:
                    yield variable.key, None
    if policy.knows_variables and statement.resource is not None:
        for value in statement.resource.values:
            if has_variables(behind_fields(value)):
                for variable in arn_template(value).variables:
                    yield variable.key, None


def _filled(values: Iterable[str], request: Request, opens: IsOpen) -> tuple[str, ...]:
    """The values of a condition, variables filled with what is known of them, or with a word."""
    found = []
    for value in values:
        cut = template(value)
        words = {each.key: (WORD,) for each in cut.variables if opens(each.key)}
        pieces = cut.fill({**words, **request.values})
        found += [] if pieces is None else [text_of(pieces)]
    return tuple(found)


def _tag_names(key: str, spelled: Mapping[str, str]) -> Iterator[str]:
    """The names of tags that `aws:TagKeys` has where a request has these tags."""
    if key == _TAG_KEYS:
        for name in spelled.values():
            if name.lower().startswith(_REQUEST_TAG):
                yield name[len(_REQUEST_TAG) :]


def _is_consistent(context: Context, keys: Iterable[str]) -> bool:
    """Whether `aws:TagKeys` has the names of the tags of the request, where both are asked for."""
    of_tags = [key for key in keys if key.startswith(_REQUEST_TAG)]
    if _TAG_KEYS not in keys or not of_tags:
        return True
    names = {name.lower() for name in context.get(_TAG_KEYS, ())}
    return all((key in context) is (key[len(_REQUEST_TAG) :] in names) for key in of_tags)


def _canonical(key: str) -> str:
    """A key in lower case; tags of a resource have two names."""
    lower = key.lower()
    for other in _OTHER_TAGS:
        if lower.startswith(other):
            return _TAG + lower.removeprefix(other)
    return lower
