"""The callers that policies tell apart: those that they name, and one of every other kind.

What a policy can tell of a caller is whether a Principal names it, and what its ARN, its account
and its type are. So the callers are: all that are named; for each account that is named, and one
that is not, an identity of each kind that the patterns of ARNs tell apart; AWS services that are
named, and one that is not; an anonymous caller.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from ecrpolicy.arn import Arn, is_account
from ecrpolicy.iam import InvalidRequest, Request
from ecrpolicy.iam.operators import Comparison
from ecrpolicy.iam.patterns import has_wildcard
from ecrpolicy.testing.invariants.pattern_kinds import kinds, same_kind, with_names
from ecrpolicy.testing.invariants.policies import Held, last_field, without_variables
from ecrpolicy.testing.invariants.who import Who

_ARN: Final = "aws:principalarn"
_ACCOUNT: Final = "aws:principalaccount"
_SERVICE: Final = "aws:principalservicename"
_USER: Final = "aws:username"
_ID: Final = "aws:userid"

# Accounts that stand for any that no policy names; the first that none does is taken.
_UNNAMED: Final = ("999988887777", "888877776666", "777766665555", "666655554444")
_UNNAMED_SERVICE: Final = "unnamed.amazonaws.com"

# The kinds of identities, with a name that is not empty.
_FORMS: Final = ("user/*", "role/*", "federated-user/*")
_EMPTY: Final = ("user/", "role/", "federated-user/", "root")

_TWELVE: Final = 12


class Asking(NamedTuple):
    """A caller, and the role whose session it is where its own ARN does not say it."""

    principal: str | None
    role: str | None = None


@dataclass(frozen=True)
class Callers:
    """The callers to look at, the simplest first; `is_complete`: policies tell no others apart."""

    several: tuple[Asking, ...]
    is_complete: bool


def callers(several: Sequence[Held], who: Who, partition: str, owner: str) -> Callers:
    """All callers of those that are meant that any of some policy sets can tell from others.

    `owner` is the account that the resources are in.
    """
    named = [arn for arn in _named(several, who) if arn is not None]
    patterns = [*_conditions(several, _ARN), *_of_names(several)]
    accounts, are_all = _accounts(several, who, owner, named, patterns)
    resources, is_complete = _resources(named, patterns)
    found: dict[Asking, None] = {Asking(None): None}
    found |= dict.fromkeys(_services(several, who))
    for resource, account in resources:
        for number in accounts if account is None else (account,):
            found[_asking(partition, number, resource)] = None
    for arn in named:
        if arn.resource.startswith("assumed-role/"):
            role = arn.resource.split("/")[1]
            found[Asking(str(arn), f"arn:{arn.partition}:iam::{arn.account}:role/{role}")] = None
    meant = tuple(asking for asking in found if _is_meant(asking, who))
    return Callers(meant, are_all and is_complete and not _ignores_case(several))


def unnamed_account(several: Iterable[Held], *taken: str) -> str:
    """An account that no policy names, and that is none of those that are taken."""
    text = " ".join(
        [*taken, *(value for held in several for _, value in held.principals())]
        + [value for held in several for value in held.resources()]
        + [value for held in several for _, each in held.conditions() for value in each.values]
    )
    return next((each for each in _UNNAMED if each not in text), _UNNAMED[-1])


def _is_meant(asking: Asking, who: Who) -> bool:
    try:
        request = Request(principal=asking.principal, action="ecr:Any", role=asking.role)
    except InvalidRequest:
        return False
    return who.has(request)


def _named(several: Iterable[Held], who: Who) -> Iterator[Arn | None]:
    for held in several:
        for kind, value in held.principals():
            if kind == "AWS":
                yield Arn.read(f"arn:aws:iam::{value}:root" if is_account(value) else value)
    yield Arn.read(who.value)


def _conditions(several: Iterable[Held], key: str) -> Iterator[str]:
    """The values that conditions on a context key have."""
    for held in several:
        for policy, condition in held.conditions():
            if condition.key.lower() == key:
                for value in condition.values:
                    yield without_variables(value) if policy.knows_variables else value


def _of_names(several: Sequence[Held]) -> Iterator[str]:
    """Patterns of the ARNs of users, with a path or without, and of federated users, by name."""
    for value in _conditions(several, _USER):
        yield from (f"arn:*:iam::*:user/{value}", f"arn:*:iam::*:user/*/{value}")
    for value in _conditions(several, _ID):
        number, _, name = value.partition(":")
        yield f"arn:*:sts::{number}:federated-user/{name}"


def _ignores_case(several: Iterable[Held]) -> bool:
    """Whether a condition on what callers are called ignores case: one spelling is tried."""
    return any(
        condition.operator.comparison is Comparison.STRING_EQUALS_IGNORE_CASE
        and condition.key.lower() in (_ARN, _SERVICE, _USER, _ID)
        for held in several
        for _, condition in held.conditions()
    )


def _accounts(
    several: Sequence[Held],
    who: Who,
    owner: str,
    named: Iterable[Arn],
    patterns: Iterable[str],
) -> tuple[list[str], bool]:
    """That of the resources, the accounts that are named in any way, and one that is not.

    Of a pattern with some digits of an account, one account is made: there may be more to it.
    """
    written = list(_conditions(several, _ACCOUNT))
    for pattern in patterns:
        fields = pattern.split(":")
        written += fields[4:5]
    found = dict.fromkeys([owner, *([who.account] if who.account else [])])
    found |= dict.fromkeys(arn.account for arn in named)
    is_complete = True
    for text in written:
        if has_wildcard(text):
            is_complete = is_complete and text.strip("*") == ""
            text = _filled(text)
        found[text] = None
    accounts = [*filter(is_account, found), unnamed_account(several, *found)]
    return accounts, is_complete


def _filled(pattern: str) -> str:
    """An account that meets a pattern, if it is one of accounts."""
    text = pattern.replace("?", "0")
    missing = _TWELVE - len(text.replace("*", ""))
    return text.replace("*", "0" * max(0, missing), 1).replace("*", "")


def _resources(
    named: Iterable[Arn], patterns: Iterable[str]
) -> tuple[list[tuple[str, str | None]], bool]:
    """What stands behind the account in the ARNs of callers; with the account, if it is named."""
    literals = {
        arn.resource: arn.account for arn in named if not arn.resource.startswith("assumed-role/")
    }
    several = list(dict.fromkeys((*_FORMS, *map(last_field, patterns))))
    texts = list(dict.fromkeys((*_EMPTY, *literals)))
    found = kinds(several, texts)
    is_complete = found.is_complete
    made: list[tuple[str, str | None]] = [
        (arn.resource, arn.account) for arn in named if arn.resource in literals
    ]
    # A name that is another account's is needed where no other name meets the same patterns.
    of_patterns = (1 << len(several)) - 1
    unnamed = {kind & of_patterns for kind, text in found.texts.items() if text not in literals}
    for kind, text in found.texts.items():
        if not text.startswith(("user/", "role/", "federated-user/")) and text != "root":
            continue
        better = with_names(text)
        if not same_kind(text, better, several, texts):
            # Perhaps none has this kind; perhaps a longer one that was not thought of.
            is_complete = is_complete and text in _EMPTY
        elif better not in literals or kind & of_patterns not in unnamed:
            made.append((better, None))
    return made, is_complete


def _asking(partition: str, account: str, resource: str) -> Asking:
    service = "sts" if resource.startswith("federated-user/") else "iam"
    return Asking(f"arn:{partition}:{service}::{account}:{resource}")


def _services(several: Sequence[Held], who: Who) -> Iterator[Asking]:
    for held in several:
        for kind, value in held.principals():
            if kind == "Service":
                yield Asking(value)
    for value in _conditions(several, _SERVICE):
        yield Asking(value.replace("*", "x").replace("?", "x"))
    if Arn.read(who.value) is None and not is_account(who.value) and who.value:
        yield Asking(who.value)
    yield Asking(_UNNAMED_SERVICE)
