"""What is said of images in use, and of what goes all the same, in every format for people."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ecrpolicy.lifecycle.expectations import ExpectationKind, Unmet
from ecrpolicy.lifecycle.in_use import InUse, Through
from ecrpolicy.snapshot import Image
from ecrpolicy.wording import count, printable, shortened

# More names than these few tell nobody more.
_FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Guard:
    """What is in use, None where nobody asked; what goes against expectations; how images go."""

    in_use: InUse | None
    unmet: Sequence[Unmet]
    how: Callable[[Image], str]


def in_use(found: InUse) -> Iterator[str]:
    """How many references name images here, and what the others are to."""
    used = count(len(found.uses), "image")
    yield f"in use: {used} here, by {count(len(found.references), 'reference')}"
    if found.other_registries:
        number = sum(found.other_registries.values())
        yield f"  {_references(number)} to other registries: {_few(list(found.other_registries))}"
    if found.other_repositories:
        yield f"  {_references(found.other_repositories)} to other repositories"
    if found.absent:
        names = [reference.text for reference in found.absent]
        yield f"  {_references(len(names))} to images that are not listed here: {_few(names)}"


def _references(number: int) -> str:
    return f"{count(number, 'reference')} {'is' if number == 1 else 'are'}"


def _few(names: Sequence[str]) -> str:
    shown = ", ".join(f"`{printable(name)}`" for name in dict.fromkeys(names[:_FEW]))
    more = len(names) - _FEW
    return f"{shown} and {more:,} more" if more > 0 else shown


def unmet(guard: Guard, most: int | None) -> Iterator[str]:
    """What goes all the same; images in use, and those with a tag, by name, at most so many."""
    for each in guard.unmet:
        yield f"not as expected: {each.message}"
        if each.expectation.kind in (ExpectationKind.IN_USE, ExpectationKind.TAG):
            shown = each.images if most is None else each.images[:most]
            yield from (f"  {_image(image, guard)}" for image in shown)
            if left_out := len(each.images) - len(shown):
                yield f"  and {count(left_out, 'image')} more"


def _image(image: Image, guard: Guard) -> str:
    tags = ", ".join(map(printable, image.tags)) or "(no tag)"
    line = f"{tags}, {shortened(image.digest)}, {guard.how(image)}"
    used = uses(image, guard)
    return f"{line}; {used}" if used else line


def uses(image: Image, guard: Guard) -> str:
    """By what an image is in use; nothing where it is not."""
    found = guard.in_use.uses.get(image.digest, ()) if guard.in_use else ()
    if not found:
        return ""
    through = {
        Through.ITSELF: "in use by",
        Through.INDEX: "its index is in use by",
        Through.CHILD: "a child of it is in use by",
    }[min(found, key=lambda use: list(Through).index(use.through)).through]
    return f"{through} {_few(list(dict.fromkeys(map(str, found))))}"
