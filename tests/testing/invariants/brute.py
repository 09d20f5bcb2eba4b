"""Invariants of lifecycle policies, tried on all repositories of a few small images.

Nothing here is meant to be fast, or to know what can matter: it enumerates, and evaluates.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, combinations_with_replacement, product
from random import Random
from typing import Any

from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.lifecycle import Action, LifecyclePolicy, Preview, evaluate
from ecrpolicy.snapshot import Image, Repository, StorageClass
from ecrpolicy.testing.invariants.images import Images
from tests.builders import (
    NOW,
    any_image,
    archived,
    count,
    patterns,
    policy,
    pulled,
    pushed,
    rule,
    untagged,
)

DAY = timedelta(days=1)
_ENTRIES = ("a*", "*b", "ab", "b*", "*")
_TAGS = ("a", "ab", "b", "bb", "aab", "ax", "x")


def random_policy(random: Random) -> LifecyclePolicy:
    """A small policy, with rules about all that rules can be about."""
    while True:
        rules = [
            _rule(random, priority) for priority in random.sample(range(1, 9), random.randint(1, 3))
        ]
        if random.random() < 0.3:
            selection = random.choice([any_image(), patterns("a*"), untagged()])
            rules.append(rule(selection | archived(90), priority=random.randint(10, 12)))
        try:
            return policy(*rules)
        except InvalidPolicy:
            continue


def _rule(random: Random, priority: int) -> dict[str, Any]:
    entries = random.sample(_ENTRIES, random.choice((1, 1, 2)))
    selection = random.choice([any_image(), untagged(), *[patterns(*entries)] * 3])
    limit = random.choice([count(1), count(2), pushed(1), pushed(2), pulled(1)])
    is_pulled = limit["countType"] == "sinceImagePulled"
    action = "transition" if is_pulled or random.random() < 0.2 else "expire"
    return rule(selection | limit, priority=priority, action=action)


def random_images(random: Random) -> Images:
    """Some images that an invariant can be about."""
    return random.choice(
        [Images(), Images(untagged=True), *(Images(tag) for tag in ("a*", "*b", "ab", "*", "x"))]
    )


def repositories(most: int) -> Iterator[Repository]:
    """All repositories of at most so many images, of few tags and ages; no tag stands twice."""
    for number in range(1, most + 1):
        yield from map(repository, images(number))


def images(number: int) -> Iterator[tuple[Image, ...]]:
    """So many images for each repository of that many; they have no digests yet."""
    tag_sets: list[tuple[str, ...]] = [(), *((tag,) for tag in _TAGS), ("a", "b"), ("ax", "x")]
    kinds = [
        Image(digest="", pushed_at=NOW - days * DAY, tags=tags)
        for tags in tag_sets
        for days in (0.5, 1.5, 2.5)
    ]
    kinds += [
        Image(
            digest="",
            pushed_at=NOW - 91 * DAY,
            tags=tags,
            storage_class=StorageClass.ARCHIVE,
            archived_at=NOW - 90.5 * DAY,
        )
        for tags in tag_sets
    ]
    for chosen in combinations_with_replacement(kinds, number):
        tags = [tag for each in chosen for tag in each.tags]
        if len(set(tags)) == len(tags):
            yield chosen


def repository(chosen: tuple[Image, ...]) -> Repository:
    """A repository of some images."""
    return Repository(
        "app",
        tuple(
            replace(image, digest=f"sha256:{number:064x}", manifests=())
            for number, image in enumerate(chosen)
        ),
    )


def breaks_never(
    preview: Preview, images: Images, younger_than: timedelta | None, action: Action
) -> bool:
    """Whether a run takes an image that it must not."""
    return any(
        result.action is action
        and images.has(result.image)
        and (younger_than is None or preview.now - result.image.pushed_at < younger_than)
        for result in preview.results
    )


def breaks_keeping(preview: Preview, images: Images, at_least: int) -> bool:
    """Whether a run leaves fewer than it must."""
    gone = {result.image.digest for result in preview.results if result.action is Action.EXPIRE}
    there = [each for each in preview.repository.images if images.has(each)]
    left = [each for each in there if each.digest not in gone]
    return len(left) < min(at_least, len(there))


def stays_too_long(policy: LifecyclePolicy, images: Images, within: timedelta) -> bool:
    """Whether some image, alone or with others, is there after the first run that must take it.

    Time is run through, a run every 24 hours, from different hours on; one may be pulled daily.
    """
    return any(
        images.has(Image(digest="", pushed_at=NOW, tags=tags))
        and _stays(policy, tags, first, within, is_pulled=is_pulled)
        for tags in [
            (),
            *((tag,) for tag in _TAGS),
            *combinations(_TAGS, 2),
            *combinations(_TAGS, 3),
        ]
        for first, is_pulled in product((0.25, 0.5, 1.0), (False, True))
    )


def _stays(
    policy: LifecyclePolicy,
    tags: tuple[str, ...],
    first: float,
    within: timedelta,
    *,
    is_pulled: bool,
) -> bool:
    start = NOW - 2000 * DAY
    image = Image(digest="sha256:" + "0" * 64, pushed_at=start, tags=tags)
    run = start + first * DAY
    while True:
        if is_pulled and image.storage_class is StorageClass.STANDARD:
            image = replace(image, pulled_at=run - DAY / 8, manifests=())
        results = evaluate(policy, Repository("app", (image,)), now=run).results
        if any(result.action is Action.EXPIRE for result in results):
            return False
        if run - start > within:
            return True
        if results:
            image = replace(
                image, storage_class=StorageClass.ARCHIVE, archived_at=run, manifests=()
            )
        run += DAY
