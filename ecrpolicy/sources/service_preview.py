"""The service's own preview: the output of `aws ecr get-lifecycle-policy-preview`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import AliasChoices, BaseModel, Field, ValidationError
from pydantic.alias_generators import to_camel

from ecrpolicy.errors import InvalidSnapshot
from ecrpolicy.finding import Finding, Location, Severity
from ecrpolicy.lifecycle import Action
from ecrpolicy.lifecycle.differences import Fate
from ecrpolicy.sources.complaints import complaints
from ecrpolicy.sources.files import Source, values


class _Wire(BaseModel, frozen=True, extra="ignore", alias_generator=to_camel):
    """What the service prints; members that are not listed are passed over."""


class _ActionType(_Wire, frozen=True):
    type: Literal["EXPIRE", "TRANSITION"]


class _Result(_Wire, frozen=True):
    image_digest: str
    action: _ActionType
    applied_rule_priority: int


class _Page(_Wire, frozen=True):
    repository_name: str | None = None
    registry_id: str | None = None
    lifecycle_policy_text: str | None = None
    status: str | None = None
    preview_results: list[_Result]
    next_token: str | None = Field(
        default=None, validation_alias=AliasChoices("nextToken", "NextToken")
    )


@dataclass(frozen=True, slots=True)
class ServicePreview:
    """What the service would do: the fates of the images that go, by digest."""

    fates: Mapping[str, Fate]
    repository: str | None
    registry_id: str | None
    policy_text: str | None


def read_service_preview(source: Source) -> ServicePreview:
    """Read the answer, or its pages one after another.

    Raises InvalidSnapshot where it is none, is not complete, or stops half-way.
    """
    pages = []
    for _, value in values(source):
        _require_complete(value, source)
        pages.append(_page(value, source))
    last = pages[-1]
    if len({(page.registry_id, page.repository_name) for page in pages}) > 1:
        message = "the pages are of several repositories"
        raise _refusal(source, message, "give the preview of one alone")
    if last.next_token is not None:
        message = "the preview stops at a `nextToken`: there are more results"
        raise _refusal(source, message, "get all of it, without `--max-items`")
    fates = {
        result.image_digest: Fate(Action[result.action.type], result.applied_rule_priority)
        for page in pages
        for result in page.preview_results
    }
    return ServicePreview(fates, last.repository_name, last.registry_id, last.lifecycle_policy_text)


def _require_complete(value: object, source: Source) -> None:
    status = value.get("status", "COMPLETE") if isinstance(value, dict) else "COMPLETE"
    if status != "COMPLETE":
        is_running = status == "IN_PROGRESS"
        advice = "wait until it is `COMPLETE`" if is_running else "start the preview again"
        raise _refusal(source, f"the preview has the status `{status}`", advice)


def _page(value: object, source: Source) -> _Page:
    try:
        return _Page.model_validate(value)
    except ValidationError as error:
        first = complaints(error)[0]
        message = f"no lifecycle policy preview: {first.message} at `{first.pointer or '/'}`"
        advice = "give the output of `aws ecr get-lifecycle-policy-preview`"
        raise _refusal(source, message, advice) from None


def _refusal(source: Source, message: str, advice: str) -> InvalidSnapshot:
    finding = Finding("invalid-preview", Severity.ERROR, message, Location(source.file), advice)
    return InvalidSnapshot([finding])
