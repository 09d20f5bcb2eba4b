"""Programs that push and pull, each logged in to the shared service."""

import pytest

from tests.registry.oci_api.client import Registry, password_of
from tests.registry.serving import ADMIN, Serving


@pytest.fixture
def password(shared: Serving) -> str:
    """The password of somebody who may do everything."""
    return password_of(shared, ADMIN)


@pytest.fixture
def registry(shared: Serving) -> Registry:
    """The registry API, to push what a program is to find there."""
    return Registry(shared)
