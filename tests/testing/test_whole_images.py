"""Images to be pushed whole: what their manifests refer to is what has to be uploaded."""

import hashlib
import io
import json
import tarfile

from ecrpolicy.testing.whole_images import image, index, referrer


def sha256(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_an_image_refers_to_its_content() -> None:
    made = image(3)
    document = json.loads(made.manifest)
    assert made.digest == sha256(made.manifest.encode())
    assert made.media_type == document["mediaType"]
    referred = [document["config"], *document["layers"]]
    assert [each["digest"] for each in referred] == list(made.content)
    for each in referred:
        content = made.content[each["digest"]]
        assert (each["digest"], each["size"]) == (sha256(content), len(content))


def test_its_content_is_a_configuration_and_an_archive() -> None:
    """OCI image specification, "Image Configuration": `diff_ids` are of layers as they unpack."""
    config, layer = image(3).content.values()
    assert json.loads(config)["rootfs"] == {"type": "layers", "diff_ids": [sha256(layer)]}
    with tarfile.open(fileobj=io.BytesIO(layer)) as archive:
        assert archive.getnames() == []


def test_images_of_other_numbers_share_a_layer_alone() -> None:
    one, other = image(1), image(2)
    assert one.digest != other.digest
    (shared,) = one.content.keys() & other.content.keys()
    assert [shared] == [each["digest"] for each in json.loads(one.manifest)["layers"]]


def test_an_index_refers_to_its_children() -> None:
    children = [image(1), image(2)]
    made = index(children)
    document = json.loads(made.manifest)
    assert (made.digest, made.media_type) == (
        sha256(made.manifest.encode()),
        document["mediaType"],
    )
    assert made.content == {}
    assert made.manifests == tuple(each.digest for each in children)
    assert document["manifests"] == [
        {
            "mediaType": each.media_type,
            "digest": sha256(each.manifest.encode()),
            "size": len(each.manifest.encode()),
        }
        for each in children
    ]


def test_a_referrer_names_its_subject() -> None:
    """OCI image specification, "Image Manifest Property Descriptions"."""
    subject = image(1)
    made = referrer(subject)
    document = json.loads(made.manifest)
    assert made.subject == subject.digest
    assert document["subject"] == {
        "mediaType": subject.media_type,
        "digest": subject.digest,
        "size": len(subject.manifest.encode()),
    }
    assert document["artifactType"]
    referred = [document["config"], *document["layers"]]
    assert {each["digest"]: each["size"] for each in referred} == {
        digest: len(content) for digest, content in made.content.items()
    }
    assert all(sha256(content) == digest for digest, content in made.content.items())
