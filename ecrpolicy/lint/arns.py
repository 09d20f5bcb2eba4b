"""The ARNs that statements are about, held against the forms that ARNs of resources have.

IAM User Guide, "Identify AWS resources with Amazon Resource Names (ARNs)"; Service Authorization
Reference, "Resource types" of each service.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from ecrpolicy.arn import Arn
from ecrpolicy.iam.patterns import Match, has_wildcard, literal_head, matcher
from ecrpolicy.lint.edit import Path
from ecrpolicy.lint.facts import Facts
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.subject import Subject

PARTITION: Final = 1
SERVICE: Final = 2
REGION: Final = 3
ACCOUNT: Final = 4
_RESOURCE: Final = 5
_FIELDS: Final = 6

_OPEN: Final = "${"
_VARYING: Final = re.compile(r"\$\{[^}]*\}?")
_SOMETHING: Final = "?*"
_TYPE: Final = re.compile(r"[^*?$/:]*[/:]")


class WrittenArn(NamedTuple):
    """An ARN among the values of `Resource` and `NotResource`.

    `sure` is how many of its fields are sure to be what they seem: a `*` at the end of a field
    may run on across colons. `forms` are those of the resources that it may be about: none where
    there is no such resource, None where its service is a pattern or not known.
    """

    text: str
    path: Path
    fields: tuple[str, ...]
    sure: int
    forms: tuple[Arn, ...] | None

    def literal(self, at: int) -> str | None:
        """A field; None where it is a pattern, or may be another field."""
        if at >= self.sure:
            return None
        field = self.fields[at]
        return None if has_wildcard(field) else field

    def offset(self, at: int) -> int:
        """Where in the text a field begins."""
        return sum(len(field) + 1 for field in self.fields[:at])

    def never_has(self, at: int) -> bool:
        """Whether no resource that may be meant has the field."""
        return bool(self.forms) and not any(_field(form, at) for form in self.forms or ())

    def always_has(self, at: int) -> bool:
        """Whether every resource that may be meant has the field."""
        return bool(self.forms) and all(_field(form, at) for form in self.forms or ())

    def without_surplus(self) -> str:
        """The ARN without the fields that no resource has that may be meant."""
        surplus = [at for at in (REGION, ACCOUNT) if self.never_has(at)]
        return ":".join("" if at in surplus else field for at, field in enumerate(self.fields))

    @property
    def is_nothing(self) -> bool:
        """Whether its service has resources, and none that it may be about."""
        return self.forms == ()

    def is_named(self, at: int) -> bool:
        """Whether the field stands as it is in a form, and not for one of many."""
        return any(_field(form, at) == self.fields[at] for form in self.forms or ())


def arns_of(subject: Subject) -> tuple[WrittenArn, ...]:
    """The ARNs of a subject, read when the first rule asks for them.

    >>> from ecrpolicy.lint.kind import Kind
    >>> value = {"Statement": {"Resource": "arn:aws:ecr:us-east-1:*:repo/a"}}
    >>> [(arn.literal(REGION), arn.forms) for arn in arns_of(Subject(Kind.SCP, value))]
    [('us-east-1', ())]
    """
    return subject.once(_read)


def is_service(facts: Facts, name: str) -> bool | None:
    """Whether ARNs have a service of that name, in lower case; None where that is not known.

    >>> from ecrpolicy.lint.facts import OWN
    >>> is_service(OWN, "ecr"), is_service(OWN, "s3")
    (True, None)
    """
    found = facts.is_service(name)
    return name in facts.index().arns if found is False else found


def resources_of(facts: Facts, service: str) -> list[str]:
    """What the ARNs of a service's resources end with; `…` stands for what differs.

    >>> from ecrpolicy.lint.facts import OWN
    >>> resources_of(OWN, "ecr")
    ['repository/…']
    """
    forms = _own_forms(facts, service).all or _all_forms(facts, service).all
    return list(dict.fromkeys(_VARYING.sub("…", form.arn.resource) for form in forms))


def _read(subject: Subject) -> tuple[WrittenArn, ...]:
    return tuple(
        WrittenArn(text, path, *_parts(text, subject.facts))
        for text, path in policy_of(subject).resources
        if text.startswith("arn:")
    )


@lru_cache(maxsize=4096)
def _parts(text: str, facts: Facts) -> tuple[tuple[str, ...], int, tuple[Arn, ...] | None]:
    """The fields of an ARN, how many of them are sure, and the forms that it may be of."""
    fields = tuple(text.split(":", _FIELDS - 1))
    ahead = fields[:_RESOURCE]
    known = next((at for at, field in enumerate(ahead) if _OPEN in field), len(fields))
    opened = _first_open(ahead)
    is_long_enough = len(fields) == _FIELDS or opened < _FIELDS
    sure = min(known, opened if is_long_enough else REGION)
    is_whole = known == len(fields) and is_long_enough
    service = fields[SERVICE] if sure > SERVICE else "*"
    if not is_whole or has_wildcard(service):
        return fields, sure, None
    forms, is_as_written = _forms(facts, service.lower(), fields)
    return fields, known if is_as_written else sure, forms


def _first_open(fields: Sequence[str]) -> int:
    """How many fields there are up to the first that can run on."""
    return next((at + 1 for at, field in enumerate(fields) if field.endswith("*")), _FIELDS)


def _forms(
    facts: Facts, service: str, fields: tuple[str, ...]
) -> tuple[tuple[Arn, ...] | None, bool]:
    """The forms that fit, and whether they do with the fields as they are written."""
    is_known = False
    for find in (_own_forms, _all_forms):
        is_known = is_known or bool(find(facts, service).all)
        for number, resource in enumerate(_resources(fields)):
            fitting = _fitting(find, facts, service, resource)
            if fitting:
                return fitting, number == 0 and len(fields) == _FIELDS
    return (() if is_known else None), False


@lru_cache(maxsize=4096)
def _fitting(
    find: "Callable[[Facts, str], _Forms]", facts: Facts, service: str, resource: str
) -> tuple[Arn, ...]:
    """The forms of a service that a last field may be of."""
    return tuple(form.arn for form in find(facts, service).near(resource) if form.fits(resource))


def _resources(fields: tuple[str, ...]) -> Iterator[str]:
    """What the last field may be: a `*` that ends a field may stand for those that follow, too."""
    if len(fields) == _FIELDS:
        yield fields[_RESOURCE]
    for at, field in enumerate(fields[:_RESOURCE]):
        if field.endswith("*"):
            behind = ":".join(fields[at + 1 :]).split(":") if at + 1 < len(fields) else []
            for start in range(min(len(behind), _RESOURCE - at)):
                yield ":".join(behind[start:])
            yield ":".join(("*", *behind))


class _Form(NamedTuple):
    """The form of an ARN, and what its last field is compared with."""

    arn: Arn
    head: str
    matches: Match
    may_hold_colons: bool

    def fits(self, resource: str) -> bool:
        """Whether a last field may be of this form; behind a wildcard, nothing is compared."""
        if _OPEN in resource:
            resource = _VARYING.sub("*", resource)
        if not has_wildcard(resource):
            return resource.startswith(self.head) and self.matches(resource)
        if resource.startswith("*:") and not self.may_hold_colons:
            return False
        start = literal_head(resource)
        return start.startswith(self.head) or self.head.startswith(start)


class _Forms(NamedTuple):
    """The forms of a service, by the type that they begin with; `untyped` begin with none."""

    all: tuple[_Form, ...]
    by_type: Mapping[str, tuple[_Form, ...]]
    untyped: tuple[_Form, ...]

    @classmethod
    def of(cls, forms: Iterable[_Form]) -> "_Forms":
        every = tuple(forms)
        by_type: defaultdict[str, list[_Form]] = defaultdict(list)
        for form in every:
            by_type[_type_of(form.head)].append(form)
        untyped = tuple(by_type.pop("", ()))
        return cls(every, {name: tuple(several) for name, several in by_type.items()}, untyped)

    def near(self, resource: str) -> tuple[_Form, ...]:
        """Those that a last field may be of, as far as its type tells."""
        name = _type_of(resource)
        return (*self.by_type.get(name, ()), *self.untyped) if name else self.all


def _type_of(text: str) -> str:
    """What stands before the first slash or colon, and that; nothing where there is none."""
    found = _TYPE.match(text)
    return found[0] if found else ""


@lru_cache(maxsize=1024)
def _own_forms(facts: Facts, prefix: str) -> _Forms:
    """The forms of a service's own resources."""
    service = facts.service(prefix)
    types = service.resource_types.values() if service else ()
    arns = (Arn.read(each.arn) for each in types)
    return _Forms.of(_form(arn) for arn in arns if arn is not None and arn.service == prefix)


@lru_cache(maxsize=1024)
def _all_forms(facts: Facts, service: str) -> _Forms:
    """The forms of resources of whatever service, whose ARNs have a service in them."""
    return _Forms.of(_form(arn) for arn in facts.index().arns.get(service, ()))


def _form(arn: Arn) -> _Form:
    pattern = _VARYING.sub(_SOMETHING, arn.resource)
    head = literal_head(pattern)
    return _Form(arn, head, matcher(pattern), not head or ":" in _VARYING.sub("", arn.resource))


def _field(form: Arn, at: int) -> str:
    return form[at - 1]
