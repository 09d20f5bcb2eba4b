"""Referrers in pages, and what is said of each."""

import json
import re

import pytest

from ecrpolicy.registry.oci_api import referrers
from tests.registry.oci_api.client import (
    ABSENT,
    CONFIG,
    OCI_MANIFEST,
    Registry,
    manifest_of,
)

LAYER = b"a layer, packed"
SUBJECT = {"mediaType": OCI_MANIFEST, "digest": ABSENT, "size": 2}


def test_referrers_in_pages(
    registry: Registry, repository: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(referrers, "MOST", 2)
    pushed = [
        registry.push_image(
            repository, f"v{number}", LAYER, subject=SUBJECT, annotations={"n": each}
        )
        for number, each in enumerate("abcde")
    ]
    config = "application/vnd.oci.image.config.v1+json"
    found: list[str] = []
    sizes: list[int] = []
    path = f"/v2/{repository}/referrers/{ABSENT}?artifactType={config.replace('+', '%2B')}"
    while path:
        answer = registry.ask("GET", path)
        assert answer.headers["oci-filters-applied"] == "artifactType"
        listed = [each["digest"] for each in answer.json["manifests"]]
        sizes.append(len(listed))
        found += listed
        link = re.fullmatch(r'<(.*)>; rel="next"', answer.headers.get("link", ""))
        path = link[1] if link else ""
    assert found == pushed
    assert sizes == [2, 2, 1]


def test_an_index_of_referrers_is_no_larger_than_a_manifest_may_be(
    registry: Registry, repository: str
) -> None:
    """OCI Distribution Specification, "Pushing Manifests": 4 MiB."""
    pushed = [
        registry.push_image(
            repository, f"v{number}", LAYER, subject=SUBJECT, annotations={"n": each * 1_800_000}
        )
        for number, each in enumerate("abc")
    ]
    answer = registry.ask("GET", f"/v2/{repository}/referrers/{ABSENT}")
    assert [each["digest"] for each in answer.json["manifests"]] == pushed[:2]
    assert len(answer.body) <= 4 * 1024 * 1024
    link = re.fullmatch(r'<(.*)>; rel="next"', answer.headers["link"])
    assert link is not None
    answer = registry.ask("GET", link[1])
    assert [each["digest"] for each in answer.json["manifests"]] == pushed[2:]
    assert "link" not in answer.headers


def test_a_referrer_of_the_largest_size_is_listed(registry: Registry, repository: str) -> None:
    """What is not ASCII takes no more room in the index than it took in the manifest."""
    annotations = {"n": "é" * 2_000_000}
    registry.push_blob(repository, CONFIG)
    written = json.loads(manifest_of(subject=SUBJECT, annotations=annotations))
    manifest = json.dumps(written, ensure_ascii=False).encode()
    assert registry.push_manifest(repository, "v1", manifest).status == 201
    answer = registry.ask("GET", f"/v2/{repository}/referrers/{ABSENT}")
    (found,) = answer.json["manifests"]
    assert found["annotations"] == annotations
    assert len(answer.body) <= 4 * 1024 * 1024


@pytest.mark.parametrize("last", ["", "1", "x" * 80])
def test_a_page_that_is_none(registry: Registry, repository: str, last: str) -> None:
    answer = registry.ask("GET", f"/v2/{repository}/referrers/{ABSENT}?last={last}")
    assert answer.error == (400, "UNSUPPORTED")


def test_an_image_without_a_type_has_that_of_its_configuration(
    registry: Registry, repository: str
) -> None:
    """OCI Distribution Specification, "Listing Referrers"."""
    registry.push_image(repository, "v1", LAYER, subject=SUBJECT)
    (found,) = registry.ask("GET", f"/v2/{repository}/referrers/{ABSENT}").json["manifests"]
    assert found["artifactType"] == "application/vnd.oci.image.config.v1+json"
    assert found["size"] == len(manifest_of(LAYER, subject=SUBJECT))
    assert "annotations" not in found
