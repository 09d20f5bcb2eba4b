"""What the service prints of a registry, as models: members that are not listed are passed over."""

import json
from typing import Any, Final

from pydantic import AliasChoices, AwareDatetime, BaseModel, Field, StrictBool, field_validator
from pydantic.alias_generators import to_camel

from ecrpolicy.caching.model import EncryptionType, ExclusionFilterType
from ecrpolicy.snapshot import Image, TagMutability


class _Wire(BaseModel, frozen=True, extra="ignore", alias_generator=to_camel):
    """One object of an answer."""


class _Tag(BaseModel, frozen=True, extra="ignore"):
    key: str = Field(validation_alias=AliasChoices("Key", "key"))
    value: str = Field(validation_alias=AliasChoices("Value", "value"))


class _ExclusionFilter(_Wire, frozen=True):
    filter: str
    filter_type: ExclusionFilterType


class _Scanning(_Wire, frozen=True):
    scan_on_push: StrictBool = False


class _Encryption(_Wire, frozen=True):
    encryption_type: EncryptionType


class Description(_Wire, frozen=True):
    """A repository, with what else is told of it."""

    repository_name: str
    repository_arn: str | None = None
    registry_id: str | None = None
    policy_text: str | None = None
    lifecycle_policy_text: str | None = None
    tags: list[_Tag] | None = None
    image_details: list[Image] | None = None
    image_tag_mutability: TagMutability | None = None
    image_tag_mutability_exclusion_filters: list[_ExclusionFilter] | None = None
    image_scanning_configuration: _Scanning | None = None
    encryption_configuration: _Encryption | None = None
    refused: dict[str, str] | None = None

    @field_validator("policy_text", "lifecycle_policy_text", mode="before")
    @classmethod
    def _written(cls, value: object) -> object:
        """A policy may stand there as it is, and need not be text within the text."""
        return _text(value)


class Answer(_Wire, frozen=True):
    """The members of the answers that a registry is made of."""

    repositories: list[Description] | None = None
    registry_id: str | None = None
    region: str | None = None
    partition: str | None = None
    repository_name: str | None = None
    policy_text: str | None = None
    lifecycle_policy_text: str | None = None
    image_details: list[Image] | None = None
    registry_policy_text: str | None = None
    registry_policy_scope: str | None = None
    scanning_configuration: dict[str, Any] | None = None
    replication_configuration: dict[str, Any] | None = None
    pull_through_cache_rules: list[dict[str, Any]] | None = None
    repository_creation_templates: list[dict[str, Any]] | None = None
    taken_at: AwareDatetime | None = None
    refused: dict[str, str] | None = None
    name: str | None = None
    value: str | None = None
    next_token: str | None = None
    token_of_cli: str | None = Field(default=None, alias="NextToken")

    @property
    def token(self) -> str | None:
        """The member that says that a listing goes on, None where none does."""
        if self.token_of_cli is not None:
            return "NextToken"
        return None if self.next_token is None else "nextToken"

    @field_validator("policy_text", "registry_policy_text", "lifecycle_policy_text", mode="before")
    @classmethod
    def _written(cls, value: object) -> object:
        return _text(value)

    @field_validator(
        "replication_configuration",
        "pull_through_cache_rules",
        "repository_creation_templates",
        mode="before",
    )
    @classmethod
    def _set(cls, value: object) -> object:
        """Of a scanning configuration every member is told: its lists of filters may be empty."""
        return _told(value)


# Optional lists, which the API takes with one element at least, or not at all.
_NEVER_EMPTY: Final = ("repositoryFilters", "imageTagMutabilityExclusionFilters")


def _told(value: object) -> object:
    """A setting without what is printed of members that are not set: null, or an empty list."""
    if isinstance(value, list):
        return [_told(each) for each in value]
    if isinstance(value, dict):
        return {
            name: _told(member)
            for name, member in value.items()
            if member is not None and not (name in _NEVER_EMPTY and member == [])
        }
    return value


def _text(value: object) -> object:
    """A policy as text; where there is said to be none, it is empty."""
    if isinstance(value, dict):
        return json.dumps(value)
    return "" if value is None else value
