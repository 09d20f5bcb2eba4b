"""Configurations of Terraform: the policies and settings in them. Needs the extra `terraform`.

Files are read one by one, and nothing in them is evaluated. What a block holds is known where it
is written there, as a literal, as a local of the same file, or as `jsonencode(…)` of such.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ecrpolicy.lint.embedded import Resource, repeated, structure
from ecrpolicy.lint.found import Misread, PlacedDocument, Reading, SourceText, Span
from ecrpolicy.lint.kind import IAM, Kind
from ecrpolicy.lint.recognise import Guess, iam_kind
from ecrpolicy.sources.hcl_text import NotHcl
from ecrpolicy.sources.terraform_data import DATA, MERGED, policy_node
from ecrpolicy.sources.terraform_resources import ATTRIBUTES, TYPES, policies_of, read_resource

if TYPE_CHECKING:
    from ecrpolicy.sources.hcl_nodes import Block

_READ: Final = re.compile("|".join(map(re.escape, sorted((*TYPES, DATA)))))
_REFERENCE: Final = re.compile(rf"\bdata\s*\.\s*{DATA}\s*\.\s*([^\W\d][\w-]*)")


def read_configuration(source: SourceText) -> Reading:
    """The documents in a file; none where it has no resource that holds one."""
    if not _READ.search(source.text):
        return Reading()
    from ecrpolicy.sources.hcl_nodes import configuration

    try:
        found = configuration(source, _is_read)
    except NotHcl as error:
        return _unreadable(source, error)
    resources = [each for each in found.blocks if each.type == "resource"]
    data = [each for each in found.blocks if each.type == "data"]
    kinds = _kinds(source, resources, data)
    readings = [
        Reading(has_resources=bool(found.blocks)),
        *(_unreadable(source, error) for error in found.failures),
        *(reading for each in resources for reading in _in_resource(_resource(source, each))),
        *(reading for each in data for reading in _data(source, each, kinds[each.labels[1]])),
    ]
    return _once(Reading.joined(readings))


def _is_read(kind: str, labels: tuple[str, ...]) -> bool:
    if len(labels) != 2:
        return False
    return (kind == "resource" and labels[0] in TYPES) or (kind == "data" and labels[0] == DATA)


def _unreadable(source: SourceText, error: NotHcl) -> Reading:
    place = Span(error.at, min(error.at + 1, len(source.text)))
    return Reading(misread=(Misread(source, "json-syntax-error", place, error.message),))


def _resource(source: SourceText, block: "Block") -> Resource:
    kind, name = block.labels
    return Resource(
        source, kind, f"{kind}.{name}", block.node(ATTRIBUTES), anchors=(block.span.start,)
    )


def _in_resource(resource: Resource) -> Iterator[Reading]:
    yield repeated(resource, resource.properties.flat)
    yield from read_resource(resource)


def _data(source: SourceText, block: "Block", kinds: Sequence[Kind]) -> Iterator[Reading]:
    """A policy as a data source makes it, once for each kind that it is used as."""
    name = ".".join(("data", *block.labels))
    resource = Resource(source, DATA, name, block.node(), anchors=(block.span.start,))
    yield repeated(resource, resource.properties)
    node = policy_node(resource.properties)
    if node is None:
        return
    for kind, why in [Guess(kind) for kind in kinds] or [iam_kind(node.value)]:
        yield structure(resource, node, kind, name, why)


def _kinds(
    source: SourceText, resources: Sequence["Block"], data: Sequence["Block"]
) -> dict[str, list[Kind]]:
    """What the policies of data sources are used as in this file, by their names."""
    kinds: dict[str, set[Kind]] = {each.labels[1]: set() for each in data}
    for each in resources:
        for name, kind in policies_of(_resource(source, each)).items() if data else ():
            for used in _used(each, ("policy" if name == "inline_policy" else name,)):
                kinds.get(used, set()).add(kind)
    # A policy that is merged into another is used as that one is.
    parts = {each.labels[1]: _used(each, MERGED) for each in data}
    waiting = [name for name, found in kinds.items() if found]
    while waiting:
        whole = waiting.pop()
        for part in parts[whole]:
            if part in kinds and not kinds[whole] <= kinds[part]:
                kinds[part] |= kinds[whole]
                waiting.append(part)
    return {name: [kind for kind in IAM if kind in found] for name, found in kinds.items()}


def _used(block: "Block", names: Sequence[str]) -> set[str]:
    """The data sources that some attributes of a block, and of blocks in it, refer to."""
    found: set[str] = set()
    for name in names:
        if name in block.attributes:
            found.update(_REFERENCE.findall(block.attributes[name].text))
    for inner in block.blocks:
        found |= _used(inner, names)
    return found


def _once(reading: Reading) -> Reading:
    """Each document once: a local may be used by several resources."""
    documents = {(_origin(each), each.kind): each for each in reversed(reading.documents)}
    misread = {(each.span, each.rule): each for each in reversed(reading.misread)}
    return replace(
        reading,
        documents=tuple(reversed(documents.values())),
        misread=tuple(reversed(misread.values())),
    )


def _origin(document: PlacedDocument) -> Span:
    """Where a document is written: where its first member stands."""
    members = document.value if isinstance(document.value, dict) else {}
    return document.places.span(tuple(members)[:1], at_name=True)
