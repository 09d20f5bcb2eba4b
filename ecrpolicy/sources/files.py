"""Snapshots from files: what the AWS CLI printed, or what `ecrpolicy snapshot` wrote.

A file holds one document or several, one after another: answers of `describe-images` (or the bare
list of its `imageDetails`), `describe-repositories`, `batch-get-image` (whose manifests tell the
children of indexes) and `get-lifecycle-policy`. A document may hold the members of several
answers at once, which is what `ecrpolicy snapshot` writes.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final, TypeVar

from pydantic import AliasChoices, AwareDatetime, BaseModel, Field, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

from ecrpolicy import document
from ecrpolicy.document.location import line_and_column, locate, shifted
from ecrpolicy.errors import InvalidSnapshot, SyntaxProblem
from ecrpolicy.finding import Finding, Location, Severity
from ecrpolicy.snapshot import Image, Layer, Repository
from ecrpolicy.sources.complaints import MAX_COMPLAINTS, complaints, is_syntax_error

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_LARGE: Final = 5_000_000
UNNAMED: Final = "(unnamed)"

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Source:
    """What a file holds, and the name by which findings call it."""

    content: bytes
    file: str | None = None


class _Wire(BaseModel, frozen=True, extra="ignore", alias_generator=to_camel):
    """What the service prints; members that are not listed are passed over."""


class _RepositoryDescription(_Wire, frozen=True, populate_by_name=True):
    repository_name: str
    repository_arn: str | None = None
    registry_id: str | None = None


class _ImageIdentifier(_Wire, frozen=True):
    image_digest: str


class _Manifest(_Wire, frozen=True):
    """One image of `batch-get-image`; the manifest is a JSON text within the text."""

    image_id: _ImageIdentifier
    image_manifest: str


class _Answer(_Wire, frozen=True):
    """The members of the answers that a snapshot is made of."""

    image_details: list[Image] = []
    repositories: list[_RepositoryDescription] = []
    images: list[_Manifest] = []
    lifecycle_policy_text: str | None = None
    taken_at: AwareDatetime | None = None
    next_token: str | None = Field(
        default=None, validation_alias=AliasChoices("nextToken", "NextToken")
    )


class _Descriptor(_Wire, frozen=True):
    digest: str
    size: int = 0


class _ManifestText(_Wire, frozen=True):
    """What matters of an OCI or Docker manifest: an index has `manifests`, an image `layers`."""

    manifests: list[_Descriptor] | None = None
    config: _Descriptor | None = None
    layers: list[_Descriptor] | None = None
    subject: _Descriptor | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
    """One document of a source, with what is needed to name a place in it."""

    answer: _Answer
    source: Source
    start: int = 0
    is_list: bool = False

    def locate(self, pointer: str) -> Location:
        text = text_of(self.source)
        return locate(text, pointer, file=self.source.file, start=self.start)

    @property
    def images_pointer(self) -> str:
        return "" if self.is_list else "/imageDetails"


def read_repository(*sources: Source, name: str | None = None) -> Repository:
    """The repository that the documents of some files tell of.

    `name` is the name that it must have. Raises InvalidSnapshot with every complaint, located:
    what is not JSON, no listing of images, a listing that stops half-way, members of a wrong
    type, images of several repositories.
    """
    pieces = [piece for source in sources for piece in _pieces(source)]
    _require_whole_listing(pieces, sources)
    listed = [image for piece in pieces for image in piece.answer.image_details]
    images = tuple(_with_manifests(listed, pieces))
    description = _description(pieces, listed, name)
    try:
        return Repository(
            name=description.repository_name,
            images=images,
            registry_id=description.registry_id,
            arn=description.repository_arn,
            lifecycle_policy=_first(piece.answer.lifecycle_policy_text for piece in pieces),
            taken_at=_first(piece.answer.taken_at for piece in pieces),
        )
    except InvalidSnapshot as error:
        told = error.findings[: most_findings(len(sources[0].content))]
        left_out = error.left_out + len(error.findings) - len(told)
        raise InvalidSnapshot([_relocated(each, pieces) for each in told], left_out) from None


def _first(values: Iterable[_T | None]) -> _T | None:
    return next((value for value in values if value is not None), None)


def _pieces(source: Source) -> Iterator[_Piece]:
    """The documents of a source; in the usual case, one, read straight from its bytes."""
    try:
        yield _read_piece(source, source.content)
    except ValidationError as error:
        if not is_syntax_error(error):
            raise _invalid(error, source) from None
        yield from _several_pieces(source)


def values(source: Source) -> Iterator[tuple[int, Any]]:
    """The JSON documents of a source, each with where in the text it starts.

    Raises InvalidSnapshot where they are none.
    """
    text = text_of(source)
    start = 0
    for end in _document_ends(text, source.file):
        try:
            yield start, document.read(text[start:end], file=source.file).value
        except SyntaxProblem as error:
            base = Location(source.file, *line_and_column(text, start))
            placed = [
                replace(each, location=shifted(each.location, base)) for each in error.findings
            ]
            raise InvalidSnapshot(placed) from None
        start = end


def _several_pieces(source: Source) -> Iterator[_Piece]:
    text = text_of(source)
    start = 0
    for end in _document_ends(text, source.file):
        try:
            yield _read_piece(source, text[start:end].encode("utf-8"), start)
        except ValidationError as error:
            raise _invalid(error, source, start) from None
        start = end


def _read_piece(source: Source, content: bytes, start: int = 0) -> _Piece:
    if content.lstrip()[:1] == b"[":
        images = _images_adapter().validate_json(content)
        answer = _Answer.model_construct(image_details=images)
        return _Piece(answer, source, start, is_list=True)
    answer = _Answer.model_validate_json(content)
    if content.count(b'"imageDetails"') > 1:
        _require_single_members(source, content)
    if not answer.model_fields_set:
        raise _not_a_snapshot(source, start, json.loads(content))
    return _Piece(answer, source, start)


def _require_single_members(source: Source, content: bytes) -> None:
    """A second listing in one object would silently take the place of the first."""
    try:
        document.read(content, file=source.file)
    except SyntaxProblem as error:
        raise InvalidSnapshot(error.findings) from None


@cache
def _images_adapter() -> TypeAdapter[list[Image]]:
    return TypeAdapter(list[Image])


def text_of(source: Source) -> str:
    """The text of a source; PowerShell's `>` puts a byte-order mark before it, which is let be."""
    try:
        return document.decode(source.content.removeprefix(_BYTE_ORDER_MARK), file=source.file)
    except SyntaxProblem as error:
        raise InvalidSnapshot(error.findings) from None


def _document_ends(text: str, file: str | None) -> list[int]:
    """Where each of the documents of a text ends."""
    # Numbers are read as floats: Python refuses to make an integer of thousands of digits.
    decoder = json.JSONDecoder(parse_int=float)
    ends: list[int] = []
    at = _after_space(text, 0)
    while at < len(text) or not ends:
        try:
            _, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise _not_json(text, file, ends, error) from None
        at = _after_space(text, at)
        ends.append(at)
    return ends


def _after_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _not_json(
    text: str, file: str | None, ends: Sequence[int], error: ValueError | RecursionError
) -> InvalidSnapshot:
    if not ends:
        try:
            document.read(text, file=file)
        except SyntaxProblem as problem:
            return InvalidSnapshot(problem.findings)
    at = error.pos if isinstance(error, json.JSONDecodeError) else (ends or [0])[-1]
    message = f"what follows the first {_documents(len(ends))} is not JSON"
    line, column = line_and_column(text, at)
    return _refusal(Location(file, line, column), message, "give whole JSON documents alone")


def _documents(count: int) -> str:
    return "document" if count == 1 else f"{count} documents"


def _invalid(error: ValidationError, source: Source, start: int = 0) -> InvalidSnapshot:
    text = text_of(source)
    told = [
        Finding(
            "invalid-snapshot",
            Severity.ERROR,
            complaint.message,
            locate(text, complaint.pointer, file=source.file, start=start),
            complaint.help,
        )
        for complaint in complaints(error)[: most_findings(len(text))]
    ]
    return InvalidSnapshot(told, left_out=error.error_count() - len(told))


def most_findings(characters: int) -> int:
    """Each place is looked up from the start of the text, which takes long in a large one."""
    return MAX_COMPLAINTS if characters < _LARGE else 3


def _refusal(location: Location, message: str, advice: str) -> InvalidSnapshot:
    return InvalidSnapshot([Finding("invalid-snapshot", Severity.ERROR, message, location, advice)])


# What people hand over in place of a listing of images, by a member that it has.
_STRANGERS: Final = {
    "rules": "this is a lifecycle policy",
    "imageIds": "this is the output of `list-images`, which has no times",
    "previewResults": "this is a lifecycle policy preview",
    "Statement": "this is an IAM-style policy",
}


def _not_a_snapshot(source: Source, start: int, value: Any) -> InvalidSnapshot:
    what = "nothing here tells of images"
    if isinstance(value, dict):
        what = next((said for member, said in _STRANGERS.items() if member in value), what)
    line, column = line_and_column(text_of(source), _after_space(text_of(source), start))
    advice = "give the output of `aws ecr describe-images`"
    return _refusal(Location(source.file, line, column), what, advice)


def _require_whole_listing(pieces: Sequence[_Piece], sources: Sequence[Source]) -> None:
    """A listing that was cut off would make a preview that is wrong."""
    listings = [
        piece
        for piece in pieces
        if piece.is_list or "image_details" in piece.answer.model_fields_set
    ]
    if not listings:
        file = sources[0].file if sources else None
        advice = "give the output of `aws ecr describe-images`"
        raise _refusal(Location(file), "no `imageDetails` in it", advice)
    if listings[-1].answer.next_token is not None:
        message = "the listing of images stops at a `nextToken`: there are more images"
        advice = "list all of them, without `--max-items` or `--no-paginate`"
        raise _refusal(Location(listings[-1].source.file), message, advice)


def _description(
    pieces: Sequence[_Piece], images: Sequence[Image], name: str | None
) -> _RepositoryDescription:
    """Name, ARN and registry of the repository, from wherever they are told."""
    described = [known for piece in pieces for known in piece.answer.repositories]
    name = name or _first(image.repository for image in images)
    if name is None and len(described) == 1:
        name = described[0].repository_name
    registry_id = _first(image.registry_id for image in images)
    for known in described:
        if known.repository_name == name and registry_id in (None, known.registry_id):
            return known
    if described:
        names = ", ".join(f"`{known.repository_name}`" for known in described[:3])
        message = f"what is described is {names}" + (f", not `{name}`" if name else "")
        raise _refusal(Location(pieces[0].source.file), message, "say which repository is meant")
    return _RepositoryDescription(repository_name=name or UNNAMED, registry_id=registry_id)


def _with_manifests(images: list[Image], pieces: Sequence[_Piece]) -> Iterator[Image]:
    """The images with what their manifests tell, where those are given."""
    manifests = {digest: manifest for piece in pieces for digest, manifest in _manifests_of(piece)}
    if not manifests:
        return iter(images)
    return (
        _with_manifest(image, manifests[image.digest]) if image.digest in manifests else image
        for image in images
    )


def _with_manifest(image: Image, manifest: _ManifestText) -> Image:
    subject = image.subject or (manifest.subject.digest if manifest.subject else None)
    if manifest.manifests is not None:
        children = tuple(child.digest for child in manifest.manifests)
        return replace(image, manifests=children, subject=subject)
    layers = tuple(
        Layer(layer.digest, layer.size)
        for layer in (manifest.config, *(manifest.layers or ()))
        if layer is not None
    )
    return replace(image, layers=layers, subject=subject)


def _manifests_of(piece: _Piece) -> Iterator[tuple[str, _ManifestText]]:
    for index, image in enumerate(piece.answer.images):
        try:
            manifest = _ManifestText.model_validate_json(image.image_manifest)
        except ValidationError as error:
            digest = image.image_id.image_digest
            message = f"the manifest of `{digest}` cannot be read: {complaints(error)[0].message}"
            place = piece.locate(f"/images/{index}/imageManifest")
            raise _refusal(place, message, "give `batch-get-image` output as it is") from None
        yield image.image_id.image_digest, manifest


def _relocated(finding: Finding, pieces: Sequence[_Piece]) -> Finding:
    """A finding about the n-th image of a repository, with the place where that image stands."""
    _, _, number, member = finding.location.pointer.split("/")
    index = int(number)
    for piece in pieces:
        count = len(piece.answer.image_details)
        if index < count:
            pointer = f"{piece.images_pointer}/{index}/{Image.wire_name(member)}"
            return replace(finding, location=piece.locate(pointer))
        index -= count
    return finding
