"""Whether a tag may be pushed onto an image, and which texts are names and tags."""

from dataclasses import replace
from typing import Any

import pytest

from ecrpolicy import tagging
from ecrpolicy.document.shape import Problem
from ecrpolicy.snapshot import Repository, TagMutability
from ecrpolicy.tagging import Change, TagPush
from tests.builders import digest, image

MUTABLE, IMMUTABLE = TagMutability.MUTABLE, TagMutability.IMMUTABLE
MUTABLE_BUT = TagMutability.MUTABLE_WITH_EXCLUSION
IMMUTABLE_BUT = TagMutability.IMMUTABLE_WITH_EXCLUSION


def repository(mutability: TagMutability | None, *filters: str) -> Repository:
    """A repository in which two images have tags."""
    return Repository(
        "team/web",
        (image("a", "v1", "latest"), image("b", "v2"), image("c")),
        image_tag_mutability=mutability,
        image_tag_mutability_exclusion_filters=filters,
    )


# Pushes


@pytest.mark.parametrize("mutability", [None, *TagMutability])
def test_a_tag_that_no_image_has_is_new(mutability: TagMutability | None) -> None:
    found = tagging.push(repository(mutability, "v*"), "v3")
    assert (found.change, found.allowed, found.taken_by) == (Change.NEW, True, None)


@pytest.mark.parametrize("mutability", [None, *TagMutability])
def test_the_same_image_may_be_pushed_under_its_own_tag(mutability: TagMutability | None) -> None:
    found = tagging.push(repository(mutability, "v*"), "v1", digest("a"))
    assert (found.change, found.allowed, found.taken_by) == (Change.SAME, True, digest("a"))
    assert found.service_text is None


def test_hexadecimal_digits_of_a_digest_are_of_either_case() -> None:
    lower, upper = digest("a"), f"sha256:{'A' * 64}"
    for held, sent in ((lower, upper), (upper, lower), (upper, upper)):
        images = (replace(image("a", "v1"), digest=held),)
        there = Repository("web", images, image_tag_mutability=IMMUTABLE)
        assert tagging.push(there, "v1", sent).change is Change.SAME
        assert tagging.push(there, "v1", f"sha256:{'B' * 64}").change is Change.REFUSED


@pytest.mark.parametrize(
    ("mutability", "filters", "tag", "moves", "by"),
    [
        (None, (), "v1", True, None),
        (MUTABLE, (), "v1", True, None),
        (MUTABLE, ("v*",), "v1", True, None),
        (IMMUTABLE, (), "v1", False, None),
        (IMMUTABLE, ("v*",), "v1", False, None),
        (MUTABLE_BUT, ("v*", "latest"), "v1", False, "v*"),
        (MUTABLE_BUT, ("1", "v"), "v1", True, None),
        (MUTABLE_BUT, ("lat*", "l*"), "latest", False, "lat*"),
        (IMMUTABLE_BUT, ("v*", "*1"), "v1", True, "v*"),
        (IMMUTABLE_BUT, ("v*",), "latest", False, None),
        (IMMUTABLE_BUT, ("*a*t*",), "latest", True, "*a*t*"),
    ],
)
def test_a_tag_of_another_image_moves_where_it_is_mutable(
    mutability: TagMutability | None,
    filters: tuple[str, ...],
    tag: str,
    by: str | None,
    *,
    moves: bool,
) -> None:
    for given in (None, digest("b"), digest("f")):
        if tag == "v2" and given == digest("b"):
            continue
        found = tagging.push(repository(mutability, *filters), tag, given)
        assert found.allowed is moves
        assert found.change is (Change.MOVED if moves else Change.REFUSED)
        assert (found.immutable, found.filter) == (not moves, by)
        assert found.taken_by == digest("a")


def test_a_refusal_is_told_in_the_words_of_the_service() -> None:
    found = tagging.push(repository(IMMUTABLE), "v2")
    assert found.service_text == (
        "ImageTagAlreadyExistsException: The image tag 'v2' already exists in the 'team/web' "
        "repository and cannot be overwritten because the tag is immutable."
    )
    assert found.taken_by == digest("b")


@pytest.mark.parametrize(
    ("mutability", "allowed"), [(MUTABLE, True), (None, True), (IMMUTABLE, None)]
)
def test_images_that_are_not_known_leave_open_what_becomes_of_an_immutable_tag(
    mutability: TagMutability | None, *, allowed: bool | None
) -> None:
    unknown = Repository("web", image_tag_mutability=mutability)
    found = tagging.push(unknown, "v1")
    assert (found.change, found.allowed) == (Change.UNKNOWN, allowed)


def test_what_is_told_of_a_push_is_a_value() -> None:
    assert tagging.push(repository(MUTABLE), "v3") == TagPush("v3", Change.NEW, immutable=False)


# Names


@pytest.mark.parametrize(
    "text",
    [
        *("ab", "a1", "1a", "nginx-web-app", "project-a/nginx-web-app", "a.b", "a_b", "a__b"),
        *("a--b", "a---b", "a/b", "a/b/c/d", "0/0", "a" * 256),
    ],
)
def test_a_text_is_a_name(text: str) -> None:
    assert tagging.is_repository_name(text)
    assert tagging.name_problem(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("", "a", "a" * 257, "Ab", "a b", "-a", "a-", ".a", "a.", "_a", "a_", "/a", "a/", "a//b"),
        *("a..b", "a___b", "a._b", "a-_b", "a.-b", "a/-b", "a-/b", "é1", "a\n", "ab\n", "a:b"),
        *("a@b", "a*", "a\u0660", "a\x00b"),
    ],
)
def test_a_text_is_no_name(text: str) -> None:
    assert not tagging.is_repository_name(text)
    found = tagging.name_problem(text, "/here")
    assert found is not None
    assert (found.rule, found.pointer) == ("malformed-name", "/here")
    assert found.message.isprintable()


def test_the_answer_of_the_service_to_a_name_is_told() -> None:
    start = (
        "InvalidParameterException: Invalid parameter at 'repositoryName' failed to satisfy "
        "constraint: '"
    )
    texts = {text: tagging.name_problem(text) for text in ("A1", "a", "a" * 257)}
    assert [found.service_text for found in texts.values() if found] == [
        f"{start}must satisfy regular expression '{tagging.NAME_PATTERN}''",
        f"{start}Member must have length greater than or equal to 2'",
        f"{start}Member must have length less than or equal to 256'",
    ]


def test_long_names_are_judged_at_once() -> None:
    """A pattern that tries its pieces in every way would not come to an end with these."""
    for text in ("a" * 255 + "!", "a-" * 127 + "!", "a/" * 127 + "!", "-" * 255 + "a"):
        assert not tagging.is_repository_name(text)
    assert tagging.is_repository_name("a" + "-" * 254 + "a")


@pytest.mark.parametrize(
    ("text", "is_tag"),
    [
        *((each, True) for each in ("a", "_", "9", "v1.2-3_x", "LATEST", "a" * 128, "a..b", "a-")),
        *((each, False) for each in ("", "-a", ".a", "a" * 129, "a b", "a/b", "a:b", "é", "a\n")),
        *((each, False) for each in ("a\u0660", "\u0660", "a*", "a+b", "a\x00")),
    ],
)
def test_a_text_is_a_tag_or_none(text: str, *, is_tag: bool) -> None:
    assert tagging.is_image_tag(text) is is_tag


# Mutability


def of_mutability(**settings: Any) -> list[tuple[str, str]]:
    found = tagging.mutability_problems(settings, "/0")
    return [(each.rule, each.pointer) for each in found]


def test_problems_of_mutability_stand_where_the_settings_stand() -> None:
    filters = "/0/imageTagMutabilityExclusionFilters"
    named = [{"filter": "v*", "filterType": "WILDCARD"}]
    assert of_mutability() == []
    assert of_mutability(imageTagMutability="IMMUTABLE") == []
    assert (
        of_mutability(
            imageTagMutability="MUTABLE_WITH_EXCLUSION", imageTagMutabilityExclusionFilters=named
        )
        == []
    )
    assert of_mutability(imageTagMutabilityExclusionFilters=named) == [
        ("filters-not-taken", filters)
    ]
    for mutability in ("MUTABLE_WITH_EXCLUSION", "IMMUTABLE_WITH_EXCLUSION"):
        assert of_mutability(imageTagMutability=mutability) == [("filters-needed", "/0")]


def test_the_answer_of_the_service_to_mutability_is_told_where_it_is_known() -> None:
    start = "InvalidParameterException: Invalid parameter at 'imageTagMutabilityExclusionFilters"
    settings: dict[str, Any] = {"imageTagMutability": "IMMUTABLE_WITH_EXCLUSION"}
    assert [each.service_text for each in tagging.mutability_problems(settings)] == [
        f"{start}' failed to satisfy constraint: 'ImageTagMutabilityExclusionFilters can't be "
        "null when imageTagMutability is set as IMMUTABLE_WITH_EXCLUSION'"
    ]
    filters = [{"filter": each, "filterType": "WILDCARD"} for each in ("a!", "***", *"cdef")]
    settings["imageTagMutabilityExclusionFilters"] = filters
    assert [each.service_text for each in tagging.mutability_problems(settings)] == [
        f"{start}' failed to satisfy constraint: 'Member must have length less than or equal to 5'",
        f"{start}.1.member.filter' failed to satisfy constraint: "
        "'Member must satisfy regular expression pattern: ^[0-9a-zA-Z._*-]{1,128}$'",
        None,
    ]


# Resource tags


def of_tags(*tags: tuple[str | None, str | None]) -> list[Problem]:
    return list(tagging.resource_tag_problems(tags, "/tags"))


def told(*tags: tuple[str | None, str | None]) -> list[tuple[str, str]]:
    return [(each.rule, each.pointer.removeprefix("/tags")) for each in of_tags(*tags)]


@pytest.mark.parametrize(
    "text",
    [
        *("a", "a" * 128, "Team Web", "a+b-c=d._:/@", "straße", "日本", "٣", "½", "Ⅷ", "a\u00a0b"),
        *("aws", "team:aws:", " "),
    ],
)
def test_a_key_and_a_value_may_be(text: str) -> None:
    assert told((text, text)) == []


def test_a_value_may_be_empty_and_has_256_characters_at_most() -> None:
    assert told(("a", ""), ("b", "b" * 256)) == []
    assert told(("a", "b" * 257)) == [("tag-length", "/0/Value")]
    assert told(("", "a")) == told(("a" * 129, "a")) == [("tag-length", "/0/Key")]


@pytest.mark.parametrize("text", ["a,b", "a%", "a\nb", "a\tb", "😀", "a&b", "a*", "\x00", "a!"])
def test_characters_that_tags_may_not_have_are_told(text: str) -> None:
    assert told((text, text)) == [("tag-characters", "/0/Key"), ("tag-characters", "/0/Value")]
    assert all(each.message.isprintable() for each in of_tags((text, text)))


@pytest.mark.parametrize("text", ["aws:", "aws:team", "AWS:team", "Aws:x"])
def test_what_begins_with_aws_is_reserved(text: str) -> None:
    assert told((text, text)) == [("reserved-tag", "/0/Key"), ("reserved-tag", "/0/Value")]


def test_a_key_stands_once_and_case_counts() -> None:
    assert told(("a", "1"), ("A", "1")) == []
    assert told(("a", "1"), ("b", "1"), ("a", "2"), ("a", "1")) == [
        ("duplicate-tag", "/2/Key"),
        ("duplicate-tag", "/3/Key"),
    ]


def test_there_are_50_tags_at_most_without_those_of_aws() -> None:
    fifty: list[tuple[str | None, str | None]] = [(f"k{number}", "") for number in range(50)]
    assert told(*fifty) == []
    assert told(*fifty, ("aws:a", "")) == [("reserved-tag", "/50/Key")]
    [found] = of_tags(*fifty, ("k50", ""))
    assert (found.rule, found.pointer) == ("too-many-tags", "/tags")
    assert found.service_text == (
        "TooManyTagsException: The list of tags on the repository is over the limit. The maximum "
        "number of tags that can be applied to a repository is 50."
    )


def test_what_is_no_text_is_counted_and_otherwise_passed_over() -> None:
    assert told((None, None), (None, "a!"), ("b!", None)) == [
        ("tag-characters", "/1/Value"),
        ("tag-characters", "/2/Key"),
    ]
    assert told(*[(None, "")] * 51) == [("too-many-tags", "")]
