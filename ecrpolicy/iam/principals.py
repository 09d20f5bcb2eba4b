"""Principal and NotPrincipal, made into functions of the caller.

IAM User Guide, "AWS JSON policy elements: Principal" and "AWS JSON policy elements:
NotPrincipal".
"""

from collections.abc import Callable, Iterable

from ecrpolicy.iam.callers import EVERYBODY, UNLIMITED, Caller, name_of
from ecrpolicy.iam.model import Principals, StatementEffect

# What a statement's naming of a caller is worth, 0 where it does not name it; the second
# argument is not 0 where a permissions boundary binds the caller.
Naming = Callable[[Caller, int], int]


def naming(principals: Principals, effect: StatementEffect) -> Naming:
    """The function that tells whether a statement of that effect names a caller."""
    keys = frozenset(_keys(principals))
    if not principals.is_negated:
        return _named(keys)
    return _all_but(keys) if effect is StatementEffect.ALLOW else _denied(keys)


def _keys(principals: Principals) -> Iterable[str]:
    for kind, value in principals.values:
        yield from name_of(kind, value)


def _named(keys: frozenset[str]) -> Naming:
    if EVERYBODY in keys:
        return lambda _caller, _bounded_by: UNLIMITED

    def worth(caller: Caller, _bounded_by: int) -> int:
        names = caller.names
        if keys.isdisjoint(names):
            return 0
        found = 0
        for name in names:
            if name in keys:
                found |= names[name]
        return found

    return worth


def _all_but(keys: frozenset[str]) -> Naming:
    """An Allow with NotPrincipal names everybody whom it does not list, as `*` would."""

    def worth(caller: Caller, _bounded_by: int) -> int:
        return 0 if EVERYBODY in keys or not keys.isdisjoint(caller.names) else UNLIMITED

    return worth


def _denied(keys: frozenset[str]) -> Naming:
    """A Deny with NotPrincipal leaves alone whom it lists in all respects.

    It always denies a caller with a permissions boundary.
    """

    def worth(caller: Caller, bounded_by: int) -> int:
        return 0 if not bounded_by and is_exempt(keys, caller) else UNLIMITED

    return worth


def is_exempt(keys: frozenset[str], caller: Caller) -> bool:
    """Whether the names list the caller in all respects that a Deny's NotPrincipal asks for."""
    if EVERYBODY in keys:
        return True
    groups = caller.exempting
    return bool(groups) and not any(keys.isdisjoint(group) for group in groups)


def is_partly_listed(principals: Principals, caller: Caller) -> bool:
    """Whether a NotPrincipal lists some, not all of what would exempt a caller.

    AWS's documents do not say what a Deny does then.
    """
    keys = frozenset(_keys(principals))
    unlisted = [keys.isdisjoint(group) for group in caller.exempting]
    return EVERYBODY not in keys and any(unlisted) and not all(unlisted)
