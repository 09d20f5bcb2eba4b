"""The registry API of the shared service."""

import pytest

from tests.registry.oci_api.client import Registry
from tests.registry.serving import Serving


@pytest.fixture(scope="module")
def registry(shared: Serving) -> Registry:
    """The registry as somebody sees it who may do everything."""
    return Registry(shared)
