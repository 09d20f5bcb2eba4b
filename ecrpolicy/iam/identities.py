"""The users and roles of accounts, with all the policies that they have.

They are read from what `aws iam get-account-authorization-details` prints. It knows nothing of an
organization, so a document may have members of our own beside those of the API:
`ServiceControlPolicies` and `ResourceControlPolicies`, each a list of levels (the organization's
root first) of lists of policies; `ManagementAccount`; `AccountId`, where nothing else tells it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from ecrpolicy.arn import Arn
from ecrpolicy.iam.model import Policy

_SERVICE_LINKED: Final = "role/aws-service-role/"


class IdentityKind(StrEnum):
    """What policies can be attached to, and can call."""

    USER = "user"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class NamedPolicy:
    """A policy and what messages call it.

    `taken_as` says which version was taken, where the document did not hold the policy itself.
    """

    name: str
    policy: Policy = field(repr=False)
    taken_as: str | None = None


Levels = tuple[tuple[NamedPolicy, ...], ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """A user or a role, with its policies and those of its groups.

    `missing` are the ARNs of attached policies, and the names of groups, that were nowhere to be
    found; `boundary_missing` is the ARN of such a permissions boundary.
    """

    kind: IdentityKind
    arn: str
    unique_id: str | None = None
    policies: tuple[NamedPolicy, ...] = ()
    boundary: NamedPolicy | None = None
    tags: Mapping[str, str] = field(default_factory=dict, hash=False)
    missing: tuple[str, ...] = ()
    boundary_missing: str | None = None

    @property
    def account(self) -> str:
        """The account that it is in."""
        return self.arn.split(":")[4]

    @property
    def name(self) -> str:
        """Its name, without its path."""
        return self.arn.rpartition("/")[2]

    @property
    def is_service_linked(self) -> bool:
        """Whether it is a role that a service made for itself."""
        return self.arn.split(":", 5)[5].startswith(_SERVICE_LINKED)


@dataclass(frozen=True, slots=True)
class Account:
    """An account: its users and roles by ARN, and the policies that its organization sets it.

    `scps` and `rcps` are None where they were not given.
    """

    id: str
    identities: Mapping[str, Identity] = field(default_factory=dict, hash=False)
    scps: Levels | None = None
    rcps: Levels | None = None
    is_management: bool = False


@dataclass(frozen=True, slots=True)
class Identities:
    """The users and roles of some accounts.

    >>> identities = Identities.parse('{"UserDetailList": [{"UserName": "bob", '
    ...     '"Arn": "arn:aws:iam::111122223333:user/bob"}]}')
    >>> [identity.name for identity in identities]
    ['bob']
    """

    accounts: Mapping[str, Account] = field(default_factory=dict, hash=False)

    @classmethod
    def parse(
        cls, source: str | bytes | Mapping[str, Any], *, file: str | None = None
    ) -> "Identities":
        """Read the output of `aws iam get-account-authorization-details`, or a list of such.

        Raises InvalidSnapshot with every complaint, located. Policies that a document attaches
        and does not hold are taken from those that the package holds, or noted as missing.
        """
        from ecrpolicy.iam.identity_documents import read

        found = cls()
        for account in read(source, file):
            found |= cls({account.id: account})
        return found

    def __iter__(self) -> Iterator[Identity]:
        for account in self.accounts.values():
            yield from account.identities.values()

    def __or__(self, other: "Identities") -> "Identities":
        """Both together; where both know something, the other's counts."""
        accounts = dict(self.accounts)
        for number, account in other.accounts.items():
            known = accounts.get(number)
            accounts[number] = account if known is None else _merged(known, account)
        return Identities(accounts)

    def find(self, principal: str) -> Identity | None:
        """The user, or the role, of an ARN; that of a session leads to its role.

        Names of roles know no case.
        """
        arn = Arn.read(principal)
        account = None if arn is None else self.accounts.get(arn.account)
        if arn is None or account is None:
            return None
        match arn.service, arn.resource.split("/"):
            case "iam", ["user", *_]:
                return account.identities.get(principal)
            case "iam", ["role", *path, name]:
                role = _role(account, name)
                ours = role.arn.split(":", 5)[5].split("/")[1:-1] if role else None
                return role if ours == path else None
            case "sts", ["assumed-role", name, _]:
                return _role(account, name)
        return None


def _merged(known: Account, added: Account) -> Account:
    return replace(
        known,
        identities={**known.identities, **added.identities},
        scps=known.scps if added.scps is None else added.scps,
        rcps=known.rcps if added.rcps is None else added.rcps,
        is_management=known.is_management or added.is_management,
    )


def _role(account: Account, name: str) -> Identity | None:
    lowered = name.lower()
    return next(
        (
            identity
            for identity in account.identities.values()
            if identity.kind is IdentityKind.ROLE and identity.name.lower() == lowered
        ),
        None,
    )
