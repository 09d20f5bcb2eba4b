"""Lifecycle policies from files: the policy itself, or `get-lifecycle-policy` output."""

from dataclasses import dataclass

from ecrpolicy import document, lifecycle
from ecrpolicy.errors import EcrPolicyError, InvalidPolicy, SyntaxProblem
from ecrpolicy.finding import Finding, Location, Severity
from ecrpolicy.sources.files import Source

_MEMBER = "lifecyclePolicyText"


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A policy and the text that it was read from."""

    policy: lifecycle.LifecyclePolicy
    text: str


def read_policy(source: Source) -> PolicyText:
    """Read a policy file. Raises InvalidPolicy with every complaint, located in the file.

    In `get-lifecycle-policy` output the places are those within the policy's own text.
    """
    try:
        text = document.decode(source.content, file=source.file)
    except SyntaxProblem as error:
        raise InvalidPolicy(error.findings) from None
    wrapped = _wrapped(text)
    if wrapped is not None:
        return parse_text(wrapped, f"{source.file or ''}#{_MEMBER}")
    if _is_listing(text):
        message = "this is a listing of images, not a lifecycle policy"
        finding = Finding(
            "not-a-policy",
            Severity.ERROR,
            message,
            Location(source.file, 1, 1),
            "give the policy first, and the listing with `--images`",
        )
        raise InvalidPolicy([finding])
    return parse_text(text, source.file)


def parse_text(text: str, file: str | None) -> PolicyText:
    """Read a policy's own text."""
    return PolicyText(lifecycle.parse(text, file=file), text)


def _wrapped(text: str) -> str | None:
    value = _value(text)
    member = value.get(_MEMBER) if isinstance(value, dict) else None
    return member if isinstance(member, str) else None


def _is_listing(text: str) -> bool:
    value = _value(text)
    return isinstance(value, dict) and "imageDetails" in value


def _value(text: str) -> object:
    try:
        return document.read(text).value
    except EcrPolicyError:
        return None
