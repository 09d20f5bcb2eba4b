"""From the output of `get-account-authorization-details` to the identities of an account.

AWS IAM API Reference, "GetAccountAuthorizationDetails": policy documents stand there as objects
(the AWS CLI) or as URL-encoded text (the API itself).
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import unquote

from ecrpolicy import document
from ecrpolicy.arn import Arn, is_account
from ecrpolicy.document import pointer
from ecrpolicy.errors import InvalidSnapshot, SyntaxProblem
from ecrpolicy.finding import Finding, Severity
from ecrpolicy.iam import managed
from ecrpolicy.iam.identities import Account, Identity, IdentityKind, Levels, NamedPolicy
from ecrpolicy.iam.model import Kind, Policy
from ecrpolicy.iam.problems import Path
from ecrpolicy.iam.statements import Reader
from ecrpolicy.iam.wording import shown

# More complaints than this help nobody.
_MAX_FINDINGS: Final = 20

_MEMBERS: Final = ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies", "AccountId")
_ADVICE: Final = "give the output of `aws iam get-account-authorization-details`"

_Object = dict[str, Any]


def read(source: str | bytes | Mapping[str, Any], file: str | None) -> Iterator[Account]:
    """The accounts of a document, or of a list of documents; raises InvalidSnapshot."""
    try:
        held = document.read(source, file=file)
    except SyntaxProblem as error:
        raise InvalidSnapshot(error.findings) from None
    complaints = _Complaints(held)
    accounts: list[Account] = []
    if isinstance(held.value, list):
        for at, value in enumerate(held.value):
            accounts += _Details(complaints, value, (at,)).accounts()
    else:
        accounts += _Details(complaints, held.value, ()).accounts()
    if complaints.findings:
        raise InvalidSnapshot(complaints.findings)
    return iter(accounts)


class _Complaints:
    """What is wrong with a document, located."""

    def __init__(self, held: document.Document) -> None:
        self.findings: list[Finding] = []
        self._held = held

    def note(self, path: Path, message: str, advice: str | None = None) -> None:
        if len(self.findings) < _MAX_FINDINGS:
            place = self._held.locate(pointer(*path))
            finding = Finding("invalid-snapshot", Severity.ERROR, message, place, advice)
            self.findings.append(finding)

    def text(self, value: _Object, name: str, path: Path) -> str:
        """A member that is a string; the empty one where it is none."""
        found = value.get(name)
        if isinstance(found, str):
            return found
        if name not in value:
            self.note(path, f"the member `{name}` is missing", _ADVICE)
        else:
            self.note((*path, name), f"expected a string, found {shown(found)}")
        return ""

    def objects(self, value: _Object, name: str, path: Path) -> Iterator[tuple[_Object, Path]]:
        """The elements of a member that is a list of objects, where it is there."""
        return self.objects_of(self.elements(value, name, path), (*path, name))

    def objects_of(self, elements: list[Any], path: Path) -> Iterator[tuple[_Object, Path]]:
        """Those elements of a list that are objects."""
        for at, element in enumerate(elements):
            if isinstance(element, dict):
                yield element, (*path, at)
            else:
                self.note((*path, at), f"expected an object, found {shown(element)}")

    def elements(self, value: _Object, name: str, path: Path) -> list[Any]:
        """A member that is a list; an empty one where it is none."""
        found = value.get(name)
        if isinstance(found, list):
            return found
        if found is not None:
            self.note((*path, name), f"expected a list, found {shown(found)}")
        return []


class _Details:
    """One document; attached policies are read when they are first met."""

    def __init__(self, complaints: _Complaints, value: Any, path: Path) -> None:
        self._complaints = complaints
        self._path = path
        self._value: _Object = value if isinstance(value, dict) else {}
        if not any(member in self._value for member in _MEMBERS):
            complaints.note(path, "nothing here tells of users or roles", _ADVICE)
        if self._value.get("IsTruncated"):
            message = "the listing stops half-way: there are more identities"
            complaints.note((*path, "IsTruncated"), message, "list all of them, without limits")
        self._managed = self._managed_documents()
        self._read: dict[str, NamedPolicy | None] = {}
        self._groups = {
            complaints.text(group, "GroupName", place): (group, place)
            for group, place in complaints.objects(self._value, "GroupDetailList", path)
        }

    def accounts(self) -> list[Account]:
        """The accounts that the identities are in; what an organization sets goes for each."""
        by_account: dict[str, dict[str, Identity]] = {}
        for identity in self._identities():
            by_account.setdefault(identity.account, {})[identity.arn] = identity
        if "AccountId" in self._value:
            number = self._complaints.text(self._value, "AccountId", self._path)
            by_account.setdefault(number, {})
            if not is_account(number):
                message = f"{shown(number)} is no account"
                self._complaints.note((*self._path, "AccountId"), message, "give its twelve digits")
        scps = self._levels("ServiceControlPolicies", Kind.SCP)
        rcps = self._levels("ResourceControlPolicies", Kind.RCP)
        is_management = self._value.get("ManagementAccount") is True
        return [
            Account(number, identities, scps, rcps, is_management)
            for number, identities in by_account.items()
        ]

    def _identities(self) -> Iterator[Identity]:
        for kind, member in (
            (IdentityKind.USER, "UserDetailList"),
            (IdentityKind.ROLE, "RoleDetailList"),
        ):
            for value, path in self._complaints.objects(self._value, member, self._path):
                identity = self._identity(kind, value, path)
                if identity is not None:
                    yield identity

    def _identity(self, kind: IdentityKind, value: _Object, path: Path) -> Identity | None:
        text = self._complaints.text(value, "Arn", path)
        arn = Arn.read(text)
        if arn is None or not is_account(arn.account) or not arn.resource.startswith(f"{kind}/"):
            if text:
                message = f"{shown(text)} is no ARN of a {kind}"
                self._complaints.note((*path, "Arn"), message)
            return None
        who = f"{kind} {shown(arn.resource.rpartition('/')[2])}"
        word = kind.value.capitalize()
        policies, missing = self._policies_of(value, path, f"{word}PolicyList", who)
        for at, name in enumerate(self._complaints.elements(value, "GroupList", path)):
            if not isinstance(name, str):
                message = f"expected a string, found {shown(name)}"
                self._complaints.note((*path, "GroupList", at), message)
            elif name not in self._groups:
                missing.append(f"group {name}")
            else:
                group, place = self._groups[name]
                owner = f"group {shown(name)}"
                more, lacking = self._policies_of(group, place, "GroupPolicyList", owner)
                policies += more
                missing += lacking
        boundary, boundary_missing = self._boundary(value, path)
        unique_id = value.get(f"{word}Id")
        return Identity(
            kind,
            text,
            unique_id if isinstance(unique_id, str) else None,
            tuple(policies),
            boundary,
            dict(self._tags(value, path)),
            tuple(missing),
            boundary_missing,
        )

    def _tags(self, value: _Object, path: Path) -> Iterator[tuple[str, str]]:
        for tag, place in self._complaints.objects(value, "Tags", path):
            key = self._complaints.text(tag, "Key", place)
            yield key, self._complaints.text(tag, "Value", place)

    def _boundary(self, value: _Object, path: Path) -> tuple[NamedPolicy | None, str | None]:
        held = value.get("PermissionsBoundary")
        if held is None:
            return None, None
        path = (*path, "PermissionsBoundary")
        if not isinstance(held, dict):
            self._complaints.note(path, f"expected an object, found {shown(held)}")
            return None, None
        arn = self._complaints.text(held, "PermissionsBoundaryArn", path)
        found = self._managed_policy(arn)
        return found, None if found else arn

    def _policies_of(
        self, value: _Object, path: Path, member: str, owner: str
    ) -> tuple[list[NamedPolicy], list[str]]:
        """Inline and attached policies of an identity or a group, and what is missing."""
        found: list[NamedPolicy] = []
        missing: list[str] = []
        for inline, place in self._complaints.objects(value, member, path):
            name = shown(self._complaints.text(inline, "PolicyName", place))
            policy = self._policy(inline, "PolicyDocument", place, Kind.IDENTITY)
            if policy is not None:
                found.append(NamedPolicy(f"policy {name} of {owner}", policy))
        for attached, place in self._complaints.objects(value, "AttachedManagedPolicies", path):
            arn = self._complaints.text(attached, "PolicyArn", place)
            known = self._managed_policy(arn)
            if known is None:
                missing.append(arn)
            else:
                found.append(known)
        return found, missing

    def _managed_documents(self) -> dict[str, tuple[_Object, Path]]:
        """The default version of each managed policy of the document, by the policy's ARN."""
        found: dict[str, tuple[_Object, Path]] = {}
        for value, path in self._complaints.objects(self._value, "Policies", self._path):
            arn = self._complaints.text(value, "Arn", path)
            default = value.get("DefaultVersionId")
            for each, place in self._complaints.objects(value, "PolicyVersionList", path):
                is_default = each.get("IsDefaultVersion")
                if is_default or (is_default is None and each.get("VersionId") == default):
                    found[arn] = each, place
        return found

    def _managed_policy(self, arn: str) -> NamedPolicy | None:
        if arn not in self._read:
            self._read[arn] = self._read_managed_policy(arn)
        return self._read[arn]

    def _read_managed_policy(self, arn: str) -> NamedPolicy | None:
        if arn in self._managed:
            value, path = self._managed[arn]
            policy = self._policy(value, "Document", path, Kind.IDENTITY)
            return None if policy is None else NamedPolicy(f"policy {shown(arn)}", policy)
        held = managed.find(arn)
        if held is None:
            return None
        taken_as = f"version {held.version} of {held.date}"
        return NamedPolicy(f"policy {shown(arn)}", held.policy, taken_as)

    def _levels(self, member: str, kind: Kind) -> Levels | None:
        """The levels of an organization's policies, None where none are given."""
        if member not in self._value:
            return None
        levels: list[tuple[NamedPolicy, ...]] = []
        for at, level in enumerate(self._complaints.elements(self._value, member, self._path)):
            place = (*self._path, member)
            if not isinstance(level, list):
                advice = "give a list of levels, each a list of policies"
                self._complaints.note(
                    (*place, at), f"expected a list, found {shown(level)}", advice
                )
                continue
            found = [
                self._organization_policy(one, path, kind)
                for one, path in self._complaints.objects_of(level, (*place, at))
            ]
            levels.append(tuple(policy for policy in found if policy is not None))
        return tuple(levels)

    def _organization_policy(self, value: _Object, path: Path, kind: Kind) -> NamedPolicy | None:
        """A policy as it is, or as `aws organizations describe-policy` prints it."""
        held = value.get("Policy", value)
        if not isinstance(held, dict):
            self._complaints.note(path, f"expected a policy, found {shown(held)}")
            return None
        inner = (*path, "Policy") if "Policy" in value else path
        level, number = path[-2:]
        name = f"{kind.value.upper()} {int(number) + 1} of level {int(level) + 1}"
        if "Statement" in held:
            policy = self._parsed(held, inner, kind)
        else:
            summary = held.get("PolicySummary")
            told = summary.get("Name") if isinstance(summary, dict) else held.get("Name")
            name = f"{kind.value.upper()} {shown(told)}" if isinstance(told, str) else name
            policy = self._policy(held, "Content", inner, kind)
        return None if policy is None else NamedPolicy(name, policy)

    def _policy(self, value: _Object, member: str, path: Path, kind: Kind) -> Policy | None:
        held = value.get(member)
        if isinstance(held, str):
            return self._decoded(held, (*path, member), kind)
        if isinstance(held, dict):
            return self._parsed(held, (*path, member), kind)
        if member not in value:
            self._complaints.note(path, f"the member `{member}` is missing", _ADVICE)
        else:
            self._complaints.note((*path, member), f"expected a policy, found {shown(held)}")
        return None

    def _decoded(self, text: str, path: Path, kind: Kind) -> Policy | None:
        """A policy that stands as text within the text, URL-encoded or not."""
        if not text.lstrip().startswith("{"):
            text = unquote(text)
        try:
            value = document.read(text).value
        except SyntaxProblem as error:
            problem = error.findings[0].message
            self._complaints.note(path, f"the policy document cannot be read: {problem}")
            return None
        return self._parsed(value, path, kind)

    def _parsed(self, value: Any, path: Path, kind: Kind) -> Policy | None:
        """A policy that the service took: it is no longer than it may be."""
        reader = Reader(kind, None)
        policy = reader.policy(value)
        for problem in reader.problems:
            self._complaints.note((*path, *problem.path), problem.message, problem.help)
        return None if reader.problems else policy
