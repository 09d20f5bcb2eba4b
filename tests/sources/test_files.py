"""Snapshots from files: what the AWS CLI printed."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy.errors import InvalidSnapshot
from ecrpolicy.finding import Finding
from ecrpolicy.snapshot import Image, Layer, Repository, StorageClass
from ecrpolicy.sources.files import Source, read_repository, values
from tests.builders import INDEX, digest
from tests.property.strategies import json_like_texts, json_values

PUSHED = "2026-01-01T02:00:00+02:00"
LISTING_ADVICE = "give the output of `aws ecr describe-images`"


def listed(digit: str = "a", **members: Any) -> dict[str, Any]:
    """An image as `describe-images` prints it."""
    return {"imageDigest": digest(digit), "imagePushedAt": PUSHED, **members}


def listing(*images: dict[str, Any], **members: Any) -> dict[str, Any]:
    return {"imageDetails": list(images), **members}


def manifest(digit: str, manifest: dict[str, Any]) -> dict[str, Any]:
    """An image as `batch-get-image` prints it."""
    return {"imageId": {"imageDigest": digest(digit)}, "imageManifest": json.dumps(manifest)}


def source(content: Any, file: str | None = None) -> Source:
    if isinstance(content, bytes):
        return Source(content, file)
    text = content if isinstance(content, str) else json.dumps(content)
    return Source(text.encode(), file)


def read(*contents: Any, name: str | None = None) -> Repository:
    return read_repository(*map(source, contents), name=name)


def findings(*contents: Any, name: str | None = None) -> tuple[Finding, ...]:
    with pytest.raises(InvalidSnapshot) as caught:
        read_repository(*(source(each, "images.json") for each in contents), name=name)
    return caught.value.findings


def lines(*contents: Any, name: str | None = None) -> list[str]:
    return [str(found) for found in findings(*contents, name=name)]


# What is read


def test_every_member_of_an_image_is_read() -> None:
    (image,) = read(
        listing(
            listed(
                repositoryName="app",
                registryId="111122223333",
                imageTags=["v1", "latest"],
                imageSizeInBytes=52_428_800,
                imageStatus="ARCHIVED",
                lastRecordedPullTime="2026-01-02T00:00:00Z",
                lastArchivedAt="2026-01-03T00:00:00.000001+00:00",
                lastActivatedAt=1_767_484_800,
                imageManifestMediaType=INDEX,
                artifactMediaType="application/vnd.oci.image.config.v1+json",
                subjectManifestDigest=digest("b"),
                imageScanStatus={"status": "COMPLETE"},
                imageScanFindingsSummary={
                    "findingSeverityCounts": {"HIGH": 1},
                    "imageScanCompletedAt": "2026-01-05T02:00:00+02:00",
                },
            )
        )
    ).images
    assert image == Image(
        digest=digest("a"),
        pushed_at=datetime(2026, 1, 1, tzinfo=UTC),
        tags=("v1", "latest"),
        pulled_at=datetime(2026, 1, 2, tzinfo=UTC),
        storage_class=StorageClass.ARCHIVE,
        archived_at=datetime(2026, 1, 3, 0, 0, 0, 1, tzinfo=UTC),
        activated_at=datetime(2026, 1, 4, tzinfo=UTC),
        size_bytes=52_428_800,
        manifest_media_type=INDEX,
        artifact_media_type="application/vnd.oci.image.config.v1+json",
        subject=digest("b"),
        scanned_at=datetime(2026, 1, 5, tzinfo=UTC),
    )
    assert (image.repository, image.registry_id) == ("app", "111122223333")
    assert image.has_unknown_children


@pytest.mark.parametrize("summary", [None, {}, {"imageScanCompletedAt": None}])
def test_when_an_image_was_scanned_need_not_be_told(summary: Any) -> None:
    (image,) = read(listing(listed(imageScanFindingsSummary=summary))).images
    assert image.scanned_at is None


@pytest.mark.parametrize("summary", ["yesterday", 3, {"imageScanCompletedAt": "yesterday"}])
def test_what_is_no_summary_of_a_scan_is_refused(summary: Any) -> None:
    with pytest.raises(InvalidSnapshot) as caught:
        read(listing(listed(imageScanFindingsSummary=summary)))
    [found] = caught.value.findings
    assert found.location.pointer == "/imageDetails/0/imageScanFindingsSummary"


def test_members_may_be_missing() -> None:
    repository = read(listing(listed()))
    assert repository.images == (Image(digest("a"), datetime(2026, 1, 1, tzinfo=UTC)),)
    assert repository.name == "(unnamed)"
    assert (repository.registry_id, repository.arn) == (None, None)
    assert not repository.images[0].is_index


@pytest.mark.parametrize(
    ("status", "storage_class"),
    [
        ("ACTIVE", StorageClass.STANDARD),
        ("ARCHIVED", StorageClass.ARCHIVE),
        ("ACTIVATING", StorageClass.ACTIVATING),
    ],
)
def test_a_status_is_a_storage_class(status: str, storage_class: StorageClass) -> None:
    assert read(listing(listed(imageStatus=status))).images[0].storage_class is storage_class


@pytest.mark.parametrize(
    "written",
    [
        "2025-12-31T22:30:00-01:30",
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00.000000+00:00",
        1_767_225_600,
        1_767_225_600.0,
    ],
)
def test_a_time_is_an_instant_however_it_is_written(written: object) -> None:
    (image,) = read(listing(listed(imagePushedAt=written))).images
    assert image.pushed_at == datetime(2026, 1, 1, tzinfo=UTC)


def test_parts_of_an_epoch_second_are_kept() -> None:
    (image,) = read(listing(listed(imagePushedAt=1_767_225_600.25))).images
    assert image.pushed_at == datetime(2026, 1, 1, 0, 0, 0, 250_000, tzinfo=UTC)


@pytest.mark.parametrize(
    "content",
    [
        [listed("a"), listed("b")],
        listing(listed("a"), listed("b")),
        json.dumps(listing(listed("a"))) + "\r\n" + json.dumps(listing(listed("b"))),
        json.dumps(listing(listed("a"))) + json.dumps([listed("b")]) + json.dumps([]),
        " \n" + json.dumps([listed("a"), listed("b")], indent=2) + "\n\t",
        b"\xef\xbb\xbf" + json.dumps(listing(listed("a"), listed("b"))).encode(),
    ],
    ids=["list", "listing", "two-listings", "listing-and-lists", "blanks", "byte-order-mark"],
)
def test_a_listing_is_read_in_all_its_forms(content: Any) -> None:
    assert [image.digest for image in read(content).images] == [digest("a"), digest("b")]


def test_several_files_make_one_repository() -> None:
    repository = read(
        {
            "repositories": [
                {"repositoryName": "other", "repositoryArn": "arn:other", "registryId": "1"},
                {"repositoryName": "app", "repositoryArn": "arn:app", "registryId": "1"},
            ]
        },
        listing(listed("a", repositoryName="app")),
        {"images": [manifest("b", {"manifests": [{"digest": digest("a"), "size": 1}]})]},
        listing(listed("b", repositoryName="app", imageManifestMediaType=INDEX)),
        {"lifecyclePolicyText": "{}", "repositoryName": "app"},
        {"takenAt": "2026-01-31T00:00:00Z"},
    )
    assert (repository.name, repository.arn, repository.registry_id) == ("app", "arn:app", "1")
    assert [image.digest for image in repository.images] == [digest("a"), digest("b")]
    assert repository.images[1].manifests == (digest("a"),)
    assert repository.lifecycle_policy == "{}"
    assert repository.taken_at == datetime(2026, 1, 31, tzinfo=UTC)


def test_one_document_may_hold_several_answers() -> None:
    repository = read(
        listing(
            listed("a", imageManifestMediaType=INDEX),
            images=[manifest("a", {"manifests": []})],
            repositories=[{"repositoryName": "app"}],
            lifecyclePolicyText="text",
        )
    )
    assert (repository.name, repository.lifecycle_policy) == ("app", "text")
    assert repository.images[0].manifests == ()
    assert not repository.images[0].has_unknown_children


TWO = {"repositories": [{"repositoryName": "a"}, {"repositoryName": "b"}]}


@pytest.mark.parametrize(
    ("contents", "name", "expected"),
    [
        ([listing(listed())], None, "(unnamed)"),
        ([listing(listed())], "app", "app"),
        ([listing(listed(repositoryName="app"))], None, "app"),
        ([listing(listed()), {"repositories": [{"repositoryName": "app"}]}], None, "app"),
        (
            [
                listing(listed()),
                {"repositories": [{"repositoryName": "a"}, {"repositoryName": "b"}]},
            ],
            "b",
            "b",
        ),
    ],
)
def test_a_repository_has_the_name_that_is_told_first(
    contents: list[Any], name: str | None, expected: str
) -> None:
    assert read(*contents, name=name).name == expected


def test_a_manifest_tells_children_layers_and_the_subject() -> None:
    index, plain, unknown = read(
        listing(
            listed("a", imageManifestMediaType=INDEX),
            listed("b"),
            listed("c", imageManifestMediaType=INDEX),
        ),
        {
            "images": [
                manifest(
                    "a",
                    {
                        "schemaVersion": 2,
                        "manifests": [{"digest": digest("b"), "size": 7}, {"digest": digest("d")}],
                    },
                ),
                manifest(
                    "b",
                    {
                        "config": {"digest": digest("1"), "size": 2},
                        "layers": [{"digest": digest("2"), "size": 30}, {"digest": digest("3")}],
                        "subject": {"digest": digest("a")},
                    },
                ),
            ],
            "failures": [],
        },
    ).images
    assert index.manifests == (digest("b"), digest("d"))
    assert plain.layers == (Layer(digest("1"), 2), Layer(digest("2"), 30), Layer(digest("3"), 0))
    assert plain.subject == digest("a")
    assert unknown.has_unknown_children


def test_the_listing_outranks_the_manifest_on_the_subject() -> None:
    (image,) = read(
        listing(listed("a", subjectManifestDigest=digest("b"))),
        {"images": [manifest("a", {"subject": {"digest": digest("c")}})]},
    ).images
    assert image.subject == digest("b")


@pytest.mark.parametrize("token", ["nextToken", "NextToken"])
def test_a_listing_in_pages_is_whole_where_the_last_page_is(token: str) -> None:
    pages = [listing(listed("a"), **{token: "more"}), listing(listed("b"))]
    assert len(read(*pages).images) == 2
    assert lines(*pages[::-1]) == [
        "images.json: the listing of images stops at a `nextToken`: there are more images; "
        "list all of them, without `--max-items` or `--no-paginate`"
    ]


def test_an_empty_listing_is_an_empty_repository() -> None:
    assert read([]).images == ()
    assert read(listing()).images == ()


# What is refused


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "images.json:1:1: the text is empty; give a JSON document"),
        ("\n ", "images.json:1:1: the text is empty; give a JSON document"),
        (
            '{"imageDetails": [],}',
            "images.json:1:21: expected a member name, found `}`; delete the `,` before it: "
            "JSON has no trailing comma",
        ),
        (
            '{"imageDetails": []}\n\nx',
            "images.json:3:1: what follows the first document is not JSON; "
            "give whole JSON documents alone",
        ),
        (
            '{"imageDetails": []} [] {',
            "images.json:1:26: what follows the first 2 documents is not JSON; "
            "give whole JSON documents alone",
        ),
        ("{}", f"images.json:1:1: nothing here tells of images; {LISTING_ADVICE}"),
        (
            '[]\n  {"rules": []}',
            f"images.json:2:3: this is a lifecycle policy; {LISTING_ADVICE}",
        ),
        (
            '{"imageIds": []}',
            "images.json:1:1: this is the output of `list-images`, which has no times; "
            f"{LISTING_ADVICE}",
        ),
        (
            '{"previewResults": []}',
            f"images.json:1:1: this is a lifecycle policy preview; {LISTING_ADVICE}",
        ),
        ('{"Statement": []}', f"images.json:1:1: this is an IAM-style policy; {LISTING_ADVICE}"),
        (
            '{"lifecyclePolicyText": "{}"}',
            f"images.json: no `imageDetails` in it; {LISTING_ADVICE}",
        ),
        ('{"images": []}', f"images.json: no `imageDetails` in it; {LISTING_ADVICE}"),
        ("3", "images.json:1:1: expected an object, found `3`"),
        ("[1]", "images.json:1:2: expected an object, found `1` (at `/0`)"),
        (
            '{"imageDetails": null}',
            "images.json:1:18: expected a list, found `null` (at `/imageDetails`)",
        ),
        (b"\xff\xfe[]", "images.json:1:1: the text is UTF-16; save it as UTF-8"),
        (b'{"x":\n"\xff"}', "images.json:2:2: the text is not UTF-8; save it as UTF-8"),
        (
            "[" * 100_000,
            "images.json:1:101: the text is nested more than 100 deep; no policy is",
        ),
    ],
)
def test_what_is_no_listing_is_refused(content: str | bytes, expected: str) -> None:
    assert lines(content) == [expected]


@pytest.mark.parametrize(
    ("members", "column", "complaint"),
    [
        ({"imageDigest": None}, 35, "expected a string, found `null`"),
        ({"imageDigest": 1}, 35, "expected a string, found `1`"),
        (
            {"imageDigest": "sha256:abc"},
            35,
            "`sha256:abc` is no digest; a digest is `sha256:` and 64 hexadecimal digits",
        ),
        (
            {"imageDigest": "sha512:" + "a" * 64},
            35,
            f"`sha512:{'a' * 64}` is no digest; a digest is `sha256:` and 64 hexadecimal digits",
        ),
        (
            {"imagePushedAt": "2026-01-01T00:00:00"},
            127,
            "the time `2026-01-01T00:00:00` has no time zone; add an offset such as `+00:00`",
        ),
        (
            {"imagePushedAt": "yesterday"},
            127,
            "`yesterday` is no time; write ISO 8601 with an offset, or epoch seconds",
        ),
        (
            {"imagePushedAt": True},
            127,
            "`true` is no time; write ISO 8601 with an offset, or epoch seconds",
        ),
        (
            {"imagePushedAt": 1_767_225_600_000},
            127,
            "`1767225600000` is no time; write ISO 8601 with an offset, or epoch seconds",
        ),
        (
            {"imagePushedAt": None},
            127,
            "`null` is no time; write ISO 8601 with an offset, or epoch seconds",
        ),
    ],
)
def test_a_member_of_a_wrong_value_is_told_at_its_place(
    members: dict[str, Any], column: int, complaint: str
) -> None:
    image = {"imageDigest": digest("a"), "imagePushedAt": "2026-01-01T00:00:00Z"} | members
    (member,) = members
    assert lines(listing(image)) == [
        f"images.json:1:{column}: {complaint} (at `/imageDetails/0/{member}`)"
    ]
    pointer = f"(at `/0/{member}`)"
    assert lines([image]) == [f"images.json:1:{column - 17}: {complaint} {pointer}"]


@pytest.mark.parametrize(
    ("member", "value", "complaint"),
    [
        ("imageTags", "v1", 'expected a list, found `"v1"`'),
        ("imageTags", None, "expected a list, found `null`"),
        ("imageTags", [1], "expected a string, found `1`"),
        ("imageSizeInBytes", 1.5, "expected an integer, found `1.5`"),
        ("imageSizeInBytes", "much", 'expected an integer, found `"much"`'),
        (
            "imageStatus",
            "GONE",
            "`GONE` is no image status; known are `ACTIVE`, `ARCHIVED`, `ACTIVATING`",
        ),
        (
            "imageStatus",
            [],
            "`[]` is no image status; known are `ACTIVE`, `ARCHIVED`, `ACTIVATING`",
        ),
    ],
)
def test_an_optional_member_of_a_wrong_value_is_told(
    member: str, value: object, complaint: str
) -> None:
    (found,) = findings(listing(listed(), listed("b", **{member: value})))
    assert found.message == complaint
    element = "/0" if isinstance(value, list) and value else ""
    assert found.location.pointer == f"/imageDetails/1/{member}{element}"


def test_a_missing_member_is_told_at_its_image() -> None:
    assert lines('{"imageDetails": [\n  {}]}') == [
        "images.json:2:3: the member `imageDigest` is missing (at `/imageDetails/0`)",
        "images.json:2:3: the member `imagePushedAt` is missing (at `/imageDetails/0`)",
    ]


def test_twenty_complaints_are_enough() -> None:
    assert len(findings(listing(*[{}] * 30))) == 20
    assert len(findings([listed()] * 30)) == 20


def test_a_value_too_long_to_show_is_cut() -> None:
    (found,) = findings(listing(listed(imageStatus="long " * 1000)))
    assert len(found.message) < 6000
    (found,) = findings(listing(listed(imageSizeInBytes="long " * 1000)))
    assert found.message == f'expected an integer, found `"{("long " * 12)[:58]}…`'


def test_a_digest_that_stands_twice_is_told_where_it_stands_again() -> None:
    first = json.dumps(listing(listed("a"), listed("b")))
    second = "\n" + json.dumps([listed("c"), listed("a")], indent=1)
    (found,) = findings(first + second)
    assert found.message == f"the digest `{digest('a')}` stands twice"
    # The second document starts in line 2: a bracket, image c in four lines, then `{`.
    assert (found.location.line, found.location.column) == (8, 18)
    assert found.location.pointer == "/1/imageDigest"


def test_images_of_several_repositories_are_told() -> None:
    contents = listing(
        listed("a", repositoryName="app"),
        listed("b", repositoryName="other"),
        listed("c", repositoryName="other"),
        listed("d", repositoryName="third"),
    )
    assert [(each.message, each.location.pointer) for each in findings(contents)] == [
        (
            f"`{digest('b')}` is of the repository `other`, not of `app`",
            "/imageDetails/1/repositoryName",
        ),
        (
            f"`{digest('d')}` is of the repository `third`, not of `app`",
            "/imageDetails/3/repositoryName",
        ),
    ]
    (found,) = findings(listing(listed("a", repositoryName="app")), name="other")
    assert found.message == f"`{digest('a')}` is of the repository `app`, not of `other`"


def test_images_of_several_registries_are_told() -> None:
    contents = listing(listed("a", registryId="1"), listed("b", registryId="2"))
    (found,) = findings(contents)
    assert found.message == f"`{digest('b')}` is of the registry `2`, not of `1`"
    assert found.location.pointer == "/imageDetails/1/registryId"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{", "the text cannot be read: EOF while parsing an object"),
        ('{"manifests": [{}]}', "the member `digest` is missing"),
        ('{"layers": 1}', "expected a list, found `1`"),
        ("[]", "expected an object, found `[]`"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_told(text: str, complaint: str) -> None:
    broken = {"imageId": {"imageDigest": digest("a")}, "imageManifest": text}
    (found,) = findings(listing(listed("a"), images=[manifest("b", {}), broken]))
    beginning = f"the manifest of `{digest('a')}` cannot be read: {complaint}"
    assert found.message.startswith(beginning)
    assert found.location.pointer == "/images/1/imageManifest"


def test_no_file_is_no_listing() -> None:
    with pytest.raises(InvalidSnapshot, match="no `imageDetails` in it"):
        read_repository()


# What could break a reader


@pytest.mark.parametrize(
    "content",
    [
        f'{{"imageDetails": [], "more": {"9" * 5000}}}',
        f'{{"imageDetails": [{{"imagePushedAt": {"9" * 5000}}}]}}',
        f'[{{"imageSizeInBytes": {"9" * 5000}}}]',
        b"\xef\xbb\xbf" + f'{{"imageDetails": [], "more": {"9" * 5000}}}'.encode(),
        '{"imageDetails": [{"imageTags": ["\\ud800"]}]}',
        '{"imageDetails": [], "more": ' + "[" * 300 + "]" * 300 + "}",
        '{"imageDetails": [], "more": ' + "[" * 990 + "]" * 990 + "}",
        '{"imageDetails": [], "more": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"imageDetails": [{"imagePushedAt": NaN}]}',
        '{"imageDetails": [{"imagePushedAt": 1e400}]}',
        "[" + "1," * 100_000 + "1]",
        "]" * 100_000,
        "\0" * 100_000,
    ],
)
def test_what_cannot_be_read_is_refused(content: str | bytes) -> None:
    try:
        repository = read(content)
    except InvalidSnapshot as error:
        complaints = error.findings
        assert complaints
    else:
        assert repository.images == ()


@given(content=json_like_texts() | json_values().map(json.dumps) | st.text() | st.binary())
def test_nothing_but_a_listing_is_read(content: str | bytes) -> None:
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    try:
        repository = read(raw)
    except InvalidSnapshot as error:
        complaints = error.findings
        assert complaints
    else:
        assert repository.images == ()


@given(data=st.data())
def test_a_listing_with_a_value_exchanged_is_read_or_refused(data: st.DataObject) -> None:
    image = listed(
        "a",
        imageTags=["v1"],
        imageSizeInBytes=1,
        imageStatus="ACTIVE",
        lastRecordedPullTime=PUSHED,
        subjectManifestDigest=digest("b"),
    )
    changed = data.draw(st.sampled_from(sorted(image)))
    image[changed] = data.draw(json_values(max_leaves=3))
    try:
        repository = read(listing(image))
    except InvalidSnapshot as error:
        complaints = error.findings
        assert any(changed in str(found) for found in complaints)
    else:
        assert len(repository.images) == 1


# The values of a file


def test_the_values_of_a_file_are_read_one_after_another() -> None:
    found = list(values(source('{"a": 1}\n[2] "c"')))
    assert found == [(0, {"a": 1}), (9, [2]), (13, "c")]
    with pytest.raises(InvalidSnapshot, match="what follows the first document is not JSON"):
        list(values(source("{} }")))
