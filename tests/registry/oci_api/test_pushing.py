"""What pushes do: conversions, immutable tags, indexes, templates, mounts."""

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.registry.content.schema_1 import signed, unsigned
from tests.registry.oci_api.client import (
    ABSENT,
    CONFIG,
    DOCKER_SCHEMA_2,
    OCI_INDEX,
    OCI_MANIFEST,
    Registry,
    descriptor,
    digest_of,
    index_of,
    manifest_of,
)
from tests.registry.serving import NOBODY, Serving, identities, inline, serving, user

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mypy_boto3_ecr import ECRClient

LAYER = b"a layer, packed"
OTHER_LAYER = b"another layer"
SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1+prettyjws"


def docker_manifest() -> bytes:
    config, layer = (
        "application/vnd.docker.container.image.v1+json",
        "application/vnd.docker.image.rootfs.diff.tar.gzip",
    )
    return json.dumps(
        {
            "schemaVersion": 2,
            "mediaType": DOCKER_SCHEMA_2,
            "config": descriptor(config, CONFIG),
            "layers": [descriptor(layer, LAYER)],
        }
    ).encode()


STORED = {OCI_MANIFEST: manifest_of(LAYER), DOCKER_SCHEMA_2: docker_manifest()}


@pytest.mark.parametrize("stored", STORED)
@pytest.mark.parametrize("wanted", STORED)
def test_by_tag_a_client_gets_the_format_that_it_takes(
    registry: Registry, repository: str, stored: str, wanted: str
) -> None:
    """The table of "Amazon ECR image manifest conversion" (Amazon ECR User Guide)."""
    registry.push_image(repository, "other", LAYER)
    assert registry.push_manifest(repository, "v1", STORED[stored]).status == 201
    accept = f"{SCHEMA_1}, {wanted}"
    answer = registry.ask("GET", f"/v2/{repository}/manifests/v1", Accept=accept)
    assert answer.status == 200
    assert answer.headers["content-type"] == wanted
    assert answer.json == json.loads(STORED[wanted])
    assert answer.headers["docker-content-digest"] == digest_of(answer.body)
    head = registry.ask("HEAD", f"/v2/{repository}/manifests/v1", Accept=accept)
    assert head.headers["docker-content-digest"] == digest_of(answer.body)


def test_what_a_client_takes_is_not_converted(registry: Registry, repository: str) -> None:
    registry.push_image(repository, "v1", LAYER)
    path = f"/v2/{repository}/manifests/v1"
    for accept in (None, "*/*", f"{DOCKER_SCHEMA_2}, {OCI_MANIFEST}"):
        answer = registry.ask("GET", path, Accept=accept)
        assert (answer.headers["content-type"], answer.body) == (OCI_MANIFEST, manifest_of(LAYER))


def test_by_digest_nothing_is_converted(registry: Registry, repository: str) -> None:
    digest = registry.push_image(repository, "v1", LAYER)
    path = f"/v2/{repository}/manifests/{digest}"
    answer = registry.ask("GET", path, Accept=DOCKER_SCHEMA_2)
    assert answer.error == (404, "MANIFEST_UNKNOWN")
    assert f"a manifest of `{OCI_MANIFEST}`" in answer.message


@pytest.mark.parametrize(
    "accept", ["*/*;q=0", f"*/*, {OCI_MANIFEST};q=0, {DOCKER_SCHEMA_2};q=0", "application/*;q=0"]
)
def test_what_a_client_refuses_is_not_sent(
    registry: Registry, repository: str, accept: str
) -> None:
    digest = registry.push_image(repository, "v1", LAYER)
    for reference in ("v1", digest):
        path = f"/v2/{repository}/manifests/{reference}"
        answer = registry.ask("GET", path, Accept=accept)
        assert answer.error == (404, "MANIFEST_UNKNOWN")


def test_a_long_list_of_types_is_read_to_its_end(registry: Registry, repository: str) -> None:
    registry.push_image(repository, "v1", LAYER)
    others = ", ".join(f"application/x.{number}" for number in range(300))
    path = f"/v2/{repository}/manifests/v1"
    assert registry.ask("GET", path, Accept=f"{others}, {OCI_MANIFEST}").status == 200


def test_what_a_client_refuses_is_converted(registry: Registry, repository: str) -> None:
    registry.push_image(repository, "v1", LAYER)
    path = f"/v2/{repository}/manifests/v1"
    answer = registry.ask("GET", path, Accept=f"*/*, {OCI_MANIFEST};q=0")
    assert (answer.status, answer.headers["content-type"]) == (200, DOCKER_SCHEMA_2)


def test_schema_1_is_not_made_of_what_has_no_history(registry: Registry, repository: str) -> None:
    registry.push_image(repository, "v1", LAYER)
    answer = registry.ask("GET", f"/v2/{repository}/manifests/v1", Accept=SCHEMA_1)
    assert answer.error == (404, "MANIFEST_UNKNOWN")


def test_a_signed_manifest_has_the_digest_of_what_was_signed(
    registry: Registry, ecr: "ECRClient", repository: str
) -> None:
    manifest = unsigned(registry.push_blob(repository, LAYER))
    digest, sent = digest_of(manifest), signed(manifest)
    path = f"/v2/{repository}/manifests"
    answer = registry.ask("PUT", f"{path}/{digest_of(sent)}", sent, Content_Type=SCHEMA_1)
    assert answer.error == (400, "MANIFEST_INVALID")
    for reference in ("v1", digest):
        answer = registry.ask("PUT", f"{path}/{reference}", sent, Content_Type=SCHEMA_1)
        assert (answer.status, answer.headers["docker-content-digest"]) == (201, digest)
    for reference in ("v1", digest):
        answer = registry.ask("GET", f"{path}/{reference}", Accept=SCHEMA_1)
        assert (answer.status, answer.body) == (200, sent)
        assert answer.headers["docker-content-digest"] == digest
    # Signed by somebody else, it is the same image.
    other = signed(manifest, [*json.loads(sent)["signatures"]] * 2)
    answer = registry.ask("PUT", f"{path}/v1", other, Content_Type=SCHEMA_1)
    assert answer.headers["docker-content-digest"] == digest
    (image,) = ecr.describe_images(repositoryName=repository)["imageDetails"]
    assert image["imageDigest"] == digest


def test_an_immutable_tag_stays(registry: Registry, ecr: "ECRClient", repository: str) -> None:
    ecr.put_image_tag_mutability(repositoryName=repository, imageTagMutability="IMMUTABLE")
    digest = registry.push_image(repository, "v1", LAYER)
    # The same image may have its own tag again.
    assert registry.push_image(repository, "v1", LAYER) == digest
    registry.push_blob(repository, OTHER_LAYER)
    answer = registry.push_manifest(repository, "v1", manifest_of(OTHER_LAYER))
    assert answer.error == (400, "TAG_INVALID")
    assert answer.message == (
        f"The image tag 'v1' already exists in the '{repository}' repository and cannot be "
        "overwritten because the tag is immutable."
    )
    found = registry.ask("HEAD", f"/v2/{repository}/manifests/v1")
    assert found.headers["docker-content-digest"] == digest


def test_a_tag_moves_where_it_may(registry: Registry, repository: str) -> None:
    first = registry.push_image(repository, "v1", LAYER)
    second = registry.push_image(repository, "v1", OTHER_LAYER)
    path = f"/v2/{repository}/manifests"
    assert registry.ask("GET", f"{path}/v1").headers["docker-content-digest"] == second
    assert registry.ask("GET", f"{path}/{first}").status == 200


def test_the_members_of_an_index_must_be_there(registry: Registry, repository: str) -> None:
    member = manifest_of(LAYER)
    registry.push_blob(repository, CONFIG)
    registry.push_blob(repository, LAYER)
    index = index_of(member)
    answer = registry.push_manifest(repository, "all", index)
    assert answer.error == (404, "MANIFEST_BLOB_UNKNOWN")
    assert answer.message.startswith(f"Images with digests '[{digest_of(member)}]' required")
    assert registry.push_manifest(repository, digest_of(member), member).status == 201
    assert registry.push_manifest(repository, "all", index).status == 201
    answer = registry.ask("GET", f"/v2/{repository}/manifests/all", Accept=OCI_INDEX)
    assert answer.body == index


def test_a_member_of_an_index_is_not_deleted(registry: Registry, repository: str) -> None:
    digest = registry.push_image(repository, "one", LAYER)
    registry.push_manifest(repository, "all", index_of(manifest_of(LAYER)))
    answer = registry.ask("DELETE", f"/v2/{repository}/manifests/{digest}")
    assert answer.error == (400, "DENIED")
    assert answer.message.startswith("Requested image referenced by manifest list")


@pytest.mark.parametrize(
    ("manifest", "media_type"),
    [
        (b"", OCI_MANIFEST),
        (b"{", OCI_MANIFEST),
        (b"[]", OCI_MANIFEST),
        (b"\xff", OCI_MANIFEST),
        (b"[" * 100_000, OCI_MANIFEST),
        (manifest_of(LAYER), "text/plain"),
        (manifest_of(LAYER), DOCKER_SCHEMA_2),
        (manifest_of(LAYER, layers=[{"digest": "../../etc"}]), OCI_MANIFEST),
        (manifest_of(LAYER, config=None), OCI_MANIFEST),
        (unsigned(ABSENT), SCHEMA_1),
        (signed(unsigned(ABSENT), [{"protected": "?"}]), SCHEMA_1),
    ],
)
def test_what_is_no_manifest(
    registry: Registry, repository: str, manifest: bytes, media_type: str
) -> None:
    path = f"/v2/{repository}/manifests/v1"
    answer = registry.ask("PUT", path, manifest, Content_Type=media_type)
    assert answer.error == (400, "MANIFEST_INVALID")


def test_only_foreign_layers_need_not_be_there(registry: Registry, repository: str) -> None:
    """As in Docker's registry: the configuration, and layers of other types, are pushed."""
    there = {"urls": ["https://example.com/content"]}
    foreign = "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip"
    lacking = manifest_of(
        config=descriptor("application/vnd.oci.image.config.v1+json", CONFIG) | there,
        layers=[
            descriptor("application/vnd.oci.image.layer.v1.tar+gzip", LAYER) | there,
            descriptor(foreign, OTHER_LAYER) | there,
        ],
    )
    for content in (LAYER, CONFIG):
        answer = registry.push_manifest(repository, "v1", lacking)
        assert answer.error == (404, "MANIFEST_BLOB_UNKNOWN")
        assert digest_of(content) in answer.message
        assert digest_of(OTHER_LAYER) not in answer.message
        registry.push_blob(repository, content)
    assert registry.push_manifest(repository, "v1", lacking).status == 201


def test_the_media_type_may_have_parameters(registry: Registry, repository: str) -> None:
    registry.push_image(repository, "first", LAYER)
    answer = registry.ask(
        "PUT",
        f"/v2/{repository}/manifests/v1",
        manifest_of(LAYER),
        Content_Type=f"{OCI_MANIFEST}; charset=utf-8",
    )
    assert answer.status == 201


def test_a_manifest_has_the_digest_that_it_is_pushed_by(
    registry: Registry, repository: str
) -> None:
    registry.push_image(repository, "first", LAYER)
    answer = registry.push_manifest(repository, ABSENT, manifest_of(LAYER))
    assert answer.error == (400, "MANIFEST_INVALID")


@pytest.mark.parametrize("tag", ["-v", ".v", "v%2b1", "a" * 129])
def test_what_is_no_tag(registry: Registry, repository: str, tag: str) -> None:
    answer = registry.push_manifest(repository, tag, manifest_of(LAYER))
    assert answer.error == (400, "TAG_INVALID")


@pytest.mark.parametrize(
    "members",
    [
        # Helm: "Registries", "Helm chart manifest".
        {
            "config": descriptor("application/vnd.cncf.helm.config.v1+json", CONFIG),
            "layers": [descriptor("application/vnd.cncf.helm.chart.content.v1.tar+gzip", LAYER)],
        },
        # OCI Image Format Specification, "Guidelines for Artifact Usage".
        {
            "artifactType": "application/vnd.example+type",
            "layers": [descriptor("text/plain", LAYER)],
        },
    ],
)
def test_other_artifacts_are_images_too(
    registry: Registry, ecr: "ECRClient", repository: str, members: dict[str, Any]
) -> None:
    digest = registry.push_image(repository, "v1", LAYER, **members)
    answer = registry.ask("GET", f"/v2/{repository}/manifests/v1", Accept=OCI_MANIFEST)
    assert answer.json["layers"] == members["layers"]
    (image,) = ecr.describe_images(repositoryName=repository)["imageDetails"]
    assert image["imageDigest"] == digest
    kind = members.get("artifactType") or members["config"]["mediaType"]
    assert image["artifactMediaType"] == kind


def test_an_archived_image_is_not_there_until_it_is_pushed_again(
    registry: Registry, ecr: "ECRClient", repository: str
) -> None:
    registry.push_image(repository, "v1", LAYER)
    ecr.update_image_storage_class(
        repositoryName=repository, imageId={"imageTag": "v1"}, targetStorageClass="ARCHIVE"
    )
    path = f"/v2/{repository}/manifests/v1"
    assert registry.ask("GET", path).error == (404, "MANIFEST_UNKNOWN")
    assert registry.push_manifest(repository, "v1", manifest_of(LAYER)).status == 201
    assert registry.ask("GET", path).status == 200


def test_what_only_archived_images_have_is_kept_and_not_handed_out(
    registry: Registry, ecr: "ECRClient", repository: str
) -> None:
    archived = registry.push_image(repository, "old", LAYER)
    registry.push_image(repository, "new", OTHER_LAYER)
    alone = registry.push_blob(repository, b"of no image yet")
    ecr.update_image_storage_class(
        repositoryName=repository, imageId={"imageDigest": archived}, targetStorageClass="ARCHIVE"
    )

    def blob(method: str, digest: str) -> int:
        return registry.ask(method, f"/v2/{repository}/blobs/{digest}").status

    path = f"/v2/{repository}/blobs/{digest_of(LAYER)}"
    assert registry.ask("GET", path).error == (404, "BLOB_UNKNOWN")
    # To a push it is there: nobody need bring it again.
    assert blob("HEAD", digest_of(LAYER)) == 200
    for digest in (digest_of(CONFIG), digest_of(OTHER_LAYER), alone):
        assert blob("GET", digest) == 200
    tags = f"/v2/{repository}/tags/list"
    assert registry.ask("GET", tags).json["tags"] == ["new"]
    assert registry.push_manifest(repository, "old", manifest_of(LAYER)).status == 201
    assert blob("GET", digest_of(LAYER)) == 200
    assert registry.ask("GET", tags).json["tags"] == ["new", "old"]


def test_an_archived_tag_ends_no_page(
    registry: Registry, ecr: "ECRClient", repository: str
) -> None:
    for each in "abc":
        registry.push_image(repository, each, each.encode())
    ecr.update_image_storage_class(
        repositoryName=repository, imageId={"imageTag": "b"}, targetStorageClass="ARCHIVE"
    )
    answer = registry.ask("GET", f"/v2/{repository}/tags/list?n=1")
    assert answer.json["tags"] == ["a"]
    answer = registry.ask("GET", answer.headers["link"].split(">")[0].removeprefix("<"))
    assert answer.json["tags"] == ["c"]
    assert "link" not in answer.headers


def test_a_pull_is_recorded(registry: Registry, ecr: "ECRClient", repository: str) -> None:
    pulled = registry.push_image(repository, "v1", LAYER)
    looked_at = registry.push_image(repository, "v2", OTHER_LAYER)
    registry.ask("HEAD", f"/v2/{repository}/manifests/v2")
    registry.ask("GET", f"/v2/{repository}/manifests/v2", If_None_Match=f'"{looked_at}"')
    registry.ask("GET", f"/v2/{repository}/manifests/v1")
    # It is recorded after the answer, and soon.
    for _ in range(1_000):
        images = ecr.describe_images(repositoryName=repository)["imageDetails"]
        found = {each["imageDigest"]: each for each in images}
        if "lastRecordedPullTime" in found[pulled]:
            break
    assert found[pulled]["lastRecordedPullTime"] >= found[pulled]["imagePushedAt"]
    assert "lastRecordedPullTime" not in found[looked_at]


def test_an_image_that_is_put_by_the_ecr_api_is_pulled(
    registry: Registry, ecr: "ECRClient", repository: str
) -> None:
    registry.push_blob(repository, CONFIG)
    registry.push_blob(repository, LAYER)
    manifest = manifest_of(LAYER)
    ecr.put_image(repositoryName=repository, imageManifest=manifest.decode(), imageTag="v1")
    assert registry.ask("GET", f"/v2/{repository}/manifests/v1").body == manifest


def test_a_repository_must_be_there(registry: Registry, name: str) -> None:
    text = (
        f"The repository with name '{name}' does not exist in the registry with id '111122223333'"
    )
    for method, rest in (
        ("POST", "blobs/uploads/"),
        ("PUT", "manifests/v1"),
        ("GET", "manifests/v1"),
        ("GET", "tags/list"),
        ("GET", f"blobs/{ABSENT}"),
        ("GET", f"referrers/{ABSENT}"),
        ("DELETE", "manifests/v1"),
    ):
        answer = registry.ask(method, f"/v2/{name}/{rest}")
        assert answer.error == (404, "NAME_UNKNOWN")
        assert answer.message == text


PUSHES = ("InitiateLayerUpload", "UploadLayerPart", "CompleteLayerUpload", "PutImage")


def known_to_push(*statements: dict[str, Any]) -> list[dict[str, Any]]:
    """Identities of which one may push, and what the statements say."""
    pushes = {"Effect": "Allow", "Action": [f"ecr:{each}" for each in PUSHES], "Resource": "*"}
    ours, theirs = identities()
    pushing = inline("push", [pushes, *statements])
    ours["UserDetailList"][2] = user(NOBODY, UserPolicyList=[pushing])
    return [ours, theirs]


def test_a_push_creates_what_a_template_is_for(tmp_path: "Path") -> None:
    with serving(tmp_path, known=known_to_push()) as started:
        started.ecr().create_repository_creation_template(
            prefix="team", appliedFor=["CREATE_ON_PUSH"], imageTagMutability="IMMUTABLE"
        )
        pusher = Registry(started, NOBODY)
        answer = pusher.ask("POST", "/v2/team/web/blobs/uploads/")
        assert answer.error == (403, "DENIED")
        assert "ecr:CreateRepository" in answer.message
        registry = Registry(started)
        assert registry.ask("POST", "/v2/other/web/blobs/uploads/").status == 404
        registry.push_image("team/web", "v1", LAYER)
        (made,) = started.ecr().describe_repositories()["repositories"]
        assert (made["repositoryName"], made["imageTagMutability"]) == ("team/web", "IMMUTABLE")
        assert pusher.ask("POST", "/v2/team/web/blobs/uploads/").status == 202


@pytest.fixture(scope="module")
def creating(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Serving]":
    """A service whose default registry has a template for whatever is pushed."""
    with serving(tmp_path_factory.mktemp("creating")) as started:
        started.ecr().create_repository_creation_template(
            prefix="ROOT", appliedFor=["CREATE_ON_PUSH"]
        )
        yield started


@pytest.mark.parametrize(
    ("reference", "manifest", "code"),
    [
        ("v1", b"{", "MANIFEST_INVALID"),
        (ABSENT, manifest_of(), "MANIFEST_INVALID"),
        ("v1", manifest_of(LAYER), "MANIFEST_BLOB_UNKNOWN"),
        ("v1", index_of(manifest_of(LAYER)), "MANIFEST_BLOB_UNKNOWN"),
    ],
)
def test_a_manifest_that_is_refused_creates_nothing(
    creating: Serving, name: str, reference: str, manifest: bytes, code: str
) -> None:
    registry = Registry(creating)
    answer = registry.ask("PUT", f"/v2/{name}/manifests/{reference}", manifest)
    assert answer.error[1] == code
    assert creating.ecr().describe_repositories()["repositories"] == []


@pytest.mark.parametrize(
    ("content", "code"), [(b"something else", "DIGEST_INVALID"), (b"", "BLOB_UPLOAD_INVALID")]
)
def test_a_blob_that_is_refused_creates_nothing(
    creating: Serving, name: str, content: bytes, code: str
) -> None:
    registry = Registry(creating)
    path = f"/v2/{name}/blobs/uploads/?digest={digest_of(LAYER)}"
    assert registry.ask("POST", path, content).error == (400, code)
    assert creating.ecr().describe_repositories()["repositories"] == []


def test_a_blob_that_is_refused_takes_nothing_away(creating: Serving, name: str) -> None:
    creating.ecr().create_repository(repositoryName=name)
    path = f"/v2/{name}/blobs/uploads/?digest={digest_of(LAYER)}"
    assert Registry(creating).ask("POST", path, b"else").error == (400, "DIGEST_INVALID")
    creating.ecr().delete_repository(repositoryName=name)


def test_a_blob_pushed_at_once_and_an_empty_index_create(creating: Serving, name: str) -> None:
    registry = Registry(creating)
    blob, index = f"{name}/blob", f"{name}/index"
    path = f"/v2/{blob}/blobs/uploads/?digest={digest_of(LAYER)}"
    assert registry.ask("POST", path, LAYER).status == 201
    assert registry.push_manifest(index, "v1", index_of()).status == 201
    found = creating.ecr().describe_repositories()["repositories"]
    assert [each["repositoryName"] for each in found] == [blob, index]
    for each in (blob, index):
        creating.ecr().delete_repository(repositoryName=each, force=True)


def test_a_mount_creates_what_it_is_for(creating: Serving, name: str) -> None:
    ecr, registry = creating.ecr(), Registry(creating)
    ecr.put_account_setting(name="BLOB_MOUNTING", value="ENABLED")
    source, target = f"{name}/source", f"{name}/target"
    digest = registry.push_blob(source, LAYER)
    path = f"/v2/{target}/blobs/uploads/?mount={digest}&from={source}"
    assert registry.ask("POST", path).status == 201
    found = ecr.describe_repositories()["repositories"]
    assert [each["repositoryName"] for each in found] == [source, target]
    for each in (source, target):
        ecr.delete_repository(repositoryName=each, force=True)


def test_the_tags_of_a_template_are_those_of_the_request(tmp_path: "Path") -> None:
    """What is said of tags holds for whatever way a repository is created."""
    may = {
        "Effect": "Allow",
        "Action": ["ecr:CreateRepository", "ecr:TagResource"],
        "Resource": "*",
        "Condition": {
            "StringEquals": {"aws:RequestTag/stage": "test"},
            "ForAllValues:StringEquals": {"aws:TagKeys": ["stage", "team"]},
        },
    }
    with serving(tmp_path, known=known_to_push(may)) as started:
        ecr, pusher = started.ecr(), Registry(started, NOBODY)
        for prefix, tags in {
            "right": {"stage": "test", "team": "a"},
            "none": {},
            "other": {"stage": "production"},
            "more": {"stage": "test", "owner": "ana"},
        }.items():
            ecr.create_repository_creation_template(
                prefix=prefix,
                appliedFor=["CREATE_ON_PUSH"],
                resourceTags=[{"Key": key, "Value": value} for key, value in tags.items()],
            )
        for prefix in ("none", "other", "more"):
            answer = pusher.ask("POST", f"/v2/{prefix}/web/blobs/uploads/")
            assert answer.error == (403, "DENIED")
            assert "ecr:CreateRepository" in answer.message
        pusher.push_image("right/web", "v1", LAYER)
        (made,) = ecr.describe_repositories()["repositories"]
        tagged = ecr.list_tags_for_resource(resourceArn=made["repositoryArn"])["tags"]
        assert tagged == [{"Key": "stage", "Value": "test"}, {"Key": "team", "Value": "a"}]


def test_a_push_that_tags_what_it_creates_must_be_allowed_both(tmp_path: "Path") -> None:
    may = {"Effect": "Allow", "Action": "ecr:CreateRepository", "Resource": "*"}
    with serving(tmp_path, known=known_to_push(may)) as started:
        ecr, pusher = started.ecr(), Registry(started, NOBODY)
        ecr.create_repository_creation_template(
            prefix="team",
            appliedFor=["CREATE_ON_PUSH"],
            resourceTags=[{"Key": "team", "Value": "a"}],
        )
        ecr.create_repository_creation_template(prefix="plain", appliedFor=["CREATE_ON_PUSH"])
        answer = pusher.ask("POST", "/v2/team/web/blobs/uploads/")
        assert answer.error == (403, "DENIED")
        assert "ecr:TagResource" in answer.message
        assert pusher.ask("POST", "/v2/plain/web/blobs/uploads/").status == 202
        (made,) = ecr.describe_repositories()["repositories"]
        assert made["repositoryName"] == "plain/web"


@pytest.fixture
def mounting(tmp_path: "Path") -> Any:
    """A service whose default registry has blob mounting switched on, with two repositories."""
    with serving(tmp_path) as started:
        ecr = started.ecr()
        ecr.put_account_setting(name="BLOB_MOUNTING", value="ENABLED")
        for name in ("from", "into"):
            ecr.create_repository(repositoryName=name)
        yield started


def mount(registry: Registry, digest: str) -> Any:
    return registry.ask("POST", f"/v2/into/blobs/uploads/?mount={digest}&from=from")


def test_end_11_a_blob_is_mounted(mounting: Serving) -> None:
    registry = Registry(mounting)
    digest = registry.push_blob("from", LAYER)
    answer = mount(registry, digest)
    assert answer.status == 201
    assert answer.headers["location"] == f"/v2/into/blobs/{digest}"
    assert answer.headers["docker-content-digest"] == digest
    assert registry.ask("GET", answer.headers["location"]).body == LAYER
    assert mount(registry, ABSENT).status == 202


def test_a_mount_needs_to_pull_from_the_other_repository(mounting: Serving) -> None:
    """Amazon ECR User Guide, "Blob mounting in Amazon ECR"."""
    registry = Registry(mounting)
    digest = registry.push_blob("from", LAYER)
    deny = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "ecr:GetDownloadUrlForLayer"}],
    }
    mounting.ecr().set_repository_policy(repositoryName="from", policyText=json.dumps(deny))
    assert mount(registry, digest).status == 202


def test_a_mount_needs_the_same_encryption(mounting: Serving) -> None:
    registry = Registry(mounting)
    digest = registry.push_blob("from", LAYER)
    mounting.ecr().create_repository(
        repositoryName="kept", encryptionConfiguration={"encryptionType": "KMS"}
    )
    path = f"/v2/kept/blobs/uploads/?mount={digest}&from=from"
    assert registry.ask("POST", path).status == 202


def test_a_mount_needs_to_be_switched_on(mounting: Serving) -> None:
    registry = Registry(mounting)
    digest = registry.push_blob("from", LAYER)
    mounting.ecr().put_account_setting(name="BLOB_MOUNTING", value="DISABLED")
    assert mount(registry, digest).status == 202
