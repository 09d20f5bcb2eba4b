"""What kind of document a JSON value is, by its content; where that leaves it open, by its name.

Answers of the AWS CLI are looked into: a document may stand in one as an object or as text, and
several may. What is found nowhere here is no document that the linter knows.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.edit import Path
from ecrpolicy.lint.kind import IAM, WITH_PRINCIPALS, Kind
from ecrpolicy.lint.values import at_path

Scope = Literal["V1", "V2"]


class Recognised(NamedTuple):
    """A document within a value: its kind, and where it stands.

    `is_text`: it stands there as a string. `why` says what the kind was taken for, and why, None
    where there is no doubt.
    """

    kind: Kind
    path: Path = ()
    is_text: bool = False
    scope: Scope | None = None
    why: str | None = None


class Guess(NamedTuple):
    """A kind, and why it was taken; None where there is no doubt."""

    kind: Kind
    why: str | None = None


_VERSIONS: Final = ("2012-10-17", "2008-10-17")
_ELEMENTS: Final = frozenset(
    name.lower()
    for name in (
        "Effect",
        "Action",
        "NotAction",
        "Resource",
        "NotResource",
        "Principal",
        "NotPrincipal",
        "Condition",
    )
)
_OF_REGISTRIES: Final = frozenset(
    ("ecr:replicateimage", "ecr:createrepository", "ecr:batchimportupstreamimage")
)

_WORDS: Final = re.compile(r"[a-z]+")
_NAMED: Final[tuple[tuple[Kind, tuple[str, ...]], ...]] = (
    (Kind.SCP, ("scp", "scps")),
    (Kind.RCP, ("rcp", "rcps")),
    (Kind.ENDPOINT, ("endpoint", "endpoints", "vpce")),
    (Kind.BOUNDARY, ("boundary", "boundaries")),
)
"""The words of a file's name, or of its folder's, that tell what kind of policy is in it."""
_NAMED_BY_FILE: Final = (
    *_NAMED,
    (Kind.SESSION, ("session",)),
    (Kind.REGISTRY, ("registry",)),
    (Kind.RESOURCE, ("trust", "assume")),
    (Kind.REPOSITORY, ("repository", "repositories", "repo")),
    (Kind.IDENTITY, ("identity", "role", "user", "group")),
)
"""The words that tell it in the name of the file alone."""

_TEXT_OF_POLICIES: Final = re.compile(
    r'"(?:Effect|NotAction|rulePriority|lifecyclePolicyText|policyText|scanFrequency|destinations'
    r'|pullThroughCacheRules|repositoryCreationTemplates)"',
    re.IGNORECASE,
)


def recognise(value: Any, file: str = "") -> tuple[Recognised, ...]:
    """The documents in the value of a JSON text; empty where there is none.

    >>> recognise({"lifecyclePolicyText": "{}"})[0].kind, recognise({"name": "app"})
    (<Kind.LIFECYCLE: 'lifecycle'>, ())
    """
    if not isinstance(value, dict):
        return ()
    found = _itself(value, file)
    if found is not None:
        inner = _templates(value) if found.kind is Kind.TEMPLATES else ()
        return (Recognised(found.kind, why=found.why), *inner)
    return tuple(_within(value))


def forced(found: Sequence[Recognised], kind: Kind) -> tuple[Recognised, ...]:
    """The documents again, where somebody says of which kind they are.

    Those in an answer of the AWS CLI that are of a kin, else the whole.

    >>> forced(recognise({"policyText": "{}"}), Kind.REGISTRY)[0].path
    ('policyText',)
    """
    kin = tuple(
        each._replace(kind=kind, why=None)
        for each in found
        if each.kind is kind or (each.kind in IAM and kind in IAM)
    )
    return kin or (Recognised(kind),)


def is_likely(text: str) -> bool:
    """Whether a text that is not JSON was to be a document all the same."""
    return _TEXT_OF_POLICIES.search(text) is not None


def _itself(value: Mapping[str, Any], file: str) -> Guess | None:
    """The kind of a document that is the whole value."""
    if _is_iam(value):
        return iam_kind(value, file)
    if isinstance(value.get("pullThroughCacheRules"), list):
        return Guess(Kind.CACHING)
    if isinstance(value.get("repositoryCreationTemplates"), list):
        return Guess(Kind.TEMPLATES)
    rules = value.get("rules")
    if not isinstance(rules, list):
        return Guess(Kind.SCANNING) if "scanType" in value else None
    return _by_rules(value, [each for each in rules if isinstance(each, dict)], file)


def _by_rules(
    value: Mapping[str, Any], rules: Sequence[Mapping[str, Any]], file: str
) -> Guess | None:
    """The kind of a document that has `rules`."""
    members = {name for rule in rules for name in rule}
    if members & {"rulePriority", "selection"}:
        return Guess(Kind.LIFECYCLE)
    if "scanType" in value or "scanFrequency" in members:
        return Guess(Kind.SCANNING)
    if "destinations" in members:
        return Guess(Kind.REPLICATION)
    if value["rules"] or len(value) > 1:
        return None
    words = _WORDS.findall(file.lower())
    for kind, word in ((Kind.REPLICATION, "replication"), (Kind.SCANNING, "scanning")):
        if word in words:
            return Guess(kind, f"it has no rules, and its name says `{word}`")
    return Guess(Kind.LIFECYCLE, "it has no rules") if "lifecycle" in words else None


def _is_iam(value: Mapping[str, Any]) -> bool:
    """Whether it is an IAM-style policy, or was to be one."""
    if value.get("Version") in _VERSIONS and "Statement" in value:
        return True
    members = {name.lower(): held for name, held in value.items()}
    held = members.get("statement")
    if members.get("version") in _VERSIONS and (held is not None or len(members) <= 2):
        return True
    several = held if isinstance(held, list) else [held]
    return any(
        isinstance(each, dict) and len({name.lower() for name in each} & _ELEMENTS) > 1
        for each in several
    )


def iam_kind(value: Mapping[str, Any], file: str = "") -> Guess:
    """The kind of an IAM-style policy.

    >>> iam_kind({"Statement": {"Effect": "Allow", "Action": "ecr:*", "Resource": "*"}})
    Guess(kind=<Kind.IDENTITY: 'identity'>, why='no statement has a principal')
    """
    statements = _statements(value)
    has_principals = any(
        name in each for each in statements for name in ("Principal", "NotPrincipal")
    )
    has_resources = any(_has_resource(each) for each in statements)
    named = _named(file, has_principals=has_principals)
    if named is not None and (named.kind is not Kind.REGISTRY or has_resources):
        return named
    if has_principals:
        return _with_principals(statements)
    actions = _actions(statements)
    if actions and not has_resources and all(each.startswith("ecr:") for each in actions):
        return Guess(Kind.REPOSITORY, "its actions are those of Amazon ECR, without a resource")
    return Guess(Kind.IDENTITY, "no statement has a principal")


def _named(file: str, *, has_principals: bool) -> Guess | None:
    """The kind that the name of the file tells, if one with such statements."""
    for kind, word in _told_by(file):
        if (kind in WITH_PRINCIPALS) == has_principals:
            return Guess(kind, f"the name of the file says `{word}`")
    return None


@lru_cache(maxsize=1024)
def _told_by(file: str) -> tuple[tuple[Kind, str], ...]:
    """The kinds that the name of a file may tell, and then its folder's, each with its word."""
    *_, folder, name = ("", *re.split(r"[/\\]", file.lower()))
    found: list[tuple[Kind, str]] = []
    for part, kinds in ((name, _NAMED_BY_FILE), (folder, _NAMED)):
        words = set(_WORDS.findall(part))
        found += [
            (kind, word)
            for kind, known in kinds
            if (word := next((each for each in known if each in words), None))
        ]
    return tuple(found)


def _with_principals(statements: Sequence[Mapping[str, Any]]) -> Guess:
    actions = _actions(statements)
    if not any(each.startswith("ecr:") or each == "*" for each in actions):
        return Guess(Kind.RESOURCE, "its actions are not those of Amazon ECR")
    if actions and actions <= _OF_REGISTRIES:
        return Guess(Kind.REGISTRY, "its actions are those of a registry policy")
    if not any(_has_resource(each) for each in statements):
        return Guess(Kind.REPOSITORY, "it has principals and no resources")
    everybody = all(_is_for_everybody(each) for each in statements)
    if everybody and all(each.get("Effect") == "Deny" for each in statements):
        return Guess(Kind.RCP, "it denies to everybody, and names resources")
    if not all(each.startswith("ecr:") for each in actions):
        if everybody:
            return Guess(Kind.ENDPOINT, "it is for everybody, and names resources")
        return Guess(Kind.RESOURCE, "its actions are of several services")
    if any(_names_repositories(each) for each in statements):
        if everybody:
            return Guess(Kind.ENDPOINT, "it is for everybody, and names repositories")
        return Guess(Kind.REGISTRY, "it has principals and names repositories")
    return Guess(Kind.REPOSITORY, "it has principals, and its actions are those of Amazon ECR")


def _statements(value: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    held = value.get("Statement", value.get("statement"))
    return [each for each in (held if isinstance(held, list) else [held]) if isinstance(each, dict)]


def _texts(held: Any) -> list[str]:
    return [each for each in (held if isinstance(held, list) else [held]) if isinstance(each, str)]


def _actions(statements: Sequence[Mapping[str, Any]]) -> set[str]:
    return {
        text.lower()
        for each in statements
        for name in ("Action", "NotAction")
        for text in _texts(each.get(name))
    }


def _has_resource(statement: Mapping[str, Any]) -> bool:
    return "Resource" in statement or "NotResource" in statement


def _names_repositories(statement: Mapping[str, Any]) -> bool:
    return any(":repository/" in text for text in _texts(statement.get("Resource")))


def _is_for_everybody(statement: Mapping[str, Any]) -> bool:
    held = statement.get("Principal")
    return "*" in _texts(held.get("AWS") if isinstance(held, dict) else held)


_Find = Callable[[Mapping[str, Any]], Iterator[Recognised]]


def _within(value: Mapping[str, Any]) -> Iterator[Recognised]:
    """The documents in an answer of the AWS CLI, or in several that one file holds."""
    for find in (_of_ecr, _of_repositories, _of_iam, _of_accounts, _of_others):
        yield from find(value)


def _at(
    value: Any,
    path: Path,
    kind: Kind,
    scope: Scope | None = None,
    why: str | None = None,
) -> Iterator[Recognised]:
    """The document on a path, if there is one."""
    held = at_path(value, path)
    if held and isinstance(held, dict | str):
        yield Recognised(kind, path, isinstance(held, str), scope, why)


def _of_ecr(value: Mapping[str, Any]) -> Iterator[Recognised]:
    scope: Scope | None = next(
        (each for each in ("V1", "V2") if value.get("registryPolicyScope") == each), None
    )
    yield from _at(value, ("lifecyclePolicyText",), Kind.LIFECYCLE)
    is_registry = "repositoryName" not in value and "registryId" in value
    why = None
    if not is_registry and "repositoryName" not in value:
        why = "nothing names a registry beside it"
    kind = Kind.REGISTRY if is_registry else Kind.REPOSITORY
    yield from _at(value, ("policyText",), kind, scope if is_registry else None, why)
    yield from _at(value, ("registryPolicyText",), Kind.REGISTRY, scope)
    yield from _at(value, ("replicationConfiguration",), Kind.REPLICATION)
    yield from _at(value, ("scanningConfiguration",), Kind.SCANNING)


def _of_repositories(value: Mapping[str, Any]) -> Iterator[Recognised]:
    """The policies beside the descriptions of repositories."""
    for number, _ in enumerate(_list(value.get("repositories"))):
        yield from _at(value, ("repositories", number, "policyText"), Kind.REPOSITORY)
        yield from _at(value, ("repositories", number, "lifecyclePolicyText"), Kind.LIFECYCLE)


def _templates(value: Mapping[str, Any]) -> Iterator[Recognised]:
    """The policies of templates."""
    name = "repositoryCreationTemplates"
    for number, _ in enumerate(_list(value.get(name))):
        yield from _at(value, (name, number, "repositoryPolicy"), Kind.REPOSITORY)
        yield from _at(value, (name, number, "lifecyclePolicy"), Kind.LIFECYCLE)


def _of_iam(value: Mapping[str, Any]) -> Iterator[Recognised]:
    yield from _at(value, ("PolicyVersion", "Document"), Kind.IDENTITY)
    yield from _at(value, ("PolicyDocument",), Kind.IDENTITY)
    yield from _at(value, ("Role", "AssumeRolePolicyDocument"), Kind.RESOURCE)


def _of_accounts(value: Mapping[str, Any]) -> Iterator[Recognised]:
    """The policies of `get-account-authorization-details`; of managed ones, the versions in use."""
    for members, policies in (
        ("UserDetailList", "UserPolicyList"),
        ("GroupDetailList", "GroupPolicyList"),
        ("RoleDetailList", "RolePolicyList"),
    ):
        for number, each in enumerate(_list(value.get(members))):
            held = each.get(policies) if isinstance(each, dict) else None
            for at, _ in enumerate(_list(held)):
                inline = (members, number, policies, at, "PolicyDocument")
                yield from _at(value, inline, Kind.IDENTITY)
            trust = (members, number, "AssumeRolePolicyDocument")
            yield from _at(value, trust, Kind.RESOURCE)
    for number, each in enumerate(_list(value.get("Policies"))):
        versions = each.get("PolicyVersionList") if isinstance(each, dict) else None
        for at, version in enumerate(_list(versions)):
            if isinstance(version, dict) and version.get("IsDefaultVersion") is True:
                managed = ("Policies", number, "PolicyVersionList", at, "Document")
                yield from _at(value, managed, Kind.IDENTITY)


_OF_ORGANIZATIONS: Final = {
    "SERVICE_CONTROL_POLICY": Kind.SCP,
    "RESOURCE_CONTROL_POLICY": Kind.RCP,
}


def _of_others(value: Mapping[str, Any]) -> Iterator[Recognised]:
    """The policies of `describe-policy`, of VPC endpoints, and of resources of other services."""
    held = value.get("Policy")
    kind = _OF_ORGANIZATIONS.get(at_path(held, ("PolicySummary", "Type")) or "")
    if kind is not None:
        yield from _at(value, ("Policy", "Content"), kind)
    elif isinstance(held, str) and is_likely(held):
        yield Recognised(Kind.RESOURCE, ("Policy",), is_text=True)
    for number, _ in enumerate(_list(value.get("VpcEndpoints"))):
        yield from _at(value, ("VpcEndpoints", number, "PolicyDocument"), Kind.ENDPOINT)


def _list(held: Any) -> list[Any]:
    return held if isinstance(held, list) and UNKNOWN not in held else []
