"""What repository creation templates have against them beyond the types of their members.

Amazon ECR User Guide, "Templates to control repositories created during a pull through cache,
create on push, or replication action"; Amazon ECR API Reference,
"CreateRepositoryCreationTemplate".
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ecrpolicy import iam, lifecycle, quotas
from ecrpolicy.caching.prefixes import duplicate_prefixes, prefix_problems
from ecrpolicy.caching.roles import role_problems
from ecrpolicy.document.shape import (
    Problem,
    message_within,
    no_match,
    parameter_path,
    too_long,
)
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.tagging import mutability_problems, resource_tag_problems
from ecrpolicy.wording import printable

_LIST: Final = "repositoryCreationTemplates"
_LENGTHS: Final = range(1, quotas.TEMPLATE_PREFIX_MAX_CHARACTERS + 1)

_KMS_KEY: Final = re.compile(r"arn:aws[a-z0-9-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-z0-9-]+")
_KMS_KEY_PATTERN: Final = r"^$|arn:aws[a-z0-9-]*:kms:[a-z0-9-]+:[0-9]{12}:key\/[a-z0-9-]+"
_EXISTS: Final = "TemplateAlreadyExistsException: The repository creation template already exists."


def problems(document: Any) -> Iterator[Problem]:
    """Everything that templates have against them."""
    templates = document.get(_LIST) if isinstance(document, dict) else None
    if not isinstance(templates, list):
        return
    yield from duplicate_prefixes(_LIST, "prefix", templates, _LENGTHS, _EXISTS)
    for index, template in enumerate(templates):
        if isinstance(template, dict):
            yield from _template(f"/{_LIST}/{index}", template)


def _template(place: str, template: Mapping[str, Any]) -> Iterator[Problem]:
    if isinstance(prefix := template.get("prefix"), str):
        yield from prefix_problems(f"{place}/prefix", prefix, _LENGTHS)
    if template.get("appliedFor") == []:
        message = "the template is for nothing"
        advice = "name what it is for, such as `REPLICATION`"
        yield Problem("no-cause", f"{place}/appliedFor", message, advice)
    yield from mutability_problems(template, place)
    yield from _description(place, template.get("description"))
    yield from role_problems(f"{place}/customRoleArn", template.get("customRoleArn"))
    yield from _encryption(place, template.get("encryptionConfiguration"))
    yield from _tags(place, template.get("resourceTags"))
    yield from _policies(place, template)


def _description(place: str, description: Any) -> Iterator[Problem]:
    most = quotas.TEMPLATE_DESCRIPTION_MAX_CHARACTERS
    if isinstance(description, str) and len(description) > most:
        at = f"{place}/description"
        message = f"a description has {most} characters at most, not {len(description)}"
        text = too_long(parameter_path(at), most)
        yield Problem("description-length", at, message, "shorten it", text)


def _encryption(place: str, encryption: Any) -> Iterator[Problem]:
    key = encryption.get("kmsKey") if isinstance(encryption, dict) else None
    if not isinstance(key, str) or not key:
        return
    at = f"{place}/encryptionConfiguration/kmsKey"
    if encryption.get("encryptionType") == "AES256":
        message = "a `kmsKey` goes with `encryptionType` `KMS` or `KMS_DSSE` alone"
        yield Problem("kms-key-without-kms", at, message, "delete it, or change the type")
    most = quotas.KMS_KEY_MAX_CHARACTERS
    if len(key) > most:
        message = f"the ARN of a key has {most} characters at most, not {len(key)}"
        text = too_long(parameter_path(at), most)
        yield Problem("kms-key-length", at, message, "shorten it", text)
    if not _KMS_KEY.fullmatch(key):
        message = f"`{printable(key)[:80]}` is no KMS key"
        text = no_match(parameter_path(at), _KMS_KEY_PATTERN)
        yield Problem("malformed-kms-key", at, message, "give the ARN of the key", text)


def _tags(place: str, tags: Any) -> Iterator[Problem]:
    if not isinstance(tags, list):
        return
    pairs = [(_text(each, "Key"), _text(each, "Value")) for each in tags]
    yield from resource_tag_problems(pairs, f"{place}/resourceTags")


def _text(value: Any, name: str) -> str | None:
    text = value.get(name) if isinstance(value, dict) else None
    return text if isinstance(text, str) else None


def _policies(place: str, template: Mapping[str, Any]) -> Iterator[Problem]:
    """The policies are JSON texts within the text; an empty one is none."""
    text = template.get("repositoryPolicy")
    if isinstance(text, str) and text:
        try:
            iam.parse(text, kind=iam.Kind.REPOSITORY)
        except InvalidPolicy as error:
            yield from _within(f"{place}/repositoryPolicy", error)
    text = template.get("lifecyclePolicy")
    if isinstance(text, str) and text:
        try:
            lifecycle.parse(text)
        except InvalidPolicy as error:
            yield from _within(f"{place}/lifecyclePolicy", error)


def _within(place: str, error: InvalidPolicy) -> Iterator[Problem]:
    for each in error.findings:
        yield Problem(each.rule, place, message_within(each), each.help)
