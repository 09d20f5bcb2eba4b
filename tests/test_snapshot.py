"""Images and repositories as values."""

import re
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from ecrpolicy.errors import InvalidSnapshot
from ecrpolicy.snapshot import (
    Image,
    Registry,
    Repository,
    StorageClass,
    TagMutability,
    indexes,
    instant,
)
from tests.builders import INDEX, NOW, digest, image

DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"


def faults(*images: Image, **members: Any) -> list[tuple[str, str]]:
    """Pointer and message of each complaint."""
    with pytest.raises(InvalidSnapshot) as caught:
        Repository("app", images, **members)
    return [(each.location.pointer, each.message) for each in caught.value.findings]


# Times


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-01-31T00:00:00Z", NOW),
        ("2026-01-31T02:00:00+02:00", NOW),
        ("2026-01-30T19:00:00-05:00", NOW),
        ("20260131T000000+0000", NOW),
        ("2026-01-31T00:00:00.000001Z", NOW + timedelta.resolution),
        (NOW, NOW),
        (NOW.astimezone(timezone(timedelta(hours=5))), NOW),
        (1_769_817_600, NOW),
        (1_769_817_600.5, NOW + timedelta(seconds=0.5)),
        (0, datetime(1970, 1, 1, tzinfo=UTC)),
        (-1, datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read_as_utc(value: object, expected: datetime) -> None:
    assert instant(value) == expected
    assert instant(value).tzinfo is UTC


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("2026-01-31T00:00:00", "`2026-01-31T00:00:00` has no time zone; add an offset"),
        ("2026-01-31", "`2026-01-31` has no time zone"),
        (datetime(2026, 1, 31), "`2026-01-31 00:00:00` has no time zone"),
        ("yesterday", "`yesterday` is no time; write ISO 8601 with an offset"),
        ("", "`` is no time; write ISO 8601 with an offset"),
        (True, "`True` is no time; write ISO 8601 with an offset, or epoch seconds"),
        (None, "`None` is no time"),
        ([], r"`\[\]` is no time"),
        (float("nan"), "`nan` is no time; epoch times are seconds"),
        (float("inf"), "`inf` is no time; epoch times are seconds"),
        (1_769_817_600_000, "`1769817600000` is no time; epoch times are seconds"),
        (10**400, "is no time; epoch times are seconds"),
        ("0001-01-01T00:00:00+01:00", r"`0001-01-01T00:00:00\+01:00` is outside the calendar"),
        ("9999-12-31T23:59:59-01:00", "`9999-12-31T23:59:59-01:00` is outside the calendar"),
    ],
)
def test_what_is_no_instant_is_refused(value: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        instant(value)


# Images


def test_an_image_is_a_value() -> None:
    assert image("a", "v1", days=3) == image("a", "v1", days=3)
    assert image("a", "v1") != image("a", "v2")
    assert len({image("a"), image("a"), image("b")}) == 2
    with pytest.raises(FrozenInstanceError):
        image("a").digest = "b"  # type: ignore[misc]


def test_where_an_image_was_found_is_no_part_of_it() -> None:
    assert image("a", repository="app", registry_id="1") == image("a")
    assert "app" not in repr(image("a", repository="app"))


@pytest.mark.parametrize(
    ("members", "is_index", "has_unknown_children"),
    [
        ({}, False, False),
        ({"manifest_media_type": MANIFEST}, False, False),
        ({"manifest_media_type": INDEX}, True, True),
        ({"manifest_media_type": DOCKER_LIST}, True, True),
        ({"manifest_media_type": INDEX, "manifests": None}, True, True),
        ({"manifest_media_type": INDEX, "manifests": ()}, True, False),
        ({"manifest_media_type": INDEX, "manifests": (digest("b"),)}, True, False),
        ({"manifests": None}, True, True),
        ({"manifests": ()}, False, False),
        ({"manifests": (digest("b"),)}, True, False),
        ({"manifest_media_type": MANIFEST, "manifests": (digest("b"),)}, True, False),
    ],
)
def test_an_index_is_known_by_its_media_type_or_its_children(
    members: dict[str, Any], *, is_index: bool, has_unknown_children: bool
) -> None:
    made = image("a", **members)
    assert made.is_index is is_index
    assert made.has_unknown_children is has_unknown_children
    assert indexes([image("b"), made]) == ([made] if is_index else [])
    assert replace(made, size_bytes=1).has_unknown_children is has_unknown_children


@pytest.mark.parametrize(
    ("member", "name"),
    [
        ("digest", "imageDigest"),
        ("pushed_at", "imagePushedAt"),
        ("pulled_at", "lastRecordedPullTime"),
        ("storage_class", "imageStatus"),
        ("subject", "subjectManifestDigest"),
        ("scanned_at", "imageScanFindingsSummary"),
        ("layers", "layers"),
    ],
)
def test_members_have_names_of_the_service(member: str, name: str) -> None:
    assert Image.wire_name(member) == name


def _read(**members: object) -> Image:
    """An image as the service tells of it."""
    told = {"imageDigest": digest("a"), "imagePushedAt": "2026-01-31T09:00:00Z", **members}
    return TypeAdapter(Image).validate_python(told)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("ACTIVE", StorageClass.STANDARD),
        ("ARCHIVED", StorageClass.ARCHIVE),
        ("ACTIVATING", StorageClass.ACTIVATING),
    ],
)
def test_a_status_tells_the_storage_class(status: str, expected: StorageClass) -> None:
    assert _read(imageStatus=status).storage_class is expected


@pytest.mark.parametrize("status", ["archived", None, []])
def test_a_status_that_nobody_knows_is_refused(status: object) -> None:
    known = re.escape(
        f"`{status}` is no image status; known are `ACTIVE`, `ARCHIVED`, `ACTIVATING`"
    )
    with pytest.raises(ValidationError, match=known):
        _read(imageStatus=status)


def test_a_summary_tells_when_an_image_was_scanned() -> None:
    completed = datetime(2026, 1, 30, 8, tzinfo=UTC)
    summary = {"imageScanCompletedAt": "2026-01-30T09:00:00+01:00"}
    assert _read(imageScanFindingsSummary=summary).scanned_at == completed
    assert _read(imageScanFindingsSummary={}).scanned_at is None
    assert _read(imageScanFindingsSummary=None).scanned_at is None
    assert _read().scanned_at is None
    with pytest.raises(ValidationError, match="`7` is no summary of a scan; give it as the"):
        _read(imageScanFindingsSummary=7)


# Repositories


def test_images_may_be_given_as_any_sequence() -> None:
    repository = Repository("app", [image("a"), image("b")])  # type: ignore[arg-type]
    assert repository.images == (image("a"), image("b"))


@pytest.mark.parametrize(
    "written",
    [
        "",
        "sha256:",
        "a" * 64,
        "sha256:" + "a" * 63,
        "sha256:" + "a" * 65,
        "sha256:" + "g" * 64,
        "SHA256:" + "a" * 64,
        "sha256:" + "a" * 64 + "\n",
        "sha256:" + "٠" * 64,
    ],
)
def test_what_is_no_digest_is_refused(written: str) -> None:
    assert faults(image("a"), Image(written, NOW)) == [
        ("/images/1/digest", f"`{written}` is no digest")
    ]


def test_a_digest_may_have_capital_digits() -> None:
    written = "sha256:" + "AbCdEf01" * 8
    assert Repository("app", (Image(written, NOW),)).images[0].digest == written


def test_a_digest_stands_once() -> None:
    assert faults(image("a"), image("b"), image("a", "v1"), image("a")) == [
        ("/images/2/digest", f"the digest `{digest('a')}` stands twice"),
        ("/images/3/digest", f"the digest `{digest('a')}` stands twice"),
    ]


@pytest.mark.parametrize("member", ["pushed_at", "pulled_at", "archived_at", "activated_at"])
def test_a_time_needs_a_zone(member: str) -> None:
    members: dict[str, Any] = {member: NOW.replace(tzinfo=None)}
    naive = image("b", **members)
    assert faults(image("a"), naive) == [
        (
            f"/images/1/{member}",
            f"the time `2026-01-31T00:00:00` of `{digest('b')}` has no time zone",
        )
    ]


def test_every_time_without_a_zone_is_told() -> None:
    naive = NOW.replace(tzinfo=None)
    assert [
        pointer
        for pointer, _ in faults(
            image("a", pushed_at=naive, archived_at=naive), image("b", pulled_at=naive)
        )
    ] == ["/images/0/pushed_at", "/images/0/archived_at", "/images/1/pulled_at"]


def test_images_are_of_one_repository() -> None:
    assert Repository("app", (image("a", repository="app"), image("b"))).name == "app"
    assert faults(
        image("a", repository="app"),
        image("b", repository="web"),
        image("c", repository="web"),
        image("d", repository="api"),
    ) == [
        ("/images/1/repository", f"`{digest('b')}` is of the repository `web`, not of `app`"),
        ("/images/3/repository", f"`{digest('d')}` is of the repository `api`, not of `app`"),
    ]


def test_images_are_of_one_registry() -> None:
    images = (image("a"), image("b", registry_id="1"), image("c", registry_id="1"))
    assert Repository("app", images).registry_id is None
    assert Repository("app", images, registry_id="1").registry_id == "1"
    assert faults(*images, registry_id="2") == [
        ("/images/1/registry_id", f"`{digest('b')}` is of the registry `1`, not of `2`")
    ]
    assert faults(*images, image("d", registry_id="2")) == [
        ("/images/3/registry_id", f"`{digest('d')}` is of the registry `2`, not of `1`")
    ]


def test_an_empty_registry_id_is_an_id() -> None:
    assert Repository("app", (image("a", registry_id=""),)).images[0].registry_id == ""


def test_a_tag_that_one_image_has_twice_is_no_fault() -> None:
    assert Repository("app", (image("a", "v1", "v1"),)).images[0].tags == ("v1", "v1")


def test_twenty_faults_are_told_at_most() -> None:
    assert len(faults(*[Image(f"image {number}", NOW) for number in range(30)])) == 20


def test_a_fault_says_what_to_do() -> None:
    with pytest.raises(InvalidSnapshot) as caught:
        Repository("app", (image("a"), image("a")))
    assert str(caught.value) == (
        f"/images/1/digest: the digest `{digest('a')}` stands twice; "
        "give each image once; one image with several tags is one image"
    )
    assert [each.rule for each in caught.value.findings] == ["invalid-snapshot"]


NUMBERED = Repository(
    "app",
    (
        Image("sha256:" + "12345" + "0" * 59, NOW, tags=("v1", "abcd")),
        Image("sha256:" + "12346" + "0" * 59, NOW, tags=("v2", "1234")),
        Image("sha256:" + "abcd" + "0" * 60, NOW),
    ),
)


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("sha256:12345", [0]),
        ("12345", [0]),
        ("sha256:1234", [0, 1]),
        ("12346" + "0" * 59, [1]),
        ("v1", [0]),
        ("v2", [1]),
        ("1234", [1]),
        ("abcd", [0]),
        ("sha256:abcd", [2]),
        ("sha256:abcde", []),
        ("123", []),
        ("sha256:", []),
        ("", []),
        ("v", []),
    ],
)
def test_an_image_is_found_by_tag_or_by_the_beginning_of_its_digest(
    reference: str, found: list[int]
) -> None:
    assert NUMBERED.find(reference) == tuple(NUMBERED.images[index] for index in found)


def test_storage_classes_have_the_names_of_rules() -> None:
    assert [each.value for each in StorageClass] == ["standard", "archive", "activating"]


# Registries


def test_a_registry_knows_its_repositories() -> None:
    web = Repository("web")
    registry = Registry("111122223333", "cn-north-1", repositories=(web,))
    assert registry.repository("web") is web
    assert registry.repository("we") is None
    assert registry.arn_of("web") == "arn:aws-cn:ecr:cn-north-1:111122223333:repository/web"


_REPOSITORIES = "arn:aws:ecr:us-east-1:111122223333:repository"


@pytest.mark.parametrize(
    "members",
    [
        {"account": "11112222333"},
        {"account": "٠" * 12},
        {"region": ""},
        {"policy_scope": "V3"},
        {"partition": "aws-cn"},
        {"repositories": (Repository("web"), Repository("web"))},
        {"repositories": (Repository("web", registry_id="444455556666"),)},
        {"repositories": (Repository("web", arn=f"{_REPOSITORIES}/app"),)},
    ],
)
def test_what_is_no_registry_is_refused(members: dict[str, Any]) -> None:
    with pytest.raises(InvalidSnapshot):
        Registry(**({"account": "111122223333", "region": "us-east-1"} | members))


def test_the_arn_of_a_repository_is_that_of_its_registry_and_name() -> None:
    web = Repository("web", arn=f"{_REPOSITORIES}/web")
    assert Registry("111122223333", "us-east-1", repositories=(web,)).repositories == (web,)
    with pytest.raises(InvalidSnapshot) as caught:
        Registry("111122223333", "us-west-2", repositories=(web,))
    [found] = caught.value.findings
    assert found.location.pointer == "/repositories/0/arn"
    assert found.message == f"`web` has the ARN `{_REPOSITORIES}/web`"
    right = _REPOSITORIES.replace("east-1", "west-2")
    assert found.help == f"in this registry it would be `{right}/web`"


def test_the_partition_is_that_of_the_region() -> None:
    for region, partition in (
        *(("us-east-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")),
        ("zz-new-1", "aws"),
    ):
        assert Registry("111122223333", region).partition == partition
    assert Registry("111122223333", "zz-new-1", "aws-zz").partition == "aws-zz"


def test_no_list_of_repositories_is_no_empty_one() -> None:
    untold = Registry("111122223333", "us-east-1")
    assert untold.repositories == ()
    assert untold.has_unknown_repositories
    assert replace(untold, policy="").has_unknown_repositories
    told = Registry("111122223333", "us-east-1", repositories=())
    assert not told.has_unknown_repositories
    assert not replace(untold, repositories=(Repository("web"),)).has_unknown_repositories


def test_a_scope_that_is_not_told_is_taken_to_be_v2() -> None:
    untold = Registry("111122223333", "us-east-1")
    assert (untold.policy_scope, untold.effective_policy_scope) == (None, "V2")
    assert replace(untold, policy_scope="V1").effective_policy_scope == "V1"


def test_settings_that_are_not_told_are_no_none() -> None:
    untold = Repository("web")
    assert (untold.image_tag_mutability, untold.scan_on_push, untold.encryption_type) == (None,) * 3
    assert (untold.has_unknown_images, untold.has_unknown_tags) == (True, True)
    told = Repository("web", images=(), resource_tags={})
    assert (told.has_unknown_images, told.has_unknown_tags) == (False, False)
    assert replace(untold, name="api").has_unknown_images
    assert untold.images == told.images == ()
    registry = Registry("111122223333", "us-east-1")
    assert registry.scanning_configuration is registry.replication_configuration is None
    assert registry.pull_through_cache_rules is registry.repository_creation_templates is None


def test_repositories_may_be_given_as_any_sequence() -> None:
    registry = Registry("111122223333", "us-east-1", repositories=[Repository("web")])  # type: ignore[arg-type]
    assert registry.repositories == (Repository("web"),)


def test_a_registry_with_settings_can_be_hashed() -> None:
    registry = Registry(
        *("111122223333", "us-east-1"),
        repositories=(Repository("web", resource_tags={"a": "b"}, refused={"policyText": "no"}),),
        scanning_configuration={"rules": []},
        pull_through_cache_rules=({"ecrRepositoryPrefix": "a"},),
        refused={"tags": "no"},
    )
    assert len({registry, replace(registry)}) == 1


def test_mutabilities_have_the_names_of_the_api() -> None:
    assert {each.value for each in TagMutability} == {
        *("MUTABLE", "IMMUTABLE", "MUTABLE_WITH_EXCLUSION", "IMMUTABLE_WITH_EXCLUSION")
    }
