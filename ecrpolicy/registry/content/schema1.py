"""Manifests of schema 1, made of a configuration and layers.

Docker's "Image Manifest Version 2, Schema 1", and what Docker's registry made of images for clients
that know no other format: each step of the history is an image of its own on top of the one before,
and one that changes no file has a layer with nothing in it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, NoReturn

from pydantic import BaseModel, ConfigDict, Field

from ecrpolicy import quotas

EMPTY_LAYER: Final = "sha256:a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4"
"""The digest of the layer of steps that change no file: a tar without files, packed by gzip."""

EMPTY_LAYER_CONTENT: Final = bytes.fromhex(
    "1f8b080000096e8800ff621805a360148c5800080000ffff2eafb5ef00040000"
)
"""What is in that layer."""

# Enough for any image; without a bound, a small configuration makes a manifest of many megabytes.
_MAX_STEPS: Final = 10_000

# Of a step that does not say when it was made.
_NEVER: Final = "0001-01-01T00:00:00Z"
_RFC_3339: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$"
_Time = Annotated[str, Field(pattern=_RFC_3339)]

# What says how the layers are put together was in the manifest itself.
_ELSEWHERE: Final = ("rootfs", "history", "id", "parent", "throwaway")


@dataclass(frozen=True, slots=True)
class Made:
    """A manifest of schema 1 without signatures, and whether `EMPTY_LAYER` is one of its layers."""

    text: bytes
    has_empty_layer: bool


class _Read(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


class _Step(_Read):
    created: _Time | None = None
    created_by: str | None = None
    author: str | None = None
    comment: str | None = None
    empty_layer: bool | None = None


class _RootFs(_Read):
    type: Literal["layers"]
    diff_ids: list[str] | None = None


class _Configuration(_Read):
    """OCI Image Specification, "Image Configuration"; a null stands for what is not there."""

    created: _Time | None = None
    architecture: str | None = None
    rootfs: _RootFs
    history: Annotated[list[_Step], Field(min_length=1, max_length=_MAX_STEPS)]


@dataclass(frozen=True, slots=True)
class _Image:
    """A step as an image: its id, that of the one below it, and its layer."""

    id: str
    parent: str
    layer: str


def build(name: str, tag: str, layers: Sequence[str], config: bytes) -> Made | None:
    """The manifest of an image, of the digests of its layers from the lowest one on.

    None where none can be made: of what is no configuration, has no history, or one that does not
    fit the layers.
    """
    try:
        told = json.loads(config.decode(), parse_constant=_refuse_constant)
        read = _Configuration.model_validate(told)
        blobs = _layers_of_steps(read, layers)
        images = _chained(blobs, config)
        *below, top = zip(images, read.history, strict=True)
        described = [*(_described(*each) for each in below), _top(told, *top)]
        text = _text(name, tag, read.architecture or "", blobs, described)
    except (ValueError, RecursionError):
        return None
    if len(text) > quotas.MANIFEST_MAX_CHARACTERS:
        return None
    return Made(text, EMPTY_LAYER in blobs)


def _refuse_constant(name: str) -> NoReturn:
    """`NaN` and `Infinity` are no JSON."""
    raise ValueError(name)


def _layers_of_steps(read: _Configuration, layers: Sequence[str]) -> list[str]:
    """The layer of each step; raises ValueError where there are more or fewer than steps need."""
    if len(read.rootfs.diff_ids or ()) != len(layers):
        raise ValueError("the configuration is about other layers")
    if sum(not each.empty_layer for each in read.history) != len(layers):
        raise ValueError("the history is about other layers")
    left = iter(layers)
    return [EMPTY_LAYER if each.empty_layer else next(left) for each in read.history]


def _chained(blobs: Sequence[str], config: bytes) -> list[_Image]:
    """The images of the steps: ids are digests, of the last one over the configuration as well."""
    images: list[_Image] = []
    parent = ""
    for number, blob in enumerate(blobs, start=1):
        over = f"{blob.removeprefix('sha256:')} {parent}".encode()
        if number == len(blobs):
            over += b" " + config
        images.append(_Image(hashlib.sha256(over).hexdigest(), parent, blob))
        parent = images[-1].id
    return images


def _described(image: _Image, step: _Step) -> dict[str, Any]:
    """A step below the last one: enough to tell of it, and too little to run it."""
    return {
        **_placed(image, step),
        **({"comment": step.comment} if step.comment else {}),
        "created": step.created or _NEVER,
        "container_config": {"Cmd": [step.created_by or ""]},
        **({"author": step.author} if step.author else {}),
    }


def _top(told: Mapping[str, Any], image: _Image, step: _Step) -> dict[str, Any]:
    """The last step: it is run, by the configuration."""
    kept = {name: value for name, value in told.items() if name not in _ELSEWHERE}
    return {**kept, **_placed(image, step)}


def _placed(image: _Image, step: _Step) -> dict[str, Any]:
    return {
        "id": image.id,
        **({"parent": image.parent} if image.parent else {}),
        **({"throwaway": True} if step.empty_layer else {}),
    }


def _text(
    name: str,
    tag: str,
    architecture: str,
    blobs: Sequence[str],
    described: Sequence[Mapping[str, Any]],
) -> bytes:
    """The newest step comes first; indented as Docker does, so that signatures can be put in."""
    texts = [_json(each, separators=(",", ":")) for each in described]
    made = {
        "schemaVersion": 1,
        "name": name,
        "tag": tag,
        "architecture": architecture,
        "fsLayers": [{"blobSum": each} for each in reversed(blobs)],
        "history": [{"v1Compatibility": each} for each in reversed(texts)],
    }
    return _json(made, indent=3).encode()


def _json(value: Mapping[str, Any], **form: Any) -> str:
    """Raises ValueError for numbers that JSON has not; half a surrogate pair cannot be encoded."""
    return json.dumps(value, allow_nan=False, ensure_ascii=False, **form)
