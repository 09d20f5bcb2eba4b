"""The identities of the service, and their access keys: a file, read again when it changes."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from stat import S_IRWXG, S_IRWXO
from threading import Lock
from typing import Final, Literal, NamedTuple

from ecrpolicy import document, iam
from ecrpolicy.errors import EcrPolicyError, InvalidSnapshot
from ecrpolicy.finding import Finding, Severity
from ecrpolicy.iam import Identities, Kind, Policy, PolicySet
from ecrpolicy.iam.identities import Account, Identity, IdentityKind, Levels
from ecrpolicy.registry.auth import access_keys
from ecrpolicy.registry.auth.access_keys import AccessKey
from ecrpolicy.registry.auth.caller import Caller

Scope = Literal["V1", "V2"]

_LOG: Final = logging.getLogger("ecrpolicy.registry.identities")

# Policy sets are made once for a caller and the policies of a repository and its registry.
_MAX_POLICY_SETS: Final = 2_048
_MAX_CALLERS: Final = 1_024


@dataclass(frozen=True, slots=True)
class Standing:
    """What a caller's account says of it: keys of the context that do not follow from its ARN."""

    identity: Identity | None
    account: Account | None
    tags: Mapping[str, str]
    context: Mapping[str, str]


class Known:
    """What one state of the file says: who there is, which keys they have, what they may do."""

    def __init__(
        self, identities: Identities, found: access_keys.Found, endpoint: Policy | None
    ) -> None:
        self.identities = identities
        self._endpoint = endpoint
        self.keys: Mapping[str, AccessKey] = {key.id: key for key in found.keys}
        self.organizations: Mapping[str, str] = dict(found.organizations)
        self.standing = lru_cache(_MAX_CALLERS)(self._standing)
        self._of_caller = lru_cache(_MAX_POLICY_SETS)(self._policies)

    def _standing(self, caller: Caller) -> Standing:
        identity = self.identities.find(caller.identity)
        context = {}
        if caller.is_temporary:
            context["aws:MultiFactorAuthPresent"] = "false"
        if identity is not None and identity.unique_id is not None and caller.user is None:
            context["aws:userid"] = identity.unique_id
            if identity.kind is IdentityKind.ROLE:
                session = caller.principal.rpartition("/")[2]
                context["aws:userid"] = f"{identity.unique_id}:{session}"
        if caller.account in self.organizations:
            context["aws:PrincipalOrgID"] = self.organizations[caller.account]
        return Standing(
            identity,
            self.identities.accounts.get(caller.account),
            {**(identity.tags if identity else {}), **caller.tags},
            context,
        )

    def policies(
        self,
        caller: Caller,
        account: str,
        repository: str | None,
        registry: str | None,
        scope: Scope,
    ) -> PolicySet:
        """All policies that a request of the caller to a registry of the account is held against.

        `repository` and `registry` are the texts of their policies, None where there is none.
        """
        return self._of_caller(caller, account, repository, registry, scope)

    def _policies(
        self,
        caller: Caller,
        account: str,
        repository: str | None,
        registry: str | None,
        scope: Scope,
    ) -> PolicySet:
        owner = self.identities.accounts.get(account)
        return replace(
            self.own_policies(caller),
            resource=tuple(_resource_policies(repository, registry)),
            rcps=_levels(owner.rcps if owner else None),
            endpoint=self._endpoint,
            registry_scope=scope,
        )

    def own_policies(self, caller: Caller) -> PolicySet:
        """The policies of the caller and its account alone.

        What Amazon ECR asks IAM itself is about no resource of its own, and does not come through
        an endpoint of the caller's.
        """
        standing = self.standing(caller)
        identity, own = standing.identity, standing.account
        return PolicySet(
            identity=tuple(each.policy for each in identity.policies) if identity else (),
            boundary=identity.boundary.policy if identity and identity.boundary else None,
            session=caller.session,
            scps=_levels(own.scps if own else None),
        )


def _resource_policies(repository: str | None, registry: str | None) -> Iterator[Policy]:
    """Policies that were valid when they were set; the scope may have changed since."""
    if repository is not None:
        yield iam.parse(repository, kind=Kind.REPOSITORY)
    if registry is not None:
        yield iam.parse(registry, kind=Kind.REGISTRY, scope="V2")


def _levels(levels: Levels | None) -> tuple[tuple[Policy, ...], ...]:
    return tuple(tuple(each.policy for each in level) for level in levels or ())


def read(text: bytes, *, endpoint: Policy | None = None, file: str | None = None) -> Known:
    """Read a file of identities; raises EcrPolicyError with every complaint, located.

    `endpoint` is the policy of a VPC endpoint through which every request comes.
    """
    held = document.read(text, file=file)
    identities = Identities.parse(text, file=file)
    lacking = [finding for each in identities for finding in _lacking(each, file)]
    if lacking:
        raise InvalidSnapshot(lacking)
    return Known(identities, access_keys.read(held), endpoint)


def _lacking(identity: Identity, file: str | None) -> Iterator[Finding]:
    """Policies that are attached and not held: what they deny would be allowed."""
    boundary = (identity.boundary_missing,) if identity.boundary_missing else ()
    for name in (*identity.missing, *boundary):
        message = f"`{name}`, which is attached to `{identity.arn}`, is not in the file"
        yield Finding(
            "invalid-snapshot",
            Severity.ERROR,
            message,
            document.Document("", None, file, has_text=False).locate(""),
            "add it to `Policies`, or groups to `GroupDetailList`, or take it away",
        )


class _Mark(NamedTuple):
    """What tells one state of the file from another."""

    inode: int
    size: int
    changed_ns: int

    @classmethod
    def of(cls, file: Path) -> "_Mark":
        found = file.stat()
        return cls(found.st_ino, found.st_size, found.st_mtime_ns)


class Authority:
    """The file of identities as it is now.

    It is looked at for every request, and read when it has changed. A file that cannot be used
    changes nothing: what is wrong is logged, and what was known before holds.
    """

    def __init__(self, file: Path, known: Known, mark: _Mark, endpoint: Policy | None) -> None:
        self._file = file
        self._endpoint = endpoint
        self._known = known
        self._mark = mark
        self._lock = Lock()

    @classmethod
    def read(cls, file: Path, endpoint: Policy | None = None) -> "Authority":
        """Read the file for the first time; raises EcrPolicyError, or OSError."""
        mark = _Mark.of(file)
        _warn_of_permissions(file)
        known = read(file.read_bytes(), endpoint=endpoint, file=str(file))
        return cls(file, known, mark, endpoint)

    @property
    def known(self) -> Known:
        """What the file says now; take it once a request."""
        try:
            mark = _Mark.of(self._file)
        except OSError:
            return self._known
        if mark != self._mark:
            with self._lock:
                if mark != self._mark:
                    self._renew(mark)
        return self._known

    @property
    def identities(self) -> Identities:
        """The users and roles of all accounts."""
        return self.known.identities

    def key(self, access_key_id: str) -> AccessKey | None:
        """An access key, None where there is none."""
        return self.known.keys.get(access_key_id)

    def _renew(self, mark: _Mark) -> None:
        try:
            _warn_of_permissions(self._file)
            text = self._file.read_bytes()
            self._known = read(text, endpoint=self._endpoint, file=str(self._file))
        except (EcrPolicyError, OSError) as error:
            _LOG.error("the identities have not changed, as the file cannot be used: %s", error)
        else:
            _LOG.info("the identities were read again")
        self._mark = mark


def _warn_of_permissions(file: Path) -> None:
    if file.stat().st_mode & (S_IRWXG | S_IRWXO):
        _LOG.warning("others may read `%s`, which holds secrets: `chmod 600` it", file)
