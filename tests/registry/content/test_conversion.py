"""Conversions: the table of "Amazon ECR image manifest conversion" (Amazon ECR User Guide).

Media types by the OCI Image Specification, "Compatibility Matrix".
"""

import json
from typing import Any

import pytest

from ecrpolicy.registry.content.conversion import convert
from ecrpolicy.registry.content.manifests import (
    DOCKER_LIST,
    DOCKER_SCHEMA_2,
    OCI_INDEX,
    OCI_MANIFEST,
)
from ecrpolicy.registry.content.media_types import Accepted

SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1+prettyjws"
DIGEST = "sha256:" + "1" * 64
LAYER = "sha256:" + "2" * 64


def manifest(media_type: str, config: str, *layers: str, **more: Any) -> bytes:
    return json.dumps(
        {
            "schemaVersion": 2,
            "mediaType": media_type,
            "config": {"mediaType": config, "digest": DIGEST, "size": 2},
            "layers": [{"mediaType": each, "digest": LAYER, "size": 3} for each in layers],
            **more,
        }
    ).encode()


OCI = manifest(
    OCI_MANIFEST,
    "application/vnd.oci.image.config.v1+json",
    "application/vnd.oci.image.layer.v1.tar+gzip",
    "application/vnd.oci.image.layer.v1.tar",
)
DOCKER = manifest(
    DOCKER_SCHEMA_2,
    "application/vnd.docker.container.image.v1+json",
    "application/vnd.docker.image.rootfs.diff.tar.gzip",
    "application/vnd.docker.image.rootfs.diff.tar",
)


@pytest.mark.parametrize(
    ("stored", "media_type", "wanted", "expected"),
    [(OCI, OCI_MANIFEST, DOCKER_SCHEMA_2, DOCKER), (DOCKER, DOCKER_SCHEMA_2, OCI_MANIFEST, OCI)],
)
def test_one_format_becomes_the_other(
    stored: bytes, media_type: str, wanted: str, expected: bytes
) -> None:
    converted = convert(stored, media_type, Accepted(f"{SCHEMA_1}, {wanted}"))
    assert converted is not None
    assert converted.media_type == wanted
    assert json.loads(converted.manifest) == json.loads(expected)


def test_what_the_other_format_has_no_place_for_is_left_out() -> None:
    annotated = {**json.loads(OCI), "annotations": {"a": "b"}}
    annotated["layers"][0]["annotations"] = {"a": "b"}
    converted = convert(json.dumps(annotated).encode(), OCI_MANIFEST, Accepted(DOCKER_SCHEMA_2))
    assert converted is not None
    assert json.loads(converted.manifest) == json.loads(DOCKER)


def test_layers_that_lie_elsewhere_keep_their_addresses() -> None:
    elsewhere = json.loads(DOCKER)
    elsewhere["layers"][0] |= {
        "mediaType": "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
        "urls": ["https://example.com/base"],
    }
    converted = convert(json.dumps(elsewhere).encode(), DOCKER_SCHEMA_2, Accepted(OCI_MANIFEST))
    assert converted is not None
    assert json.loads(converted.manifest)["layers"][0] == {
        "mediaType": "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
        "size": 3,
        "digest": LAYER,
        "urls": ["https://example.com/base"],
    }


HELM = manifest(
    OCI_MANIFEST,
    "application/vnd.cncf.helm.config.v1+json",
    "application/vnd.cncf.helm.chart.content.v1.tar+gzip",
)
ODD_LAYER = manifest(OCI_MANIFEST, "application/vnd.oci.image.config.v1+json", "text/plain")
INDEX = json.dumps({"schemaVersion": 2, "manifests": []}).encode()


@pytest.mark.parametrize(
    ("stored", "media_type", "accept"),
    [
        (OCI, OCI_MANIFEST, SCHEMA_1),
        (DOCKER, DOCKER_SCHEMA_2, SCHEMA_1),
        (OCI, OCI_MANIFEST, OCI_INDEX),
        (HELM, OCI_MANIFEST, DOCKER_SCHEMA_2),
        (ODD_LAYER, OCI_MANIFEST, DOCKER_SCHEMA_2),
        (INDEX, OCI_INDEX, DOCKER_LIST),
        (INDEX, DOCKER_LIST, OCI_INDEX),
        (INDEX, OCI_INDEX, OCI_MANIFEST),
    ],
)
def test_what_is_not_made(stored: bytes, media_type: str, accept: str) -> None:
    assert convert(stored, media_type, Accepted(accept)) is None
