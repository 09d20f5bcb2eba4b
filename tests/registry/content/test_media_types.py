"""What an `Accept` takes (RFC 9110, "Accept")."""

import pytest

from ecrpolicy.registry.content.manifests import DOCKER_SCHEMA_2, OCI_INDEX, OCI_MANIFEST
from ecrpolicy.registry.content.media_types import Accepted, accepted


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
        # Of several ranges, the most specific counts.
        ("*/*;q=0", False),
        ("application/*;q=0", False),
        ("*/*, application/*;q=0", False),
        ("*/*;q=0, application/*", True),
        (f"*/*;q=0, application/*;q=0, {OCI_MANIFEST}", True),
        (f"{OCI_MANIFEST}, {OCI_MANIFEST};q=0", False),
        # Who refuses one type alone has named none that may come.
        (f"{OCI_INDEX};q=0", False),
        (f"{OCI_MANIFEST};Q=0.0", False),
        (f"{OCI_MANIFEST};charset=utf-8;q=0", False),
    ],
)
def test_what_is_taken(header: str, takes: bool) -> None:
    assert Accepted(header).takes(OCI_MANIFEST) is takes


def test_a_long_list_counts_to_its_end() -> None:
    others = ", ".join(f"application/x.{number}" for number in range(1_000))
    assert accepted(f"{others}, {OCI_MANIFEST}").takes(OCI_MANIFEST)
    assert not accepted(f"{others}, */*, {OCI_MANIFEST};q=0").takes(OCI_MANIFEST)
