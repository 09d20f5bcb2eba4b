"""Repositories that break an invariant."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from ecrpolicy.lifecycle import Preview
from ecrpolicy.lifecycle.witness import details, line, lines
from ecrpolicy.snapshot import Image
from ecrpolicy.wording import count

# Of more lines than these, nobody reads the rest.
_MAX_LINES: Final = 4


@dataclass(frozen=True)
class BreakingRepository:
    """A repository, what a run does with it, and the images of it that break an invariant.

    `why` says in words what is wrong with that.
    """

    preview: Preview = field(repr=False)
    images: tuple[Image, ...]
    why: str

    def text(self) -> str:
        """The repository, what is wrong, and why the first of the images goes or stays."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        preview = self.preview
        everything = preview.repository.images
        yield f"a repository of {count(len(everything), 'image')} breaks it: {self.why}"
        said = list(lines(everything, preview.now))
        yield from (f"  {each}" for each in said[:_MAX_LINES])
        if more := said[_MAX_LINES:]:
            yield f"  and so on: {count(len(more), 'line')} more"
        first = self.images[0]
        yield f"why, of {line(first, preview.now)}:"
        yield from (f"  {each}" for each in preview.explain(first.digest).text().splitlines())

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values, the images as `describe-images` prints them."""
        preview = self.preview
        return {
            "why": self.why,
            "now": preview.now.isoformat(),
            "repository": {"imageDetails": list(map(details, preview.repository.images))},
            "images": [image.digest for image in self.images],
            "explanation": preview.explain(self.images[0].digest).to_json(),
        }
