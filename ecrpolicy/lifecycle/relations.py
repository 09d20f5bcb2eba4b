"""How the images of a repository refer to each other: indexes and children, referrers and subjects.

Amazon ECR User Guide, "Lifecycle policy evaluation rules" (manifest lists) and "Lifecycle
policies" (reference artifacts).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from ecrpolicy.snapshot import Image, StorageClass, indexes


class Relations:
    """Who refers to whom in a repository.

    `subjects` leads from a referrer's digest to that of its subject, which is in the repository;
    a reference to itself is none.
    """

    def __init__(self, images: Sequence[Image]) -> None:
        self._indexes = indexes(images)
        self.subjects: dict[str, str] = {}
        self._referrers: defaultdict[str, list[Image]] = defaultdict(list)
        referring = [image for image in images if image.subject is not None]
        if not referring:
            return
        present = {image.digest for image in images}
        for image in referring:
            if image.subject in present and image.subject != image.digest:
                self.subjects[image.digest] = image.subject
                self._referrers[image.subject].append(image)

    @property
    def are_none(self) -> bool:
        """Whether no image refers to another."""
        return not (self.subjects or self._indexes)

    def referrers(self, digest: str) -> Iterator[Image]:
        """The referrers of an image, and theirs, over any number of levels.

        A referrer of a cycle is nobody's: no image that a rule identifies leads to it.
        """
        waiting = [digest]
        while waiting:
            for referrer in self._referrers.get(waiting.pop(), ()):
                yield referrer
                waiting.append(referrer.digest)

    @cached_property
    def in_circles(self) -> frozenset[str]:
        """The referrers whose subjects never end: members of circles, and what hangs on them."""
        ended = set[str]()
        for subject in self._referrers:
            if subject not in self.subjects:
                ended.update(referrer.digest for referrer in self.referrers(subject))
        return frozenset(self.subjects.keys() - ended)

    def holders(self, *, archived_too: bool = False) -> dict[str, list[str]]:
        """Which indexes hold each image: digests of children to those of their indexes.

        An index holds its children while it stands and is not archived.
        """
        found: defaultdict[str, list[str]] = defaultdict(list)
        for index in self._standing(archived_too=archived_too):
            for child in dict.fromkeys(index.manifests or ()):
                if child != index.digest:
                    found[child].append(index.digest)
        return found

    @property
    def indexes_with_unknown_children(self) -> tuple[str, ...]:
        """The digests of the indexes that may hold any image, because nobody knows."""
        standing = self._standing(archived_too=False)
        return tuple(index.digest for index in standing if index.has_unknown_children)

    def _standing(self, *, archived_too: bool) -> Iterator[Image]:
        for index in self._indexes:
            if archived_too or index.storage_class is not StorageClass.ARCHIVE:
                yield index
