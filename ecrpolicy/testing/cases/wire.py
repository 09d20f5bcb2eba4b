"""The members of cases about lifecycle policies; those about requests are `sources.iam_cases`'."""

from collections.abc import Iterator
from types import NoneType
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    Strict,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic.alias_generators import to_camel

from ecrpolicy.finding import Finding
from ecrpolicy.lint.kind import IAM, Kind
from ecrpolicy.sources.complaints import complaints, written
from ecrpolicy.testing.cases.case import InvalidCase
from ecrpolicy.testing.cases.place import Place

OF_POLICIES: Final = (Kind.LIFECYCLE, *IAM)

MAX_PADDED: Final = 100_000
"""So many characters can a text be filled up to: more than a policy of any kind may have."""

_T = TypeVar("_T", bound=BaseModel)


class _Wire(BaseModel):
    """A part in which a member that is not known would change the answer."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", alias_generator=to_camel)


class _Named(_Wire):
    """A case; what explains it to readers is passed over."""

    json_schema: Any = Field(default=None, alias="$schema")
    name: str | None = None
    about: Any = None
    source: Any = None
    why: Any = None


def _of(what: str, *types: type) -> PlainValidator:
    """A value of one of some types: of a union, pydantic would complain about each of them."""

    def checked(value: object) -> object:
        elements = value if isinstance(value, list) else ()
        is_one = isinstance(value, types) and not isinstance(value, bool)
        if not is_one or not all(isinstance(each, str) for each in elements):
            raise ValueError(f"expected {what}, found `{written(value)}`")
        return value

    return PlainValidator(checked)


_Image = Annotated[str | dict[str, Any], _of("an image: a line, or an object", str, dict)]


class Outcome(_Wire):
    """What happens to one image, under the names of `get-lifecycle-policy-preview`."""

    image_digest: str
    action: Literal["EXPIRE", "TRANSITION"]
    applied_rule_priority: int
    cascade: bool = False
    cannot_tell: bool = False


class Expected(_Wire):
    """What a policy does: all results in their order, or names of images."""

    results: list[Outcome] | None = None
    expires: list[str] | None = None
    archives: list[str] | None = None
    keeps: list[str] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Expected":
        names = (self.expires, self.archives, self.keeps)
        if self.results is None and names == (None, None, None):
            raise ValueError("nothing is expected: give `expires`, `archives` or `keeps`")
        if self.results is not None and names != (None, None, None):
            raise ValueError("`results` are everything: give them, or names of images")
        return self


class Lifecycle(_Named):
    """A lifecycle policy, a repository, and what is to become of it."""

    policy: Annotated[
        dict[str, Any] | str | None, _of("an object, or the path of a file", dict, str, NoneType)
    ] = None
    now: Annotated[str | float | None, _of("a time", str, int, float, NoneType)] = None
    images: list[_Image] | None = None
    snapshot: Annotated[
        str | list[str] | None, _of("a path, or a list of paths", str, list, NoneType)
    ] = None
    manifests: dict[str, list[str]] = {}
    expected: Expected


class Problem(_Wire):
    """Where a policy is to be refused, and what the service says, where that is known."""

    pointer: str
    service_text: str | None = None
    service_text_is_prefix: bool = False


class Refusal(_Named):
    """A policy, and all that is wrong with it."""

    policy: Any = None
    text: str | None = None
    pad_to: Annotated[int, Field(json_schema_extra={"minimum": 0, "maximum": MAX_PADDED})] = 0
    kind: Annotated[Kind, Strict(False)] = Kind.LIFECYCLE  # noqa: FBT003
    problems: list[Problem]

    @field_validator("pad_to")
    @classmethod
    def _is_a_length(cls, length: int) -> int:
        if not 0 <= length <= MAX_PADDED:
            raise ValueError(f"`{length}` is no length to pad to: give 0 to {MAX_PADDED:,}")
        return length

    @field_validator("kind")
    @classmethod
    def _is_of_policies(cls, kind: Kind) -> Kind:
        if kind not in OF_POLICIES:
            known = ", ".join(f"`{each}`" for each in OF_POLICIES)
            raise ValueError(f"`{kind}` is no kind of policies; known are {known}")
        return kind


def validated(model: type[_T], place: Place) -> _T:
    """A part of a case by its model; raises InvalidCase with every complaint, located."""
    try:
        return model.model_validate(place.value)
    except ValidationError as error:
        raise InvalidCase(list(_located(error, place))) from None


def without_faults(place: Place) -> tuple[Lifecycle, frozenset[str]]:
    """A case about a lifecycle policy without its members that cannot be used, and their names.

    In place of what is to become of images, where that is wrong or missing, nothing is said.
    """
    try:
        return Lifecycle.model_validate(place.value), frozenset()
    except ValidationError as error:
        wrong = frozenset(str(each["loc"][0]) for each in error.errors(include_url=False))
    rest = {name: value for name, value in place.value.items() if name not in wrong}
    return Lifecycle.model_validate({"expected": {"keeps": []}, **rest}), wrong


def _located(error: ValidationError, place: Place) -> Iterator[Finding]:
    for complaint in complaints(error):
        yield place.at(complaint.pointer).finding(complaint.message, complaint.help)
