"""IAM-style policies as rules read them: statement by statement, whatever JSON there is.

What has the wrong type or is unknown is left out; where that may hide something, `is_complete`
says so. Each value knows its path. Made once a document: ask for it with `policy_of`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple, Protocol, TypeVar

from ecrpolicy.document.unknown import UNKNOWN, is_known
from ecrpolicy.iam.operators import OPERATORS, Operator
from ecrpolicy.iam.patterns import matcher
from ecrpolicy.iam.variables import VERSION
from ecrpolicy.lint.edit import Path
from ecrpolicy.lint.subject import Subject

_EFFECTS: Final = ("Allow", "Deny")
# So many lists of actions are remembered, each with an action that was asked for.
_LISTS: Final = 4096
_EVERYBODY: Final = "*"

_T = TypeVar("_T")
_T_co = TypeVar("_T_co", covariant=True)


class _Values(Protocol[_T_co]):
    """What elements and principals have in common."""

    @property
    def values(self) -> tuple[_T_co, ...]: ...


class Value(NamedTuple):
    """A string, and where it stands."""

    text: str
    path: Path


class Element(NamedTuple):
    """`Action`, `NotAction`, `Resource` or `NotResource` of a statement.

    `is_complete`: `values` is all that there is, and will be. `texts` are they without their
    places. `is_negated`: it is about everything but its values.
    """

    name: str
    path: Path
    values: tuple[Value, ...]
    is_complete: bool
    texts: tuple[str, ...]
    is_negated: bool


class Principal(NamedTuple):
    """One principal: `kind` is `AWS`, `Service`, `Federated` or `CanonicalUser`, or no such word.

    `"*"` alone is read as `{"AWS": "*"}`.
    """

    kind: str
    text: str
    path: Path

    @property
    def is_everybody(self) -> bool:
        """Whether it means everybody, with or without credentials."""
        return self.kind == "AWS" and self.text == _EVERYBODY


class Principals(NamedTuple):
    """`Principal` or `NotPrincipal` of a statement."""

    name: str
    path: Path
    values: tuple[Principal, ...]
    is_complete: bool

    @property
    def has_everybody(self) -> bool:
        """Whether everybody is among them."""
        return any(principal.is_everybody for principal in self.values)


class Condition(NamedTuple):
    """One operator, one context key, and its values; numbers and booleans are read as their text.

    `operator` is None where there is none called `operator_name`. `path` is that of the key's
    values, `raw`.
    """

    operator_name: str
    operator: Operator | None
    key: str
    values: tuple[Value, ...]
    is_complete: bool
    path: Path
    raw: Any

    @property
    def lower_key(self) -> str:
        """The key in lower case: case does not count."""
        return self.key.lower()

    @property
    def operator_path(self) -> Path:
        """Where the operator stands, with all its keys."""
        return self.path[:-1]


class Statement(NamedTuple):
    """One statement. `value` is the object itself; an element that it does not have is None.

    `effect` is `Allow`, `Deny`, or None where it is neither, or unknown. `has_all_conditions`:
    nothing in its `Condition` is unknown.
    """

    path: Path
    value: Mapping[str, Any]
    effect: str | None
    sid: str | None
    action: Element | None
    not_action: Element | None
    resource: Element | None
    not_resource: Element | None
    principal: Principals | None
    not_principal: Principals | None
    conditions: tuple[Condition, ...]
    has_all_conditions: bool

    @property
    def allows(self) -> bool:
        """Whether its effect is known to be `Allow`."""
        return self.effect == "Allow"

    @property
    def denies(self) -> bool:
        """Whether its effect is known to be `Deny`."""
        return self.effect == "Deny"

    def conditions_on(self, key: str) -> tuple[Condition, ...]:
        """The conditions on a key, which is given in lower case."""
        return tuple(each for each in self.conditions if each.lower_key == key)

    def means(self, action: str) -> bool | None:
        """Whether it is about an action; None where that is not known.

        >>> statement_of({"NotAction": "ecr:Delete*"}).means("ecr:PutImage")
        True
        """
        element = self.action or self.not_action
        if element is None:
            return None
        if _is_meant(action, element.texts):
            return not element.is_negated
        return element.is_negated if element.is_complete else None


@lru_cache(maxsize=_LISTS)
def _is_meant(action: str, patterns: tuple[str, ...]) -> bool:
    """Whether one of some patterns means an action: many rules ask, and of the same lists."""
    lowered = action.lower()
    return any(matcher(pattern.lower())(lowered) for pattern in patterns)


class PolicyView(NamedTuple):
    """A policy; `statements` has those that are objects.

    `actions`, `resources`, `principals` and `conditions` are those of all statements, negated
    elements among them. `is_complete`: there are no other statements. `knows_variables`: whether
    `${…}` is a variable, None where the version is unknown.
    """

    statements: tuple[Statement, ...]
    is_complete: bool
    knows_variables: bool | None
    actions: tuple[Value, ...]
    resources: tuple[Value, ...]
    principals: tuple[Principal, ...]
    conditions: tuple[Condition, ...]


def policy_of(subject: Subject) -> PolicyView:
    """The policy of a subject, read when the first rule asks for it.

    >>> from ecrpolicy.lint.kind import Kind
    >>> subject = Subject(Kind.SCP, {"Statement": {"Effect": "Deny", "Action": ["ecr:Put*", 1]}})
    >>> policy_of(subject).actions
    (Value(text='ecr:Put*', path=('Statement', 'Action', 0)),)
    """
    return subject.once(_read)


def statement_of(value: Mapping[str, Any], path: Path = ()) -> Statement:
    """A statement, from its object and where that stands."""
    effect, sid, block = value.get("Effect"), value.get("Sid"), value.get("Condition")
    return Statement(
        path,
        value,
        effect if isinstance(effect, str) and effect in _EFFECTS else None,
        sid if isinstance(sid, str) else None,
        _element(value, "Action", path),
        _element(value, "NotAction", path),
        _element(value, "Resource", path),
        _element(value, "NotResource", path),
        _principals(value, "Principal", path),
        _principals(value, "NotPrincipal", path),
        tuple(_conditions(block, (*path, "Condition"))) if block else (),
        block is None or is_known(block),
    )


def _read(subject: Subject) -> PolicyView:
    value = subject.value if isinstance(subject.value, dict) else {}
    version, held = value.get("Version"), value.get("Statement")
    path: Path = ("Statement",)
    several = [(path, held)]
    if isinstance(held, list):
        several = [((*path, at), each) for at, each in enumerate(held)]
    statements = tuple(
        statement_of(each, place) for place, each in several if isinstance(each, dict)
    )
    return PolicyView(
        statements,
        bool(statements) and all(each is not UNKNOWN for _, each in several),
        None if version is UNKNOWN else version == VERSION,
        tuple(_values((each.action, each.not_action) for each in statements)),
        tuple(_values((each.resource, each.not_resource) for each in statements)),
        tuple(_values((each.principal, each.not_principal) for each in statements)),
        tuple(condition for each in statements for condition in each.conditions),
    )


def _values(pairs: Iterable[tuple[_Values[_T] | None, _Values[_T] | None]]) -> Iterator[_T]:
    """All values of elements and of their negations."""
    for pair in pairs:
        for element in pair:
            if element is not None:
                yield from element.values


def _element(value: Mapping[str, Any], name: str, path: Path) -> Element | None:
    if name not in value:
        return None
    path = (*path, name)
    values, is_complete = _strings(value[name], path)
    texts = tuple([each.text for each in values])
    return Element(name, path, values, is_complete, texts, name.startswith("Not"))


def _principals(value: Mapping[str, Any], name: str, path: Path) -> Principals | None:
    if name not in value:
        return None
    held, path = value[name], (*path, name)
    if held == _EVERYBODY:
        return Principals(name, path, (Principal("AWS", _EVERYBODY, path),), is_complete=True)
    if not isinstance(held, dict):
        return Principals(name, path, (), is_complete=False)
    read = [(kind, _strings(several, (*path, kind))) for kind, several in held.items()]
    values = tuple(Principal(kind, *value) for kind, (texts, _) in read for value in texts)
    return Principals(name, path, values, all(is_complete for _, (_, is_complete) in read))


def _strings(held: Any, path: Path) -> tuple[tuple[Value, ...], bool]:
    """The strings of an element, and whether that is all of it."""
    if isinstance(held, str):
        return (Value(held, path),), True
    if not isinstance(held, list):
        return (), False
    values = tuple(
        Value(each, (*path, at)) for at, each in enumerate(held) if isinstance(each, str)
    )
    return values, len(values) == len(held)


def _conditions(block: Any, path: Path) -> Iterator[Condition]:
    for name, keys in block.items() if isinstance(block, dict) else ():
        if not isinstance(keys, dict):
            continue
        operator = OPERATORS.get(name)
        for key, held in keys.items():
            place = (*path, name, key)
            values, is_complete = _scalars(held, place)
            yield Condition(name, operator, key, values, is_complete, place, held)


def _scalars(held: Any, path: Path) -> tuple[tuple[Value, ...], bool]:
    """The values of a condition: JSON booleans and numbers are compared as their text."""
    if isinstance(held, list):
        read = [_scalar(each, (*path, at)) for at, each in enumerate(held)]
    else:
        read = [_scalar(held, path)]
    values = tuple(value for value in read if value is not None)
    return values, len(values) == len(read)


def _scalar(held: Any, path: Path) -> Value | None:
    if isinstance(held, str):
        return Value(held, path)
    return Value(json.dumps(held), path) if isinstance(held, bool | int | float) else None
