"""A rule in words."""

from typing import Any

import pytest

from ecrpolicy.lifecycle import Rule
from ecrpolicy.lifecycle.describe import describe
from tests.builders import (
    any_image,
    archived,
    count,
    patterns,
    prefixes,
    pulled,
    pushed,
    rule,
    untagged,
)


@pytest.mark.parametrize(
    ("selection", "action", "words"),
    [
        (any_image() | count(1), "expire", "all images, beyond the newest 1"),
        (any_image() | count(1500), "expire", "all images, beyond the newest 1,500"),
        (untagged() | pushed(14), "expire", "untagged images, pushed over 14 d ago"),
        (
            prefixes("prod") | count(3),
            "expire",
            "images with a tag that starts with `prod`, beyond the newest 3",
        ),
        (
            prefixes("prod", "eu") | pulled(30),
            "transition",
            "images with a tag that starts with `prod` and a tag that starts with `eu`, not "
            "pulled for over 30 d",
        ),
        (
            patterns("v*", "*-rc*") | pushed(1),
            "transition",
            "images with a tag that meets `v*` and a tag that meets `*-rc*`, pushed over 1 d ago",
        ),
        (
            any_image() | archived(180),
            "expire",
            "all archived images, archived over 180 d ago",
        ),
        (
            untagged() | archived(90),
            "expire",
            "untagged archived images, archived over 90 d ago",
        ),
        (
            patterns("v*") | archived(90),
            "expire",
            "archived images with a tag that meets `v*`, archived over 90 d ago",
        ),
        (
            prefixes("a\x1b[2J") | count(1),
            "expire",
            r"images with a tag that starts with `a\x1b[2J`, beyond the newest 1",
        ),
    ],
)
def test_a_rule_in_words(selection: dict[str, Any], action: str, words: str) -> None:
    assert describe(Rule.model_validate(rule(selection, action=action))) == words
