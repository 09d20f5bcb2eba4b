"""What `describe-images` does not print: images and listings that are refused for one reason."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ecrpolicy.lifecycle.witness import details
from ecrpolicy.testing.strategies.images import images, repositories
from ecrpolicy.testing.strategies.invalid import (
    WRONG,
    Breakage,
    Invalid,
    Json,
    invalid,
    pick,
)

_DIGEST: Final = f"sha256:{'a' * 64}"
_TIMES: Final = ("imagePushedAt", "lastRecordedPullTime", "lastArchivedAt", "lastActivatedAt")
_TYPES: Final = {
    "imageDigest": "string",
    "imageTags": "array",
    "imageSizeInBytes": "integer",
    "imageManifestMediaType": "string",
    "artifactMediaType": "string",
    "subjectManifestDigest": "string",
    "repositoryName": "string",
    "registryId": "string",
}

_Broken = tuple[Json, str]
"""An image as the service prints it, and the place in it that is wrong."""


def invalid_images(*, rules: Sequence[str] | None = None) -> SearchStrategy[Invalid]:
    """Members of `imageDetails` with one fault; with `rules`, with one of these.

    Shrinks to an image without tags, pushed at `NOW`, but for the fault.
    """
    return invalid({rule: (_alone(rule, each),) for rule, each in _IMAGES.items()}, rules)


def invalid_repositories(*, rules: Sequence[str] | None = None) -> SearchStrategy[Invalid]:
    """Answers of `describe-images` with one fault; with `rules`, with one of these.

    They break the rules of images, and those of images together. Shrinks to as many images as the
    fault takes.
    """
    of_images = {rule: (_among_others(rule, each),) for rule, each in _IMAGES.items()}
    return invalid({**of_images, **_LISTINGS}, rules)


def _alone(rule: str, broken: Callable[[DrawFn, Json], _Broken]) -> Breakage:
    def breakage(draw: DrawFn) -> Invalid:
        document, place = broken(draw, details(draw(images())))
        return Invalid(document, rule, place)

    return breakage


def _among_others(rule: str, broken: Callable[[DrawFn, Json], _Broken]) -> Breakage:
    def breakage(draw: DrawFn) -> Invalid:
        several = _listed(draw)
        at = draw(st.integers(0, len(several) - 1))
        several[at], place = broken(draw, several[at])
        return Invalid({"imageDetails": several}, rule, f"/imageDetails/{at}{place}")

    return breakage


def _listed(draw: DrawFn) -> list[Json]:
    return list(map(details, draw(repositories(min_images=1, max_images=3)).images))


def _missing(draw: DrawFn, image: Json) -> _Broken:
    name = pick(draw, ("imageDigest", "imagePushedAt"))
    return {each: value for each, value in image.items() if each != name}, ""


def _wrong_type(draw: DrawFn, image: Json) -> _Broken:
    name = pick(draw, tuple(_TYPES))
    return {**image, name: pick(draw, WRONG[_TYPES[name]])}, f"/{name}"


def _changed(names: Sequence[str], values: Sequence[Any]) -> Callable[[DrawFn, Json], _Broken]:
    def broken(draw: DrawFn, image: Json) -> _Broken:
        name = pick(draw, names)
        return {**image, name: pick(draw, values)}, f"/{name}"

    return broken


_IMAGES: Final[Mapping[str, Callable[[DrawFn, Json], _Broken]]] = {
    "missing-member": _missing,
    "wrong-type": _wrong_type,
    "malformed-digest": _changed(
        ("imageDigest",), ("", "sha256:ab", _DIGEST[:-1], f"{_DIGEST}a", f"sha512:{'a' * 64}")
    ),
    "malformed-time": _changed(_TIMES, ("yesterday", "", "2026-13-01T00:00:00Z", [], {})),
    "time-without-zone": _changed(_TIMES, ("2026-01-01T00:00:00", "2026-01-01 00:00:00.5")),
    "not-in-enum": _changed(("imageStatus",), ("active", "DELETED", "", None)),
    "size-range": _changed(("imageSizeInBytes",), (-1, 2**63)),
}


def _repeated_digest(draw: DrawFn) -> Invalid:
    several = _listed(draw)
    digest = pick(draw, several)["imageDigest"]
    again = {**details(draw(images())), "imageDigest": digest}
    place = f"/imageDetails/{len(several)}/imageDigest"
    return Invalid({"imageDetails": [*several, again]}, "repeated-digest", place)


def _stranger(rule: str, name: str, own: str, other: str) -> Breakage:
    """An image of another repository, or registry, behind the others."""

    def breakage(draw: DrawFn) -> Invalid:
        several = [{**each, name: own} for each in _listed(draw)]
        taken = [each["imageDigest"] for each in several]
        drawn = images().map(details).filter(lambda each: each["imageDigest"] not in taken)
        document = {"imageDetails": [*several, {**draw(drawn), name: other}]}
        return Invalid(document, rule, f"/imageDetails/{len(several)}/{name}")

    return breakage


def _cut_short(draw: DrawFn) -> Invalid:
    return Invalid({"imageDetails": _listed(draw), "nextToken": "page-2"}, "cut-short", "")


_LISTINGS: Final[Mapping[str, Sequence[Breakage]]] = {
    "repeated-digest": (_repeated_digest,),
    "other-repository": (_stranger("other-repository", "repositoryName", "web", "api"),),
    "other-registry": (_stranger("other-registry", "registryId", "111122223333", "444455556666"),),
    "cut-short": (_cut_short,),
}
