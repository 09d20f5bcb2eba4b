"""A naive, executable specification of policy evaluation for Amazon ECR.

One plain function per rule, each restating its rule. Nothing here is meant to be fast.

Sources: the IAM User Guide ("Policy evaluation logic", "IAM JSON policy elements: Principal",
"... NotPrincipal", "... Resource", "... Condition operators", "Policy elements: Variables and
tags", "AWS global condition context keys"), the AWS Organizations User Guide ("Service control
policies", "Resource control policies") and the Amazon ECR User Guide ("Private repository
policies", "Private registry permissions"). Where these are silent or disagree, the comment says
"decision": that is a ruling of ours.

It exists to be compared with the real implementation, so it shares no code with it. ``decide``
takes a request with its policies as one JSON-like dictionary and returns a ``Decision``; ``PATHS``
is the closed list of the rules that a decision can go through.
"""

import base64
import binascii
import datetime
import decimal
import ipaddress
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Json = dict[str, Any]
Effect = Literal["ALLOW", "EXPLICIT_DENY", "IMPLICIT_DENY"]

# ---------------------------------------------------------------------------------------------
# The closed list of path names
# ---------------------------------------------------------------------------------------------

OPERATORS = frozenset(
    {
        "StringEquals",
        "StringNotEquals",
        "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase",
        "StringLike",
        "StringNotLike",
        "NumericEquals",
        "NumericNotEquals",
        "NumericLessThan",
        "NumericLessThanEquals",
        "NumericGreaterThan",
        "NumericGreaterThanEquals",
        "DateEquals",
        "DateNotEquals",
        "DateLessThan",
        "DateLessThanEquals",
        "DateGreaterThan",
        "DateGreaterThanEquals",
        "Bool",
        "BinaryEquals",
        "IpAddress",
        "NotIpAddress",
        "ArnEquals",
        "ArnNotEquals",
        "ArnLike",
        "ArnNotLike",
        "Null",
    }
)

PATHS: frozenset[str] = frozenset(f"operator-{name.lower()}" for name in OPERATORS) | frozenset(
    {
        # Who calls
        "caller-root",
        "caller-user",
        "caller-role-session",
        "caller-role-arn-as-session",
        "caller-federated-user",
        "caller-service",
        "caller-anonymous",
        # Which policies bind (step 1)
        "scp-binding",
        "scp-not-given",
        "scp-not-binding-anonymous",
        "scp-not-binding-service",
        "scp-not-binding-service-linked-role",
        "scp-not-binding-management-account",
        "rcp-binding",
        "rcp-not-binding-service-linked-role",
        "rcp-not-binding-management-account",
        "identity-not-binding-service",
        "identity-not-binding-anonymous",
        "boundary-not-binding-root",
        "boundary-not-binding-service",
        "boundary-not-binding-anonymous",
        "session-not-binding-root",
        "session-not-binding-service",
        "session-not-binding-anonymous",
        "repository-policy-consulted",
        "repository-policy-not-consulted",
        "registry-v1-consulted",
        "registry-v1-not-consulted",
        "registry-v2-consulted",
        "registry-v2-not-consulted",
        "ecr-granted-by-identity-only",
        # Steps 2 to 8
        "explicit-deny",
        "scp-level-without-policies",
        "scp-level-does-not-allow",
        "scp-allows",
        "endpoint-does-not-allow",
        "endpoint-allows",
        "service-resource-allow",
        "service-no-resource-allow",
        "anonymous-resource-allow",
        "anonymous-no-resource-allow",
        "same-account",
        "same-account-user-arn-not-limited",
        "same-account-user-arn-limits-federated",
        "same-account-role-arn-limited",
        "same-account-role-session-arn-not-limited",
        "same-account-federated-user-arn-not-limited",
        "same-account-star-not-limited",
        "same-account-provider-limited",
        "same-account-account-only-delegates",
        "same-account-resource-grant",
        "same-account-resource-grant-stopped",
        "same-account-identity-grant",
        "same-account-identity-grant-stopped",
        "same-account-root-by-default",
        "cross-account",
        "cross-account-no-resource-allow",
        "cross-account-no-identity-allow",
        "cross-account-root-counts-as-identity-allow",
        "cross-account-stopped-by-limit",
        "cross-account-allow",
        "federated-user-without-session-policy",
        "role-session-without-session-policy",
        "boundary-allows",
        "boundary-does-not-allow",
        "session-allows",
        "session-does-not-allow",
        "implicit-deny",
        # Action and resource
        "action-matches",
        "action-does-not-match",
        "not-action-matches",
        "not-action-does-not-match",
        "resource-star",
        "resource-element-absent",
        "resource-matches",
        "resource-does-not-match",
        "resource-none-matched-by-star",
        "resource-none-not-matched",
        "not-resource-matches",
        "not-resource-does-not-match",
        "not-resource-none",
        # Principal
        "principal-absent-matches-nobody",
        "principal-star",
        "principal-aws-star",
        "principal-account-digits",
        "principal-account-root-arn",
        "principal-user",
        "principal-user-covers-federated-session",
        "principal-role-covers-session",
        "principal-role-by-name-only",
        "principal-role-path-differs",
        "principal-role-session",
        "principal-role-session-unknown-name",
        "principal-federated-user-session",
        "principal-service",
        "principal-provider",
        "principal-canonical-user",
        "principal-unique-id",
        "principal-matches",
        "principal-does-not-match",
        "not-principal-deny-boundary",
        "not-principal-deny-all-listed",
        "not-principal-deny-none-listed",
        "not-principal-deny-some-listed",
        "not-principal-allow-listed",
        "not-principal-allow-not-listed",
        # Conditions
        "condition-holds",
        "condition-does-not-hold",
        "operator-unknown",
        "operator-negated",
        "qualifier-forallvalues",
        "qualifier-forallvalues-empty",
        "qualifier-foranyvalue",
        "qualifier-foranyvalue-empty",
        "qualifier-foranyvalue-ifexists-missing",
        "qualifier-forallvalues-null",
        "qualifier-foranyvalue-null",
        "ifexists-missing-key",
        "missing-key-positive",
        "missing-key-negated",
        "several-values-without-qualifier",
        "empty-list-is-missing",
        "null-key-missing",
        "null-key-present",
        "value-json-number-or-boolean",
        "malformed-number",
        "malformed-date",
        "malformed-boolean",
        "malformed-binary",
        "malformed-address",
        "malformed-arn",
        "date-iso",
        "date-epoch",
        "address-ipv4",
        "address-ipv6",
        "address-version-differs",
        # Variables
        "variable-value",
        "variable-default",
        "variable-literal",
        "variable-several-values",
        "variable-without-value",
        "variable-plain-text-old-version",
        "variable-plain-text-before-fifth-colon",
        # The context that is filled in
        "context-filled",
        "context-given-wins",
    }
)


class Trail:
    """Collects the names of the rules that the decision went through."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def note(self, name: str) -> None:
        if name not in PATHS:
            raise AssertionError(f"{name} is not in the list of path names")
        self.names.add(name)


@dataclass(frozen=True)
class Decision:
    """The answer: its effect, the policy types that decided it, the rules it went through."""

    effect: Effect
    decided_by: frozenset[str]
    path: frozenset[str]


# ---------------------------------------------------------------------------------------------
# ARNs and wildcards
# ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Arn:
    """The parts of an ARN behind the leading ``arn``; the last one may hold colons."""

    partition: str
    service: str
    region: str
    account: str
    resource: str


def parse_arn(text: str) -> Arn | None:
    """An ARN has six parts apart by colons and the first is ``arn``; anything else is none."""
    parts = text.split(":", 5)
    if len(parts) != 6 or parts[0] != "arn":
        return None
    return Arn(parts[1], parts[2], parts[3], parts[4], parts[5])


@dataclass(frozen=True)
class Token:
    """One character of a pattern: itself, or a wildcard, which may be held within a segment."""

    kind: Literal["char", "one", "run", "one-no-colon", "run-no-colon"]
    char: str


Pattern = tuple[Token, ...]


def plain_token(char: str) -> Token:
    """In policy text ``*`` stands for any run of characters, ``?`` for any single one."""
    if char == "*":
        return Token("run", char)
    if char == "?":
        return Token("one", char)
    return Token("char", char)


def plain_pattern(text: str) -> Pattern:
    """Policy text whose wildcards count and in which no variable is replaced."""
    return tuple(plain_token(char) for char in text)


def literal_pattern(text: str) -> Pattern:
    """What a variable puts in stands for itself, its ``*`` and ``?`` too."""
    return tuple(Token("char", char) for char in text)


def pattern_text(pattern: Pattern) -> str:
    """The pattern as text, for the operators that know no wildcards."""
    return "".join(token.char for token in pattern)


def pattern_matches(pattern: Pattern, text: str) -> bool:
    """Dynamic programming: row i holds whether the first i tokens match the first j characters."""
    row = [j == 0 for j in range(len(text) + 1)]
    for token in pattern:
        above = row
        row = [False] * (len(text) + 1)
        for j in range(len(text) + 1):
            if token.kind in ("run", "run-no-colon"):
                takes_char = j > 0 and (token.kind == "run" or text[j - 1] != ":")
                row[j] = above[j] or (takes_char and row[j - 1])
            elif j > 0 and above[j - 1]:
                if token.kind == "char":
                    row[j] = text[j - 1] == token.char
                elif token.kind == "one":
                    row[j] = True
                else:
                    row[j] = text[j - 1] != ":"
    return row[len(text)]


# ---------------------------------------------------------------------------------------------
# The caller
# ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Caller:
    """Who calls. ``kind`` is the row of the table of callers that applies."""

    kind: Literal["root", "user", "session", "federated", "service", "anonymous"]
    name: str  # the ARN or the service's name; empty for an anonymous caller
    partition: str = ""
    account: str | None = None
    role_arn: str | None = None  # of a session: the role's own ARN, where it is known
    role_name: str = ""  # of a session
    session_name: str | None = None  # of a session: None where it is not known
    user_arn: str | None = None  # of a user: itself; of a federated session: the user behind it
    provider: str | None = None  # of a web or SAML session


def caller_of(case: Json, trail: Trail) -> Caller:
    """No principal is an anonymous caller; what is not an ARN is a service; else see the ARN."""
    principal: str | None = case.get("principal")
    if principal is None:
        trail.note("caller-anonymous")
        return Caller("anonymous", "")
    if not principal.startswith("arn:"):
        trail.note("caller-service")
        return Caller("service", principal)
    arn = parse_arn(principal)
    if arn is None:
        raise ValueError(f"not an ARN of a caller: {principal}")
    steps = arn.resource.split("/")
    if arn.service == "iam" and arn.resource == "root":
        trail.note("caller-root")
        return Caller("root", principal, arn.partition, arn.account)
    if arn.service == "iam" and steps[0] == "user":
        trail.note("caller-user")
        return Caller("user", principal, arn.partition, arn.account, user_arn=principal)
    if arn.service == "iam" and steps[0] == "role":
        # A role's ARN as the caller is a session of that role whose name is not known.
        trail.note("caller-role-arn-as-session")
        return Caller(
            "session",
            principal,
            arn.partition,
            arn.account,
            role_arn=principal,
            role_name=steps[-1],
            provider=case.get("provider"),
        )
    if arn.service == "sts" and steps[0] == "assumed-role" and len(steps) == 3:
        trail.note("caller-role-session")
        return Caller(
            "session",
            principal,
            arn.partition,
            arn.account,
            role_arn=case.get("role"),
            role_name=steps[1],
            session_name=steps[2],
            provider=case.get("provider"),
        )
    if arn.service == "sts" and steps[0] == "federated-user":
        trail.note("caller-federated-user")
        return Caller("federated", principal, arn.partition, arn.account, user_arn=case.get("user"))
    raise ValueError(f"not an ARN of a caller: {principal}")


def has_identity(caller: Caller) -> bool:
    """Services and anonymous callers are no identities of an account."""
    return caller.kind not in ("service", "anonymous")


# ---------------------------------------------------------------------------------------------
# The request and its context
# ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Request:
    """One request. The keys of ``context`` are in lower case, its values are lists."""

    caller: Caller
    action: str
    resource: str | None
    resource_account: str | None
    context: dict[str, list[str]]
    service_linked_role: bool
    principal_in_management_account: bool
    resource_in_management_account: bool
    trail: Trail


def json_text(value: Any, trail: Trail) -> str:
    """JSON booleans and numbers compare as their text (``true``, ``10``)."""
    if isinstance(value, str):
        return value
    trail.note("value-json-number-or-boolean")
    return json.dumps(value)


def as_list(value: Any) -> list[Any]:
    """Where one or several may stand, one is the same as a list of one."""
    return value if isinstance(value, list) else [value]


def resource_account_of(case: Json, caller: Caller) -> str | None:
    """The resource's account: the one that is given, else its ARN's, else the caller's."""
    given: str | None = case.get("resourceAccount")
    if given:
        return given
    resource: str | None = case.get("resource")
    arn = parse_arn(resource) if resource is not None else None
    if arn is not None and arn.account:
        return arn.account
    return caller.account


def principal_arn_key(caller: Caller) -> str | None:
    """aws:PrincipalArn: root, user, federated session: the ARN itself; a session: its role's ARN.

    Where the role's ARN is not known it is put together from account and name, without a path.
    """
    if not has_identity(caller):
        return None
    if caller.kind != "session":
        return caller.name
    if caller.role_arn is not None:
        return caller.role_arn
    return f"arn:{caller.partition}:iam::{caller.account}:role/{caller.role_name}"


def principal_type_key(caller: Caller) -> str | None:
    """aws:PrincipalType, as in the table of principal key values. Services: decision, none."""
    return {
        "root": "Account",
        "user": "User",
        "session": "AssumedRole",
        "federated": "FederatedUser",
        "anonymous": "Anonymous",
        "service": None,
    }[caller.kind]


def user_id_key(caller: Caller) -> str | None:
    """aws:userid: root, the account; federated, account:name; anonymous, that word.

    A user's and a role's unique id are not part of a case, so theirs stays unknown.
    """
    if caller.kind == "root":
        return caller.account
    if caller.kind == "federated":
        return f"{caller.account}:{caller.name.split('/', 1)[1]}"
    if caller.kind == "anonymous":
        return "anonymous"
    return None


def user_name_key(caller: Caller) -> str | None:
    """aws:username: for IAM users only; the last step of the ARN's path."""
    return caller.name.split("/")[-1] if caller.kind == "user" else None


def is_service_key(caller: Caller) -> str | None:
    """aws:PrincipalIsAWSService: in every signed request, so not in an anonymous one."""
    if caller.kind == "anonymous":
        return None
    return "true" if caller.kind == "service" else "false"


def service_name_key(caller: Caller) -> str | None:
    """aws:PrincipalServiceName: for services only."""
    return caller.name if caller.kind == "service" else None


def context_of(
    case: Json, caller: Caller, resource_account: str | None, trail: Trail
) -> dict[str, list[str]]:
    """The context that is given, and what follows from the caller where it is not given."""
    context: dict[str, list[str]] = {}
    for key, value in case.get("context", {}).items():
        context[key.lower()] = [json_text(one, trail) for one in as_list(value)]

    filled: list[tuple[str, str | None]] = [
        ("aws:PrincipalArn", principal_arn_key(caller)),
        ("aws:PrincipalAccount", caller.account),
        ("aws:PrincipalType", principal_type_key(caller)),
        ("aws:userid", user_id_key(caller)),
        ("aws:username", user_name_key(caller)),
        ("aws:PrincipalIsAWSService", is_service_key(caller)),
        ("aws:PrincipalServiceName", service_name_key(caller)),
        ("aws:ResourceAccount", resource_account),
    ]
    for tag, value in case.get("principalTags", {}).items():
        filled.append((f"aws:PrincipalTag/{tag}", value))
    for tag, value in case.get("resourceTags", {}).items():
        filled.append((f"aws:ResourceTag/{tag}", value))
        filled.append((f"ecr:ResourceTag/{tag}", value))

    for key, text in filled:
        if text is None:
            continue
        if key.lower() in context:
            trail.note("context-given-wins")
        else:
            trail.note("context-filled")
            context[key.lower()] = [text]
    return context


def request_of(case: Json, trail: Trail) -> Request:
    caller = caller_of(case, trail)
    resource_account = resource_account_of(case, caller)
    return Request(
        caller=caller,
        action=case["action"],
        resource=case.get("resource"),
        resource_account=resource_account,
        context=context_of(case, caller, resource_account, trail),
        service_linked_role=bool(case.get("serviceLinkedRole", False)),
        principal_in_management_account=bool(case.get("principalInManagementAccount", False)),
        resource_in_management_account=bool(case.get("resourceInManagementAccount", False)),
        trail=trail,
    )


def values_of(key: str, request: Request) -> list[str]:
    """The values of a context key; none where it is missing. Keys know no case.

    Decision: a key that is given as an empty list is a missing key.
    """
    values = request.context.get(key.lower())
    if values is None:
        return []
    if not values:
        request.trail.note("empty-list-is-missing")
    return values


# ---------------------------------------------------------------------------------------------
# Policy variables
# ---------------------------------------------------------------------------------------------

VARIABLE_WITH_DEFAULT = re.compile(r"\$\{([^,}]*),\s*'([^']*)'\s*\}")
VARIABLE = re.compile(r"\$\{([^}]*)\}")


def variable_value(key: str, default: str | None, request: Request) -> str | None:
    """The key's only value; else the default; else nothing. Several values are no value."""
    values = values_of(key, request)
    if len(values) == 1:
        request.trail.note("variable-value")
        return values[0]
    if len(values) > 1:
        request.trail.note("variable-several-values")
    if default is not None:
        request.trail.note("variable-default")
        return default
    request.trail.note("variable-without-value")
    return None


def fill_variables(text: str, has_variables: bool, request: Request) -> Pattern | None:
    """Replace the variables of policy text; None where one has neither value nor default.

    ``${*}``, ``${?}`` and ``${$}`` stand for that character. What is put in is literal. Under a
    Version other than 2012-10-17 everything is plain text. ``${`` without an end is plain text.
    """
    if not has_variables:
        if "${" in text:
            request.trail.note("variable-plain-text-old-version")
        return plain_pattern(text)
    tokens: list[Token] = []
    at = 0
    resolved = True
    while at < len(text):
        with_default = VARIABLE_WITH_DEFAULT.match(text, at)
        found = with_default or VARIABLE.match(text, at)
        if found is None:
            tokens.append(plain_token(text[at]))
            at += 1
            continue
        at = found.end()
        key = found.group(1).strip()
        if with_default is None and key in ("*", "?", "$"):
            request.trail.note("variable-literal")
            tokens.extend(literal_pattern(key))
            continue
        value = variable_value(key, with_default.group(2) if with_default else None, request)
        if value is None:
            resolved = False
        else:
            tokens.extend(literal_pattern(value))
    return tuple(tokens) if resolved else None


# ---------------------------------------------------------------------------------------------
# Action, NotAction, Resource, NotResource
# ---------------------------------------------------------------------------------------------


def action_listed(patterns: Any, request: Request) -> bool:
    """An action matches with ``*`` and ``?``, whatever its case."""
    return any(
        pattern_matches(plain_pattern(pattern.lower()), request.action.lower())
        for pattern in as_list(patterns)
    )


def action_element_matches(statement: Json, request: Request) -> bool:
    """Action: one of the listed; NotAction: none of them."""
    if "Action" in statement:
        matches = action_listed(statement["Action"], request)
        request.trail.note("action-matches" if matches else "action-does-not-match")
        return matches
    if "NotAction" in statement:
        matches = not action_listed(statement["NotAction"], request)
        request.trail.note("not-action-matches" if matches else "not-action-does-not-match")
        return matches
    return False


def hold_within_segments(pattern: Pattern) -> Pattern:
    """Wildcards of the first five segments of an ARN do not cross a colon ...

    ... but for a ``*`` that is the last character of its segment: it may run on. Decision: what
    follows the fifth colon is one segment, whose wildcards take colons like any character.
    """
    held: list[Token] = []
    colons = 0
    for index, token in enumerate(pattern):
        last = index + 1 == len(pattern)
        ends_segment = last or pattern[index + 1] == Token("char", ":")
        if token == Token("char", ":"):
            colons += 1
        if colons < 5 and token.kind == "one":
            held.append(Token("one-no-colon", token.char))
        elif colons < 5 and token.kind == "run" and not ends_segment:
            held.append(Token("run-no-colon", token.char))
        else:
            held.append(token)
    return tuple(held)


def resource_pattern(text: str, has_variables: bool, request: Request) -> Pattern | None:
    """In a resource, variables count behind the fifth colon only; before it they are text."""
    parts = text.split(":", 5)
    if len(parts) < 6:
        if "${" in text:
            request.trail.note("variable-plain-text-before-fifth-colon")
        return hold_within_segments(plain_pattern(text))
    head = ":".join(parts[:5]) + ":"
    if "${" in head:
        request.trail.note("variable-plain-text-before-fifth-colon")
    tail = fill_variables(parts[5], has_variables, request)
    return None if tail is None else hold_within_segments(plain_pattern(head)) + tail


def one_resource_matches(text: str, has_variables: bool, request: Request) -> bool:
    """``*`` alone matches everything, also a request without a resource; else by segments."""
    if text == "*":
        request.trail.note("resource-star")
        return True
    if request.resource is None:
        return False
    pattern = resource_pattern(text, has_variables, request)
    return pattern is not None and pattern_matches(pattern, request.resource)


def resource_element_matches(statement: Json, has_variables: bool, request: Request) -> bool:
    """Resource: one of the listed; NotResource: none of them; neither: no limit.

    A request without a resource is matched by ``*`` alone and by a NotResource other than ``*``.
    A value whose variable has no value matches nothing, so a NotResource with it holds.
    """
    trail = request.trail
    if "Resource" in statement:
        listed = [
            one_resource_matches(text, has_variables, request)
            for text in as_list(statement["Resource"])
        ]
        matches = any(listed)
        trail.note("resource-matches" if matches else "resource-does-not-match")
        if request.resource is None:
            trail.note("resource-none-matched-by-star" if matches else "resource-none-not-matched")
        return matches
    if "NotResource" in statement:
        listed = [
            one_resource_matches(text, has_variables, request)
            for text in as_list(statement["NotResource"])
        ]
        matches = not any(listed)
        trail.note("not-resource-matches" if matches else "not-resource-does-not-match")
        if request.resource is None and matches:
            trail.note("not-resource-none")
        return matches
    trail.note("resource-element-absent")
    return True


# ---------------------------------------------------------------------------------------------
# Principal and NotPrincipal
# ---------------------------------------------------------------------------------------------

# How a Principal element can name a caller. "account" is the 12 digits or the root ARN.
Form = Literal[
    "star", "account", "user", "role", "session", "federated-session", "service", "provider"
]
Forms = frozenset[Form]
NO_FORMS: Forms = frozenset()


def is_account_id(text: str) -> bool:
    """An account is named by twelve digits."""
    return len(text) == 12 and all(char in "0123456789" for char in text)


def role_arn_covers(arn: Arn, caller: Caller, trail: Trail) -> bool:
    """A role's ARN names the sessions of the role.

    Decision: role names know no case; paths do. Where the role's own ARN is known, the path must
    be the same; where it is not, account and name settle it, as a session's ARN has no path.
    """
    if caller.kind != "session":
        return False
    if (arn.partition, arn.account) != (caller.partition, caller.account):
        return False
    path, _, name = arn.resource.rpartition("/")
    if name.lower() != caller.role_name.lower():
        return False
    if caller.role_arn is None:
        trail.note("principal-role-by-name-only")
        return True
    known = parse_arn(caller.role_arn)
    if known is None or known.resource.rpartition("/")[0] != path:
        trail.note("principal-role-path-differs")
        return False
    return True


def session_arn_names(arn: Arn, caller: Caller, trail: Trail) -> bool:
    """A session's ARN names that session: role name in any case, session name as written.

    A session whose name is not known is named by no session ARN.
    """
    steps = arn.resource.split("/")
    if caller.kind != "session" or len(steps) != 3:
        return False
    if (arn.partition, arn.account) != (caller.partition, caller.account):
        return False
    if steps[1].lower() != caller.role_name.lower():
        return False
    if caller.session_name is None:
        trail.note("principal-role-session-unknown-name")
        return False
    return steps[2] == caller.session_name


def aws_principal_form(value: str, caller: Caller, trail: Trail) -> Form | None:
    """The form by which one value of ``AWS`` names the caller, or None. No wildcards in ARNs.

    Unique ids (AIDA..., AROA...) name nobody.
    """
    if value == "*":
        trail.note("principal-aws-star")
        return "star"
    if is_account_id(value):
        trail.note("principal-account-digits")
        return "account" if caller.account == value else None
    if value.startswith(("AIDA", "AROA")):
        trail.note("principal-unique-id")
        return None
    arn = parse_arn(value)
    if arn is None or arn.region != "":
        return None
    if arn.service == "iam" and arn.resource == "root":
        trail.note("principal-account-root-arn")
        same = (arn.partition, arn.account) == (caller.partition, caller.account)
        return "account" if same else None
    if arn.service == "iam" and arn.resource.startswith("user/"):
        if caller.user_arn != value:
            return None
        trail.note(
            "principal-user" if caller.kind == "user" else "principal-user-covers-federated-session"
        )
        return "user"
    if arn.service == "iam" and arn.resource.startswith("role/"):
        if not role_arn_covers(arn, caller, trail):
            return None
        trail.note("principal-role-covers-session")
        return "role"
    if arn.service == "sts" and arn.resource.startswith("assumed-role/"):
        if not session_arn_names(arn, caller, trail):
            return None
        trail.note("principal-role-session")
        return "session"
    if arn.service == "sts" and arn.resource.startswith("federated-user/"):
        if caller.kind != "federated" or caller.name != value:
            return None
        trail.note("principal-federated-user-session")
        return "federated-session"
    return None


def principal_forms(element: Any, caller: Caller, trail: Trail) -> Forms:
    """All forms by which a Principal (or the list of a NotPrincipal) names the caller.

    ``"*"`` is the same as ``{"AWS": "*"}`` and names every caller. A service is named by its
    exact name, a web or SAML session by its provider. A canonical user id names nobody here.
    """
    if element == "*":
        trail.note("principal-star")
        return frozenset({"star"})
    if not isinstance(element, dict):
        return NO_FORMS
    forms: set[Form] = set()
    for value in as_list(element.get("AWS", [])):
        form = aws_principal_form(value, caller, trail)
        if form is not None:
            forms.add(form)
    for value in as_list(element.get("Service", [])):
        if caller.kind == "service" and caller.name == value:
            trail.note("principal-service")
            forms.add("service")
    for value in as_list(element.get("Federated", [])):
        if caller.kind == "session" and caller.provider == value:
            trail.note("principal-provider")
            forms.add("provider")
    if "CanonicalUser" in element:
        trail.note("principal-canonical-user")
    return frozenset(forms)


def forms_to_be_exempt(caller: Caller) -> Forms:
    """What a Deny's NotPrincipal must list to leave the caller alone.

    A session: account, role and session. A user: account and user. By analogy (decision): a
    federated session: account, itself, and its user where known; root: the account; a service:
    its name; an anonymous caller: nothing but ``*`` lists it.
    """
    if caller.kind == "session":
        return frozenset({"account", "role", "session"})
    if caller.kind == "user":
        return frozenset({"account", "user"})
    if caller.kind == "federated":
        if caller.user_arn is None:
            return frozenset({"account", "federated-session"})
        return frozenset({"account", "federated-session", "user"})
    if caller.kind == "root":
        return frozenset({"account"})
    if caller.kind == "service":
        return frozenset({"service"})
    return frozenset({"star"})


def not_principal_denies(element: Any, has_boundary: bool, caller: Caller, trail: Trail) -> bool:
    """NotPrincipal in a Deny: who is denied.

    A caller with a boundary always, whatever is listed. Else: all listed, exempt; none listed,
    denied; some listed, denied (decision).
    """
    if has_boundary:
        trail.note("not-principal-deny-boundary")
        return True
    forms = principal_forms(element, caller, trail)
    if "star" in forms or forms_to_be_exempt(caller) <= forms:
        trail.note("not-principal-deny-all-listed")
        return False
    trail.note("not-principal-deny-some-listed" if forms else "not-principal-deny-none-listed")
    return True


def not_principal_allows(element: Any, caller: Caller, trail: Trail) -> bool:
    """NotPrincipal in an Allow: everybody whom the list does not name in any form."""
    if principal_forms(element, caller, trail):
        trail.note("not-principal-allow-listed")
        return False
    trail.note("not-principal-allow-not-listed")
    return True


# ---------------------------------------------------------------------------------------------
# Condition operators: one value of the request against one value of the policy
# ---------------------------------------------------------------------------------------------

NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
W3C_DATE = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})"
    r"(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?"
)


def number_of(text: str, trail: Trail) -> decimal.Decimal | None:
    """A number: sign, digits, fraction, exponent, and nothing beside them."""
    if NUMBER.fullmatch(text) is None:
        trail.note("malformed-number")
        return None
    try:
        return decimal.Decimal(text)
    except decimal.InvalidOperation:  # an exponent beyond what the type can hold
        trail.note("malformed-number")
        return None


def days_since_epoch(year: int, month: int, day: int) -> int | None:
    """Days since 1970-01-01, None where there is no such day. The calendar repeats in 400 years.

    Counting within the years 2000 to 2399 lets every year of four digits in, 0000 too.
    """
    cycles, year_of_cycle = divmod(year - 2000, 400)
    try:
        within = datetime.date(2000 + year_of_cycle, month, day)
    except ValueError:
        return None
    return within.toordinal() - datetime.date(1970, 1, 1).toordinal() + cycles * 146097


def offset_minutes(zone: str | None) -> int | None:
    """Minutes ahead of UTC; no zone is UTC; None where there is no such offset."""
    if zone is None or zone == "Z":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[4:6])
    if hours > 23 or minutes > 59:
        return None
    return (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)


def iso_seconds(match: re.Match[str]) -> decimal.Decimal | None:
    """Seconds since the epoch of a date in one of the W3C forms of ISO 8601."""
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    days = days_since_epoch(int(year), int(month or 1), int(day or 1))
    offset = offset_minutes(zone)
    if days is None or offset is None:
        return None
    if int(hour or 0) > 23 or int(minute or 0) > 59 or int(second or 0) > 59:
        return None
    minutes = days * 1440 + int(hour or 0) * 60 + int(minute or 0) - offset
    with decimal.localcontext() as exact:
        exact.prec = 40 + len(fraction or "")
        return minutes * 60 + decimal.Decimal(f"{second or 0}.{fraction or 0}")


def date_of(text: str, trail: Trail) -> decimal.Decimal | None:
    """A date as seconds since the epoch: ISO 8601, or epoch seconds, however far away.

    Decision: four digits alone are a year, other bare numbers are epoch seconds.
    """
    match = W3C_DATE.fullmatch(text)
    seconds = iso_seconds(match) if match is not None else None
    if seconds is not None:
        trail.note("date-iso")
        return seconds
    if match is None and NUMBER.fullmatch(text) is not None:
        trail.note("date-epoch")
        try:
            return decimal.Decimal(text)
        except decimal.InvalidOperation:
            pass
    trail.note("malformed-date")
    return None


def compares(
    comparison: str, found: decimal.Decimal | None, wanted: decimal.Decimal | None
) -> bool:
    """The request's value against the policy's. A malformed one equals and orders nothing."""
    if found is None or wanted is None:
        return False
    if comparison == "Equals":
        return found == wanted
    if comparison == "LessThan":
        return found < wanted
    if comparison == "LessThanEquals":
        return found <= wanted
    if comparison == "GreaterThan":
        return found > wanted
    return found >= wanted


def boolean_of(text: str, trail: Trail) -> bool | None:
    """``true`` or ``false`` in any case; nothing else is a boolean."""
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    trail.note("malformed-boolean")
    return None


def bool_equals(found: str, wanted: str, trail: Trail) -> bool:
    """Bool: both sides are booleans, and the same."""
    left, right = boolean_of(found, trail), boolean_of(wanted, trail)
    return left is not None and left == right


def bytes_of(text: str, trail: Trail) -> bytes | None:
    """The bytes that base64 text stands for."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        trail.note("malformed-binary")
        return None


def binary_equals(found: str, wanted: str, trail: Trail) -> bool:
    """BinaryEquals: both sides are decoded, then compared."""
    left, right = bytes_of(found, trail), bytes_of(wanted, trail)
    return left is not None and left == right


def address_of(text: str, trail: Trail) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An address of the request, by value and not by spelling."""
    try:
        if "%" in text:
            raise ValueError("an address with a scope")
        return ipaddress.ip_address(text)
    except ValueError:
        trail.note("malformed-address")
        return None


def network_of(text: str, trail: Trail) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    """A range of a policy: an address, or an address and the length of its prefix."""
    _, slash, prefix = text.partition("/")
    try:
        if "%" in text or (slash and not (prefix.isascii() and prefix.isdigit())):
            raise ValueError("a scope or a mask")
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        trail.note("malformed-address")
        return None


def ip_address_matches(found: str, wanted: str, trail: Trail) -> bool:
    """IpAddress: the address lies in the range. IPv4 and IPv6 never match one another."""
    address, network = address_of(found, trail), network_of(wanted, trail)
    if address is None or network is None:
        return False
    trail.note("address-ipv4" if address.version == 4 else "address-ipv6")
    if address.version != network.version:
        trail.note("address-version-differs")
        return False
    return address in network


def split_pattern_in_six(pattern: Pattern) -> list[Pattern] | None:
    """The six parts of an ARN pattern (the last keeps its colons), None for fewer."""
    parts: list[list[Token]] = [[]]
    for token in pattern:
        if token == Token("char", ":") and len(parts) < 6:
            parts.append([])
        else:
            parts[-1].append(token)
    return [tuple(part) for part in parts] if len(parts) == 6 else None


def arn_matches(found: str, wanted: Pattern, trail: Trail) -> bool:
    """ArnEquals and ArnLike are one: six parts, each matched for itself, cases differ.

    Decision: a policy value of fewer than six parts is malformed, ``*`` too.
    """
    parts = split_pattern_in_six(wanted)
    if parse_arn(found) is None or parts is None:
        trail.note("malformed-arn")
        return False
    return all(
        pattern_matches(part, text) for part, text in zip(parts, found.split(":", 5), strict=True)
    )


def string_matches(operator: str, found: str, wanted: Pattern) -> bool:
    """StringEquals: the same text; ...IgnoreCase: in any case; StringLike: with wildcards."""
    if operator == "StringEquals":
        return found == pattern_text(wanted)
    if operator == "StringEqualsIgnoreCase":
        return found.lower() == pattern_text(wanted).lower()
    return pattern_matches(wanted, found)


SIMPLE_OPERATORS: dict[str, Callable[[str, str, Trail], bool]] = {
    "Bool": bool_equals,
    "BinaryEquals": binary_equals,
    "IpAddress": ip_address_matches,
}


def positive_matches(
    operator: str, found: str, wanted: str, has_variables: bool, request: Request
) -> bool:
    """One value against one value. Only String and Arn operators know variables.

    A policy value whose variable has no value matches nothing.
    """
    trail = request.trail
    if operator.startswith(("String", "Arn")):
        pattern = fill_variables(wanted, has_variables, request)
        if pattern is None:
            return False
        if operator.startswith("String"):
            return string_matches(operator, found, pattern)
        return arn_matches(found, pattern, trail)
    if operator.startswith("Numeric"):
        comparison = operator.removeprefix("Numeric")
        return compares(comparison, number_of(found, trail), number_of(wanted, trail))
    if operator.startswith("Date"):
        comparison = operator.removeprefix("Date")
        return compares(comparison, date_of(found, trail), date_of(wanted, trail))
    return SIMPLE_OPERATORS[operator](found, wanted, trail)


# ---------------------------------------------------------------------------------------------
# Condition: qualifiers, missing keys, several values
# ---------------------------------------------------------------------------------------------

# Each negated operator and the one that it negates.
NEGATED = {
    "StringNotEquals": "StringEquals",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "StringNotLike": "StringLike",
    "NumericNotEquals": "NumericEquals",
    "DateNotEquals": "DateEquals",
    "NotIpAddress": "IpAddress",
    "ArnNotEquals": "ArnEquals",
    "ArnNotLike": "ArnLike",
}


@dataclass(frozen=True)
class Operator:
    """An operator as written: ``ForAllValues:`` or ``ForAnyValue:``, a name, ``IfExists``."""

    qualifier: str
    name: str
    if_exists: bool


def parse_operator(text: str) -> Operator:
    qualifier, colon, rest = text.partition(":")
    if not colon:
        qualifier, rest = "", text
    return Operator(qualifier, rest.removesuffix("IfExists"), rest.endswith("IfExists"))


def one_value_holds(
    operator: Operator, found: str, wanted: list[str], has_variables: bool, request: Request
) -> bool:
    """Values of the policy are alternatives; a negated operator wants none of them to match."""
    positive = NEGATED.get(operator.name, operator.name)
    matching = [positive_matches(positive, found, one, has_variables, request) for one in wanted]
    if operator.name in NEGATED:
        request.trail.note("operator-negated")
        return not any(matching)
    return any(matching)


def null_holds(operator: Operator, key: str, wanted: list[str], request: Request) -> bool:
    """Null: "true" wants the key missing, "false" wants it there; IfExists changes nothing.

    With ForAllValues it is always true, with ForAnyValue always false. Decision: a key with
    several values is there.
    """
    trail = request.trail
    if operator.qualifier == "ForAllValues":
        trail.note("qualifier-forallvalues-null")
        return True
    if operator.qualifier == "ForAnyValue":
        trail.note("qualifier-foranyvalue-null")
        return False
    missing = not values_of(key, request)
    trail.note("null-key-missing" if missing else "null-key-present")
    as_wanted = [boolean_of(one, trail) is missing for one in wanted]
    return any(as_wanted)


def for_all_values_holds(
    operator: Operator, key: str, wanted: list[str], has_variables: bool, request: Request
) -> bool:
    """ForAllValues: every value of the request holds; true on a missing key, [] or ""."""
    found = values_of(key, request)
    if found in ([], [""]):
        request.trail.note("qualifier-forallvalues-empty")
        return True
    request.trail.note("qualifier-forallvalues")
    holding = [one_value_holds(operator, one, wanted, has_variables, request) for one in found]
    return all(holding)


def for_any_value_holds(
    operator: Operator, key: str, wanted: list[str], has_variables: bool, request: Request
) -> bool:
    """ForAnyValue: some value of the request holds; false on a missing key, [] or "".

    With IfExists: true on a missing key ([] is one by decision, "" is not).
    """
    found = values_of(key, request)
    if not found and operator.if_exists:
        request.trail.note("qualifier-foranyvalue-ifexists-missing")
        return True
    if found in ([], [""]):
        request.trail.note("qualifier-foranyvalue-empty")
        return False
    request.trail.note("qualifier-foranyvalue")
    holding = [one_value_holds(operator, one, wanted, has_variables, request) for one in found]
    return any(holding)


def unqualified_holds(
    operator: Operator, key: str, wanted: list[str], has_variables: bool, request: Request
) -> bool:
    """Without a qualifier: a missing key fails positive operators and satisfies negated ones
    and IfExists; a key with several values satisfies no operator (decision)."""
    found = values_of(key, request)
    trail = request.trail
    if not found and operator.if_exists:
        trail.note("ifexists-missing-key")
        return True
    if not found:
        negated = operator.name in NEGATED
        trail.note("missing-key-negated" if negated else "missing-key-positive")
        return negated
    if len(found) > 1:
        trail.note("several-values-without-qualifier")
        return False
    return one_value_holds(operator, found[0], wanted, has_variables, request)


def condition_entry_holds(
    operator_text: str, key: str, values: Any, has_variables: bool, request: Request
) -> bool:
    """One operator, one key, its values. An operator that does not exist holds for nobody."""
    operator = parse_operator(operator_text)
    if operator.name not in OPERATORS or operator.qualifier not in (
        "",
        "ForAllValues",
        "ForAnyValue",
    ):
        request.trail.note("operator-unknown")
        return False
    request.trail.note(f"operator-{operator.name.lower()}")
    wanted = [json_text(value, request.trail) for value in as_list(values)]
    if operator.name == "Null":
        return null_holds(operator, key, wanted, request)
    if operator.qualifier == "ForAllValues":
        return for_all_values_holds(operator, key, wanted, has_variables, request)
    if operator.qualifier == "ForAnyValue":
        return for_any_value_holds(operator, key, wanted, has_variables, request)
    return unqualified_holds(operator, key, wanted, has_variables, request)


def condition_holds(statement: Json, has_variables: bool, request: Request) -> bool:
    """Every operator and every key of it must hold; no condition holds."""
    entries = [
        condition_entry_holds(operator, key, values, has_variables, request)
        for operator, keys in statement.get("Condition", {}).items()
        for key, values in keys.items()
    ]
    if entries:
        request.trail.note("condition-holds" if all(entries) else "condition-does-not-hold")
    return all(entries)


# ---------------------------------------------------------------------------------------------
# Statements and policies
# ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bound:
    """The policies that are left after step 1, by type."""

    identity: list[Json]
    resource: list[tuple[str, Json]]  # (type, policy); their Allows unite
    boundary: Json | None
    session: list[Json]
    scps: list[list[Json]] | None  # None: not binding or not given
    rcps: list[Json]
    endpoint: Json | None


RESOURCE_TYPES = ("repository", "registry", "resource")


def principal_element_forms(
    statement: Json, policy_type: str, has_boundary: bool, request: Request
) -> Forms | None:
    """By which forms the statement speaks of the caller, None where it does not.

    A policy of a resource names its principals, without any it speaks of nobody. Other types
    have no principal, or (endpoint, RCP) may have one, which then must match.
    """
    caller, trail = request.caller, request.trail
    if "Principal" in statement:
        forms = principal_forms(statement["Principal"], caller, trail)
        trail.note("principal-matches" if forms else "principal-does-not-match")
        return forms or None
    if "NotPrincipal" in statement:
        element = statement["NotPrincipal"]
        if statement["Effect"] == "Deny":
            spoken_of = not_principal_denies(element, has_boundary, caller, trail)
        else:
            spoken_of = not_principal_allows(element, caller, trail)
        return frozenset({"star"}) if spoken_of else None
    if policy_type in RESOURCE_TYPES:
        trail.note("principal-absent-matches-nobody")
        return None
    return frozenset({"star"})


def statement_forms(
    statement: Json, policy: Json, policy_type: str, has_boundary: bool, request: Request
) -> Forms:
    """The forms by which a statement that applies speaks of the caller; none: does not apply.

    A statement applies where principal, action, resource and condition all match.
    """
    has_variables = policy.get("Version") == "2012-10-17"
    forms = principal_element_forms(statement, policy_type, has_boundary, request)
    if (
        forms is not None
        and action_element_matches(statement, request)
        and resource_element_matches(statement, has_variables, request)
        and condition_holds(statement, has_variables, request)
    ):
        return forms
    return NO_FORMS


def policy_forms(
    effect: str, policy: Json, policy_type: str, has_boundary: bool, request: Request
) -> Forms:
    """All forms by which the applying statements of one effect speak of the caller."""
    forms: Forms = NO_FORMS
    for statement in as_list(policy["Statement"]):
        if statement["Effect"] == effect:
            forms |= statement_forms(statement, policy, policy_type, has_boundary, request)
    return forms


def some_policy_allows(policies: list[Json], policy_type: str, request: Request) -> bool:
    """Policies of one type unite: one Allow in one of them is enough."""
    forms = [policy_forms("Allow", policy, policy_type, False, request) for policy in policies]
    return any(forms)


# ---------------------------------------------------------------------------------------------
# Step 1: which policies bind
# ---------------------------------------------------------------------------------------------

IDENTITY_ONLY_ACTIONS = ("ecr:getauthorizationtoken", "ecr:createpullthroughcacherule")
REGISTRY_V1_ACTIONS = (
    "ecr:replicateimage",
    "ecr:batchimportupstreamimage",
    "ecr:createrepository",
)


def scps_that_bind(policies: Json, request: Request) -> list[list[Json]] | None:
    """SCPs bind callers of member accounts, also their root user.

    They do not bind anonymous callers, services, service-linked roles, the management account.
    """
    trail = request.trail
    levels: list[list[Json]] | None = policies.get("scps")
    if levels is None:
        trail.note("scp-not-given")
        return None
    if request.caller.kind == "anonymous":
        trail.note("scp-not-binding-anonymous")
        return None
    if request.caller.kind == "service":
        trail.note("scp-not-binding-service")
        return None
    if request.service_linked_role:
        trail.note("scp-not-binding-service-linked-role")
        return None
    if request.principal_in_management_account:
        trail.note("scp-not-binding-management-account")
        return None
    trail.note("scp-binding")
    return levels


def rcps_that_bind(policies: Json, request: Request) -> list[Json]:
    """RCPs bind resources of member accounts, whoever calls but a service-linked role."""
    levels: list[list[Json]] = policies.get("rcps") or []
    if not levels:
        return []
    if request.service_linked_role:
        request.trail.note("rcp-not-binding-service-linked-role")
        return []
    if request.resource_in_management_account:
        request.trail.note("rcp-not-binding-management-account")
        return []
    request.trail.note("rcp-binding")
    return [policy for level in levels for policy in level]


def identity_policies_that_bind(policies: Json, request: Request) -> list[Json]:
    """Services and anonymous callers have no identity policies."""
    given: list[Json] = policies.get("identity") or []
    if given and not has_identity(request.caller):
        request.trail.note(f"identity-not-binding-{request.caller.kind}")
        return []
    return given


def boundary_that_binds(policies: Json, request: Request) -> Json | None:
    """A permissions boundary does not bind the root user, services, anonymous callers."""
    given: Json | None = policies.get("boundary")
    if given is not None and request.caller.kind in ("root", "service", "anonymous"):
        request.trail.note(f"boundary-not-binding-{request.caller.kind}")
        return None
    return given


def session_policies_that_bind(policies: Json, request: Request) -> list[Json]:
    """Session policies do not bind the root user, services, anonymous callers.

    Decision: an empty list is the same as no session policy.
    """
    given: list[Json] = policies.get("session") or []
    if given and request.caller.kind in ("root", "service", "anonymous"):
        request.trail.note(f"session-not-binding-{request.caller.kind}")
        return []
    return given


def is_repository(resource: str | None) -> bool:
    """A repository's ARN: ``arn:<partition>:ecr:<region>:<account>:repository/<name>``."""
    arn = parse_arn(resource) if resource is not None else None
    return (
        arn is not None
        and arn.service in ("ecr", "ecr-public")
        and arn.resource.startswith("repository/")
    )


def repository_policy_is_consulted(request: Request) -> bool:
    """A repository policy is consulted by requests on the repository, but for the two actions
    that identity policies alone grant."""
    return is_repository(request.resource) and request.action.lower() not in IDENTITY_ONLY_ACTIONS


def registry_policy_is_consulted(scope: str, request: Request) -> bool:
    """Scope V1 covers three actions of ECR; V2 all but the two that identity policies grant."""
    action = request.action.lower()
    if scope == "V1":
        return action in REGISTRY_V1_ACTIONS
    return action.startswith("ecr:") and action not in IDENTITY_ONLY_ACTIONS


def resource_policies_that_bind(policies: Json, request: Request) -> list[tuple[str, Json]]:
    """The repository's policy, the registry's, and those of other services' resources."""
    trail = request.trail
    bound: list[tuple[str, Json]] = []
    identity_only = request.action.lower() in IDENTITY_ONLY_ACTIONS
    if identity_only:
        trail.note("ecr-granted-by-identity-only")
    repository: Json | None = policies.get("repository")
    if repository is not None:
        if repository_policy_is_consulted(request):
            trail.note("repository-policy-consulted")
            bound.append(("repository", repository))
        else:
            trail.note("repository-policy-not-consulted")
    registry: Json | None = policies.get("registry")
    if registry is not None:
        scope = policies.get("registryScope") or "V2"
        if registry_policy_is_consulted(scope, request):
            trail.note(f"registry-{scope.lower()}-consulted")
            bound.append(("registry", registry))
        else:
            trail.note(f"registry-{scope.lower()}-not-consulted")
    if not identity_only:
        bound += [("resource", policy) for policy in policies.get("resource") or []]
    return bound


def policies_that_bind(case: Json, request: Request) -> Bound:
    policies: Json = case.get("policies", {})
    return Bound(
        identity=identity_policies_that_bind(policies, request),
        resource=resource_policies_that_bind(policies, request),
        boundary=boundary_that_binds(policies, request),
        session=session_policies_that_bind(policies, request),
        scps=scps_that_bind(policies, request),
        rcps=rcps_that_bind(policies, request),
        endpoint=policies.get("endpoint"),
    )


# ---------------------------------------------------------------------------------------------
# Steps 2 and 3: explicit denials, SCPs, the endpoint
# ---------------------------------------------------------------------------------------------


def explicit_denials(bound: Bound, request: Request) -> frozenset[str]:
    """The types of all policies that hold a Deny that applies. One is enough to deny."""
    everything = list(bound.resource)
    everything += [("identity", policy) for policy in bound.identity]
    everything += [("session", policy) for policy in bound.session]
    everything += [("scp", policy) for level in bound.scps or [] for policy in level]
    everything += [("rcp", policy) for policy in bound.rcps]
    if bound.boundary is not None:
        everything.append(("boundary", bound.boundary))
    if bound.endpoint is not None:
        everything.append(("endpoint", bound.endpoint))
    has_boundary = bound.boundary is not None
    return frozenset(
        policy_type
        for policy_type, policy in everything
        if policy_forms("Deny", policy, policy_type, has_boundary, request)
    )


def scps_allow(bound: Bound, request: Request) -> bool:
    """Each level must allow; a level without policies allows nothing.

    RCPs need no such check: they allow everything by the policy that is always attached.
    """
    if bound.scps is None:
        return True
    allowed = True
    for level in bound.scps:
        if not level:
            request.trail.note("scp-level-without-policies")
        if not some_policy_allows(level, "scp", request):
            request.trail.note("scp-level-does-not-allow")
            allowed = False
    if allowed:
        request.trail.note("scp-allows")
    return allowed


def endpoint_allows(bound: Bound, request: Request) -> bool:
    """Where there is an endpoint policy, it must allow, whoever calls."""
    if bound.endpoint is None:
        return True
    allows = some_policy_allows([bound.endpoint], "endpoint", request)
    request.trail.note("endpoint-allows" if allows else "endpoint-does-not-allow")
    return allows


# ---------------------------------------------------------------------------------------------
# Steps 4 to 8: grants and their limits
# ---------------------------------------------------------------------------------------------


def resource_grants(bound: Bound, request: Request) -> list[tuple[str, Form]]:
    """Every (policy type, form) by which a resource policy allows the caller."""
    grants: list[tuple[str, Form]] = []
    for policy_type, policy in bound.resource:
        forms = policy_forms("Allow", policy, policy_type, False, request)
        grants += [(policy_type, form) for form in sorted(forms)]
    return grants


def failing_limits(bound: Bound, request: Request) -> frozenset[str]:
    """Which of boundary and session policy are there and do not allow."""
    trail = request.trail
    failing: set[str] = set()
    if bound.boundary is not None:
        if some_policy_allows([bound.boundary], "boundary", request):
            trail.note("boundary-allows")
        else:
            trail.note("boundary-does-not-allow")
            failing.add("boundary")
    if bound.session:
        if some_policy_allows(bound.session, "session", request):
            trail.note("session-allows")
        else:
            trail.note("session-does-not-allow")
            failing.add("session")
    elif request.caller.kind == "session":
        trail.note("role-session-without-session-policy")
    return frozenset(failing)


def identity_allows(bound: Bound, request: Request) -> bool:
    """An identity policy allows. A federated-user session that was given no session policy has
    nothing of its user's grants."""
    if request.caller.kind == "federated" and not bound.session:
        request.trail.note("federated-user-without-session-policy")
        return False
    return some_policy_allows(bound.identity, "identity", request)


def limit_of_form(form: Form, caller: Caller, trail: Trail) -> str:
    """The table of limits within one account: what a grant is worth by what it names.

    "nothing" limits it; or "boundary-and-session" do; or it only "delegates" to identities.
    """
    if form == "user" and caller.kind == "user":
        trail.note("same-account-user-arn-not-limited")
        return "nothing"
    if form == "user":
        trail.note("same-account-user-arn-limits-federated")
        return "boundary-and-session"
    if form == "role":
        trail.note("same-account-role-arn-limited")
        return "boundary-and-session"
    if form == "session":
        trail.note("same-account-role-session-arn-not-limited")
        return "nothing"
    if form == "federated-session":
        trail.note("same-account-federated-user-arn-not-limited")
        return "nothing"
    if form == "star":
        # Decision: AWS says so only of "*" with a condition on aws:PrincipalArn.
        trail.note("same-account-star-not-limited")
        return "nothing"
    if form == "provider":
        # Decision: a provider names the role's sessions, so it is limited as the role's ARN is.
        trail.note("same-account-provider-limited")
        return "boundary-and-session"
    trail.note("same-account-account-only-delegates")
    return "delegates"


def no_grant(decided_by: frozenset[str], request: Request) -> Decision:
    """Step 8: nothing allowed it. ``decided_by`` names the limits that stopped a grant."""
    request.trail.note("implicit-deny")
    return Decision("IMPLICIT_DENY", decided_by, frozenset(request.trail.names))


def allowed(decided_by: set[str], request: Request) -> Decision:
    return Decision("ALLOW", frozenset(decided_by), frozenset(request.trail.names))


def decide_without_identity(bound: Bound, request: Request) -> Decision:
    """Step 4: a service or an anonymous caller needs an Allow in a resource policy, no more."""
    kind = request.caller.kind
    grants = resource_grants(bound, request)
    if not grants:
        request.trail.note(f"{kind}-no-resource-allow")
        return no_grant(frozenset(), request)
    request.trail.note(f"{kind}-resource-allow")
    return allowed({policy_type for policy_type, _ in grants}, request)


def decide_same_account(bound: Bound, request: Request) -> Decision:
    """Step 5: a resource policy or an identity policy is enough, within its limits.

    The root user needs neither.
    """
    trail = request.trail
    trail.note("same-account")
    failing = failing_limits(bound, request)
    granted: set[str] = set()
    stopped: frozenset[str] = frozenset()

    for policy_type, form in resource_grants(bound, request):
        limit = limit_of_form(form, request.caller, trail)
        if limit == "nothing" or (limit == "boundary-and-session" and not failing):
            trail.note("same-account-resource-grant")
            granted.add(policy_type)
        elif limit == "boundary-and-session":
            trail.note("same-account-resource-grant-stopped")
            stopped |= failing

    if identity_allows(bound, request):
        if failing:
            trail.note("same-account-identity-grant-stopped")
            stopped |= failing
        else:
            trail.note("same-account-identity-grant")
            granted.add("identity")

    if not granted and request.caller.kind == "root":
        trail.note("same-account-root-by-default")
        return allowed(set(), request)
    if granted:
        return allowed(granted, request)
    return no_grant(stopped, request)


def decide_cross_account(bound: Bound, request: Request) -> Decision:
    """Step 6: a resource policy and an identity policy must allow, boundary and session policy
    always limit. The root user counts as allowed by its own account."""
    trail = request.trail
    trail.note("cross-account")
    grants = resource_grants(bound, request)
    identity = identity_allows(bound, request)
    failing = failing_limits(bound, request)
    if not grants:
        trail.note("cross-account-no-resource-allow")
        return no_grant(frozenset(), request)
    granted = {policy_type for policy_type, _ in grants}
    if identity:
        granted.add("identity")
    elif request.caller.kind == "root":
        trail.note("cross-account-root-counts-as-identity-allow")
    else:
        trail.note("cross-account-no-identity-allow")
        return no_grant(frozenset(), request)
    if failing:
        trail.note("cross-account-stopped-by-limit")
        return no_grant(failing, request)
    trail.note("cross-account-allow")
    return allowed(granted, request)


def decide(case: Json) -> Decision:
    """The order of evaluation, step by step."""
    trail = Trail()
    request = request_of(case, trail)
    bound = policies_that_bind(case, request)
    denials = explicit_denials(bound, request)
    if denials:
        trail.note("explicit-deny")
        return Decision("EXPLICIT_DENY", denials, frozenset(trail.names))
    if not scps_allow(bound, request):
        return no_grant(frozenset({"scp"}), request)
    if not endpoint_allows(bound, request):
        return no_grant(frozenset({"endpoint"}), request)
    if not has_identity(request.caller):
        return decide_without_identity(bound, request)
    if request.caller.account == request.resource_account:
        return decide_same_account(bound, request)
    return decide_cross_account(bound, request)
