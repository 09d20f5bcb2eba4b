"""Requests with their policies from documents, and the answers that are expected of them.

A case is an object with `request` (the members of `iam.Request` in camel case) and `policies`
(those of `iam.PolicySet`; `repository`, `registry` and `resource` stand for themselves), and, as
it likes, `name` and `expected`. Where cases stand beside `policies`, these are named policies,
which a case refers to as `{"$ref": …}`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import Any, Final, Literal

from pydantic import BaseModel, Field, ValidationError, model_validator
from pydantic.alias_generators import to_camel

from ecrpolicy import document
from ecrpolicy.document import Document, pointer
from ecrpolicy.errors import InvalidPolicy, InvalidSnapshot
from ecrpolicy.finding import Finding, Location, Severity
from ecrpolicy.iam import Effect, InvalidRequest, Kind, Policy, PolicySet, Request
from ecrpolicy.sources.complaints import complaints
from ecrpolicy.sources.files import Source
from ecrpolicy.sources.iam_policies import NoPolicy, Path, read_policy, read_within, value_at
from ecrpolicy.wording import printable

REFUSED: Final = "REFUSED"
"""What is expected where a policy is to be refused, so that nothing is decided."""

# The effects that each expectation is content with.
EXPECTATIONS: Final[Mapping[str, frozenset[Effect]]] = {
    **{effect.value: frozenset((effect,)) for effect in Effect},
    "DENY": frozenset((Effect.EXPLICIT_DENY, Effect.IMPLICIT_DENY)),
    REFUSED: frozenset(),
}

_REFERENCE: Final = "$ref"
# What a policy begins with that is given as its text, or by its ARN; any other string is a path.
_NO_PATHS: Final = ("{", "%7B", "arn:")
_ADVICE: Final = 'a case is `{"request": …, "policies": …}`'

_Level = list[Any]

Named = dict[tuple[str, Kind], Policy]
"""Policies that stand beside cases, as far as they have been read, by name and kind."""


class _Wire(BaseModel, frozen=True, strict=True, extra="forbid", alias_generator=to_camel):
    """A part in which a member that is not known would change the answer."""


class RequestModel(_Wire, frozen=True):
    """Who asks for what, under the names of `iam.Request`."""

    principal: str | None
    action: str
    resource: str | None = None
    context: dict[str, Any] = {}
    resource_account: str | None = None
    role: str | None = None
    user: str | None = None
    provider: str | None = None
    service_linked_role: bool = False
    principal_in_management_account: bool = False
    resource_in_management_account: bool = False
    principal_tags: dict[str, str] = {}
    resource_tags: dict[str, str] = {}


class PoliciesModel(_Wire, frozen=True):
    """Under which policies; each is an object, its text, its ARN, or the path of its file."""

    identity: list[Any] = []
    repository: Any = None
    registry: Any = None
    resource: list[Any] = []
    boundary: Any = None
    session: list[Any] = []
    scps: list[_Level] = []
    rcps: list[_Level] = []
    endpoint: Any = None
    registry_scope: Literal["V1", "V2"] = "V2"


class ExpectedAnswer(_Wire, frozen=True):
    """The answer; where a policy is to be `refused`, that of programs which take it."""

    effect: Literal["ALLOW", "EXPLICIT_DENY", "IMPLICIT_DENY", "DENY"] | None = None
    refused: bool = False

    @model_validator(mode="after")
    def _says_something(self) -> "ExpectedAnswer":
        if self.effect is None and not self.refused:
            raise ValueError("nothing is expected: give an `effect`, or `refused`")
        return self

    @property
    def answer(self) -> str | None:
        """One of `EXPECTATIONS`."""
        return REFUSED if self.refused else self.effect


class CaseModel(_Wire, frozen=True):
    """A case as it is written; `about`, `source` and `why` are for readers."""

    json_schema: Any = Field(default=None, alias="$schema")
    name: str | None = None
    about: Any = None
    source: Any = None
    why: Any = None
    request: RequestModel
    policies: PoliciesModel = PoliciesModel()
    expected: ExpectedAnswer | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A request and its policies; `expected` is one of `EXPECTATIONS`, None where nothing is.

    Where a policy is refused, as is expected, `policies` is None, and `refusal` says why.
    """

    name: str
    request: Request
    policies: PolicySet | None
    expected: str | None
    refusal: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A case that has not been read yet: where in which document it stands.

    `named` are policies that stand beside it, as far as they have been read.
    """

    held: Document
    path: Path
    number: int
    named: Named = field(default_factory=dict)

    @property
    def value(self) -> Any:
        """The case as it stands there."""
        return value_at(self.held.value, self.path)

    @property
    def name(self) -> str:
        """Its name, else its number."""
        value = self.value
        name = value.get("name") if isinstance(value, dict) else None
        return name if isinstance(name, str) else f"case {self.number}"

    def read(self) -> Case:
        """The case; raises EcrPolicyError with every complaint of its first part that is wrong."""
        try:
            wire = CaseModel.model_validate(self.value)
        except ValidationError as error:
            raise InvalidSnapshot(list(self._complaints(error))) from None
        try:
            # The names of the members are those of the request's own.
            request = Request(
                **{name: getattr(wire.request, name) for name in RequestModel.model_fields}
            )
        except InvalidRequest as error:
            place = self._locate(("request", *map(to_camel, error.member[:1]), *error.member[1:]))
            raise InvalidSnapshot(
                [replace(each, location=place) for each in error.findings], error.left_out
            ) from None
        expected = wire.expected.answer if wire.expected else None
        try:
            policies = self._policies(wire.policies)
        except InvalidPolicy as error:
            if expected != REFUSED or isinstance(error, NoPolicy):
                raise
            return Case(self.name, request, None, expected, error.findings)
        return Case(self.name, request, policies, expected)

    def _locate(self, path: Path) -> Location:
        return self.held.locate(pointer(*self.path, *path))

    def _complaints(self, error: ValidationError) -> Iterator[Finding]:
        for complaint in complaints(error):
            place = self.held.locate(pointer(*self.path) + complaint.pointer)
            advice = complaint.help or (None if complaint.pointer else _ADVICE)
            yield Finding("invalid-request", Severity.ERROR, complaint.message, place, advice)

    def _policies(self, given: PoliciesModel) -> PolicySet:
        scope = given.registry_scope

        def one(name: str, kind: Kind) -> tuple[Policy, ...]:
            if getattr(given, name) is None:
                return ()
            return (self._policy((name,), kind, scope if kind is Kind.REGISTRY else None),)

        def several(name: str, kind: Kind) -> tuple[Policy, ...]:
            return tuple(self._policy((name, at), kind) for at in range(len(getattr(given, name))))

        def levels(name: str, kind: Kind) -> tuple[tuple[Policy, ...], ...]:
            return tuple(
                tuple(self._policy((name, at, number), kind) for number in range(len(level)))
                for at, level in enumerate(getattr(given, name))
            )

        return PolicySet(
            identity=several("identity", Kind.IDENTITY),
            resource=(
                *one("repository", Kind.REPOSITORY),
                *one("registry", Kind.REGISTRY),
                *several("resource", Kind.RESOURCE),
            ),
            boundary=next(iter(one("boundary", Kind.BOUNDARY)), None),
            session=several("session", Kind.SESSION),
            scps=levels("scps", Kind.SCP),
            rcps=levels("rcps", Kind.RCP),
            endpoint=next(iter(one("endpoint", Kind.ENDPOINT)), None),
            registry_scope=scope,
        )

    def _policy(self, path: Path, kind: Kind, scope: Literal["V1", "V2"] | None = None) -> Policy:
        """A policy, or the named one that stands for it, which is read once."""
        path = (*self.path, "policies", *path)
        value = value_at(self.held.value, path)
        if not (isinstance(value, dict) and _REFERENCE in value):
            return self._written(path, kind, scope)
        name = value[_REFERENCE]
        known = value_at(self.held.value, ("policies",)) if self.path else None
        if not (isinstance(name, str) and isinstance(known, dict) and name in known):
            message = f"no policy is called `{printable(str(name))}`"
            advice = "named policies stand in `policies`, beside `cases`"
            raise self._refusal(path, message, advice)
        if scope is not None:
            return self._written(("policies", name), kind, scope)
        if (name, kind) not in self.named:
            self.named[name, kind] = self._written(("policies", name), kind)
        return self.named[name, kind]

    def _written(self, path: Path, kind: Kind, scope: Literal["V1", "V2"] | None = None) -> Policy:
        """A policy that stands in the document, or in the file that is named there."""
        value = value_at(self.held.value, path)
        if not (isinstance(value, str) and is_path(value)):
            return read_within(self.held, path, kind, scope)
        return read_policy(self._source(value, path), kind, scope)

    def _source(self, file: str, path: Path) -> Source:
        """A file that a document names, whose path begins where that one is."""
        try:
            return beside(self.held.file, file)
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            message = f"`{printable(file)}` cannot be read: {why}"
            raise self._refusal(path, message, "give a policy, or the path of its file") from None

    def _refusal(self, path: Path, message: str, advice: str) -> InvalidSnapshot:
        place = self.held.locate(pointer(*path))
        return InvalidSnapshot([Finding("invalid-request", Severity.ERROR, message, place, advice)])


def is_path(policy: str) -> bool:
    """Whether a string in place of a policy is a path, and not its text or its ARN."""
    return not policy.lstrip().startswith(_NO_PATHS)


def beside(document: str | None, file: str) -> Source:
    """The file that a document names by its path from there; raises OSError or ValueError."""
    found = FilePath(document or "").parent / file
    return Source(found.read_bytes(), str(found))


def read_case(source: Source) -> Case:
    """The one case of a document; raises EcrPolicyError."""
    return Found(document.read(source.content, file=source.file), (), 1).read()
