"""Requests with their policies from documents: one, or many with the answers expected of them.

A case is an object with `request` (the members of `iam.Request` in camel case) and `policies`
(those of `iam.PolicySet`; `repository`, `registry` and `resource` stand for themselves), and, as
it likes, `name` and `expected`. Many are the lines of a file, the elements of a list, or those of
`cases` beside `policies`, which are then named policies that cases refer to as `{"$ref": …}`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from pydantic import BaseModel, ValidationError
from pydantic.alias_generators import to_camel

from ecrpolicy import document
from ecrpolicy.document import Document, pointer
from ecrpolicy.document.location import shifted
from ecrpolicy.errors import EcrPolicyError, InvalidSnapshot
from ecrpolicy.finding import Finding, Location, Severity
from ecrpolicy.iam import Effect, Kind, Policy, PolicySet, Request
from ecrpolicy.sources.complaints import complaints
from ecrpolicy.sources.files import Source
from ecrpolicy.sources.iam_policies import Path, read_within, value_at
from ecrpolicy.wording import printable

# The effects that each expectation is content with.
EXPECTATIONS: Final[Mapping[str, frozenset[Effect]]] = {
    **{effect.value: frozenset((effect,)) for effect in Effect},
    "DENY": frozenset((Effect.EXPLICIT_DENY, Effect.IMPLICIT_DENY)),
}

_REFERENCE: Final = "$ref"
_LINES: Final = (".jsonl", ".ndjson")
_ADVICE: Final = 'a case is `{"request": …, "policies": …}`'

_Level = list[Any]


class _Wire(BaseModel, frozen=True, strict=True, extra="forbid", alias_generator=to_camel):
    """A part in which a member that is not known would change the answer."""


class _Request(_Wire, frozen=True):
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


class _Policies(_Wire, frozen=True):
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


class _Expected(_Wire, frozen=True):
    effect: Literal["ALLOW", "EXPLICIT_DENY", "IMPLICIT_DENY", "DENY"]


class _Case(BaseModel, frozen=True, strict=True, extra="ignore"):
    """What explains a case to people, such as its source, is passed over."""

    name: str | None = None
    request: _Request
    policies: _Policies = _Policies()
    expected: _Expected | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A request and its policies; `expected` is one of `EXPECTATIONS`, None where nothing is."""

    name: str
    request: Request
    policies: PolicySet
    expected: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A case that has not been read yet: where in which document it stands.

    `before` is how many lines of the file stand before the document.
    """

    held: Document
    path: Path
    number: int
    before: int = 0
    named: dict[tuple[str, Kind], Policy] = field(default_factory=dict)

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
            return self._read()
        except EcrPolicyError as error:
            base = Location(self.held.file, self.before + 1, 1)
            moved = [
                replace(each, location=shifted(each.location, base))
                if self.before and each.location.file == self.held.file
                else each
                for each in error.findings
            ]
            raise InvalidSnapshot(moved, error.left_out) from None

    def _read(self) -> Case:
        try:
            wire = _Case.model_validate(self.value)
        except ValidationError as error:
            raise InvalidSnapshot(list(self._complaints(error))) from None
        try:
            # The names of the members are those of the request's own.
            request = Request(
                **{name: getattr(wire.request, name) for name in _Request.model_fields}
            )
        except EcrPolicyError as error:
            place = self._locate(("request",))
            raise InvalidSnapshot(
                [replace(each, location=place) for each in error.findings], error.left_out
            ) from None
        expected = wire.expected.effect if wire.expected else None
        return Case(self.name, request, self._policies(wire.policies), expected)

    def _locate(self, path: Path) -> Location:
        return self.held.locate(pointer(*self.path, *path))

    def _complaints(self, error: ValidationError) -> Iterator[Finding]:
        for complaint in complaints(error):
            place = self.held.locate(pointer(*self.path) + complaint.pointer)
            advice = complaint.help or (None if complaint.pointer else _ADVICE)
            yield Finding("invalid-request", Severity.ERROR, complaint.message, place, advice)

    def _policies(self, given: _Policies) -> PolicySet:
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
            return read_within(self.held, path, kind, scope)
        name = value[_REFERENCE]
        known = value_at(self.held.value, ("policies",)) if self.path else None
        if not (isinstance(name, str) and isinstance(known, dict) and name in known):
            message = f"no policy is called `{printable(str(name))}`"
            advice = "named policies stand in `policies`, beside `cases`"
            place = self.held.locate(pointer(*path))
            raise InvalidSnapshot(
                [Finding("invalid-request", Severity.ERROR, message, place, advice)]
            )
        if scope is not None:
            return read_within(self.held, ("policies", name), kind, scope)
        if (name, kind) not in self.named:
            self.named[name, kind] = read_within(self.held, ("policies", name), kind)
        return self.named[name, kind]


def read_case(source: Source) -> Case:
    """The one case of a document; raises EcrPolicyError."""
    return Found(document.read(source.content, file=source.file), (), 1).read()


def find_cases(source: Source) -> tuple[Found, ...]:
    """The cases of a document, to be read one by one; raises EcrPolicyError."""
    text = document.decode(source.content, file=source.file)
    if (source.file or "").endswith(_LINES) or _starts_with_a_case(text):
        return tuple(_lines(text, source.file))
    held = document.read(text, file=source.file)
    path: Path = ("cases",) if isinstance(held.value, dict) else ()
    cases = held.value.get("cases") if isinstance(held.value, dict) else held.value
    if isinstance(held.value, dict) and "request" in held.value:
        return (Found(held, (), 1),)
    if not isinstance(cases, list):
        place = held.locate(pointer(*path))
        message = "nothing here tells of cases"
        raise InvalidSnapshot([Finding("invalid-request", Severity.ERROR, message, place, _ADVICE)])
    named: dict[tuple[str, Kind], Policy] = {}
    return tuple(Found(held, (*path, at), at + 1, named=named) for at in range(len(cases)))


def _starts_with_a_case(text: str) -> bool:
    """Whether the first line is a case of its own."""
    first, _, others = text.lstrip().partition("\n")
    if not others.strip():
        return False
    try:
        value = document.read(first).value
    except EcrPolicyError:
        return False
    return isinstance(value, dict) and "request" in value


def _lines(text: str, file: str | None) -> Iterator[Found]:
    """A case a line; what is wrong with the JSON of any is told at once."""
    findings: list[Finding] = []
    number = 0
    for before, line in enumerate(text.split("\n")):
        if not line.strip():
            continue
        number += 1
        try:
            held = document.read(line, file=file)
        except EcrPolicyError as error:
            base = Location(file, before + 1, 1)
            findings += (
                replace(each, location=shifted(each.location, base)) for each in error.findings
            )
            continue
        yield Found(held, (), number, before)
    if findings:
        raise InvalidSnapshot(findings)
