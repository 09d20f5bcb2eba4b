"""The outcome of an evaluation: what would go, and access to why."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, overload

from ecrpolicy.finding import Finding
from ecrpolicy.lifecycle.model import Action, LifecyclePolicy, Rule
from ecrpolicy.lifecycle.reading import Reading
from ecrpolicy.lifecycle.relations import Relations
from ecrpolicy.lifecycle.shelf import Shelf
from ecrpolicy.snapshot import Image, Repository

if TYPE_CHECKING:
    from ecrpolicy.lifecycle.explain import Explainer, Explanation
    from ecrpolicy.lifecycle.summary import Summary


class Result(NamedTuple):
    """What happens to one image.

    `cascade`: a referrer that goes with its subject. `cannot_tell`: the image has no tag, and an
    index whose children are unknown may hold it (or the subject that it goes with).
    """

    image: Image
    action: Action
    rule_priority: int
    cascade: bool = False
    cannot_tell: bool = False


class Results(Sequence[Result]):
    """The results of a preview, older images first, each made when it is looked at."""

    __slots__ = ("_images", "_numbers", "_roots", "_rules", "_unknown")

    def __init__(
        self,
        rules: Sequence[Rule],
        images: Sequence[Image],
        numbers: bytes,
        roots: Mapping[str, Image],
        unknown_indexes: Collection[str],
    ) -> None:
        """Hold what results are made of.

        `numbers` are those of the rules that mark the images, from 1; `roots` leads from the
        digests of cascading referrers to the image that takes them along.
        """
        self._rules = [(rule.action.type, rule.rule_priority) for rule in rules]
        self._images = images
        self._numbers = numbers
        self._roots = roots
        self._unknown = unknown_indexes

    def __len__(self) -> int:
        return len(self._images)

    @overload
    def __getitem__(self, index: int) -> Result: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Result]: ...
    def __getitem__(self, index: int | slice) -> Result | Sequence[Result]:
        if isinstance(index, slice):
            return list(map(self._result, self._images[index], self._numbers[index]))
        return self._result(self._images[index], self._numbers[index])

    def __iter__(self) -> Iterator[Result]:
        if self._roots or self._unknown:
            return map(self._result, self._images, self._numbers)
        rules = self._rules
        return (
            Result(image, *rules[number - 1])
            for image, number in zip(self._images, self._numbers, strict=True)
        )

    def _result(self, image: Image, number: int) -> Result:
        root = self._roots.get(image.digest)
        judged = root or image
        cannot_tell = not judged.tags and any(index != judged.digest for index in self._unknown)
        return Result(image, *self._rules[number - 1], root is not None, cannot_tell)


@dataclass(frozen=True)
class Preview:
    """What one run of a policy would do with a repository at `now`.

    `results` has what goes, older first; every other image stays. Why, tells `explain` for one
    image and `summarise` for many; `warnings` name what hangs on a decision of this library.
    """

    policy: LifecyclePolicy
    repository: Repository
    now: datetime
    results: Results = field(repr=False)
    reading: Reading = field(repr=False)
    shelves: tuple[Shelf, ...] = field(repr=False)
    relations: Relations = field(repr=False)

    @cached_property
    def by_digest(self) -> Mapping[str, Result]:
        """The results by the digests of their images."""
        return {result.image.digest: result for result in self.results}

    @cached_property
    def holders(self) -> Mapping[str, Sequence[str]]:
        """The digests of the images that indexes hold, with those of the indexes."""
        return self.relations.holders(archived_too=self.reading.archived_indexes_hold)

    @cached_property
    def warnings(self) -> tuple[Finding, ...]:
        """Where a decision that Amazon's documents leave open changes the outcome."""
        from ecrpolicy.lifecycle.silences import warnings

        return tuple(warnings(self))

    @cached_property
    def explainer(self) -> "Explainer":
        """What explains the images of this preview."""
        from ecrpolicy.lifecycle.explain import Explainer

        return Explainer(self)

    def explain(self, digest: str) -> "Explanation":
        """Why the image of a digest goes or stays. Raises KeyError where there is none."""
        return self.explainer.explain(digest)

    def summarise(self, images: Sequence[Image] | None = None) -> "Summary":
        """How many of some images, and bytes, go and stay, by rule and reason; else of all."""
        from ecrpolicy.lifecycle.summary import summarise

        return summarise(self, self.repository.images if images is None else images)
