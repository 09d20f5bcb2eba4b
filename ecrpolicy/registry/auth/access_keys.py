"""Access keys: what stands of them in the file of identities.

The file is what `aws iam get-account-authorization-details` prints, for one account or a list of
such. It knows no keys, so some members are added, each as the AWS CLI prints what belongs there:

- `AccessKeyList` of a user: the `AccessKey` that `aws iam create-access-key` prints;
- `RootAccessKeyList` of the document, with `AccountId`: the same, of the account's root user;
- `SessionList` of a role: what `aws sts assume-role` prints. `Policy`, `PolicyArns` and `Tags`
  stand beside it as they were given to that command;
- `SessionList` of a user: what `aws sts get-federation-token` or `get-session-token` prints.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, BaseModel, Field, ValidationError
from pydantic.alias_generators import to_pascal

from ecrpolicy.arn import Arn
from ecrpolicy.document import Document, pointer
from ecrpolicy.errors import InvalidSnapshot
from ecrpolicy.finding import Finding, Severity
from ecrpolicy.iam import Kind, Policy
from ecrpolicy.registry.auth.caller import Caller
from ecrpolicy.sources.complaints import complaints
from ecrpolicy.sources.iam_policies import Path, read_within

_ROOT: Final = "arn:aws:iam::{}:root"


@dataclass(frozen=True, slots=True)
class AccessKey:
    """An access key: whose it is, and its secrets, which are never shown.

    `token` is the session token of temporary credentials.
    """

    id: str
    secret: str = field(repr=False)
    caller: Caller
    token: str | None = field(default=None, repr=False)


class _Wire(BaseModel, frozen=True, extra="ignore", alias_generator=to_pascal):
    """Other members are the API's own."""


# AWS's own have 16 characters at least (IAM API Reference, "AccessKey"); here, `test` will do.
_ID: Final = r"^[A-Za-z0-9_]{1,128}$"

# Answers name who called, so it must be text. Half a surrogate pair is none, which pydantic looks
# at only where it has characters to count.
_Arn = Annotated[str, Field(min_length=1)]


class _Key(_Wire, frozen=True):
    access_key_id: str = Field(pattern=_ID)
    secret_access_key: str = Field(min_length=1)
    status: Literal["Active", "Inactive"] = "Active"


class _Credentials(_Wire, frozen=True):
    access_key_id: str = Field(pattern=_ID)
    secret_access_key: str = Field(min_length=1)
    session_token: str = Field(min_length=1)
    expiration: AwareDatetime | None = None


class _Assumed(_Wire, frozen=True):
    arn: _Arn


class _Tag(_Wire, frozen=True):
    key: str
    value: str


class _PolicyArn(BaseModel, frozen=True):
    arn: str


class _Session(_Wire, frozen=True):
    credentials: _Credentials
    assumed_role_user: _Assumed | None = None
    federated_user: _Assumed | None = None
    policy: str | dict[str, Any] | None = None
    policy_arns: tuple[_PolicyArn, ...] = ()
    tags: tuple[_Tag, ...] = ()


class _Identity(_Wire, frozen=True):
    arn: _Arn
    access_key_list: tuple[_Key, ...] = ()
    session_list: tuple[_Session, ...] = ()


class _Details(_Wire, frozen=True):
    account_id: str | None = None
    organization_id: str | None = None
    root_access_key_list: tuple[_Key, ...] = ()
    user_detail_list: tuple[_Identity, ...] = ()
    role_detail_list: tuple[_Identity, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The access keys of a file, and the organizations of its accounts where they are told."""

    keys: tuple[AccessKey, ...]
    organizations: tuple[tuple[str, str], ...]


def read(held: Document) -> Found:
    """All access keys of a file; raises EcrPolicyError with what is wrong, and never a secret."""
    several: list[tuple[Any, Path]] = [(held.value, ())]
    if isinstance(held.value, list):
        several = [(value, (at,)) for at, value in enumerate(held.value)]
    keys: list[AccessKey] = []
    organizations: list[tuple[str, str]] = []
    for value, path in several:
        details = _details(held, value, path)
        keys += _Reader(held, path).keys(details)
        if details.organization_id is not None:
            number = details.organization_id
            organizations += ((account, number) for account in _accounts(details))
    _check_unique(held, keys)
    return Found(tuple(keys), tuple(organizations))


def _details(held: Document, value: Any, path: Path) -> _Details:
    try:
        return _Details.model_validate(value)
    except ValidationError as error:
        raise InvalidSnapshot(list(_complaints(held, path, error))) from None


def _complaints(held: Document, path: Path, error: ValidationError) -> Iterator[Finding]:
    """What is wrong with the members; what stands there may be a secret, and is not shown."""
    for complaint in complaints(error):
        place = held.locate(pointer(*path) + complaint.pointer)
        what = complaint.message.partition("`")[0].rstrip(" :,")
        message = complaint.message if "is missing" in complaint.message else f"{what} here"
        yield _finding(message, complaint.help, place)


def _finding(message: str, advice: str | None, place: Any) -> Finding:
    return Finding("invalid-snapshot", Severity.ERROR, message, place, advice)


def _accounts(details: _Details) -> set[str]:
    found = {
        each.arn.split(":")[4] for each in (*details.user_detail_list, *details.role_detail_list)
    }
    return found | ({details.account_id} if details.account_id else set())


def _check_unique(held: Document, keys: Sequence[AccessKey]) -> None:
    met: set[str] = set()
    for key in keys:
        if key.id in met:
            message = f"the access key `{key.id}` stands twice"
            raise InvalidSnapshot([_finding(message, "give each key once", held.locate(""))])
        met.add(key.id)


class _Reader:
    """Reads the keys of one document, at its path in the file."""

    def __init__(self, held: Document, path: Path) -> None:
        self._held = held
        self._path = path

    def keys(self, details: _Details) -> Iterator[AccessKey]:
        yield from self._of_root(details)
        for member, identities in (
            ("UserDetailList", details.user_detail_list),
            ("RoleDetailList", details.role_detail_list),
        ):
            for at, identity in enumerate(identities):
                yield from self._of_identity(identity, (*self._path, member, at))

    def _of_root(self, details: _Details) -> Iterator[AccessKey]:
        if details.root_access_key_list and details.account_id is None:
            raise self._refused("a root user's account is not told", "give `AccountId`", self._path)
        for key in details.root_access_key_list:
            account = details.account_id or ""
            yield from _permanent(key, _ROOT.format(account), account)

    def _of_identity(self, identity: _Identity, path: Path) -> Iterator[AccessKey]:
        arn = Arn.read(identity.arn)
        account = arn.account if arn else ""
        if identity.access_key_list and ":role/" in identity.arn:
            message = "a role has no access keys of its own"
            raise self._refused(message, "give its sessions, as `SessionList`", path)
        for key in identity.access_key_list:
            yield from _permanent(key, identity.arn, account)
        for at, session in enumerate(identity.session_list):
            yield self._temporary(identity.arn, account, session, (*path, "SessionList", at))

    def _temporary(self, arn: str, account: str, session: _Session, path: Path) -> AccessKey:
        given = session.credentials
        caller = Caller(
            arn,
            account,
            session=tuple(self._policies(session, path)),
            tags={tag.key: tag.value for tag in session.tags},
            access_key=given.access_key_id,
            expires_at=given.expiration,
            is_temporary=True,
        )
        if ":role/" in arn:
            caller = replace(caller, principal=self._assumed(arn, session, path), role=arn)
        elif session.federated_user is not None:
            caller = replace(caller, principal=session.federated_user.arn, user=arn)
        secret, token = given.secret_access_key, given.session_token
        return AccessKey(given.access_key_id, secret, caller, token)

    def _assumed(self, role: str, session: _Session, path: Path) -> str:
        """The ARN of the session of a role."""
        found = "" if session.assumed_role_user is None else session.assumed_role_user.arn
        arn, own = Arn.read(found), Arn.read(role)
        names = "" if arn is None else arn.resource.split("/")
        if not (
            arn
            and own
            and arn[:2] == (own.partition, "sts")
            and arn.account == own.account
            and len(names) == 3
            and names[:2] == ["assumed-role", role.rpartition("/")[2]]
        ):
            message = "the session is none of this role"
            raise self._refused(message, "give `AssumedRoleUser` with its `Arn`", path)
        return found

    def _policies(self, session: _Session, path: Path) -> Iterator[Policy]:
        if session.policy is not None:
            yield read_within(self._held, (*path, "Policy"), Kind.SESSION)
        for at in range(len(session.policy_arns)):
            yield read_within(self._held, (*path, "PolicyArns", at, "arn"), Kind.SESSION)

    def _refused(self, message: str, advice: str, path: Path) -> InvalidSnapshot:
        return InvalidSnapshot([_finding(message, advice, self._held.locate(pointer(*path)))])


def _permanent(key: _Key, arn: str, account: str) -> Iterator[AccessKey]:
    """The key, unless it is switched off: nobody is told that it exists."""
    if key.status == "Active":
        caller = Caller(arn, account, access_key=key.access_key_id)
        yield AccessKey(key.access_key_id, key.secret_access_key, caller)
