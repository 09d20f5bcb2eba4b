"""Which images of a repository are in use, by the references of what runs.

An index in use protects its children, for they are what is run. A child in use marks its index:
once that has gone, the child may go too. Both hold over any number of levels, where an index is
the child of another.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ecrpolicy.arn import Arn
from ecrpolicy.reference import Reference
from ecrpolicy.snapshot import Image, Repository


class Through(StrEnum):
    """How a use reaches an image."""

    ITSELF = "it is in use"
    INDEX = "its index is in use"
    CHILD = "a child of it is in use"


@dataclass(frozen=True, slots=True)
class Use:
    """A reference that needs an image, and how it reaches it."""

    reference: Reference
    through: Through

    def __str__(self) -> str:
        return self.reference.user or self.reference.text


@dataclass(frozen=True)
class InUse:
    """Which images are in use: the uses of each, by digest.

    `absent` are references to the repository that name no image of the snapshot;
    `other_registries` counts references by the registry that they are to, `other_repositories`
    those to other repositories of this registry.
    """

    references: tuple[Reference, ...] = field(repr=False)
    uses: Mapping[str, tuple[Use, ...]]
    absent: tuple[Reference, ...] = ()
    other_registries: Mapping[str, int] = field(default_factory=dict)
    other_repositories: int = 0

    def to_json(self) -> dict[str, Any]:
        """What is in use as plain JSON values."""
        return {
            "references": len(self.references),
            "images": [
                {
                    "imageDigest": digest,
                    "uses": [
                        {
                            "reference": use.reference.text,
                            "user": use.reference.user,
                            "through": use.through.name,
                        }
                        for use in uses
                    ],
                }
                for digest, uses in self.uses.items()
            ],
            "absent": [reference.text for reference in self.absent],
            "otherRegistries": dict(self.other_registries),
            "otherRepositories": self.other_repositories,
        }


def in_use(references: Sequence[Reference], repository: Repository) -> InUse:
    """Match references with the images of a repository, by digest, or else by tag.

    A reference is to the repository where its account, Region and name are not known to be
    others. One without a registry is matched by its name, and a digest alone with any repository.
    """
    place = _Place(repository)
    uses: defaultdict[str, list[Use]] = defaultdict(list)
    absent: list[Reference] = []
    registries: Counter[str] = Counter()
    other_repositories = 0
    for reference in references:
        if place.is_other_registry(reference):
            registries[reference.host or ""] += 1
        elif place.is_other_repository(reference):
            other_repositories += 1
        elif image := place.image(reference):
            for digest, through in place.reached(image):
                uses[digest].append(Use(reference, through))
        elif reference.repository is not None:
            absent.append(reference)
    told = {digest: tuple(found) for digest, found in uses.items()}
    return InUse(tuple(references), told, tuple(absent), dict(registries), other_repositories)


class _Place:
    """A repository, by what references can name of it."""

    def __init__(self, repository: Repository) -> None:
        self._name = repository.name
        self._account = repository.registry_id
        arn = Arn.read(repository.arn or "")
        self._region = arn.region if arn else None
        self._by_digest = {image.digest.lower(): image for image in repository.images}
        self._by_tag = {tag: image for image in repository.images for tag in image.tags}
        self._children: dict[str, list[str]] = {}
        self._indexes: defaultdict[str, list[str]] = defaultdict(list)
        present = {image.digest for image in repository.images}
        for image in repository.images:
            if image.manifests:
                self._children[image.digest] = [each for each in image.manifests if each in present]
                for child in self._children[image.digest]:
                    self._indexes[child].append(image.digest)

    def is_other_registry(self, reference: Reference) -> bool:
        if reference.host is None:
            return False
        if reference.account is None:
            return True
        is_other_account = self._account not in (None, reference.account)
        return is_other_account or self._region not in (None, reference.region)

    def is_other_repository(self, reference: Reference) -> bool:
        return reference.repository not in (None, self._name)

    def image(self, reference: Reference) -> Image | None:
        """The image that a reference names: its digest says more than its tag."""
        if reference.digest is not None:
            return self._by_digest.get(reference.digest)
        return self._by_tag.get(reference.tag or "")

    def reached(self, image: Image) -> Iterator[tuple[str, Through]]:
        """The image, what it holds if it is an index, and the indexes that hold it."""
        yield image.digest, Through.ITSELF
        seen = {image.digest}
        for following, through in (
            (self._children, Through.INDEX),
            (self._indexes, Through.CHILD),
        ):
            waiting = [image.digest]
            for digest in waiting:
                new = [each for each in following.get(digest, ()) if each not in seen]
                for each in dict.fromkeys(new):
                    seen.add(each)
                    waiting.append(each)
                    yield each, through
