"""What shall not go, and what goes all the same."""

import pytest

from ecrpolicy.lifecycle import Expectation, ExpectationKind, in_use, unmet
from ecrpolicy.reference import Reference
from ecrpolicy.snapshot import Repository
from tests.builders import digest, image

GONE = (image("a", "v1", size_bytes=1500), image("b", "w1", "v2", size_bytes=500), image("c"))


def messages(*texts: str, used: str | None = None) -> list[str]:
    """What is said of the images that go against expectations."""
    reference = Reference.read(used) if used else None
    found = in_use([reference], Repository("app", GONE)) if reference else None
    return [each.message for each in unmet(list(map(Expectation.read, texts)), GONE, found)]


@pytest.mark.parametrize(
    ("text", "kind", "pattern", "most"),
    [
        ("in-use", ExpectationKind.IN_USE, "", 0),
        ("tag=prod-*", ExpectationKind.TAG, "prod-*", 0),
        ("tag=a=b", ExpectationKind.TAG, "a=b", 0),
        ("count=0", ExpectationKind.COUNT, "", 0),
        ("bytes=1000000", ExpectationKind.BYTES, "", 1_000_000),
    ],
)
def test_expectations_are_read(text: str, kind: ExpectationKind, pattern: str, most: int) -> None:
    found = Expectation.read(text)
    assert (found.kind, found.pattern, found.most) == (kind, pattern, most)
    assert str(found) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "in-use=", "in_use", "tag", "tag=", "count", "count=", "count=-1", "count=1.5"),
        *("bytes=x", "bytes=1GB", "count=٣", "count=" + "9" * 19, "size=1"),
    ],
)
def test_what_is_no_expectation(text: str) -> None:
    with pytest.raises(ValueError, match="is no expectation; write `in-use`, `tag=PATTERN`"):
        Expectation.read(text)


def test_images_in_use() -> None:
    assert messages("in-use", used="app:v2") == ["1 image goes although in use"]
    assert messages("in-use", used="app:v9") == []
    assert messages("in-use") == []


def test_tags() -> None:
    assert messages("tag=v*") == ["2 images go with a tag that meets `v*`"]
    assert messages("tag=v") == []


def test_counts_and_bytes_are_limits_that_may_be_reached() -> None:
    assert messages("count=3", "bytes=2000") == []
    assert messages("count=2", "bytes=1999") == [
        "3 images go, more than 2",
        "2,000 bytes (2.0 kB) go, more than 1,999",
    ]


def test_the_images_that_go_against_an_expectation() -> None:
    (found,) = unmet([Expectation.read("tag=w*")], GONE, None)
    assert found.to_json() == {
        "expectation": "tag=w*",
        "message": "1 image goes with a tag that meets `w*`",
        "images": [digest("b")],
    }
