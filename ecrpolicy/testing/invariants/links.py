"""Variables that make something of a caller's name or an account, and what else has that name.

A statement about `repository/${aws:username}` and one about `repository/bob` tell the user `bob`
from all others, without naming him.
"""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.iam.model import Condition
from ecrpolicy.iam.patterns import has_wildcard, literal_head
from ecrpolicy.iam.resources import EVERYTHING, behind_fields
from ecrpolicy.iam.variables import has_variables, template
from ecrpolicy.testing.invariants.callers import KNOWN_OF_CALLERS
from ecrpolicy.testing.invariants.key_types import canonical
from ecrpolicy.testing.invariants.policies import WORD
from ecrpolicy.testing.invariants.said import Said
from ecrpolicy.testing.invariants.who import Who, WhoKind

_USER: Final = "aws:username"
_PRINCIPAL_ACCOUNT: Final = "aws:principalaccount"
_RESOURCE_ACCOUNT: Final = "aws:resourceaccount"
_ACCOUNTS: Final = frozenset((_PRINCIPAL_ACCOUNT, _RESOURCE_ACCOUNT))
_KNOWN: Final = KNOWN_OF_CALLERS | {_RESOURCE_ACCOUNT, "aws:userid", "aws:principaltype"}

_COLONS: Final = 5
_SAME_FOR_ALL: Final = (EVERYTHING, "repository/*", "repository/?*")


class Links:
    """The names that variables and other texts can have in common.

    `names` are some that users can have. `are_settled`: no other names matter.
    """

    def __init__(self, said: Said, who: Who, wanted: str) -> None:
        self._fixed = frozenset(_fixed(who, wanted))
        found = [*_in_resources(said, wanted), *_in_conditions(said)]
        names = [name for each in found for name in _names(*each)]
        self.names = tuple(dict.fromkeys((WORD, *names) if any(said.templates()) else names))
        self.are_settled = not _of_callers(said) and all(
            self._is_settled(written, other) for written, other in found
        )

    def _is_settled(self, written: str, other: str) -> bool:
        """Whether a text with variables and another are the same for no names, or for all."""
        keys = [each.key for each in template(written).variables]
        if self._fixed.issuperset(each for each in keys if each in _KNOWN):
            return True
        head, _, rest = written.partition("${")
        if other == written or other.startswith(f"{head}${{{rest.partition('}')[0]}}}"):
            return True
        own, its = (literal_head(each).lower() for each in (head, other.partition("${")[0]))
        return not own.startswith(its) and not its.startswith(own)


def _fixed(who: Who, wanted: str) -> Iterator[str]:
    """The variables that are the same in all requests."""
    if who.kind in (WhoKind.USER, WhoKind.ROLE, WhoKind.SERVICE):
        yield from _KNOWN - {_RESOURCE_ACCOUNT}
    if who.kind is WhoKind.ACCOUNT:
        yield _PRINCIPAL_ACCOUNT
    fields = wanted.split(":")
    if len(fields) > 4 and not has_wildcard(fields[4]):
        yield _RESOURCE_ACCOUNT


def _in_resources(said: Said, wanted: str) -> Iterator[tuple[str, str]]:
    """Each resource with such variables, and each other, behind their fields."""
    templates = [behind_fields(each) for each in said.templates()]
    others = dict.fromkeys(map(_behind, (wanted, *said.plain_resources())))
    for written in filter(_is_linked, templates):
        several = dict.fromkeys((*templates, *others))
        yield from ((written, other) for other in several if other not in _SAME_FOR_ALL)


def _behind(pattern: str) -> str:
    """What a pattern says behind the fields of an ARN; all of it where it has fewer fields."""
    if pattern.endswith(":*") and pattern.count(":") < _COLONS:
        return EVERYTHING
    return behind_fields(pattern) or pattern


def _in_conditions(said: Said) -> Iterator[tuple[str, str]]:
    """The same of the values of conditions on one key."""
    values: dict[str, dict[str, bool]] = {}
    for policy, condition in said.conditions():
        key = canonical(condition.key)
        if key not in _KNOWN:
            several = values.setdefault(key, {})
            knows = policy.knows_variables and condition.operator.knows_variables
            several.update(
                (value, knows or several.get(value, False)) for value in condition.values
            )
    for several in values.values():
        for written, knows in several.items():
            if knows and _is_linked(written):
                yield from ((written, other) for other in several)


def _of_callers(said: Said) -> bool:
    """Whether conditions hold what a caller is called against variables other than accounts."""
    return any(
        policy.knows_variables and _has_names(condition)
        for policy, condition in said.conditions()
        if condition.key.lower() in _KNOWN
    )


def _has_names(condition: Condition) -> bool:
    written = filter(has_variables, condition.values)
    return any(
        variable.key not in _ACCOUNTS for each in written for variable in template(each).variables
    )


def _is_linked(written: str) -> bool:
    if not has_variables(written):
        return False
    return any(each.key in _KNOWN for each in template(written).variables)


def _names(written: str, other: str) -> Iterator[str]:
    """The name of a user with which both are the same, where it is easily seen."""
    head, _, rest = written.partition("${")
    variable, _, _ = rest.partition("}")
    if variable.lower() == _USER and other.startswith(head):
        name = other[len(head) :].partition("/")[0].replace("*", "x").replace("?", "x")
        if name and not has_variables(name):
            yield name
