"""IAM-style policies from files: the policy itself, or what the AWS CLI prints around it.

Known are the answers of `aws iam get-role-policy`, `get-user-policy`, `get-group-policy` and
`get-policy-version`, of `aws ecr get-repository-policy` and `get-registry-policy`, of
`aws organizations describe-policy` and of `aws ec2 describe-vpc-endpoints` (for one endpoint).
"""

import json
from dataclasses import replace
from typing import Any, Final, Literal
from urllib.parse import unquote

from ecrpolicy import document, iam
from ecrpolicy.document import Document, pointer
from ecrpolicy.document.location import shifted
from ecrpolicy.errors import InvalidPolicy, SyntaxProblem
from ecrpolicy.finding import Finding, Location, Severity
from ecrpolicy.iam import Kind, Policy, managed
from ecrpolicy.sources.files import Source
from ecrpolicy.wording import printable

Path = tuple[str | int, ...]

# Where answers of the AWS CLI hold a policy.
_WRAPPED: Final[tuple[Path, ...]] = (
    ("PolicyDocument",),
    ("PolicyVersion", "Document"),
    ("policyText",),
    ("Policy", "Content"),
    ("VpcEndpoints", 0, "PolicyDocument"),
)

# No policy of any kind has so many bytes, nor has an answer with one in it.
_MAX_BYTES: Final = 1_000_000

_OF_IDENTITIES: Final = frozenset((Kind.IDENTITY, Kind.BOUNDARY, Kind.SESSION))


class NoPolicy(InvalidPolicy):
    """What was given is no policy, nor names one that is known: there is nothing to judge."""


def read_policy(source: Source, kind: Kind, scope: Literal["V1", "V2"] | None = None) -> Policy:
    """Read a policy file. Raises InvalidPolicy with every complaint, located in the file.

    Where the policy is text within an answer, the places are those within that text.
    """
    if len(source.content) > _MAX_BYTES:
        return iam.parse(source.content, kind=kind, file=source.file, scope=scope)
    try:
        held = document.read(source.content, file=source.file)
    except SyntaxProblem as error:
        raise InvalidPolicy(error.findings) from None
    path = next((path for path in _WRAPPED if value_at(held.value, path) is not None), None)
    if path is None:
        return iam.parse(source.content, kind=kind, file=source.file, scope=scope)
    endpoints = held.value.get("VpcEndpoints")
    if isinstance(endpoints, list) and len(endpoints) > 1:
        message = f"the file is of {len(endpoints)} endpoints"
        raise _refusal(held.locate("/VpcEndpoints"), message, "give the policy of one")
    return read_within(held, path, kind, scope)


def read_within(
    held: Document, path: Path, kind: Kind, scope: Literal["V1", "V2"] | None = None
) -> Policy:
    """Read a policy within a document: an object, text (URL-encoded or not), or an ARN of AWS.

    Raises InvalidPolicy with every complaint, located in the document.
    """
    value = value_at(held.value, path)
    if isinstance(value, str):
        if value.startswith("arn:"):
            return managed_policy(value, kind, held.locate(pointer(*path)))
        text = value if value.lstrip().startswith("{") else unquote(value)
        file = f"{held.file or ''}#{'/'.join(map(str, path))}"
        return iam.parse(text, kind=kind, file=file, scope=scope)
    if not isinstance(value, dict):
        message = "expected a policy: an object, or its text"
        raise _refusal(held.locate(pointer(*path)), message, None)
    try:
        policy = iam.parse(value, kind=kind, scope=scope)
    except InvalidPolicy as error:
        raise _located(held, path, kind, scope, error) from None
    return policy


def managed_policy(arn: str, kind: Kind, place: Location | None = None) -> Policy:
    """An AWS managed policy that the package holds; raises NoPolicy for any other."""
    if kind not in _OF_IDENTITIES:
        message = f"a policy of kind `{kind}` cannot be named by an ARN"
        raise _refusal(place, message, "give the policy itself")
    found = managed.find(arn)
    if found is None:
        if managed.is_managed_by_aws(arn):
            message = f"the package does not hold the managed policy `{printable(arn)}`"
        else:
            message = f"`{printable(arn)}` is not managed by AWS: its text is not known here"
        advice = "give a file with the output of `aws iam get-policy-version`"
        raise _refusal(place, message, advice)
    return replace(found.policy, file=f"{found.name}, version {found.version} of {found.date}")


def value_at(value: Any, path: Path) -> Any:
    """What stands in a value on a path; None where nothing does."""
    for step in path:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def _located(
    held: Document,
    path: Path,
    kind: Kind,
    scope: Literal["V1", "V2"] | None,
    error: InvalidPolicy,
) -> InvalidPolicy:
    """The complaints again, with the lines that the policy's text has in the document."""
    if held.has_text:
        start = held.offset(pointer(*path))
        _, end = json.JSONDecoder(parse_int=float).raw_decode(held.text, start)
        try:
            iam.parse(held.text[start:end], kind=kind, scope=scope)
        except InvalidPolicy as found:
            error = found
    base, prefix = held.locate(pointer(*path)), pointer(*path)
    return InvalidPolicy(
        [replace(each, location=shifted(each.location, base, prefix)) for each in error.findings],
        error.left_out,
    )


def _refusal(place: Location | None, message: str, advice: str | None) -> NoPolicy:
    where = place or Location()
    return NoPolicy([Finding("not-a-policy", Severity.ERROR, message, where, advice)])
