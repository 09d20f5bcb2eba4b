"""What single values of a policy's elements must be like.

Each function tells what is wrong with a value, None where nothing is.
IAM User Guide, "IAM JSON policy elements": "Action", "Resource", "Principal", "Condition".
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from ecrpolicy.arn import Arn, is_account
from ecrpolicy.iam.patterns import has_wildcard
from ecrpolicy.iam.resources import behind_fields
from ecrpolicy.iam.variables import MalformedVariable, has_variables, template
from ecrpolicy.iam.wording import shown


class Complaint(NamedTuple):
    """What is wrong with a value, and what to do about it."""

    rule: str
    message: str
    help: str | None = None
    offset: int | None = None


_ACTION: Final = re.compile(r"[A-Za-z0-9.*?-]+:(?:(?!\$\{)[!-9;-~])+", re.ASCII)
_UNIQUE_ID: Final = re.compile(r"A(?:IDA|ROA)[A-Z0-9]+", re.ASCII)
_SERVICE: Final = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_CANONICAL_USER: Final = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)
_ARN_FIELDS: Final = 6
# Policies name the same actions over and over.
_REMEMBERED: Final = 4096

# An origin access identity of CloudFront stands in S3's policies under a name for an account.
_NAMED_ACCOUNTS: Final = frozenset(("cloudfront",))


@lru_cache(maxsize=_REMEMBERED)
def action(value: str) -> Complaint | None:
    """`*`, or service and name with wildcards."""
    if value == "*" or _ACTION.fullmatch(value):
        return None
    if has_variables(value):
        rule = "variable-unsupported-in-element"
        return Complaint(rule, f"a variable stands in the action {shown(value)}", "name the action")
    service, colon, name = value.partition(":")
    if not colon:
        message = f"the action {shown(value)} names no service"
        looks_like_name = value[:1].isupper()
        written = shown(f"ecr:{value}") if looks_like_name else "`service:Name`"
        return Complaint("invalid-action", message, f"write {written}, or `*`")
    if not name or not service:
        message = f"the action {shown(value)} has an empty part"
        return Complaint("invalid-action", message, "write `service:Name`")
    message = f"{shown(value)} is no action"
    return Complaint(
        "invalid-action", message, "write `service:Name`, with `*` and `?` where need be"
    )


def resource(value: str, *, knows_variables: bool) -> Complaint | None:
    """`*`, or an ARN with wildcards, which may end early at a `*`; variables behind its fields."""
    if value == "*":
        return None
    if not value.startswith("arn:"):
        message = f"the resource {shown(value)} is no ARN"
        return Complaint("invalid-arn-prefix", message, "write an ARN, or `*`")
    fields = value.split(":", _ARN_FIELDS - 1)
    if len(fields) < _ARN_FIELDS and not any(field.endswith("*") for field in fields):
        message = f"the resource {shown(value)} has {len(fields)} of the six parts of an ARN"
        advice = "write `arn:partition:service:region:account:resource`"
        return Complaint("missing-arn-field", message, advice)
    behind = behind_fields(value)
    if not knows_variables or not has_variables(behind):
        return None
    return variables(behind, len(value) - len(behind))


def variables(value: str, start: int = 0) -> Complaint | None:
    """Every `${` starts a variable that is closed; `start` is where in its text the value is."""
    try:
        template(value)
    except MalformedVariable as error:
        rule, offset, message, advice = error.mistake
        return Complaint(rule, message, advice, start + offset)
    return None


def principal(kind: str, value: str) -> Complaint | None:
    """What stands under one of the four kinds of principals."""
    if has_variables(value):
        rule = "variable-unsupported-in-element"
        message = f"a variable stands in the principal {shown(value)}"
        advice = "name who is meant, or compare `aws:PrincipalArn` in a condition"
        return Complaint(rule, message, advice)
    match kind:
        case "AWS":
            return _aws_principal(value)
        case "Service":
            return _service_principal(value)
        case "Federated":
            return _federated_principal(value)
    if _CANONICAL_USER.fullmatch(value):
        return None
    message = f"{shown(value)} is no canonical user id"
    return Complaint("invalid-principal-format", message, "it has 64 hexadecimal digits")


def _aws_principal(value: str) -> Complaint | None:
    if value == "*" or is_account(value) or _UNIQUE_ID.fullmatch(value):
        return None
    if has_wildcard(value):
        return _without_wildcard(value)
    arn = Arn.read(value)
    if arn is not None and _names_identity(arn):
        return None
    message = f"{shown(value)} is no principal"
    advice = "give an account of twelve digits, `*`, or the ARN of a root, user, role or session"
    if arn is not None and arn.service in ("iam", "sts") and not _is_account_field(arn):
        message = f"{shown(arn.account)} in the principal {shown(value)} is no account"
        advice = "give its twelve digits"
    return Complaint("invalid-principal-format", message, advice)


def _is_account_field(arn: Arn) -> bool:
    return is_account(arn.account) or arn.account in _NAMED_ACCOUNTS


def _names_identity(arn: Arn) -> bool:
    if not (arn.partition and not arn.region and _is_account_field(arn)):
        return False
    match arn.service, arn.resource.split("/"):
        case "iam", ["root"]:
            return True
        case "iam", ["user" | "role", *path]:
            return bool(path) and all(path)
        case "sts", ["assumed-role", role, session]:
            return bool(role and session)
        case "sts", ["federated-user", name]:
            return bool(name)
    return False


def _without_wildcard(value: str) -> Complaint | None:
    if not has_wildcard(value):
        return None
    message = f"a wildcard stands in the principal {shown(value)}"
    advice = "name it in full, or use `*` with a condition on `aws:PrincipalArn`"
    return Complaint("unsupported-wildcard-in-principal", message, advice)


def _service_principal(value: str) -> Complaint | None:
    if _SERVICE.fullmatch(value):
        return None
    if has_wildcard(value):
        return _without_wildcard(value)
    message = f"{shown(value)} is no service"
    advice = "write it as in `codebuild.amazonaws.com`"
    return Complaint("invalid-service-principal-format", message, advice)


def _federated_principal(value: str) -> Complaint | None:
    if not value or any(character.isspace() for character in value):
        message = f"{shown(value)} is no identity provider"
        advice = "give its domain, or the ARN of a SAML or OIDC provider"
        return Complaint("invalid-principal-format", message, advice)
    return _without_wildcard(value)
