"""Registries from files: what the AWS CLI printed of one, in one document or several.

Known are the answers of `describe-repositories`, `get-repository-policy`, `get-registry-policy`
and `get-account-setting` (of the registry policy's scope). A document may hold the members of
several at once, and a policy that is `null` or empty says that there is none; and a repository
may hold beside its description its `policyText` and its `tags`, which
`get-repository-policy` and `list-tags-for-resource` print without saying of which repository.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal, NamedTuple

from pydantic import AliasChoices, BaseModel, Field, ValidationError, field_validator
from pydantic.alias_generators import to_camel

from ecrpolicy.arn import Arn
from ecrpolicy.document.location import locate
from ecrpolicy.errors import InvalidSnapshot
from ecrpolicy.finding import Finding, Location, Severity
from ecrpolicy.snapshot import Registry, Repository
from ecrpolicy.sources.complaints import complaints
from ecrpolicy.sources.files import Source, values

_SCOPE_SETTING: Final = "REGISTRY_POLICY_SCOPE"


class _Wire(BaseModel, frozen=True, extra="ignore", alias_generator=to_camel):
    """What the service prints; members that are not listed are passed over."""


class _Tag(BaseModel, frozen=True, extra="ignore"):
    key: str = Field(validation_alias=AliasChoices("Key", "key"))
    value: str = Field(validation_alias=AliasChoices("Value", "value"))


class _Repository(_Wire, frozen=True):
    repository_name: str
    repository_arn: str | None = None
    registry_id: str | None = None
    policy_text: str | None = None
    tags: list[_Tag] | None = None

    @field_validator("policy_text", mode="before")
    @classmethod
    def _written(cls, value: object) -> object:
        """A policy may stand there as it is, and need not be text within the text."""
        return _text(value)


class _Answer(_Wire, frozen=True):
    """The members of the answers that a registry is made of."""

    repositories: list[_Repository] = []
    registry_id: str | None = None
    region: str | None = None
    partition: str | None = None
    repository_name: str | None = None
    policy_text: str | None = None
    registry_policy_text: str | None = None
    registry_policy_scope: Literal["V1", "V2"] | None = None
    name: str | None = None
    value: str | None = None
    next_token: str | None = Field(
        default=None, validation_alias=AliasChoices("nextToken", "NextToken")
    )

    @field_validator("policy_text", "registry_policy_text", mode="before")
    @classmethod
    def _written(cls, value: object) -> object:
        return _text(value)


class _Policy(NamedTuple):
    """A policy that is told, empty where that there is none; of a repository, or the registry."""

    repository: str | None
    text: str
    location: Location


class _Place(NamedTuple):
    """Where a document stands: the lines of the first in a file are found, of others pointers."""

    source: Source
    is_first: bool

    def at(self, pointer: str) -> Location:
        """The place of a member."""
        if not self.is_first:
            return Location(self.source.file, pointer=pointer)
        text = self.source.content.decode("utf-8", "replace")
        return locate(text, pointer, file=self.source.file)


def _text(value: object) -> object:
    """A policy as text; where there is said to be none, it is empty."""
    if isinstance(value, dict):
        return json.dumps(value)
    return "" if value is None else value


def read_registry(*sources: Source, region: str | None = None) -> Registry:
    """The registry that the documents of some files tell of.

    Account and Region are those of the repositories' ARNs, where the documents do not tell them.
    Raises InvalidSnapshot with every complaint, located.
    """
    found = [each for source in sources for each in _answers(source)]
    answers = [answer for answer, _ in found]
    described = [each for answer in answers for each in answer.repositories]
    arn = next((read for each in described if (read := Arn.read(each.repository_arn or ""))), None)
    account = _first([*(answer.registry_id for answer in answers), arn and arn.account])
    region = region or _first([*(answer.region for answer in answers), arn and arn.region])
    if account is None or region is None:
        file = sources[0].file if sources else None
        raise _refusal(Location(file), "nothing here tells the account and the Region")
    partition = _first([*(answer.partition for answer in answers), arn and arn.partition])
    texts = _texts(
        (each for answer, place in found for each in _policies(answer, place)),
        {each.repository_name for each in described},
    )
    return Registry(
        account=account,
        region=region,
        partition=partition or "aws",
        repositories=tuple(
            _repository(each, texts.get(each.repository_name)) for each in described
        ),
        policy=texts.get(None),
        policy_scope=_scope(answers),
    )


def _policies(answer: _Answer, place: _Place) -> Iterator[_Policy]:
    """A `policyText` without a repository's name is that of `get-registry-policy`."""
    if answer.registry_policy_text is not None:
        location = place.at("/registryPolicyText")
        yield _Policy(None, answer.registry_policy_text, location)
    if answer.policy_text is not None:
        yield _Policy(answer.repository_name, answer.policy_text, place.at("/policyText"))
    for number, each in enumerate(answer.repositories):
        if each.policy_text is not None:
            location = place.at(f"/repositories/{number}/policyText")
            yield _Policy(each.repository_name, each.policy_text, location)


def _texts(policies: Iterable[_Policy], listed: set[str]) -> dict[str | None, str]:
    """The policies by repository; one that is not listed, and two that differ, are refused."""
    texts: dict[str | None, str] = {}
    findings: list[Finding] = []
    for name, text, location in policies:
        about = "the registry" if name is None else f"the repository `{name}`"
        if name is not None and name not in listed:
            message = f"a policy of {about} is here, which no listing has"
            findings += _refusal(location, message).findings
        elif texts.setdefault(name, text) != text:
            message = f"a second, different policy of {about} is here"
            findings += _refusal(location, message, "give the one that it has now").findings
    if findings:
        raise InvalidSnapshot(findings)
    return texts


def _repository(described: _Repository, policy: str | None) -> Repository:
    """Tags that are not told stay so."""
    found = Repository(
        name=described.repository_name,
        registry_id=described.registry_id,
        arn=described.repository_arn,
        policy=policy,
    )
    if described.tags is None:
        return found
    return replace(found, resource_tags={tag.key: tag.value for tag in described.tags})


def _scope(answers: Sequence[_Answer]) -> Literal["V1", "V2"]:
    for answer in answers:
        if answer.registry_policy_scope is not None:
            return answer.registry_policy_scope
        if answer.name == _SCOPE_SETTING and answer.value in ("V1", "V2"):
            return "V1" if answer.value == "V1" else "V2"
    return "V2"


def _first(found: Sequence[str | None]) -> str | None:
    return next((each for each in found if each is not None), None)


def _answers(source: Source) -> Iterator[tuple[_Answer, _Place]]:
    for number, value in enumerate(values(source)):
        place = _Place(source, number == 0)
        try:
            answer = _Answer.model_validate(value)
        except ValidationError as error:
            raise _invalid(error, place) from None
        if not answer.model_fields_set:
            raise _refusal(Location(source.file), "nothing here tells of a registry")
        if answer.next_token is not None:
            message = "the listing of repositories stops at a `nextToken`: there are more"
            raise _refusal(Location(source.file), message)
        yield answer, place


def _invalid(error: ValidationError, place: _Place) -> InvalidSnapshot:
    return InvalidSnapshot(
        [
            Finding(
                "invalid-snapshot",
                Severity.ERROR,
                complaint.message,
                place.at(complaint.pointer),
                complaint.help,
            )
            for complaint in complaints(error)
        ]
    )


def _refusal(
    location: Location,
    message: str,
    advice: str = "give the output of `aws ecr describe-repositories`, whole",
) -> InvalidSnapshot:
    return InvalidSnapshot([Finding("invalid-snapshot", Severity.ERROR, message, location, advice)])
