"""Plans and states of Terraform, as `terraform show -json` prints them: what is in them to lint.

Terraform documentation, "JSON Output Format".
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any, Final, NamedTuple

from ecrpolicy.document.location import locate
from ecrpolicy.document.parts import parts_of
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.errors import InvalidSnapshot
from ecrpolicy.finding import Finding, Severity
from ecrpolicy.lint.embedded import Resource, policies
from ecrpolicy.lint.found import Reading, SourceText, Span, Unchanging
from ecrpolicy.lint.nodes import Member, Node
from ecrpolicy.lint.recognise import iam_kind
from ecrpolicy.sources.json_nodes import json_node
from ecrpolicy.sources.terraform_data import DATA
from ecrpolicy.sources.terraform_resources import TYPES, read_resource

# "0.1" and "0.2" are those of Terraform before 1.1. What is read here is the same in them.
_MAJOR_VERSIONS: Final = ("0", "1")


def read_plan(source: SourceText, value: Mapping[str, Any]) -> Reading:
    """The documents in a plan or a state; raises InvalidSnapshot for a format that is not known."""
    _check_version(source, value)
    found = list(_resources(source.text, value))
    unknown = _unknown(value)
    managed = Reading.joined(
        reading
        for each in found
        if each.is_managed and each.type in TYPES
        for reading in read_resource(_resource(source, each, unknown.get(each.address)))
    )
    # The resource that a policy is made for tells of it, with its kind.
    told = {_canonical(each.value) for each in managed.documents if each.text is not None}
    data = (each for each in found if each.type == DATA and not each.is_managed)
    reading = Reading.joined(
        (managed, *chain.from_iterable(_data(source, each, told) for each in data))
    )
    # What a plan says is what Terraform applies: it is mended where it was made of.
    documents = tuple(replace(each, places=Unchanging(each.places)) for each in reading.documents)
    return replace(reading, documents=documents, has_resources=bool(found))


def _check_version(source: SourceText, value: Mapping[str, Any]) -> None:
    version = value.get("format_version")
    if isinstance(version, str) and version.split(".")[0] in _MAJOR_VERSIONS:
        return
    finding = Finding(
        "invalid-snapshot",
        Severity.ERROR,
        f"the format `{version}` of Terraform's plans and states is not known",
        locate(source.text, "/format_version", file=source.file),
        "use a version of Terraform that writes format 1, or a newer version of ecrpolicy",
    )
    raise InvalidSnapshot([finding])


class _Held(NamedTuple):
    """A resource or data source: what it is, and where its values stand."""

    type: str
    address: str
    is_managed: bool
    values: Mapping[str, Any]
    span: Span


def _resources(text: str, value: Mapping[str, Any]) -> Iterator[_Held]:
    """What the plan leaves, or the state has; and the data sources that were read before."""
    start = len(text) - len(text.lstrip())
    is_state = "planned_values" not in value
    for path in (("values" if is_state else "planned_values",), ("prior_state", "values")):
        held, at = value, start
        for name in (*path, "root_module"):
            found = _member(text, held, at, name)
            if found is None:
                break
            held, at = found
        else:
            is_prior = len(path) > 1
            yield from (
                each for each in _of_module(text, held, at) if not (is_prior and each.is_managed)
            )


def _of_module(text: str, module: Mapping[str, Any], start: int) -> Iterator[_Held]:
    """The resources of a module, and of those in it; each text is gone through once a level."""
    places = {part.name: part.start for part in parts_of(text, start)}
    for name in ("resources", "child_modules"):
        held = module.get(name)
        if not isinstance(held, list):
            continue
        for each, part in zip(held, parts_of(text, places[name]), strict=True):
            if not isinstance(each, dict):
                continue
            if name == "child_modules":
                yield from _of_module(text, each, part.start)
            elif each.get("type") in TYPES or each.get("type") == DATA:
                yield from _resource_in(text, each, part.start)


def _resource_in(text: str, held: Mapping[str, Any], start: int) -> Iterator[_Held]:
    kind, address = held.get("type"), held.get("address")
    values = held.get("values")
    if isinstance(kind, str) and isinstance(address, str) and isinstance(values, dict):
        [part] = (part for part in parts_of(text, start) if part.name == "values")
        is_managed = held.get("mode", "managed") != "data"
        yield _Held(kind, address, is_managed, values, Span(part.start, part.end))


def _member(
    text: str, held: Mapping[str, Any], start: int, name: str
) -> tuple[Mapping[str, Any], int] | None:
    """An object that is a member of one, and where it stands."""
    value = held.get(name)
    if not isinstance(value, dict):
        return None
    return value, next(part.start for part in parts_of(text, start) if part.name == name)


def _unknown(value: Mapping[str, Any]) -> dict[Any, Any]:
    """What is known after the apply alone, by the addresses of resources."""
    changes = value.get("resource_changes")
    return {
        each.get("address"): each["change"].get("after_unknown")
        for each in (changes if isinstance(changes, list) else ())
        if isinstance(each, dict)
        and isinstance(each.get("address"), str)
        and isinstance(each.get("change"), dict)
        and "deposed" not in each
    }


def _resource(source: SourceText, held: _Held, unknown: Any) -> Resource:
    node = json_node(source, held.span, is_plain=True)
    return Resource(source, held.type, held.address, _set(_with_unknown(node, unknown)))


def _with_unknown(node: Node, unknown: Any) -> Node:
    """A node with what is not known yet: the plan leaves it out, and says so elsewhere."""
    if unknown is True:
        return Node(node.span, UNKNOWN)
    if isinstance(unknown, dict) and node.members is not None:
        members = dict(node.members)
        for name, each in unknown.items():
            before = members.get(name)
            if before is not None:
                members[name] = before._replace(node=_with_unknown(before.node, each))
            elif _is_any(each):
                members[name] = Member(node.span, Node(node.span, UNKNOWN))
        return Node(node.span, members=members)
    if isinstance(unknown, list) and node.elements is not None:
        if len(unknown) != len(node.elements):
            return Node(node.span, UNKNOWN) if _is_any(unknown) else node
        pairs = zip(node.elements, unknown, strict=True)
        return Node(node.span, elements=tuple(_with_unknown(*pair) for pair in pairs))
    return Node(node.span, UNKNOWN) if _is_any(unknown) else node


def _is_any(unknown: Any) -> bool:
    """Whether anything in it is not known."""
    if isinstance(unknown, dict):
        return any(map(_is_any, unknown.values()))
    if isinstance(unknown, list):
        return any(map(_is_any, unknown))
    return unknown is True


def _set(node: Node) -> Node:
    """A node without what is null, at any depth: it is not set."""
    if node.members is not None:
        members = {
            name: each._replace(node=_set(each.node))
            for name, each in node.members.items()
            if not each.node.is_null
        }
        return Node(node.span, members=members)
    if node.elements is not None:
        return Node(node.span, elements=tuple(map(_set, node.elements)))
    return node


def _data(source: SourceText, held: _Held, told: set[str]) -> Iterator[Reading]:
    """The policy that a data source has made, unless a resource has told of it."""
    text = held.values.get("json")
    if not isinstance(text, str):
        return
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return
    if not isinstance(value, dict) or _canonical(value) in told:
        return
    told.add(_canonical(value))
    resource = _resource(source, held, None)
    kind, why = iam_kind(value)
    yield from policies(resource, resource.properties.member("json"), kind, why_kind=why)


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)
