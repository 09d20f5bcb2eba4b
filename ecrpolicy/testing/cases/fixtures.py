"""Repositories and registries as the fixtures of the pytest plugin make them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from ecrpolicy.document import read
from ecrpolicy.snapshot import Registry, Repository
from ecrpolicy.sources.files import Source, read_repository
from ecrpolicy.sources.registries import read_registry
from ecrpolicy.testing.cases.images import NOW, Images, read_images, with_manifests
from ecrpolicy.testing.cases.place import Origin, Place

_ACCOUNT: Final = "111122223333"
_REGION: Final = "us-east-1"


def snapshot(
    images: Iterable[str | Path | Iterable[str | Path]],
    folder: Path,
    name: str | None,
    now: datetime | None,
    manifests: Mapping[str, Sequence[str]],
) -> Repository:
    """A repository of lines, or of files; raises EcrPolicyError, or TypeError for both at once."""
    given = list(_flat(images, (str, Path), "give lines such as `prod-1 @ 10d`, or paths of files"))
    lines = [each for each in given if isinstance(each, str)]
    files = [each for each in given if isinstance(each, Path)]
    if lines and files:
        raise TypeError("give lines such as `prod-1 @ 10d`, or paths of files, not both")
    said = {"images": lines, "manifests": {name: list(held) for name, held in manifests.items()}}
    place = Place(Origin(read(said)))
    if not files:
        found = read_images(lines, manifests, now or NOW, place).repository
        return replace(found, name=name or found.name, taken_at=now or NOW)
    read_files = read_repository(*(_source(file, folder) for file in files), name=name)
    found = with_manifests(Images(read_files), manifests, place).repository
    return replace(found, taken_at=now) if now else found


def registry(
    parts: Iterable[Repository | Path | Iterable[Repository | Path]],
    folder: Path,
    members: Mapping[str, Any],
) -> Registry:
    """A registry of repositories, or of files; raises EcrPolicyError, TypeError for both."""
    advice = 'give repositories, or a `Path("registry.json")` for each file'
    given = list(_flat(parts, (Repository, Path), advice))
    repositories = [each for each in given if isinstance(each, Repository)]
    files = [each for each in given if isinstance(each, Path)]
    if repositories and files:
        raise TypeError("give repositories, or paths of files, not both")
    if files:
        region = members.get("region")
        found = read_registry(*(_source(file, folder) for file in files), region=region)
        return replace(found, **members)
    return Registry(
        **{"account": _ACCOUNT, "region": _REGION, **members}, repositories=tuple(repositories)
    )


def _source(file: Path, folder: Path) -> Source:
    return Source((folder / file).read_bytes(), str(file))


def _flat(given: Iterable[Any], types: tuple[type, ...], advice: str) -> Iterator[Any]:
    """What is given one by one, or in lists; raises TypeError for what is of another type."""
    for each in given:
        if isinstance(each, types):
            yield each
        elif isinstance(each, Iterable) and not isinstance(each, str | bytes | Mapping):
            yield from _flat(each, types, advice)
        else:
            raise TypeError(f"`{each!r}` is of the type `{type(each).__name__}`: {advice}")
