"""What an `Accept` takes (RFC 9110, "Accept")."""

import pytest

from ecrpolicy.registry.content.manifests import DOCKER_SCHEMA_2, OCI_INDEX, OCI_MANIFEST
from ecrpolicy.registry.oci_api.media_types import Accepted


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("", True),
        (" , ", True),
        ("*/*", True),
        ("application/*", True),
        (OCI_MANIFEST, True),
        (OCI_MANIFEST.upper(), True),
        (f"{OCI_INDEX}, {OCI_MANIFEST}", True),
        (f"{OCI_INDEX},{OCI_MANIFEST};q=0.1", True),
        (f"{OCI_MANIFEST};q=0.001", True),
        (OCI_INDEX, False),
        ("text/*", False),
        (f"{OCI_MANIFEST};q=0", False),
        (f"*/*, {OCI_MANIFEST};q=0.000", False),
        (f"{DOCKER_SCHEMA_2}, text/plain", False),
    ],
)
def test_what_is_taken(header: str, takes: bool) -> None:
    assert Accepted(header).takes(OCI_MANIFEST) is takes
